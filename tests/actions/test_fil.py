"""Ce que les actions lisent d'une conversation."""

import pytest
from rasa_sdk import Tracker

from actions import fil
from tests.actions.fil import conversation


@pytest.mark.parametrize(
    ("conversation_", "attendu"),
    [
        (conversation("faq", etiquette="faq/duree"), "faq/duree"),
        (conversation("faq", entites={"sujet": "duree"}), "faq/duree"),
        (conversation("idee_recue", entites={"sujet": "gratuit"}), "idee_recue/gratuit"),
        (conversation("saluer", etiquette="saluer"), "saluer"),
        (conversation("saluer"), None),
    ],
)
def test_etiquette_demandee(conversation_: Tracker, attendu: str | None) -> None:
    assert fil.etiquette_demandee(conversation_) == attendu


def test_la_derniere_reponse_est_celle_d_avant_le_message() -> None:
    echange = conversation(dits=["utter_saluer", "utter_faq/duree"])
    echange.events.append({"event": "bot", "metadata": {"utter_action": "utter_faq/definition"}})
    assert fil.derniere_reponse(echange) == "utter_faq/duree"
    dites = [fil.nom_de_reponse(e) for e in fil.reponses_dites(echange, avant_ce_message=False)]
    assert dites == ["utter_faq/definition", "utter_faq/duree", "utter_saluer"]


def test_une_reponse_sans_nom_est_passee() -> None:
    echange = conversation(dits=["utter_faq/duree"])
    echange.events.insert(-1, {"event": "bot", "metadata": None})
    assert fil.derniere_reponse(echange) == "utter_faq/duree"
    assert fil.derniere_reponse(conversation()) is None


@pytest.mark.parametrize(
    ("dits", "attendu"),
    [
        (["utter_faq/duree"], "duree"),
        (["utter_detail_duree"], "duree"),
        (["utter_simple_prix"], "prix"),
        (["utter_faq/duree", "utter_saluer", "utter_repli_1"], "duree"),
        (["utter_saluer"], None),
        ([], None),
    ],
)
def test_dernier_sujet(dits: list[str], attendu: str | None) -> None:
    assert fil.dernier_sujet(conversation(dits=dits)) == attendu


def test_seconde_etiquette_et_propositions_absentes() -> None:
    assert fil.seconde_etiquette(conversation()) is None
    assert fil.propositions(conversation()) == []
