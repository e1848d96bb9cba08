"""Découpe un message en propositions et trouve celles où la personne parle d'elle-même.

Une valeur ne compte que si la personne la dit d'elle : ni question générale, ni autrui, ni passé, ni doute.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Mode = Literal["dit", "suppose", "doute"]

_FIN_DE_PHRASE = re.compile(r"[!?;:\n()]+|\.(?!\d)|(?<!\d)\.(?=\d)")
_LIENS = (
    r"et que|et si|et(?! (?:demie?|\d+ mois|des|quelques)\b)|ou bien|mais|donc|car|puis|alors"
    r"|sinon|parce que|du coup|maintenant|vu que|enfin|plutot|pardon"
    r"|en fait|mtn|desormais|aujourd'hui"
)
_DEBUT_SI = (
    r"(?:et |ou |mais |sauf )?(?:meme |comme )?s(?:i (?=(?:jamais |demain |un jour |plus tard )?"
    r"(?:je|j'|mon|ma|mes|la|le|l'|les|c'|on|ca|un|une|mon)\b)|'(?=il|ils))"
)
_SUPPOSONS = r"imagin(?:e|ons|ez)|suppos(?:e|ons|ez)|admett(?:ons|ez)|mettons que|disons que|au cas ou|dans le cas ou"
_COUPE = re.compile(rf",(?!\d)|\b(?:{_DEBUT_SI}|(?:{_SUPPOSONS})\b)|\b(?:{_LIENS})\b(?! bien\b)")
_DOUTE = re.compile(
    r"\b(?:sais?|savoir|sait|demand\w*|sure?|certaine?|verifier|voir|dire|dis moi|dites moi|ignore|comprend\w*|bien)"
    r"(?: pas| plus| trop| meme| vraiment| moi| donc)* ?$"
)
_INTERROGATIF = re.compile(
    r"^(?:et |mais |alors |du coup |bonjour |salut |sinon |donc |dites |svp )*"
    r"(?:est ce qu|c'est quoi|c'est combien|comment|combien|pourquoi|quoi|quels?|quelles?|qui|faut il|peut on|puis je"
    r"|dois je|suis je|ai je|a t on|y a t il|il y a t il|doit on|peut il|est il|est on|que |qu'est)"
    r"|\b(?:peut|peuvent|est|sont|doit|faut|a t|ont|puis|dois|ai|suis|va t|aurai|pourrait|devrait"
    r"|sera t) (?:il|elle|on|je|ils|elles|ce)\b"
    r"|\bou (?:pas|non)$"
)


@dataclass(frozen=True)
class Proposition:
    """Un bout de phrase : son texte, le lien qui l'amène et s'il est dit, supposé ou douteux."""

    texte: str
    lien: str
    mode: Mode
    phrase: int
    premiere: bool
    interrogative: bool


def phrases(texte: str) -> list[tuple[str, bool]]:
    """Rend les phrases d'une écriture simple, et si chacune est interrogative."""
    rendues, debut = [], 0
    for fin in [*_FIN_DE_PHRASE.finditer(texte), None]:
        morceau = texte[debut : fin.start() if fin else len(texte)].strip(" ,")
        if morceau:
            rendues.append((morceau, bool(fin and "?" in fin[0]) or bool(_INTERROGATIF.search(morceau))))
        debut = fin.end() if fin else debut
    return rendues


def propositions(texte: str) -> list[Proposition]:
    """Découpe une écriture simple en propositions, chacune avec son mode."""
    rendues: list[Proposition] = []
    for rang, (phrase, interrogative) in enumerate(phrases(texte)):
        mode: Mode = "dit"
        debut, lien = 0, ""
        for coupe in [*_COUPE.finditer(phrase), None]:
            morceau = phrase[debut : coupe.start() if coupe else len(phrase)].strip()
            if morceau:
                premiere = not any(p.phrase == rang for p in rendues)
                rendues.append(Proposition(morceau, lien, mode, rang, premiere, interrogative))
            if coupe:
                mode, lien, debut = (
                    _mode_suivant(coupe[0].strip(), mode, phrase[: coupe.start()]),
                    coupe[0].strip(),
                    coupe.end(),
                )
    return rendues


def blocs(liste: list[Proposition]) -> Iterator[tuple[str, Mode, bool]]:
    """Recolle les propositions voisines d'une même phrase et d'un même mode : (texte, mode, interrogative)."""
    rang = 0
    while rang < len(liste):
        suite = rang + 1
        while suite < len(liste) and (liste[suite].phrase, liste[suite].mode) == (liste[rang].phrase, liste[rang].mode):
            suite += 1
        yield _recoller(liste[rang:suite]), liste[rang].mode, liste[rang].interrogative
        rang = suite


def phrase_de(liste: list[Proposition], rang: int) -> str:
    """Recolle les propositions d'une phrase."""
    siennes = [p for p in liste if p.phrase == rang]
    return _recoller(siennes)


def _recoller(liste: list[Proposition]) -> str:
    return liste[0].texte + "".join(", " + p.texte if p.lien == "," else f" {p.lien} {p.texte}" for p in liste[1:])


def _mode_suivant(coupe: str, mode: Mode, avant: str) -> Mode:
    if re.match(rf"(?:{_SUPPOSONS})", coupe):
        return "suppose"
    if re.search(r"\bsi$|s'$", coupe):
        # « Je sais pas s'il paie » doute ; « et s'il met 100 euros » suppose.
        indirecte = coupe.endswith("s'") and not (coupe.startswith("et ") or avant.strip(" ,") in ("", "ok", "mais"))
        if coupe.startswith(("meme", "comme", "sauf")) or indirecte or _DOUTE.search(avant):
            return "doute"
        return "suppose"
    return mode if coupe in ("et", "et que", "ou bien", "puis") else "dit"
