"""Le composant pose les faits dits comme entités, et les hypothèses à part."""

from typing import Any

import bilan.calme  # isort: skip  # noqa: F401

import pytest
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from composants.extracteur_faits import ExtracteurFaits


def entites(texte: str, deja: list[dict[str, Any]] | None = None) -> list[dict[str, Any]]:
    message = Message({TEXT: texte, **({ENTITIES: deja} if deja else {})})
    return ExtracteurFaits().process([message])[0].get(ENTITIES, [])


def test_les_faits_dits_deviennent_des_entites() -> None:
    texte = "je suis en CDD, arrêté depuis mars, j'ai 1200 euros sur mon CPF"
    posees = entites(texte)
    assert {e["entity"]: e["value"] for e in posees} == {
        "contrat": "cdd",
        "arret": "maladie",
        "arret_depuis": "2026-03",
        "solde_cpf": 1200,
    }
    assert {(e["start"], e["end"], e["extractor"]) for e in posees} == {(0, len(texte), "ExtracteurFaits")}


def test_une_hypothese_est_une_seule_entite() -> None:
    assert [(e["entity"], e["value"]) for e in entites("et si j'étais en CDD ?")] == [("et_si", {"contrat": "cdd"})]


def test_un_fait_et_une_hypothese_restent_separes() -> None:
    posees = {e["entity"]: e["value"] for e in entites("je suis en CDI, et si je démissionne ?")}
    assert posees == {"contrat": "cdi", "et_si": {"statut": "demandeur_emploi"}}


@pytest.mark.parametrize("texte", ["un CDD a droit au bilan ?", "/faq/duree", "bonjour"])
def test_rien_quand_rien_n_est_dit(texte: str) -> None:
    assert entites(texte) == []


def test_les_entites_d_un_autre_composant_restent() -> None:
    autre = {"entity": "sujet", "value": "duree", "start": 0, "end": 4}
    assert autre in entites("je suis en CDI", [autre])


@pytest.mark.parametrize(
    ("texte", "classe", "confiance", "attendu"),
    [
        ("en CDI", "hors_sujet", 0.6, ("dire_un_fait", {"contrat": "cdi"})),
        ("1er mars 2027", "corriger", 0.33, ("dire_un_fait", {"date_dite": "2027-03-01"})),
        ("en fait jamais fait", "nier", 1.0, ("corriger", {"dernier_bilan": "aucun"})),
        ("fonctionnaire", "faq", 0.2, ("faq", {})),
        ("jamais fait", "exprimer_detresse", 0.9, ("exprimer_detresse", {})),
    ],
)
def test_un_fait_seul_est_note_si_le_classement_n_y_voit_pas_de_sujet(
    texte: str, classe: str, confiance: float, attendu: tuple[str, dict[str, Any]]
) -> None:
    message = Message({TEXT: texte, INTENT: {"name": classe, "confidence": confiance}})
    ExtracteurFaits().process([message])
    posees = {e["entity"]: e["value"] for e in message.get(ENTITIES, [])}
    assert (message.get(INTENT)["name"], posees) == attendu


def test_le_message_relu_complete_ce_que_le_texte_laisse_vide() -> None:
    message = Message({TEXT: "chui en aré depui mars", "dechiffre": "je suis en arrêt depuis mars"})
    ExtracteurFaits().process([message])
    assert {e["entity"]: e["value"] for e in message.get(ENTITIES)} == {"arret": "maladie", "arret_depuis": "2026-03"}


@pytest.mark.parametrize(
    ("texte", "mene"),
    [
        ("non un vrai humain par telephone pas un site", True),
        ("non mais quelqu'un au tel pour un jeune", True),
        ("passez moi un vrai conseiller", True),
        ("t'es un robot ou une vraie personne ?", False),
        ("le bilan se fait avec un vrai conseiller ?", False),
        ("un conseiller au téléphone m'a vendu un bilan", False),
    ],
)
def test_qui_veut_une_personne_y_est_mene(texte: str, mene: bool) -> None:
    message = Message({TEXT: texte, INTENT: {"name": "faq", "confidence": 0.4, "etiquette": "faq/duree"}})
    recu = ExtracteurFaits().process([message])[0].get(INTENT)["name"]
    assert (recu == "parler_a_un_humain") is mene


def test_qui_est_en_danger_recoit_d_abord_les_secours() -> None:
    message = Message(
        {TEXT: "je veux mourir, un vrai humain", INTENT: {"name": "exprimer_detresse", "confidence": 0.9}}
    )
    assert ExtracteurFaits().process([message])[0].get(INTENT)["name"] == "exprimer_detresse"
