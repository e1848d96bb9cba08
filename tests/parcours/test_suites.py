"""Ce qui se dit après un résultat : corriger, changer un montant ou une date."""

import pytest

from actions.parcours import suites


@pytest.mark.parametrize(
    ("dit", "champ"),
    [
        ("changer la date", "date_debut"),
        ("je veux modifier le prix", "prix"),
        ("changer mon solde", "solde_cpf"),
        ("corriger l'aide de l'employeur", "autre_payeur"),
        ("changer un montant", "montants"),
        ("je veux changer de métier", None),
        ("la date me va", None),
    ],
)
def test_ce_que_l_on_demande_a_changer(dit: str, champ: str | None) -> None:
    assert suites.a_changer(dit) == champ


@pytest.mark.parametrize("dit", ["en fait je suis en CDD", "non, en fait c'est 1500", "pardon je suis titulaire"])
def test_ce_qui_annonce_une_correction(dit: str) -> None:
    assert suites.annonce_une_correction(dit)
    assert not suites.annonce_une_correction(dit.split("je")[-1].split("c'est")[-1])


@pytest.mark.parametrize(
    ("dit", "vrai"),
    [
        ("j'ai l'accord", True),
        ("ça y est, j'ai l'avis favorable", True),
        ("j'ai l'accord de la caisse et du médecin", True),
        ("j'ai pas l'accord", False),
        ("j'ai besoin de l'accord de la caisse", False),
    ],
)
def test_l_accord_arrive_se_dit_pendant_un_arret_seulement(dit: str, vrai: bool) -> None:
    assert suites.dit_l_accord(dit, {"arret": "maladie"}) is vrai
    assert not suites.dit_l_accord(dit, {"arret": "aucun"})
