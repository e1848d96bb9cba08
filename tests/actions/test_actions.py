"""Une table par action : conversation reçue, messages dits, événements rendus."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.approfondir import ActionApprofondir
from actions.contenus import contenus_en_place
from actions.demander_precision import ActionDemanderPrecision
from actions.effacer_donnees import ActionEffacerDonnees
from actions.ouvrir_session import ActionOuvrirSession
from actions.reformuler import ActionReformuler
from actions.repondre import ActionRepondre
from actions.suivre import ActionSuivre
from tests.actions.fil import conversation, executer

CONTENUS = contenus_en_place()
ETIQUETTES = ["faq/duree", "faq/prix", "faq/definition"]


def titre(etiquette: str) -> str:
    trouve = CONTENUS.titre(etiquette)
    assert trouve
    return trouve


def noms(messages: list[dict[str, Any]]) -> list[str]:
    return [message["response"] for message in messages]


@pytest.mark.parametrize(
    ("fil", "attendu"),
    [
        (conversation(etiquette="faq/duree"), ["utter_faq/duree"]),
        (conversation("faq", entites={"sujet": "duree"}), ["utter_faq/duree"]),
        (conversation("faq", etiquette="faq/definition", entites={"sujet": "duree"}), ["utter_faq/duree"]),
        (conversation("hors_sujet", etiquette="hors_sujet/autre"), ["utter_hors_sujet/autre"]),
        (conversation("faq", entites={"sujet": "disparu"}), ["utter_bouton_perime"]),
        (conversation("faq", entites={"sujet": "../../secret"}), ["utter_bouton_perime"]),
        (conversation("faq"), ["utter_bouton_perime"]),
        (
            conversation(etiquette="faq/duree", seconde="faq/definition"),
            ["utter_faq/duree", "utter_seconde_question", "utter_faq/definition"],
        ),
        (conversation(etiquette="faq/duree", seconde="faq/disparu"), ["utter_faq/duree"]),
    ],
)
async def test_repondre(fil: Tracker, attendu: list[str]) -> None:
    messages, evenements = await executer(ActionRepondre(), fil)
    assert noms(messages) == attendu
    assert evenements == []


async def test_repondre_annonce_la_seconde_question_par_son_titre() -> None:
    messages, _ = await executer(ActionRepondre(), conversation(etiquette="faq/duree", seconde="faq/definition"))
    assert messages[1]["titre"] == titre("faq/definition")


@pytest.mark.parametrize(
    ("fil", "attendu"),
    [
        (conversation("reformuler", dits=["utter_faq/duree"]), "utter_simple_duree"),
        (conversation("reformuler", dits=["utter_faq/duree", "utter_saluer"]), "utter_simple_duree"),
        (conversation("reformuler", dits=["utter_faq/duree", "utter_faq/definition"]), "utter_simple_definition"),
        (conversation("reformuler", dits=["utter_detail_duree"]), "utter_simple_duree"),
        (conversation("reformuler", entites={"sujet": "duree"}), "utter_simple_duree"),
        (conversation("reformuler", dits=["utter_faq/duree"], entites={"sujet": "disparu"}), "utter_reformuler_rien"),
        (conversation("reformuler", dits=["utter_saluer"]), "utter_reformuler_rien"),
        (conversation("reformuler"), "utter_reformuler_rien"),
    ],
)
async def test_reformuler(fil: Tracker, attendu: str) -> None:
    messages, evenements = await executer(ActionReformuler(), fil)
    assert noms(messages) == [attendu]
    assert evenements == []


@pytest.mark.parametrize(
    ("fil", "attendu"),
    [
        (conversation("approfondir", dits=["utter_faq/duree"], texte="dites-m'en plus"), "utter_detail_duree"),
        (conversation("approfondir", dits=["utter_faq/duree"], texte="quelle est la source ?"), "utter_le_texte"),
        (conversation("approfondir", dits=["utter_faq/duree"], texte="c'est quel article du code"), "utter_le_texte"),
        (conversation("approfondir", dits=["utter_faq/duree"], texte="dans ce contexte"), "utter_detail_duree"),
        (conversation("approfondir", entites={"sujet": "duree", "precision": "texte"}), "utter_le_texte"),
        (conversation("approfondir", entites={"sujet": "duree", "precision": "detail"}), "utter_detail_duree"),
        (conversation("approfondir", entites={"sujet": "disparu"}), "utter_approfondir_rien"),
        (conversation("approfondir"), "utter_approfondir_rien"),
    ],
)
async def test_approfondir(fil: Tracker, attendu: str) -> None:
    messages, evenements = await executer(ActionApprofondir(), fil)
    assert noms(messages) == [attendu]
    assert evenements == []


async def test_le_texte_cite_les_faits_de_la_bulle_puis_du_detail_une_fois_chacun() -> None:
    messages, _ = await executer(
        ActionApprofondir(), conversation("approfondir", entites={"sujet": "duree", "precision": "texte"})
    )
    bulle, detail = CONTENUS.faits("utter_faq/duree"), CONTENUS.faits("utter_detail_duree")
    assert messages[0]["sujet"] == "duree"
    assert messages[0]["faits"] == list(dict.fromkeys([*bulle, *detail]))


@pytest.mark.parametrize(
    ("dits", "propositions", "attendu"),
    [
        ([], [], "utter_repli_1"),
        (["utter_faq/duree"], [], "utter_repli_1"),
        (["utter_repli_1"], [], "utter_repli_2"),
        (["utter_vouloir_dire"], [], "utter_repli_2"),
        (["utter_aucune_proposition"], [], "utter_repli_2"),
        (["utter_repli_2"], [], "utter_repli_1"),
        ([], ETIQUETTES[:2], "utter_vouloir_dire"),
        ([], ETIQUETTES[:1], "utter_repli_1"),
        ([], ["faq/disparu", "faq/duree"], "utter_repli_1"),
        (["utter_repli_1"], ETIQUETTES[:2], "utter_vouloir_dire"),
        (["utter_vouloir_dire"], ETIQUETTES[:2], "utter_repli_2"),
    ],
)
async def test_demander_precision(dits: list[str], propositions: list[str], attendu: str) -> None:
    fil = conversation("nlu_fallback", propositions=propositions, dits=dits)
    messages, evenements = await executer(ActionDemanderPrecision(), fil)
    assert noms(messages) == [attendu]
    assert evenements == []


async def test_les_propositions_sont_des_boutons_qui_menent_a_leur_sujet_et_un_refus() -> None:
    messages, _ = await executer(ActionDemanderPrecision(), conversation("nlu_fallback", propositions=ETIQUETTES))
    *choix, aucune = messages[0]["buttons"]
    assert choix == [
        {"title": titre(etiquette), "payload": f'/faq{{"sujet": "{etiquette.removeprefix("faq/")}"}}'}
        for etiquette in ETIQUETTES
    ]
    assert aucune["payload"] == "/nier" and aucune["title"]


BOUTONS = [
    {"title": "t", "payload": '/faq{"sujet": "duree"}'},
    {"title": "u", "payload": '/faq{"sujet": "definition"}'},
]


@pytest.mark.parametrize(
    ("intention", "dits", "attendu"),
    [
        ("affirmer", [("utter_vouloir_dire", BOUTONS)], "utter_faq/duree"),
        ("nier", [("utter_vouloir_dire", BOUTONS)], "utter_aucune_proposition"),
        ("ne_sait_pas", [("utter_vouloir_dire", BOUTONS)], "utter_aucune_proposition"),
        ("affirmer", [("utter_vouloir_dire", [])], "utter_demander_aide"),
        ("affirmer", [("utter_vouloir_dire", [{"title": "t", "payload": "/disparu"}])], "utter_demander_aide"),
        ("affirmer", ["utter_faq/duree"], "utter_affirmer"),
        ("nier", ["utter_faq/duree"], "utter_nier"),
        ("ne_sait_pas", [], "utter_ne_sait_pas"),
        ("affirmer", [("utter_vouloir_dire", BOUTONS), "utter_faq/duree"], "utter_affirmer"),
    ],
)
async def test_suivre(intention: str, dits: list[Any], attendu: str) -> None:
    messages, evenements = await executer(ActionSuivre(), conversation(intention, dits=dits))
    assert noms(messages) == [attendu] and attendu in CONTENUS.reponses
    assert evenements == []


async def test_effacer_vide_les_slots_et_demande_l_effacement() -> None:
    messages, evenements = await executer(
        ActionEffacerDonnees(), conversation("effacer_donnees", texte="/effacer_donnees")
    )
    assert noms(messages) == ["utter_effacer_donnees"]
    assert [(e["event"], e.get("name"), e.get("value")) for e in evenements] == [
        ("reset_slots", None, None),
        ("active_loop", None, None),
        ("slot", "effacement", True),
    ]


async def test_un_effacement_mal_assure_se_confirme() -> None:
    messages, evenements = await executer(ActionEffacerDonnees(), conversation("effacer_donnees", texte="elle me vire"))
    assert (noms(messages), evenements) == (["utter_confirmer_effacement"], [])


async def test_ouvrir_session_dit_la_notice_et_ne_reprend_rien() -> None:
    messages, evenements = await executer(ActionOuvrirSession(), conversation(slots={"metier": "soudeur"}))
    assert noms(messages) == ["utter_bienvenue"]
    assert [(e["event"], e.get("name")) for e in evenements] == [("session_started", None), ("action", "action_listen")]
