"""Seuils qui bloquent une livraison (R29, R38) : démarrage, durée d'un tour, longue conversation.

Ils sont larges à dessein : une régression les dépasse toujours, une machine occupée pas trois fois de suite, et le
meilleur de trois passages compte. Les objectifs, plus serrés, se mesurent au calme (``make mesurer``).
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import aiohttp
import pytest

from actions.reglages import RACINE
from tests.mesures.banc import CLIENTS, LONGUEUR, Client
from tests.mesures.bancs import JEU
from tests.mesures.serveur import Serveur
from tests.serveur import port_libre

DEMARRAGE_S = 60
FAQ_P95_MS = 50
MELANGE_P95_MS = 500
TOUR_400_SUR_20 = 2
PASSAGES = 3


@pytest.fixture(scope="module")
def serveur(modele: Path) -> Iterator[Serveur]:
    charge, coeurs = os.getloadavg()[0], os.cpu_count() or 1
    if charge > 2 * coeurs and not os.environ.get("CI"):
        pytest.skip(f"machine occupée par d'autres (charge {charge:.0f} pour {coeurs} cœurs)")
    port = port_libre()
    serveur = Serveur([sys.executable, "-m", "bilan", "lancer", "--port", str(port)], RACINE, port, sante="/pret")
    yield serveur
    serveur.arreter()


def test_l_assistant_est_pret_en_moins_d_une_minute(serveur: Serveur) -> None:
    assert serveur.pret < DEMARRAGE_S


@pytest.mark.parametrize(
    ("clients", "messages", "seuil"),
    [(1, JEU.questions, FAQ_P95_MS), (CLIENTS, [*JEU.questions, *JEU.actions], MELANGE_P95_MS)],
    ids=["FAQ, un client", "mélange, huit clients"],
)
async def test_le_95e_centile_reste_sous_le_seuil(
    serveur: Serveur, clients: int, messages: Sequence[str], seuil: float
) -> None:
    async with aiohttp.ClientSession() as session:
        client = Client(session, serveur.webhook, JEU.ouverture)
        await client.jouer(messages, 15)
        p95 = []
        while len(p95) < PASSAGES and min(p95, default=seuil) >= seuil:
            lots = await asyncio.gather(*(client.jouer(messages, 120 // clients) for _ in range(clients)))
            p95.append(statistics.quantiles([duree for lot in lots for duree in lot], n=20)[-1])
    assert min(p95) < seuil, f"95e centile de chaque passage : {[round(v) for v in p95]} ms"
    print(f"95e centile : {min(p95):.0f} ms")


async def test_le_quatre_centieme_tour_d_une_conversation_ne_coute_pas_deux_fois_le_vingtieme(serveur: Serveur) -> None:
    async with aiohttp.ClientSession() as session:
        rapports = []
        while len(rapports) < PASSAGES and min(rapports, default=TOUR_400_SUR_20) >= TOUR_400_SUR_20:
            durees = await Client(session, serveur.webhook, JEU.ouverture).grandir(JEU.questions)
            rapports.append(durees[LONGUEUR] / durees[20])
    assert min(rapports) < TOUR_400_SUR_20, rapports
