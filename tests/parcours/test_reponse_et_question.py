"""Lire une réponse du questionnaire : une réponse et une question à la fois, un doute partiel, une question seule."""

from typing import Any

import pytest

from actions.droit import droit_en_place
from actions.parcours.lecture import Lecture, MessageRecu
from actions.parcours.reponse import lire
from tests.parcours.profils import JOUR


def lue(texte: str, question: str, intention: str = "faq", etiquette: str = "faq/x", sur: float = 0.9) -> Lecture:
    return lire(MessageRecu(texte, intention, etiquette, sur), question, {}, JOUR, droit_en_place())


@pytest.mark.parametrize(
    ("texte", "question", "faits"),
    [
        ("CDI, ça change quoi ?", "statut", {"statut": "salarie_prive", "contrat": "cdi"}),
        ("1200, c'est assez ?", "solde_cpf", {"solde_cpf": 1200}),
        ("oui, pourquoi ?", "arret", {"arret": "maladie"}),
        ("jamais, c'est grave ?", "dernier_bilan", {"dernier_bilan": "aucun"}),
    ],
)
def test_une_reponse_et_une_question_sont_prises_toutes_deux(texte: str, question: str, faits: dict[str, Any]) -> None:
    lecture = lue(texte, question)
    assert dict(lecture.faits) == faits
    assert lecture.question == "faq/x"


@pytest.mark.parametrize(
    ("texte", "question"),
    [
        ("c'est quoi un agent prioritaire ?", "agent_prioritaire"),
        ("ok mais c'est quoi l'accord de la caisse ?", "accord_caisse"),
        ("un bilan récent, c'est quoi ?", "dernier_bilan"),
        ("d'accord, et comment je fais ?", "abondement_c2p_ou_atmp"),
        ("est-ce que je peux être en arrêt et faire un bilan ?", "arret"),
    ],
)
def test_une_question_seule_n_est_jamais_une_reponse(texte: str, question: str) -> None:
    assert lue(texte, question).autre


def test_un_aveu_et_une_question() -> None:
    lecture = lue("c'est quoi un agent prioritaire, je sais pas", "agent_prioritaire")
    assert lecture.inconnus == {"agent_prioritaire"} and lecture.question == "faq/x"


def test_une_reponse_partielle_garde_ce_qui_est_sur() -> None:
    lecture = lue("j'en ai fait un mais je sais plus quand", "dernier_bilan", "nlu_fallback")
    assert dict(lecture.faits) == {"dernier_bilan": "oui"}
    assert lecture.inconnus == {"dernier_bilan_date"}


@pytest.mark.parametrize(("texte", "dit"), [("en attente", False), ("le médecin et la cpam sont d'accord", True)])
def test_les_deux_accords_ou_non(texte: str, dit: bool) -> None:
    assert lue(texte, "accord_caisse", "nlu_fallback").faits == {"accord_caisse": dit}


def test_un_conge_de_reclassement_a_son_code() -> None:
    assert lue("dans un congé de reclassement", "initiative", "nlu_fallback").faits == {"initiative": "reclassement"}
