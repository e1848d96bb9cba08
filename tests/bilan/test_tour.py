"""Un tour lit la conversation une fois, sous son verrou, et contrôle le message sur ce qu'il a lu."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.core.agent import Agent

from canaux.echange import echanger
from canaux.garde import boutons_offerts


@pytest.fixture
def lectures(agent: Agent, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    lues: list[str] = []
    lire = agent.tracker_store.retrieve

    async def compter(conversation: str) -> Any:
        lues.append(conversation)
        return await lire(conversation)

    monkeypatch.setattr(agent.tracker_store, "retrieve", compter)
    return lues


async def test_chaque_tour_lit_la_conversation_une_fois(agent: Agent, lectures: list[str]) -> None:
    ouverture = await echanger(agent, "lue-une-fois", "bonjour", "widget", "numero-1")
    bouton = next(b for m in ouverture for b in m.get("buttons") or [])
    for rang, texte in enumerate([bouton["payload"], bouton["title"], "/restart", "c'est quoi un bilan ? " * 4]):
        lectures.clear()
        assert await echanger(agent, "lue-une-fois", texte, "widget", f"numero-{rang + 2}")
        assert lectures == ["lue-une-fois"], texte


async def test_un_numero_deja_joue_rend_la_reponse_deja_donnee(agent: Agent, lectures: list[str]) -> None:
    await echanger(agent, "deja-jouee", "bonjour", "widget", "numero-1")
    premiere = await echanger(agent, "deja-jouee", "vérifier mes droits", "widget", "numero-2")
    seconde = await echanger(agent, "deja-jouee", "vérifier mes droits", "widget", "numero-2")
    assert [(m["text"], m.get("buttons")) for m in seconde] == [(m["text"], m.get("buttons")) for m in premiere]
    fil = await agent.tracker_store.retrieve("deja-jouee")
    assert sum(evenement.type_name == "user" for evenement in fil.events) == 2


async def test_un_bouton_de_la_notice_est_perime_tant_que_personne_ne_l_a_vue(agent: Agent) -> None:
    await echanger(agent, "a-vu-la-notice", "bonjour", "dialogue")
    envoi = min(boutons_offerts(await agent.tracker_store.retrieve("a-vu-la-notice")))
    (refusee,) = await echanger(agent, "rien-vu", envoi, "dialogue")
    assert refusee["utter_action"] == "utter_bouton_perime"
    assert not (await agent.tracker_store.retrieve("rien-vu")).events
