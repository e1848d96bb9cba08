"""Ce qu'un message court suppose ou corrige après un calcul : lui seul, et rien d'autre."""

from datetime import date
from typing import Any

import pytest

from actions.droit import droit_en_place
from actions.parcours import suppositions
from actions.parcours.calcul_en_cours import corrige_un_montant, donne_le_montant_manquant

JOUR = date(2026, 11, 28)
FAITS = {"statut": "salarie_prive", "prix": 1600, "solde_cpf": 900, "autre_payeur": "employeur", "montant_aide": 300}


@pytest.mark.parametrize(
    ("dit", "suppose"),
    [
        ("et sans le patron", {"autre_payeur": "aucun"}),
        ("et sans l'aide de mon employeur ça fait combien ?", {"autre_payeur": "aucun"}),
        ("et avec 1 451 ?", {"solde_cpf": 1451}),
        ("et avec un devis de 1700 ?", {"prix": 1700}),
        ("ok et avec 800 sur le cpf", {"solde_cpf": 800}),
        ("et si j'attends janvier j'aurai 500 de plus", {"solde_cpf": 1400}),
        ("et si j'attends janvier j'aurai 500 de plus, donc 1420", {"solde_cpf": 1420}),
        ("recalcule au chomage", {"statut": "demandeur_emploi"}),
        ("peut-être que mon employeur mettrait 250", {"dotation_employeur": 250}),
        ("sans l'accord du patron c'est possible ?", {}),
        ("en janvier je pars en congés", {}),
        ("mon employeur peut-être refusera", {}),
        ("recalcule mes indemnités", {}),
        ("je suis parti sans 1000 euros", {}),
    ],
)
def test_une_supposition_en_peu_de_mots(dit: str, suppose: dict[str, Any]) -> None:
    assert suppositions.lire(dit, FAITS, "solde_cpf", JOUR, droit_en_place()) == suppose


def test_le_credit_attendu_ne_depasse_pas_le_plafond_du_compte() -> None:
    droit = droit_en_place()
    plafond = float(droit.montant("cpf_credit_plafond", JOUR))
    for solde in (plafond - 1, plafond, plafond + 10):
        lu = suppositions.lire("et en janvier du coup ?", {"solde_cpf": solde}, None, JOUR, droit)
        assert lu == {"solde_cpf": max(plafond, solde)}


@pytest.mark.parametrize(
    ("dit", "corrige"),
    [
        ("non 8000 pardon", {"solde_cpf": 8000}),
        ("pardon, 1730", {"solde_cpf": 1730}),
        ("oups 950 €", {"solde_cpf": 950}),
        ("je voulais dire 1 450,50", {"solde_cpf": 1450.5}),
        ("1730", {}),
        ("non 1500 c'est le prix", {}),
        ("pardon de vous embêter", {}),
    ],
)
def test_une_correction_vise_le_dernier_montant_dit(dit: str, corrige: dict[str, Any]) -> None:
    assert corrige_un_montant(dit, "solde_cpf") == corrige
    assert corrige_un_montant(dit, None) == {}


def test_un_nombre_seul_complete_le_calcul_auquel_il_ne_manque_que_lui() -> None:
    assert donne_le_montant_manquant("1700", {"solde_cpf": 900}) == {"prix": 1700}
    assert donne_le_montant_manquant("environ 900 €", {"prix": 1700}) == {"solde_cpf": 900}
    assert donne_le_montant_manquant("1700", {}) == {}
    assert donne_le_montant_manquant("1700", {"prix": 1500, "solde_cpf": 900}) == {}
