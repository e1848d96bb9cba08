"""Mesure ce que Teams et Slack ajoutent à un tour REST : ``.venv/bin/python -m tests.mesures.canaux [TOURS]``.

Le moteur est remplacé par une réponse immédiate : il reste le canal (preuve, lecture, mise en page, envoi). Les faux
services tournent dans un autre processus, sans validation. Le tour finit quand la réponse arrive chez eux : il compte
donc un aller-retour de plus que REST. Le temps de calcul est celui de ce processus, client de mesure compris.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from typing import Any

import aiohttp
from aiohttp import web
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

import bilan.calme  # noqa: F401
from actions import reglages
from canaux.rest import CanalRest
from canaux.slack import CanalSlack
from canaux.teams import CanalTeams
from tests.canaux import clients
from tests.canaux.conftest import SECRET_SIGNATURE, reglages_teams, servir
from tests.canaux.faux_agent import FauxAgent
from tests.canaux.pairs import FauxSlack, FauxTeams

_JSON = {"content-type": "application/json"}


class TeamsSansValidation(FauxTeams):
    def _defauts(self, corps: Any, chemin: Any) -> list[str]:
        return []


class SlackSansValidation(FauxSlack):
    async def _appel(self, requete: web.Request) -> web.Response:
        await requete.read()
        self.noter(chemin="/chat.postMessage")
        return web.json_response({"ok": True})


def _services(tuyau: Connection) -> None:
    """Processus des faux services : annonce ports et clé, puis l'instant d'arrivée de chaque réponse."""

    async def principal() -> None:
        teams, slack = TeamsSansValidation(None), SlackSansValidation()  # type: ignore[arg-type]
        for faux in (teams, slack):
            faux.noter = _annoncer(tuyau)  # type: ignore[method-assign]
            await faux.demarrer()
        pem = teams.cles["k1"].private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        tuyau.send((teams.port, slack.port, pem))
        await asyncio.Event().wait()

    asyncio.run(principal())


def _annoncer(tuyau: Connection) -> Callable[..., None]:
    def noter(**requete: Any) -> None:
        if requete["chemin"] in ("/activites/message", "/chat.postMessage"):
            tuyau.send(time.perf_counter())

    return noter


class Mesure:
    """Un client, une connexion gardée ouverte, une conversation déjà commencée par canal."""

    def __init__(self, tuyau: Connection, client: aiohttp.ClientSession) -> None:
        self._client, self._numeros = client, itertools.count()
        self._arrivees: asyncio.Queue[float] = asyncio.Queue()
        asyncio.get_running_loop().add_reader(tuyau.fileno(), lambda: self._arrivees.put_nowait(tuyau.recv()))

    async def rest(self, adresse: str) -> float:
        corps = json.dumps({"sender": "m", "message": "combien de temps ?"}).encode()
        debut = time.perf_counter()
        async with self._client.post(f"{adresse}/webhooks/rest/webhook", data=corps, headers=_JSON) as reponse:
            await reponse.read()
        return time.perf_counter() - debut

    async def teams(self, adresse: str, faux: FauxTeams) -> float:
        heure = datetime.now(UTC).isoformat()
        charge = clients.charge("teams", "message", id=f"m{next(self._numeros)}", timestamp=heure)
        entetes = {**_JSON, "Authorization": f"Bearer {faux.signer()}"}
        corps = json.dumps({**charge, "serviceUrl": faux.service}).encode()
        return await self._poster(f"{adresse}/webhooks/teams/webhook", corps, entetes)

    async def slack(self, adresse: str) -> float:
        charge = clients.charge("slack", "message", event_id=f"Ev{next(self._numeros)}")
        corps, heure = json.dumps(charge).encode(), str(int(time.time()))
        sceau = hmac.new(SECRET_SIGNATURE.encode(), f"v0:{heure}:".encode() + corps, hashlib.sha256).hexdigest()
        entetes = {**_JSON, "X-Slack-Request-Timestamp": heure, "X-Slack-Signature": f"v0={sceau}"}
        return await self._poster(f"{adresse}/webhooks/slack/webhook", corps, entetes)

    async def _poster(self, adresse: str, corps: bytes, entetes: dict[str, str]) -> float:
        debut = time.perf_counter()
        async with self._client.post(adresse, data=corps, headers=entetes) as reponse:
            assert reponse.status < 300, reponse.status
        return await asyncio.wait_for(self._arrivees.get(), 10) - debut

    async def ouvrir(self, envoi: Callable[[], Awaitable[float]], messages: int) -> None:
        """Premier tour, non compté : notice, ouverture et réponse."""
        await envoi()
        for _ in range(messages - 1):
            await asyncio.wait_for(self._arrivees.get(), 10)


async def mesurer(tours: int) -> None:
    """Mesure tour à tour les trois canaux et imprime un tableau."""
    reglages.URL_PUBLIQUE = "https://assistant.exemple.fr"
    tuyau, autre = multiprocessing.Pipe()
    services = multiprocessing.get_context("fork").Process(target=_services, args=(autre,), daemon=True)
    services.start()
    port_teams, port_slack, pem = tuyau.recv()
    faux = FauxTeams(None)  # type: ignore[arg-type]
    faux.port, faux.cles = port_teams, {"k1": load_pem_private_key(pem, None)}  # type: ignore[dict-item]
    api = f"http://127.0.0.1:{port_slack}/api/"
    canal_slack = CanalSlack.from_credentials(
        {"jeton": FauxSlack.JETON, "secret_signature": SECRET_SIGNATURE, "api": api}
    )
    canaux = (CanalRest(), CanalTeams.from_credentials(reglages_teams(faux)), canal_slack)
    async with AsyncExitStack() as pile:
        rest, teams, slack = [await pile.enter_async_context(servir(c, FauxAgent())) for c in canaux]
        mesure = Mesure(tuyau, await pile.enter_async_context(aiohttp.ClientSession()))
        envois = {
            "REST": lambda: mesure.rest(rest),
            "Teams": lambda: mesure.teams(teams, faux),
            "Slack": lambda: mesure.slack(slack),
        }
        await envois["REST"]()
        for nom in ("Teams", "Slack"):
            await mesure.ouvrir(envois[nom], 3)
        durees: dict[str, list[float]] = {nom: [] for nom in envois}
        calculs = dict.fromkeys(envois, 0.0)
        for _ in range(tours):
            for nom, envoi in envois.items():
                debut = time.process_time()
                durees[nom].append(1000 * await envoi())
                calculs[nom] += 1000 * (time.process_time() - debut) / tours
    services.terminate()
    _imprimer(durees, calculs)


def _imprimer(durees: dict[str, list[float]], calculs: dict[str, float]) -> None:
    p95 = {nom: statistics.quantiles(valeurs, n=20)[18] for nom, valeurs in durees.items()}
    p50 = {nom: statistics.median(valeurs) for nom, valeurs in durees.items()}
    print(f"{len(durees['REST'])} tours par canal, charge de la machine {os.getloadavg()[0]:.1f}")
    print("| canal | p50 | p95 | p95 ajouté au tour REST | calcul par tour |\n|---|---|---|---|---|")
    for nom in durees:
        ajoute = p95[nom] - p95["REST"]
        print(f"| {nom} | {p50[nom]:.1f} ms | {p95[nom]:.1f} ms | {ajoute:+.1f} ms | {calculs[nom]:.1f} ms |")


if __name__ == "__main__":
    asyncio.run(mesurer(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
