"""Le coût : qui paie quoi, au centime, selon les financements et les exonérations."""

from decimal import Decimal
from typing import Any

import pytest

from actions.eligibilite import Cout
from tests.eligibilite.cas import bilan, il_y_a, juger, montant

PARTICIPATION = montant("participation_forfaitaire")
PLAFOND = montant("cpf_plafond_bilan")


def cout(**champs: Any) -> Cout:
    trouve = juger(**champs).cout
    assert trouve is not None
    return trouve


def parts(**champs: Any) -> tuple[Decimal | None, ...]:
    """(abondements, part CPF, reste à payer)."""
    trouve = cout(**champs)
    return trouve.abondements, trouve.part_cpf, trouve.reste_a_payer


@pytest.mark.parametrize(
    ("champs", "attendu"),
    [
        # Cas-témoins, en toutes lettres.
        ({"prix": 1600, "solde_cpf": 1600}, (0, 1450, 150)),
        ({"prix": 1800, "solde_cpf": 2000}, (0, 1600, 200)),
        ({"prix": 1800, "solde_cpf": 2000, "statut": "demandeur_emploi"}, (0, 1600, 200)),
        ({"prix": 1600, "solde_cpf": 1600, "statut": "demandeur_emploi"}, (0, 1600, 0)),
        ({"prix": 1600, "solde_cpf": 500}, (0, 500, 1100)),
        ({"prix": 2000, "solde_cpf": 5000, "dotation_employeur": 400}, (400, 1600, 0)),
        ({"prix": 2000, "solde_cpf": 5000, "autres_financements": 400}, (400, 1450, 150)),
        ({"prix": 1500, "solde_cpf": 5000, "date_evaluation": "2025-06-01"}, (0, "1397.77", "102.23")),
        ({"prix": 1500, "solde_cpf": 5000, "date_evaluation": "2026-02-25"}, (0, "1396.80", "103.20")),
        ({"prix": 3000, "solde_cpf": 5000, "date_evaluation": "2026-02-25"}, (0, "2896.80", "103.20")),
        ({"prix": 3000, "solde_cpf": 5000, "date_evaluation": "2026-02-26"}, (0, 1600, 1400)),
        ({"prix": 3000, "solde_cpf": 5000, "date_evaluation": "2024-05-01"}, (0, 3000, 0)),
        ({"prix": 3000, "solde_cpf": 5000, "date_evaluation": "2024-05-02"}, (0, 2900, 100)),
        ({"prix": 100, "solde_cpf": 5000}, (0, 0, 100)),
        ({"prix": 0, "solde_cpf": 5000}, (0, 0, 0)),
        ({"prix": 0.01, "solde_cpf": 5000, "statut": "demandeur_emploi"}, (0, "0.01", 0)),
    ],
)
def test_cas_temoins(champs: dict[str, Any], attendu: tuple[Any, ...]) -> None:
    assert parts(**champs) == tuple(Decimal(part) for part in attendu)


@pytest.mark.parametrize(
    ("champs", "fait"),
    [
        ({"statut": "demandeur_emploi"}, "participation.exo_demandeur_emploi"),
        ({"dotation_employeur": 10}, "participation.exo_employeur"),
        ({"financement_opco": 10}, "participation.exo_opco"),
        ({"abondement_c2p_ou_atmp": True}, "participation.exo_c2p_atmp"),
    ],
)
def test_chaque_exoneration_est_sourcee(champs: dict[str, Any], fait: str) -> None:
    trouve = cout(**champs)
    assert trouve.exoneration is True
    assert trouve.participation == PARTICIPATION
    assert trouve.reste_a_payer == 0
    ligne = trouve.lignes[-1]
    assert (ligne.libelle, ligne.montant, ligne.reference) == ("Participation forfaitaire (exonération)", 0, fait)


@pytest.mark.parametrize(
    "champs",
    [{}, {"autres_financements": 10}, {"statut": None}, {"abondement_c2p_ou_atmp": None}, {"statut": "independant"}],
)
def test_sans_exoneration_etablie_la_participation_est_due(champs: dict[str, Any]) -> None:
    trouve = cout(**champs)
    assert trouve.exoneration is False
    assert trouve.reste_a_payer == PARTICIPATION
    assert trouve.manquant == ()
    fait = "participation.montant_depuis_20260402"
    assert trouve.lignes[-1].libelle == "Participation forfaitaire en vigueur"
    assert (trouve.lignes[-1].montant, trouve.lignes[-1].reference) == (PARTICIPATION, fait)


def test_c2p_ou_atmp_compte_pour_zero_euro() -> None:
    assert parts(abondement_c2p_ou_atmp=True, prix=2000) == (0, PLAFOND, 2000 - PLAFOND)


@pytest.mark.parametrize(
    ("champs", "manquant"),
    [
        ({"prix": None}, ("prix",)),
        ({"solde_cpf": None}, ("solde_cpf",)),
        ({"prix": None, "solde_cpf": None}, ("solde_cpf", "prix")),
    ],
)
def test_prix_ou_solde_inconnu(champs: dict[str, Any], manquant: tuple[str, ...]) -> None:
    trouve = cout(**champs, dotation_employeur=100)
    assert (trouve.abondements, trouve.part_cpf, trouve.reste_a_payer) == (None, None, None)
    assert (trouve.manquant, trouve.participation, trouve.exoneration) == (manquant, PARTICIPATION, True)
    assert trouve.prix == (None if "prix" in champs else 1600)
    assert [ligne.reference for ligne in trouve.lignes] == ["participation.exo_employeur"]


def test_les_lignes_decomposent_le_prix() -> None:
    trouve = cout(prix=2500, dotation_employeur=300, financement_opco=200.5, autres_financements=99.5)
    lignes = [(ligne.libelle, ligne.montant, ligne.reference) for ligne in trouve.lignes]
    assert lignes == [
        ("Dotation de l'employeur", 300, "cpf.plafond_hors_employeur"),
        ("Financement de l'OPCO", Decimal("200.5"), "cpf.plafond_hors_employeur"),
        ("Autres financements", Decimal("99.5"), "cpf.plafond_hors_employeur"),
        ("Droits CPF annuels", PLAFOND, "cpf.plafond_bilan"),
        ("Reste à payer", 300, "cpf.plafond_paiement_personnel"),
        ("Participation forfaitaire (exonération)", 0, "participation.exo_employeur"),
    ]


def test_les_lignes_ne_depassent_jamais_le_prix() -> None:
    trouve = cout(prix=1000, dotation_employeur=600, financement_opco=600, autres_financements=5)
    assert [ligne.montant for ligne in trouve.lignes] == [600, 400, 0, 0, 0]


def test_avant_la_participation_aucune_ligne_ne_la_cite() -> None:
    trouve = cout(date_evaluation="2024-05-01")
    assert trouve.participation == 0
    assert [ligne.libelle for ligne in trouve.lignes] == ["Droits CPF annuels", "Reste à payer"]
    assert trouve.lignes[0].reference == "cpf.ordre_mobilisation"


@pytest.mark.parametrize("statut", ["agent_fpe", "agent_fpt", "agent_fph", "retraite_taux_plein"])
def test_sans_chemin_cpf_en_euros_pas_de_cout(statut: str) -> None:
    assert juger(statut=statut).cout is None


def test_un_chemin_ferme_ne_supprime_pas_le_cout_de_l_autre() -> None:
    assert juger(arret="maladie").cout is not None
    assert juger(dernier_bilan=bilan(il_y_a(1))).cout is None
    assert juger(dernier_bilan=None).cout is not None
    assert juger(statut=None).cout is not None


def test_les_montants_s_ecrivent_en_nombres_json() -> None:
    brut = juger(date_evaluation="2025-06-01", prix=1500.5).en_json()["cout"]
    assert (brut["prix"], brut["participation"], brut["reste_a_payer"]) == (1500.5, 102.23, 102.23)
    entier = juger(prix=1600).en_json()["cout"]
    assert (entier["prix"], entier["part_cpf"]) == (1600, 1450)
    assert type(entier["prix"]) is int and type(brut["prix"]) is float
