"""« Question 2 sur 5 » : le total annoncé ne change plus, le rang ne recule pas et ne le dépasse pas."""

import random

import pytest

from actions.parcours.catalogue import PARCOURS, Etape, etape, questions_restantes
from actions.parcours.faits import mettre_a_jour
from tests.parcours.profils import profils

SUITE = {
    "prix": 1700,
    "autre_payeur": "employeur",
    "montant_aide": 300,
    "moment": "temps_travail",
    "duree_mois": 8.0,
    "reponse_employeur": "pas_demande",
    "lettre": "relance_silence",
    "date_debut": "2027-03-15",
    "date_demande": "2026-11-02",
}


@pytest.mark.parametrize("parcours", sorted(PARCOURS))
def test_le_rang_avance_dans_un_total_fixe(parcours: str) -> None:
    for profil in profils(80):
        hasard, verite = random.Random(str(profil)), {**profil, **SUITE}
        faits: dict[str, object] = {}
        inconnus: set[str] = set()
        posees: list[str] = []
        dite = Etape()
        while reste := questions_restantes(parcours, faits, inconnus, None):
            suivante = etape(parcours, faits, inconnus, posees, dite)
            assert not suivante.total or suivante.numero
            assert dite.numero <= suivante.numero <= suivante.total or not suivante.total
            assert dite.total in (0, suivante.total)
            dite, question = suivante, reste[0]
            if hasard.random() < 0.2 or verite.get(question) is None:
                inconnus.add(question)
            else:
                faits |= mettre_a_jour(faits, {question: verite[question]})
            posees.append(question)
            if hasard.random() < 0.15:  # « retour »
                retiree = posees.pop()
                faits.pop(retiree, None)
                inconnus.discard(retiree)


def test_le_total_annonce_n_est_pas_gonfle() -> None:
    faits = {"statut": "salarie_prive"}
    assert etape("verifier_eligibilite", faits, [], ["statut"], Etape()) == Etape(2, 5)
    assert etape("simuler_cout", faits, [], ["statut"], Etape()) == Etape(2, 4)


def test_une_precision_garde_le_rang_de_sa_question() -> None:
    faits = {"statut": "salarie_prive", "prix": 1800, "solde_cpf": 900, "autre_payeur": "employeur"}
    posees = ["statut", "prix", "solde_cpf", "autre_payeur"]
    assert questions_restantes("simuler_cout", faits, [], None) == ["montant_aide"]
    assert etape("simuler_cout", faits, [], posees, Etape(4, 4)) == Etape(4, 4)
