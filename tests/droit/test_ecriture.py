"""Écriture française des valeurs."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from actions.droit import droit_en_place, ecriture


@pytest.mark.parametrize(
    ("valeur", "unite", "attendu"),
    [
        (Decimal("1600"), "euros", "1 600 €"),
        (Decimal("102.23"), "euros", "102,23 €"),
        (Decimal("103.2"), "euros", "103,20 €"),
        (Decimal("0"), "euros", "0 €"),
        (Decimal("1"), "ans", "1 an"),
        (Decimal("5"), "ans", "5 ans"),
        (Decimal("60"), "jours_calendaires", "60 jours calendaires"),
        (Decimal("11"), "jours_ouvres", "11 jours ouvrés"),
        (Decimal("33"), "nombre", "33"),
        (Decimal("65"), "pourcent", "65 %"),
        ("09 70 82 35 51", "telephone", "09 70 82 35 51"),
    ],
)
def test_une_grandeur_s_ecrit_en_francais(valeur: Decimal | str, unite: str, attendu: str) -> None:
    assert ecriture.grandeur(valeur, unite).replace("\u00a0", " ") == attendu


def test_une_date_s_ecrit_en_lettres() -> None:
    assert ecriture.jour(date(2026, 4, 1)).replace("\u00a0", " ") == "1er avril 2026"
    assert ecriture.jour(date(2026, 2, 26)).replace("\u00a0", " ") == "26 février 2026"
    assert ecriture.jour_court(date(2026, 2, 6)) == "06/02/2026"


def test_un_texte_se_remplit_a_la_date_demandee() -> None:
    droit = droit_en_place()
    nom = "participation_forfaitaire"
    modele = f"{{{nom}}} depuis le {{{nom}.depuis}}, avant {{{nom}.precedente}} ; {{inconnu}}"
    serie = droit.parametres["participation_forfaitaire"].valeurs
    for avant, valeur in pairwise(serie):
        texte = droit.remplir(modele, valeur.depuis)
        assert texte == (
            f"{ecriture.grandeur(valeur.montant, 'euros')} depuis le {ecriture.jour(valeur.depuis)}, "
            f"avant {ecriture.grandeur(avant.montant, 'euros')} ; {{inconnu}}"
        )
