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
    r"et que|et si|et(?! (?:demie?|\d+ mois|des|quelques)\b)|ou bien|mais|donc|car|puis|alors|sinon|parce que|du coup|maintenant|vu que|enfin|plutot|pardon"
    r"|en fait|mtn|desormais|aujourd'hui|ni"
)
_DEBUT_SI = (
    r"(?:et |ou |mais |sauf )?(?:meme |comme )?s(?:i (?=(?:jamais |demain |un jour |plus tard )?"
    r"(?:je|j'|mon|ma|mes|la|le|l'|les|c'|on|ca|un|une|mon)\b)|'(?=il|ils))"
)
_SUPPOSONS = r"imagin(?:e|ons|ez)|suppos(?:e|ons|ez)|admett(?:ons|ez)|mettons que|disons que|au cas ou|dans le cas ou"
_COUPE = re.compile(rf",(?!\d)|\b(?:{_DEBUT_SI}|(?:{_SUPPOSONS})\b)|\b(?:{_LIENS})\b(?! bien\b)")
_DOUTE = re.compile(
    r"(?:sais?|savoir|sait|demande|sure?|certaine?|verifier|voir|dire|dis moi|dites moi|ignore|comprend\w*|bien)"
    r"(?: pas| plus| trop| meme| vraiment| moi| donc)* ?$"
)
_INTERROGATIF = re.compile(
    r"^(?:et |mais |alors |du coup |bonjour |salut |sinon |donc |dites |svp )*"
    r"(?:est ce qu|c'est quoi|c'est combien|comment|combien|pourquoi|quoi|quels?|quelles?|qui|faut il|peut on|puis je"
    r"|dois je|suis je|ai je|a t on|y a t il|il y a t il|doit on|peut il|est il|est on|que |qu'est)"
)

_NE = r"(?:ne |n')?"
_FOIS = r"(?:(?:aussi|bien|toujours|deja|encore|donc|juste|actuellement|en fait) )?"
ANCRE = re.compile(
    rf"(?P<etre>\bje {_NE}suis|\bje {_NE}me (?:suis (?:mise?|installee?|lancee?|declaree?|inscrite?)|retrouve)"
    r"|\bje reste|\bme (?:voila|voici)|\betant|\ben tant que?|\bje viens d'etre|\bje passe|\bje reprends?)\b"
    rf"|(?P<travail>\bje {_NE}(?:travaille|bosse|taffe|fais|gere)|\bj'(?:exerce|occupe|enseigne|interviens))\b"
    rf"|(?P<touche>\bje {_NE}(?:touche|percois|recois))\b"
    rf"|(?P<avoir>\bj(?:e n)?'ai(?: ete)?) {_FOIS}(?!(?:eu|ete|quitte|perdu|fini|refuse|cherche|postule|vu|lu|entendu)\b)"
    r"|(?P<possede>\b(?:mon|ma))(?= (?:contrat|cdi|cdd|interim|apprentissage|alternance|rqth|propre|sasu|micro|conge))"
    r"|(?P<presente>\bmoi c'est|\bje m'appelle|\bmon (?:metier|statut|contrat)(?: c'est| est)?|\bma situation c'est)\b"
    rf"|(?P<suppose>\bj{_NE}(?:'etais|'avais|e n'etais|e n'avais|e serais?|e sois|e travaillais|e bossais|e passais?"
    r"|e devenais?|e deviens|e devienne|e me mets?|e me mettais?|e prends?|e trouve|e me retrouve|e change\w* pour))\b"
)
_PASSE_DU_CONTRAT = re.compile(r"(?:fini|termine|apres|avant|fin d[eu'] ?|quitte|perdu|depuis|suite a|rompu|ancien) ?$")
_NEGATION = re.compile(r"^ (?:pas|plus|jamais|ni|point)\b")
_QUESTION_SUR_SOI = re.compile(r"(?:est ce que?|es ce que?|si|quand|lorsque?|des que|tant que|pour que|avant que) ?$")


@dataclass(frozen=True)
class Proposition:
    """Un bout de phrase : son texte, le lien qui l'amène et s'il est dit, supposé ou douteux."""

    texte: str
    lien: str
    mode: Mode
    phrase: int
    premiere: bool
    interrogative: bool


@dataclass(frozen=True)
class Zone:
    """Ce que la personne dit d'elle dans une proposition, après « je suis », « je travaille »…"""

    texte: str
    verbe: str
    nie: bool
    mode: Mode
    phrase: int


def phrases(texte: str) -> list[tuple[str, bool]]:
    """Rend les phrases d'une écriture simple, et si chacune est interrogative."""
    rendues, debut = [], 0
    for fin in [*_FIN_DE_PHRASE.finditer(texte), None]:
        morceau = texte[debut : fin.start() if fin else len(texte)].strip(" ,")
        if morceau:
            rendues.append((morceau, bool(fin and "?" in fin[0]) or bool(_INTERROGATIF.match(morceau))))
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


def zones(proposition: Proposition, phrase_seule: bool) -> Iterator[Zone]:
    """Rend les zones d'une proposition : ce qui suit chaque « je suis », « je travaille », « j'ai »…"""
    if proposition.mode == "doute":
        return
    ancres = list(ANCRE.finditer(proposition.texte))
    for rang, ancre in enumerate(ancres):
        verbe, avant = ancre.lastgroup or "", proposition.texte[: ancre.start()]
        fin = ancres[rang + 1].start() if rang + 1 < len(ancres) else len(proposition.texte)
        texte = proposition.texte[ancre.start() if verbe == "possede" else ancre.end() : fin]
        if _QUESTION_SUR_SOI.search(avant) or (verbe == "possede" and _PASSE_DU_CONTRAT.search(avant)):
            continue
        if verbe == "suppose" and proposition.mode != "suppose":
            continue
        if verbe == "etre" and phrase_seule and proposition.interrogative and not avant.strip():
            continue
        nie = "n'" in ancre[0] or " ne " in ancre[0] or bool(_NEGATION.match(texte))
        yield Zone(texte, verbe, nie, proposition.mode, proposition.phrase)


def _recoller(liste: list[Proposition]) -> str:
    return liste[0].texte + "".join(", " + p.texte if p.lien == "," else f" {p.lien} {p.texte}" for p in liste[1:])


def _mode_suivant(coupe: str, mode: Mode, avant: str) -> Mode:
    if re.match(rf"(?:{_SUPPOSONS})", coupe):
        return "suppose"
    if re.search(r"\bsi$|s'$", coupe):
        if coupe.startswith(("meme", "comme", "sauf")) or coupe.endswith("s'") or _DOUTE.search(avant):
            return "doute"
        return "suppose"
    return mode if coupe in ("et", "et que", "ou bien", "ni", "puis") else "dit"
