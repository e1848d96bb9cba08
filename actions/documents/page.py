"""Une page à écrire, sans format : des paragraphes stylés, que docx.py, odt.py et texte.py mettent en forme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Style = Literal[
    "titre", "soustitre", "expediteur", "destinataire", "lieu", "objet", "corps", "puce", "note", "pied", "signature"
]
POLICE, TAILLE = "Arial", 11
# Ce qui reste à compléter à la main, toujours visible.
_A_COMPLETER = re.compile(r"(\[[^\[\]]+\])")


@dataclass(frozen=True)
class Forme:
    """Mise en forme d'un style : ``retrait`` gauche en cm, espaces ``avant`` et ``apres`` et ``taille`` en points.

    Attributes:
        niveau: rang du titre pour les lecteurs d'écran, 0 pour du texte.
    """

    retrait: float = 0
    avant: float = 0
    apres: float = 0
    gras: bool = False
    taille: float = TAILLE
    niveau: int = 0


FORMES: dict[Style, Forme] = {
    "titre": Forme(apres=6, gras=True, taille=16, niveau=1),
    "soustitre": Forme(avant=10, apres=3, gras=True, taille=12, niveau=2),
    "expediteur": Forme(),
    "destinataire": Forme(retrait=8),
    "lieu": Forme(retrait=8, avant=18, apres=18),
    "objet": Forme(apres=14, gras=True),
    "corps": Forme(apres=9),
    "puce": Forme(retrait=0.4, apres=2),
    "note": Forme(taille=9),
    "pied": Forme(avant=14, taille=9),
    "signature": Forme(retrait=8, avant=8, apres=6),
}


@dataclass(frozen=True)
class Paragraphe:
    """Un paragraphe et sa place dans la page."""

    texte: str
    style: Style = "corps"

    def morceaux(self) -> Iterator[tuple[str, bool]]:
        """Rend les morceaux du texte ; ``True`` : à compléter, à surligner."""
        for rang, morceau in enumerate(_A_COMPLETER.split(self.texte)):
            if morceau:
                yield morceau, rang % 2 == 1


@dataclass(frozen=True)
class Page:
    """Une page prête à mettre en forme.

    Attributes:
        titre: titre des métadonnées, neutre.
        fichier: nom de fichier neutre, sans extension.
    """

    titre: str
    fichier: str
    paragraphes: tuple[Paragraphe, ...]
