"""« rasa run » et « rasa run actions » marchent avec la même configuration : mêmes réponses que « make lancer »."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import yaml
from rasa.core.agent import Agent

from actions.reglages import RACINE
from canaux.echange import echanger
from tests.mesures.serveur import Serveur

QUESTIONS = ["combien de temps ça dure ?", "plus simple", "je suis en arrêt maladie, j'ai droit ?", "merci"]


def port_au_hasard() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


@pytest.fixture(scope="module")
def rasa(modele: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serveur]:
    """Les deux serveurs de Rasa, sans rien de bilan/ : ni greffes, ni actions dans le processus."""
    points = yaml.safe_load((RACINE / "endpoints.yml").read_text(encoding="utf-8"))
    port_actions, port = port_au_hasard(), port_au_hasard()
    points["action_endpoint"]["url"] = f"http://127.0.0.1:{port_actions}/webhook"
    fichier = tmp_path_factory.mktemp("rasa") / "endpoints.yml"
    fichier.write_text(yaml.safe_dump(points), encoding="utf-8")
    environnement = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "CUDA_VISIBLE_DEVICES": "-1"}
    lancer = [sys.executable, "-W", "ignore", "-m", "rasa", "run"]
    actions = Serveur([*lancer, "actions", "-p", str(port_actions)], RACINE, port_actions, environnement, "/health")
    commande = [*lancer, "-m", str(modele), "-i", "127.0.0.1", "-p", str(port), "--endpoints", str(fichier)]
    try:
        serveur = Serveur([*commande, "--credentials", "credentials.yml"], RACINE, port, environnement)
        yield serveur
        serveur.arreter()
    finally:
        actions.arreter()


async def dire(
    session: aiohttp.ClientSession, serveur: Serveur, conversation: str, message: str
) -> list[dict[str, Any]]:
    async with session.post(serveur.webhook, json={"sender": conversation, "message": message}) as reponse:
        assert reponse.status == 200, await reponse.text()
        return json.loads(await reponse.text())


def essentiel(messages: list[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    return [(m.get("text", ""), [b["payload"] for b in m.get("buttons") or []]) for m in messages]


async def test_memes_reponses_que_l_assistant_embarque(rasa: Serveur, agent: Agent) -> None:
    async with aiohttp.ClientSession() as session:
        for question in QUESTIONS:
            recues = await dire(session, rasa, "memes", question)
            assert essentiel(recues) == essentiel(await echanger(agent, "memes-locales", question, "rest"))


async def test_cinq_messages_ensemble_dans_l_ordre_sans_attendre_une_seconde(rasa: Serveur) -> None:
    """Les actions passent par HTTP : avec le verrou de Rasa, le dernier attendait 4 s."""
    arrivees: list[int] = []
    async with aiohttp.ClientSession() as session:
        for conversation in ("ensemble", "a-la-suite"):
            await dire(session, rasa, conversation, "bonjour")
        debut = time.perf_counter()
        for _ in range(5):
            await dire(session, rasa, "a-la-suite", QUESTIONS[0])
        a_la_suite = time.perf_counter() - debut

        async def envoyer(rang: int) -> None:
            await asyncio.sleep(
                rang * 0.01
            )  # cinq connexions ouvertes d'un coup arriveraient dans n'importe quel ordre
            assert await dire(session, rasa, "ensemble", QUESTIONS[0])
            arrivees.append(rang)

        debut = time.perf_counter()
        await asyncio.gather(*(envoyer(rang) for rang in range(5)))
        duree = time.perf_counter() - debut
    assert arrivees == sorted(arrivees)
    assert duree < 2 * a_la_suite + 1
