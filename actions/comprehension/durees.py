"""Lit les durées comme on les dit : « un an et demi », « 6 semaines », « 2 ou 3 mois »."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

ANS = r"(?:ans?|annees?|piges?|balais)\b"
_UNITE = rf"(?:{ANS}|mois\b|semaines?\b|jours?\b|trimestres?\b|semestres?\b)"
_N = r"(?:\d{1,3}|une?|quelques)"
DUREE = (
    rf"(?P<n>{_N})(?:(?: ou | a |/|-"
    rf"| )(?P<n2>\d{{1,3}}))? (?P<u>{_UNITE})(?P<demi> et demie?)?(?: et (?P<m>\d\d?) mois)?"
)
_DUREE = re.compile(
    rf"\b(?P<borne>(?:plus|moins|pas loin|presque|environ|bientot|au moins|bien) (?:de |d')?)?(?:{DUREE})"
)


_JOURS_PAR = {"jour": 1, "semaine": 7}
_BORNES = {"plus": "plus", "au": "plus", "bien": "plus", "moins": "moins"}
_BORNES |= {"presque": "presque", "bientot": "presque", "pas": "presque"}

_REDIT = re.compile(
    r"\b(?:non|pardon|plutot|enfin|en fait|donc|soit|c'est a dire|finalement|disons|je veux dire|erreur)\b"
)


@dataclass(frozen=True)
class Duree:
    """Une durée dite, en mois ; ``borne`` vaut « plus », « moins », « presque » ou rien.

    ``jours`` : ce que comptent des jours ou des semaines, que les mois n'arrondissent pas.
    """

    mois: float
    borne: str = ""
    approchee: bool = False
    jours: int | None = None


def lire_duree(texte: str, plus_longue: bool = True) -> Duree | None:
    """Rend la durée dite (« un an et demi » : 18 mois) ; d'une fourchette, le bout demandé."""
    trouve = _DUREE.search(texte)
    if not trouve or trouve["n"] == "quelques":
        demi = re.search(r"\bdemie? (annee|an|mois|trimestre|semestre)\b", texte)
        return Duree(_mois_par(demi[1]) / 2) if demi else None
    n = _entier(trouve["n"])
    if trouve["n2"]:
        n = max(n, int(trouve["n2"])) if plus_longue else min(n, int(trouve["n2"]))
    mois = n * _mois_par(trouve["u"]) + (_mois_par(trouve["u"]) / 2 if trouve["demi"] else 0) + int(trouve["m"] or 0)
    borne = _BORNES.get((trouve["borne"] or "").split(" ")[0], "")
    jours = n * _JOURS_PAR.get(trouve["u"].rstrip("s"), 0) if not (trouve["demi"] or trouve["m"]) else 0
    return Duree(round(mois, 1), borne, bool(trouve["borne"] or trouve["n2"]), jours or None)


def lire_duree_corrigee(texte: str) -> Duree | None:
    """Comme ``lire_duree`` ; de « un mois et demi, non, deux mois », « huit semaines, donc deux mois », la dernière."""
    corrige = list(_REDIT.finditer(texte))
    apres = lire_duree(texte[corrige[-1].end() :]) if corrige else None
    return apres or lire_duree(texte)


def avancer(jour: date, mois: int) -> date:
    """Ajoute des mois ; le jour absent d'un mois court devient le dernier."""
    rang = jour.year * 12 + jour.month - 1 + mois
    annee, numero = max(1, min(9998, rang // 12)), rang % 12 + 1
    return date(annee, numero, min(jour.day, calendar.monthrange(annee, numero)[1]))


def _entier(mot: str | None) -> int:
    return int(mot) if mot and mot.isdigit() else 1


def _mois_par(unite: str) -> float:
    for debut, mois in (
        ("mois", 1.0),
        ("semaine", 7 * 12 / 365.25),
        ("jour", 12 / 365.25),
        ("trim", 3.0),
        ("semes", 6.0),
    ):
        if unite.startswith(debut):
            return mois
    return 12.0


def decaler(jour: date, duree: Duree, texte: str, vers: int) -> date:
    """Avance (``vers`` = 1) ou recule (-1) un jour d'une durée, à partir de ses mots."""
    if "jour" in texte or "semaine" in texte:
        return jour + vers * timedelta(duree.jours or round(duree.mois * 365.25 / 12))
    return avancer(jour, vers * round(duree.mois))
