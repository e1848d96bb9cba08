"""Reconnaît les mots de santé (data/vigilance/sante.yml), fautes et déguisements compris.

Une lettre à l'employeur n'en contient aucun : dans le doute, la garde refuse.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import yaml

from actions.en_place import lu_une_fois
from actions.reglages import DOSSIER_DONNEES

# Sous cette longueur, une faute d'une lettre donne trop souvent un autre mot français.
_LONGUEUR_AVEC_FAUTE = 7
_LETTRES_SEPAREES_MIN = 4
_INVISIBLES = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
_MOT = re.compile(r"[a-z0-9]+")
_SIGLE_POINTE = re.compile(r"\b(?:[a-z][./]){2,}[a-z]?(?![a-z])")
_DOUBLE = re.compile(r"([^aeiou])\1+|([aeiou])\2{2,}")
_CHIFFRES_LETTRES = str.maketrans("0134578@$", "oieastbas")
# Lettres grecques et cyrilliques qui ont la forme d'une latine.
_SOSIES = str.maketrans("аеорсухіѕјԁһӏοανιερτκ", "aeopcyxisjdhloavieptk")


class MotDeSante(ValueError):
    """Un mot de santé allait entrer dans une lettre à l'employeur ; le message ne le répète pas."""


@dataclass(frozen=True)
class _Lexique:
    racines: tuple[str, ...]
    mots: frozenset[str]
    longs: tuple[str, ...]
    voisins: Mapping[str, frozenset[str]]
    expressions: tuple[tuple[str, ...], ...]
    sigles: frozenset[str]
    admis: frozenset[str]


def mots_de_sante(texte: str) -> list[str]:
    """Rend les mots de santé d'un texte tels qu'ils y sont écrits (simplifiés), sans doublon, dans l'ordre."""
    lexique = _lexique()
    simple = _simplifier(texte)
    mots = _MOT.findall(simple)
    trouves = [mot for mot in mots if _est_de_sante(mot, lexique)]
    trouves += [sigle for sigle in _SIGLE_POINTE.findall(simple) if _lettres(sigle) in lexique.sigles]
    trouves += [suite for suite in _lettres_separees(mots) if _contient(suite, lexique, _LETTRES_SEPAREES_MIN)]
    trouves += [f"{a} {b}" for a, b in pairwise(mots) if _reduire(a + b) in lexique.voisins and len(a + b) > 6]
    reduits = [_reduire(mot) for mot in mots]
    for expression in lexique.expressions:
        taille = len(expression)
        if any(tuple(reduits[i : i + taille]) == expression for i in range(len(reduits) - taille + 1)):
            trouves.append(" ".join(expression))
    return list(dict.fromkeys(trouves))


def verifier(texte: str, noms: Iterable[str] = ()) -> None:
    """Refuse un texte qui contient un mot de santé.

    Args:
        texte: la lettre entière.
        noms: textes libres qu'elle reçoit ; un mot long y est cherché même éclaté (« mal ad ie »).

    Raises:
        MotDeSante: le texte en contient un ; ni lui ni le mot ne sont dans l'erreur.
    """
    lexique = _lexique()
    if mots_de_sante(texte) or any(_contient(_lettres(_simplifier(n)), lexique, _LONGUEUR_AVEC_FAUTE) for n in noms):
        raise MotDeSante("mot de santé refusé dans une lettre à l'employeur")


def _simplifier(texte: str) -> str:
    visible = _INVISIBLES.sub("", texte.replace("œ", "oe").replace("æ", "ae"))
    decompose = unicodedata.normalize("NFKD", visible).casefold().translate(_SOSIES)
    return "".join(lettre for lettre in decompose if not unicodedata.combining(lettre))


def _lettres(texte: str) -> str:
    return "".join(_MOT.findall(texte))


def _reduire(mot: str) -> str:
    """Une consonne doublée, une voyelle étirée comptent pour une : « malladie », « maladieee »."""
    return _DOUBLE.sub(r"\1\2", mot)


def _est_de_sante(mot: str, lexique: _Lexique) -> bool:
    if mot in lexique.admis or mot.isdigit():
        return False
    formes = {_reduire(mot)}
    if not mot.isalpha():
        formes |= {_reduire(mot.translate(_CHIFFRES_LETTRES)), _reduire("".join(c for c in mot if c.isalpha()))}
    return any(_forme_de_sante(forme, mot, lexique) for forme in formes)


def _forme_de_sante(forme: str, mot: str, lexique: _Lexique) -> bool:
    return (
        forme.startswith(lexique.racines)
        or forme in lexique.mots
        or mot in lexique.sigles
        or any(long in forme for long in lexique.longs)
        or any(
            voisin in lexique.voisins and _a_une_faute(forme, lexique.voisins[voisin]) for voisin in _sans_une(forme)
        )
    )


def _contient(suite: str, lexique: _Lexique, longueur: int) -> bool:
    """Dit si une suite de lettres sans espaces contient un mot de cette longueur au moins."""
    reduite = _reduire(suite)
    colles = ("".join(expression) for expression in lexique.expressions)
    candidats = (*lexique.racines, *lexique.mots, *lexique.sigles, *colles)
    return any(len(mot) >= longueur and mot in reduite for mot in candidats)


def _lettres_separees(mots: list[str]) -> Iterator[str]:
    """Réunit les lettres isolées qui se suivent : « m a l a d i e »."""
    suite = ""
    for mot in [*mots, ""]:
        if len(mot) == 1:
            suite += mot
            continue
        if len(suite) >= _LETTRES_SEPAREES_MIN:
            yield suite
        suite = ""


def _sans_une(mot: str) -> Iterator[str]:
    """Rend le mot, puis le mot privé d'une lettre (la première reste)."""
    yield mot
    for rang in range(1, len(mot)):
        yield mot[:rang] + mot[rang + 1 :]


def _a_une_faute(forme: str, candidats: frozenset[str]) -> bool:
    return any(_proche(forme, candidat) for candidat in candidats)


def _proche(a: str, b: str) -> bool:
    """Dit si l'on passe de ``a`` à ``b`` par une lettre ajoutée, ôtée, changée, ou deux voisines échangées."""
    if a == b:
        return True
    if abs(len(a) - len(b)) > 1:
        return False
    debut = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if len(a) != len(b):
        court, long = sorted((a, b), key=len)
        return court[debut:] == long[debut + 1 :]
    return a[debut + 1 :] == b[debut + 1 :] or (
        a[debut : debut + 2] == b[debut : debut + 2][::-1] and a[debut + 2 :] == b[debut + 2 :]
    )


@lu_une_fois
def _lexique() -> _Lexique:
    brut: Mapping[str, Any] = yaml.load(
        (DOSSIER_DONNEES / "vigilance/sante.yml").read_text(encoding="utf-8"), yaml.CSafeLoader
    )
    mots = [_reduire(mot) for mot in brut["mots"]]
    longs = tuple(mot for mot in mots if len(mot) >= _LONGUEUR_AVEC_FAUTE)
    voisins: dict[str, set[str]] = {}
    for mot in longs:
        for voisin in _sans_une(mot):
            voisins.setdefault(voisin, set()).add(mot)
    racines = tuple(_reduire(racine) for racine in brut["racines"])
    return _Lexique(
        racines=racines,
        mots=frozenset(mot + accord for mot in mots for accord in ("", "e", "s", "es")),
        longs=(*longs, *(racine for racine in racines if len(racine) >= _LONGUEUR_AVEC_FAUTE)),
        voisins={voisin: frozenset(ensemble) for voisin, ensemble in voisins.items()},
        expressions=tuple(tuple(_reduire(mot) for mot in str(e).split()) for e in brut["expressions"]),
        sigles=frozenset(str(sigle).replace(" ", "") for sigle in brut["sigles"]),
        admis=frozenset(brut["admis"]),
    )
