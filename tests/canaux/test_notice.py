"""La notice « qui peut lire » : au début, sur demande, avant le sensible, après un jour ; jamais avant les secours."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from actions.contenus import contenus_en_place
from actions.reglages import RACINE
from canaux.notice import NOTICE, REDITE_S, Notices
from tests.canaux.conftest import URL_WIDGET

REGLES = contenus_en_place().metadonnees(NOTICE)
FAQ = "utter_faq/duree"


def noms(messages: list[dict[str, Any]]) -> list[str]:
    return [m["utter_action"] for m in messages]


class Conversation:
    def __init__(self) -> None:
        self.heure = 0.0
        self.notices = Notices(horloge=lambda: self.heure)

    def tour(self, *reponses: str, qui: str = "c") -> list[str]:
        return noms(self.notices.poser(qui, [{"utter_action": nom, "text": "x"} for nom in reponses]))


@pytest.fixture
def conversation() -> Conversation:
    conversation = Conversation()
    assert conversation.tour("utter_bienvenue", FAQ) == [NOTICE, "utter_bienvenue", FAQ]
    return conversation


def test_ensuite_elle_n_est_pas_redite(conversation: Conversation) -> None:
    assert [conversation.tour(FAQ) for _ in range(3)] == [[FAQ]] * 3


def test_chacun_a_la_sienne(conversation: Conversation) -> None:
    assert conversation.tour(FAQ, qui="autre") == [NOTICE, FAQ]


@pytest.mark.parametrize("forme", ["utter_faq/{}", "utter_detail_{}", "utter_simple_{}"])
def test_elle_est_redite_a_qui_demande_qui_peut_lire(conversation: Conversation, forme: str) -> None:
    reponse = forme.format(REGLES["qui_peut_lire"][0])
    assert [conversation.tour(reponse) for _ in range(2)] == [[NOTICE, reponse]] * 2


@pytest.mark.parametrize(
    "reponse", [*REGLES["questions_sensibles"], *(f"utter_faq/{sujet}" for sujet in REGLES["sujets_de_sante"])]
)
def test_elle_est_redite_une_fois_juste_avant_le_premier_sujet_sensible(
    conversation: Conversation, reponse: str
) -> None:
    assert conversation.tour(FAQ, reponse) == [FAQ, NOTICE, reponse]
    assert conversation.tour(reponse) == [reponse]
    assert conversation.tour("utter_ask_arret") == ["utter_ask_arret"]


def test_dite_au_debut_avec_un_sujet_sensible_elle_ne_l_est_qu_une_fois() -> None:
    conversation = Conversation()
    assert conversation.tour("utter_bienvenue", "utter_faq/arret_maladie")[0] == NOTICE
    assert conversation.tour("utter_faq/inaptitude") == ["utter_faq/inaptitude"]


def test_elle_est_redite_apres_vingt_quatre_heures(conversation: Conversation) -> None:
    conversation.heure = REDITE_S - 1
    assert conversation.tour(FAQ) == [FAQ]
    conversation.heure = REDITE_S
    assert conversation.tour(FAQ) == [NOTICE, FAQ]


def test_elle_est_redite_apres_un_effacement(conversation: Conversation) -> None:
    assert conversation.tour("utter_effacer_donnees") == ["utter_effacer_donnees"]
    assert conversation.tour("utter_bienvenue", FAQ) == [NOTICE, "utter_bienvenue", FAQ]


def test_une_nouvelle_ouverture_la_redit(conversation: Conversation) -> None:
    assert conversation.tour("utter_bienvenue") == [NOTICE, "utter_bienvenue"]


def test_les_secours_passent_d_abord_et_la_notice_vient_ensuite() -> None:
    conversation = Conversation()
    assert conversation.tour("utter_exprimer_detresse") == ["utter_exprimer_detresse"]
    assert conversation.tour(FAQ) == [NOTICE, FAQ]


def test_une_conversation_oubliee_ne_laisse_rien(conversation: Conversation) -> None:
    conversation.heure = REDITE_S + 1
    conversation.tour(FAQ, qui="autre")
    assert list(conversation.notices._dites) == ["autre"]


def test_elle_dit_qui_peut_lire_et_ouvre_le_widget_sans_identifiant() -> None:
    (notice, *_) = Notices().poser("c", [{"utter_action": FAQ}])
    assert "votre employeur peut techniquement accéder aux messages" in notice["text"]
    assert [lien.adresse for lien in notice["custom"]["liens"]] == [URL_WIDGET]
    assert "buttons" not in notice


def test_les_sujets_de_la_notice_existent() -> None:
    groupes = yaml.safe_load((RACINE / "data/sujets.yml").read_text(encoding="utf-8"))
    connus = {sujet for groupe in groupes.values() for sujet in groupe}
    assert {*REGLES["sujets_de_sante"], *REGLES["qui_peut_lire"]} <= connus
