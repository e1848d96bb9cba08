"""Jours ouvrés et ouvrables, fériés français compris."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.calendrier import Jours

FRANCE, ALSACE = Jours(), Jours(alsace_moselle=True)
FERIES_2027 = [
    "2027-01-01", "2027-03-29", "2027-05-01", "2027-05-06", "2027-05-08", "2027-05-17",
    "2027-07-14", "2027-08-15", "2027-11-01", "2027-11-11", "2027-12-25",
]  # fmt: skip


def annee(an: int) -> list[date]:
    return [date(an, 1, 1) + timedelta(days=i) for i in range(365)]


def test_les_feries_de_2027() -> None:
    assert [j.isoformat() for j in annee(2027) if FRANCE.est_ferie(j)] == FERIES_2027


def test_l_alsace_et_la_moselle_en_ont_deux_de_plus() -> None:
    en_plus = {j for j in annee(2027) if ALSACE.est_ferie(j)} - {j for j in annee(2027) if FRANCE.est_ferie(j)}
    assert en_plus == {date(2027, 3, 26), date(2027, 12, 26)}


@pytest.mark.parametrize(
    ("jour", "ouvre", "ouvrable"),
    [
        (date(2026, 12, 24), True, True),
        (date(2026, 12, 25), False, False),
        (date(2026, 12, 26), False, True),  # samedi
        (date(2026, 12, 27), False, False),  # dimanche
    ],
)
def test_ouvre_et_ouvrable(jour: date, ouvre: bool, ouvrable: bool) -> None:
    assert (FRANCE.est_ouvre(jour), FRANCE.est_ouvrable(jour)) == (ouvre, ouvrable)


@pytest.mark.parametrize(
    ("depart", "nombre", "arrivee"),
    [
        (date(2026, 12, 24), 1, date(2026, 12, 28)),  # Noël et la fin de semaine
        (date(2026, 12, 28), -1, date(2026, 12, 24)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 11, 22), 1, date(2026, 11, 23)),  # d'un dimanche
        (date(2027, 2, 2), -11, date(2027, 1, 18)),
    ],
)
def test_decaler(depart: date, nombre: int, arrivee: date) -> None:
    assert FRANCE.decaler_ouvres(depart, nombre) == arrivee


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 60))
def test_l_aller_et_le_retour_se_correspondent(jour: date, nombre: int) -> None:
    depart = FRANCE.ouvre_suivant(jour)
    arrivee = FRANCE.decaler_ouvres(depart, nombre)
    assert FRANCE.est_ouvre(arrivee) and FRANCE.decaler_ouvres(arrivee, -nombre) == depart
    entre = [depart + timedelta(days=i) for i in range(1, (arrivee - depart).days + 1)]
    assert sum(map(FRANCE.est_ouvre, entre)) == nombre


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_le_suivant_et_le_precedent_encadrent(jour: date) -> None:
    assert FRANCE.ouvre_precedent(jour) <= jour <= FRANCE.ouvre_suivant(jour)
