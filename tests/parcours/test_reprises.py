"""Qui se reprend en répondant, et ce qui corrige sans demander à reculer."""

import pytest

from actions.parcours.reprises import choisi, dit_autre_chose


@pytest.mark.parametrize(
    ("question", "dit", "code"),
    [
        ("reponse_employeur", "jai rien demandé encore enfin si a l'oral, il a dit non", "refus"),
        ("reponse_employeur", "il est d'accord enfin non il a refusé", "refus"),
        ("reponse_employeur", "en fait j'ai rien demandé", "pas_demande"),
        ("reponse_employeur", "j'ai rien demandé enfin bref", "pas_demande"),
        ("reponse_employeur", "il a dit oui enfin je crois", "oui"),
        ("moment", "hors temps, en fait pendant mes heures", "temps_travail"),
        ("initiative", "un congé de reclassement", "reclassement"),
        ("initiative", "congé de reclassement : combien de jours pour accepter", None),
        ("autre_payeur", "pas d'aide", "aucun"),
        ("autre_payeur", "sans aide, je paie tout", "aucun"),
        ("autre_payeur", "une aide de la région", "autre"),
    ],
)
def test_la_suite_corrige_le_debut(question: str, dit: str, code: str | None) -> None:
    assert choisi(dit, question) == code


@pytest.mark.parametrize(
    ("dit", "vrai"),
    [
        ("en fait c'était 2020", True),
        ("non hors du temps de travail finalement", True),
        ("pardon, payé par la région", True),
        ("retour", False),
        ("en fait je me suis trompé", False),
        ("finalement je reviens à la question d'avant", False),
        ("en fait non", False),
        ("je veux changer ma réponse", False),
    ],
)
def test_corriger_une_valeur_n_est_pas_reculer(dit: str, vrai: bool) -> None:
    assert dit_autre_chose(dit) is vrai
