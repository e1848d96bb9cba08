"""Une date dite est une période : on en veut les deux bouts."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

# Borne technique : une année hors de cet intervalle est une faute de frappe.
ANNEES = range(1950, 2101)


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
