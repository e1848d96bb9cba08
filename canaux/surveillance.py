"""Routes de l'exploitant : ``/sante`` (le processus répond), ``/pret`` (il peut servir), ``/metrics`` (Prometheus)."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from typing import Any

from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from actions import reglages
from actions.droit import droit_en_place
from canaux import clients_lents, mesures
from composants.reponses_datees import ReponsesDatees

# Au-delà, une dépendance est dite injoignable ; et l'on ne sonde pas plus souvent, quel que soit le nombre de demandes.
SONDE_DELAI_S = 1.0
SONDE_PERIODE_S = 2.0
# Une requête qui n'arrive pas en entier est abandonnée (clients lents) ; un tour finit avant le second délai.
REQUETE_DELAI_S = 10
REPONSE_DELAI_S = 30
_SANS_CACHE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_PASSES_PAR_UN_MANDATAIRE = ("x-forwarded-for", "forwarded", "x-real-ip", "via")
_DE_NAVIGATEUR = ("origin", "sec-fetch-site")


class Sondes:
    """Vérifie ce dont une réponse a besoin ; le dernier résultat sert quelques secondes."""

    def __init__(self) -> None:
        self._verrou = asyncio.Lock()
        self._resultat: dict[str, bool] = {}
        self._instant = 0.0
        self._nom = f"sonde:{secrets.token_hex(8)}"

    async def verifier(self, app: Sanic) -> dict[str, bool]:
        """Rend chaque vérification et son issue."""
        async with self._verrou:
            if not self._resultat or time.monotonic() - self._instant > SONDE_PERIODE_S:
                agent = app.ctx.agent
                epreuves: dict[str, Callable[[Any], Awaitable[bool]]] = {
                    "modele": self._modele, "droit": self._droit, "fil": self._fil, "verrou": self._verrou_libre
                }  # fmt: skip
                issues = await asyncio.gather(*(_tenter(epreuve, agent) for epreuve in epreuves.values()))
                self._resultat = dict(zip(epreuves, issues, strict=True))
                self._instant = time.monotonic()
                mesures.pret.set(all(issues))
            return self._resultat

    async def _modele(self, agent: Any) -> bool:
        compris = await agent.parse_message("bonjour")
        return bool(agent.is_ready() and compris["intent"]["name"])

    async def _droit(self, _: Any) -> bool:
        return bool(droit_en_place().faits and ReponsesDatees().composer("utter_indisponible"))

    async def _fil(self, agent: Any) -> bool:
        await agent.tracker_store.retrieve(self._nom)
        return True

    async def _verrou_libre(self, agent: Any) -> bool:
        async with agent.lock_store.lock(self._nom):
            return True


async def _tenter(epreuve: Callable[[Any], Awaitable[bool]], agent: Any) -> bool:
    try:
        return await asyncio.wait_for(epreuve(agent), SONDE_DELAI_S)
    except Exception:
        return False


def poser(app: Sanic) -> None:
    """Pose les routes, le compte des requêtes et les délais."""
    clients_lents.installer()
    app.config.REQUEST_TIMEOUT, app.config.RESPONSE_TIMEOUT = REQUETE_DELAI_S, REPONSE_DELAI_S
    routes, sondes = Blueprint("surveillance"), Sondes()

    @routes.route("/sante", methods=["GET"])
    async def sante(requete: Request) -> HTTPResponse:
        return response.json({"vivant": True}, headers=_SANS_CACHE)

    @routes.route("/pret", methods=["GET"])
    async def pret(requete: Request) -> HTTPResponse:
        verifications = await sondes.verifier(requete.app)
        tout = all(verifications.values())
        return response.json({"pret": tout, "verifications": verifications}, 200 if tout else 503, _SANS_CACHE)

    @routes.route("/metrics", methods=["GET"])
    async def metrics(requete: Request) -> HTTPResponse:
        if not de_la_surveillance(requete):
            return response.empty(403, _SANS_CACHE)
        await sondes.verifier(requete.app)  # « bilan_pret » dit vrai même si personne ne demande /pret
        return response.raw(generate_latest(mesures.registre), content_type=CONTENT_TYPE_LATEST, headers=_SANS_CACHE)

    @app.middleware("response")
    async def compter(requete: Request, reponse: HTTPResponse) -> None:
        route = f"/{requete.route.path}" if requete.route else "inconnue"
        methode = requete.method if requete.method in ("GET", "POST", "OPTIONS") else "autre"
        mesures.requetes.labels(route, methode, str(reponse.status)).inc()

    @routes.listener("after_server_start")
    async def surveiller(app: Sanic, _: Any) -> None:
        app.ctx.veille_boucle = asyncio.create_task(_mesurer_la_boucle())

    @routes.listener("before_server_stop")
    async def arreter(app: Sanic, _: Any) -> None:
        app.ctx.veille_boucle.cancel()

    app.blueprint(routes)


def de_la_surveillance(requete: Request) -> bool:
    """Dit si une requête vient, sans mandataire ni navigateur, d'une adresse admise (``BILAN_SURVEILLANCE``)."""
    if any(nom in requete.headers for nom in (*_PASSES_PAR_UN_MANDATAIRE, *_DE_NAVIGATEUR)):
        return False
    with contextlib.suppress(ValueError):
        adresse = ip_address(str(requete.ip))
        return any(adresse in reseau for reseau in reglages.SURVEILLANCE)
    return False


async def _mesurer_la_boucle() -> None:
    while True:
        debut = time.monotonic()
        await asyncio.sleep(1)
        mesures.retard.set(max(0.0, time.monotonic() - debut - 1))
