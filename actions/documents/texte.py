"""Met une page en texte simple, à copier dans un courriel."""

from __future__ import annotations

from actions.documents.page import Page

TYPE_MIME = "text/plain; charset=utf-8"
# Les lignes d'un même bloc se suivent ; un paragraphe d'un autre genre saute une ligne.
_EN_BLOC = ("expediteur", "destinataire", "signature", "puce", "note")


def en_texte(page: Page) -> str:
    """Rend le texte d'une page : un paragraphe par ligne, une ligne vide entre deux blocs."""
    lignes: list[str] = []
    precedent = None
    for element in (paragraphe for paragraphe in page.paragraphes if paragraphe.texte):
        if precedent is not None and not (element.style == precedent and element.style in _EN_BLOC):
            lignes.append("")
        lignes.append(element.texte)
        precedent = element.style
    return "\n".join(lignes) + "\n"
