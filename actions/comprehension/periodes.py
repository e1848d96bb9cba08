"""Une date dite est une période : on en veut les deux bouts, et l'on n'invente pas le jour qui n'a pas été dit.

Une période se retient à l'ISO 8601-2 : « 2021 », « 2021-03 », « 2021-03-14 », « ../2021-11-27 » (avant),
« 2021-11-27/.. » (depuis), « 2026-11-06~ » (vers).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

# Borne technique : une année hors de cet intervalle est une faute de frappe.
ANNEES = range(1950, 2101)
_SANS_DEBUT, _SANS_FIN = date(ANNEES.start, 1, 1), date.max
# « il y a trois semaines » : à quelques jours près.
_ALENTOUR = timedelta(6)
_UN_MOIS = 31
# « Le 8 », ni « le 8 mars » (une date à lui seul), ni « le 8 h », « le 10 % ».
_LE_JOUR = re.compile(r"\ble (\d{1,2})(?:er)?\b(?! ?(?:h\b|heures?|%|€|/|-|\.\d|[a-z]))")
_ECRITE = re.compile(r"(\d{4})(?:-(\d\d))?")


@dataclass(frozen=True)
class Periode:
    """Une date dite : entre ``debut`` et ``fin`` compris ; ``jour`` est celui que les mots désignent au plus près."""

    debut: date
    fin: date
    jour: date
    precision: str = "jour"


def du_mois(annee: int, mois: int, mois_fin: int | None = None, precision: str = "mois") -> Periode | str:
    """Rend la période d'un mois, ou d'un mois à un autre de la même année ; ``date_illisible`` hors calendrier."""
    if annee not in ANNEES or not 1 <= mois <= 12:
        return "date_illisible"
    dernier = mois_fin or mois
    debut = date(annee, mois, 1)
    return Periode(debut, date(annee, dernier, calendar.monthrange(annee, dernier)[1]), debut, precision)


def exact(annee: int, mois: int, numero: int) -> Periode | str:
    """Rend la période d'un jour, ou ``date_illisible``."""
    try:
        le_jour = date(annee, mois, numero)
    except ValueError:
        return "date_illisible"
    return Periode(le_jour, le_jour, le_jour) if annee in ANNEES else "date_illisible"


def annee_ecrite(ecrite: str) -> int:
    """« 21 » -> 2021, « 98 » -> 1998."""
    return int(ecrite) if len(ecrite) == 4 else 2000 + int(ecrite) if int(ecrite) < 70 else 1900 + int(ecrite)


def ecrire(periode: Periode) -> str:
    """Écrit une période comme on la retient d'un tour à l'autre."""
    if periode.precision == "jour":
        return periode.jour.isoformat()
    if periode.precision in ("semaine", "vers"):
        return f"{periode.jour.isoformat()}~"
    debut, fin = periode.debut, periode.fin
    if debut == _SANS_DEBUT:
        return ecrire_bouts(None, fin)
    return ecrire_bouts(debut, None if periode.precision == "moins_de" or fin == _SANS_FIN else fin)


def ecrire_bouts(debut: date | None, fin: date | None) -> str:
    """Écrit une période par ses bouts ; ``None`` : ce bout n'est pas dit."""
    if debut is None or fin is None:
        return f"{debut.isoformat() if debut else '..'}/{fin.isoformat() if fin else '..'}"
    for entiere in (debut.isoformat()[:4], debut.isoformat()[:7]):
        if (lire(entiere).debut, lire(entiere).fin) == (debut, fin):
            return entiere
    return f"{debut.isoformat()}/{fin.isoformat()}"


def lire(ecrite: str) -> Periode:
    """Relit une période écrite par ``ecrire``.

    Raises:
        ValueError: écriture inconnue, ou jour impossible.
    """
    if entiere := _ECRITE.fullmatch(ecrite):
        annee = int(entiere[1])
        lue = du_mois(annee, int(entiere[2])) if entiere[2] else du_mois(annee, 1, 12, "annee")
        if isinstance(lue, Periode):
            return lue
        raise ValueError("période hors calendrier")
    if ecrite.endswith("~"):
        jour = date.fromisoformat(ecrite[:-1])
        return Periode(jour - _ALENTOUR, jour + _ALENTOUR, jour, "vers")
    if "/" not in ecrite:
        jour = date.fromisoformat(ecrite)
        return Periode(jour, jour, jour)
    avant, apres = ecrite.split("/")
    debut = _SANS_DEBUT if avant == ".." else date.fromisoformat(avant)
    fin = _SANS_FIN if apres == ".." else date.fromisoformat(apres)
    return Periode(debut, fin, fin if avant == ".." else debut, "intervalle")


def forme(periode: Periode) -> str:
    """Dit ce qui est connu d'une période relue : jour, mois, plusieurs_mois, annee, vers, avant, depuis, intervalle."""
    if periode.debut == _SANS_DEBUT:
        return "avant"
    if periode.fin == _SANS_FIN:
        return "depuis"
    entiers = periode.debut.day == 1 and (periode.fin + timedelta(1)).day == 1
    return "plusieurs_mois" if periode.precision == "intervalle" and entiers else periode.precision


def est_ouverte(periode: Periode) -> bool:
    """« Moins de cinq ans », « avant 2020 » : un seul bout est dit."""
    return forme(periode) in ("avant", "depuis")


def autour(periode: Periode) -> Periode:
    """« Dans deux mois » vise un jour, à peu près ; « en mars » vise le mois."""
    milieu = periode.precision != "jour" and periode.debut < periode.jour < periode.fin
    return replace(periode, precision="vers") if milieu else periode


def au_jour_dit(texte: str, periode: Periode) -> Periode:
    """« Début février, le 8 », ou « le 8 » ensuite : le jour, s'il est seul nommé et tombe dans la période."""
    jours = [int(numero) for numero in _LE_JOUR.findall(texte)]
    longue = periode.precision != "jour" and (periode.fin - periode.debut).days <= _UN_MOIS
    if len(jours) != 1 or not longue:
        return periode
    dit = exact(periode.debut.year, periode.debut.month, jours[0])
    return dit if isinstance(dit, Periode) else periode


def dans_le_mois_de(lue: Periode, voisine: Periode | None, jour: date) -> Periode:
    """« Envoyée le 20 octobre, reçue le 22 » : un jour seul, passé, prend le mois de la date voisine, ou le suivant."""
    if voisine is None or lue.precision != "jour":
        return lue
    mois = voisine.jour.year * 12 + voisine.jour.month - 1 + (lue.jour.day < voisine.jour.day)
    proche = exact(mois // 12, mois % 12 + 1, lue.jour.day)
    return proche if isinstance(proche, Periode) and proche.jour <= jour else lue


def precise(lue: Periode | str, large: Periode) -> bool:
    """Vrai d'un jour qui tombe dans un mois, une saison ou une année."""
    entiere = large.precision in ("mois", "saison", "annee") and large.debut != large.fin
    return entiere and isinstance(lue, Periode) and lue.precision == "jour" and large.debut <= lue.jour <= large.fin
