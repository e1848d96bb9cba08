"""Jours ouvrés et ouvrables en France, fériés compris (bibliothèque ``holidays``)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import holidays

SAMEDI, DIMANCHE = 5, 6
_UN_JOUR = timedelta(days=1)


@dataclass(frozen=True)
class Jours:
    """Le calendrier d'un lieu.

    Attributes:
        alsace_moselle: ajoute le Vendredi saint et le 26 décembre.
    """

    alsace_moselle: bool = False
    _feries: holidays.HolidayBase = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Prépare les fériés, calculés année par année à la demande."""
        feries = holidays.country_holidays("FR", subdiv="57" if self.alsace_moselle else None)
        object.__setattr__(self, "_feries", feries)

    def est_ferie(self, jour: date) -> bool:
        """Dit si un jour est férié."""
        return jour in self._feries

    def est_ouvre(self, jour: date) -> bool:
        """Dit si l'on travaille d'ordinaire ce jour-là : du lundi au vendredi, hors fériés."""
        return jour.weekday() < SAMEDI and not self.est_ferie(jour)

    def est_ouvrable(self, jour: date) -> bool:
        """Dit si la loi permet d'y travailler : tous les jours sauf dimanche et fériés."""
        return jour.weekday() != DIMANCHE and not self.est_ferie(jour)

    def decaler_ouvres(self, jour: date, nombre: int) -> date:
        """Rend le ``nombre``-ième jour ouvré après ``jour`` (avant, s'il est négatif) ; ``jour`` n'est pas compté."""
        pas = _UN_JOUR if nombre >= 0 else -_UN_JOUR
        for _ in range(abs(nombre)):
            jour += pas
            while not self.est_ouvre(jour):
                jour += pas
        return jour

    def ouvre_suivant(self, jour: date) -> date:
        """Rend ``jour`` s'il est ouvré, sinon le premier jour ouvré qui suit."""
        return jour if self.est_ouvre(jour) else self.decaler_ouvres(jour, 1)

    def ouvre_precedent(self, jour: date) -> date:
        """Rend ``jour`` s'il est ouvré, sinon le dernier jour ouvré qui précède."""
        return jour if self.est_ouvre(jour) else self.decaler_ouvres(jour, -1)


# Fait au chargement du module : la bibliothèque met une demi-seconde à lire ses pays, mieux vaut au démarrage.
FRANCE = Jours()
