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
