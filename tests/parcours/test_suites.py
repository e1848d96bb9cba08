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


ETAPES = ["identite", "solde", "comparer", "demande", "validation"]


@pytest.mark.parametrize(
    ("dit", "faites", "lu"),
    [
        ("c'est fait, j'ai deja l'identité numerique la poste", 0, "identite"),
        ("deja j'ai l'identité de la poste", 0, "identite"),
        ("oui je l'ai deja, etape suivante", 0, suites.FAITE),
        ("j'ai 900e dessus je te l'ai dit, next", 1, "solde"),
        ("j'ai comparé, y en a un a 1650 et un autre 1490", 2, "comparer"),
        ("j'ai comparé, je prends celui à 1490", 2, "comparer"),
        ("j'ai choisi le moins cher", 2, "comparer"),
        ("c'est fait, j'ai l'identité numérique", 1, suites.RAPPEL),
        ("j'ai pas l'identité numérique", 0, None),
        ("j'ai perdu l'identité numérique", 0, None),
        ("c'est fait mais ça marche pas", 0, None),
        ("j'ai 45 ans", 1, None),
        ("je prends celui à 1490, je vais payer combien ?", 2, None),
    ],
)
def test_un_bout_du_message_coche_une_etape(dit: str, faites: int, lu: str | None) -> None:
    assert suites.lire(dit, ETAPES[faites:]) == lu


@pytest.mark.parametrize(
    ("dit", "vrai"),
    [
        ("l'organisme m'a pas répondu depuis 3 jours", True),
        ("j'ai fait ma demande y a une semaine et l'organisme dit rien", True),
        ("toujours pas de réponse du centre", True),
        ("le cabinet ne m'a jamais rappelé", True),
        ("pas de nouvelles de l'organisme", True),
        ("l'organisme m'a pas dit le prix", False),
        ("mon employeur ne répond pas", False),
        ("la caisse ne répond pas à l'organisme", False),
    ],
)
def test_le_silence_du_prestataire_s_entend(dit: str, vrai: bool) -> None:
    assert suites.silence_de_l_organisme(dit) is vrai
