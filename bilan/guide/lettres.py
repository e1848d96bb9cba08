"""Les lettres : le texte à copier, à remplir à la main, et les fichiers vierges."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from markupsafe import Markup

from actions.adresses import code
from actions.documents.docx import en_docx
from actions.documents.lettres import Lettre, rediger
from actions.documents.modeles import commun_en_place, modeles_en_place
from actions.documents.odt import en_odt
from actions.documents.page import Page as Feuille
from actions.documents.texte import en_texte
from actions.droit import ecriture
from actions.parcours.messages import libelles
from bilan.guide.pages import Lien, Page, Section
from bilan.guide.redacteur import Redacteur

_FORMATS: dict[str, Callable[[Feuille], bytes]] = {
    "docx": en_docx,
    "odt": en_odt,
    "txt": lambda feuille: en_texte(feuille).encode(),
}


def pages(r: Redacteur) -> Iterator[Page]:
    """Rend le sommaire des lettres, puis une page par lettre."""
    mots = r.mots["lettres"]
    lettres = [_page(r, vierge(r, nom)) for nom in modeles_en_place()]
    yield Page("lettres", mots["titre"], (Section(suites=tuple(p.lien for p in lettres)),), intro=r.html(mots["intro"]))
    yield from lettres


def fichiers(r: Redacteur) -> Iterator[tuple[str, bytes]]:
    """Rend chaque fichier vierge : nom neutre et contenu, le même octet pour octet à la même date."""
    for nom in modeles_en_place():
        lettre = vierge(r, nom)
        for format_, mettre in _FORMATS.items():
            yield _fichier(lettre, format_), mettre(lettre.page)


def vierge(r: Redacteur, nom: str) -> Lettre:
    """Rend une lettre dont rien n'est rempli, pas même la date : la personne l'enverra un autre jour."""
    lettre = rediger(nom, {}, r.jour, r.droit)
    a_remplir = str(commun_en_place()["a_completer"]).format(libelle=r.mots["lettres"]["date"])
    paragraphes = tuple(
        replace(p, texte=p.texte.replace(ecriture.jour(r.jour), a_remplir)) if p.style == "lieu" else p
        for p in lettre.page.paragraphes
    )
    return replace(lettre, page=Feuille(lettre.page.titre, lettre.page.fichier, paragraphes))


def _fichier(lettre: Lettre, format_: str) -> str:
    """Plusieurs lettres portent le même nom neutre : le code de la page les distingue."""
    return f"{lettre.fichier}-{code(lettre.nom)}.{format_}"


def _page(r: Redacteur, lettre: Lettre) -> Page:
    mots = r.mots["lettres"]
    dits = libelles()
    liens = tuple(Lien(f"{dits['formats'][f]}, {dits['poids'][f]}", _fichier(lettre, f)) for f in _FORMATS)
    sections = (
        Section(mots["conseils"], liste=tuple(r.ligne(conseil) for conseil in lettre.conseils)),
        Section(mots["textes"], liste=r.sources(lettre.faits)),
    )
    paragraphes = [(p.style, _paragraphe(p.morceaux())) for p in lettre.page.paragraphes if p.texte]
    donnees = {"paragraphes": paragraphes, "fichiers": liens}
    return Page(f"lettre/{lettre.nom}", r.remplir(lettre.titre), sections, gabarit="lettre", donnees=donnees)


def _paragraphe(morceaux: Iterator[tuple[str, bool]]) -> Markup:
    return Markup("").join(
        Markup("<mark>{}</mark>" if a_completer else "{}").format(morceau) for morceau, a_completer in morceaux
    )
