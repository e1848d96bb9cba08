"""Met en page un texte de réponse, sans rien y changer : lignes, puces, liens, et coupe des textes trop longs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_ADRESSE = re.compile(r"https?://[^\s<>«»\"]+")
_FIN_D_ADRESSE = re.compile(r"[.,;:!?)\]\u00a0]+$")
# Du meilleur endroit où couper au moins bon : paragraphe, ligne, phrase, mot.
_COUPES = (
    re.compile(r"\n\s*\n"),
    re.compile(r"\n"),
    re.compile(r"(?<=[.!?…:;])\s"),
    re.compile(r"[ \t]"),
)


@dataclass(frozen=True)
class Morceau:
    """Suite de caractères ; ``lien`` est l'adresse où elle mène, s'il y en a une."""

    texte: str
    lien: str | None = None


@dataclass(frozen=True)
class Ligne:
    """Une ligne de texte : ``puce`` si c'est un élément de liste, ``espace`` si une ligne vide la précède."""

    morceaux: tuple[Morceau, ...]
    puce: bool = False
    espace: bool = False


def lire(texte: str) -> list[Ligne]:
    """Découpe un texte en lignes. Une ligne qui commence par « - » est une puce."""
    lignes: list[Ligne] = []
    espace = False
    for brute in texte.split("\n"):
        propre = brute.strip()
        if not propre:
            espace = bool(lignes)
            continue
        puce = propre.startswith("- ")
        lignes.append(Ligne(tuple(_morceaux(propre[2:].strip() if puce else propre)), puce, espace))
        espace = False
    return lignes


def _morceaux(ligne: str) -> Iterator[Morceau]:
    depuis = 0
    for trouve in _ADRESSE.finditer(ligne):
        adresse = _FIN_D_ADRESSE.sub("", trouve[0])
        if trouve.start() > depuis:
            yield Morceau(ligne[depuis : trouve.start()])
        yield Morceau(adresse, adresse)
        depuis = trouve.start() + len(adresse)
    if depuis < len(ligne):
        yield Morceau(ligne[depuis:])


def couper(texte: str, longueur_max: int) -> list[str]:
    """Coupe un texte en parties d'au plus ``longueur_max`` caractères, au meilleur endroit ; rien n'est perdu.

    On coupe entre paragraphes, sinon entre lignes, phrases ou mots ; un mot démesuré seul est tranché.
    """
    parties, reste = [], texte.strip()
    while len(reste) > longueur_max:
        fin, suite = _ou_couper(reste, longueur_max)
        parties.append(reste[:fin].rstrip())
        reste = reste[suite:].lstrip()
    return [*parties, reste] if reste else parties or [""]


def _ou_couper(texte: str, longueur_max: int) -> tuple[int, int]:
    for coupe in _COUPES:
        # Une partie trop petite ferait une bulle absurde : on descend d'un cran.
        trouvees = [t for t in coupe.finditer(texte, 0, longueur_max + 1) if t.start() >= longueur_max // 4]
        if trouvees:
            return trouvees[-1].start(), trouvees[-1].end()
    fin = longueur_max
    while fin > 1 and unicodedata.combining(texte[fin]):
        fin -= 1
    return fin, fin
