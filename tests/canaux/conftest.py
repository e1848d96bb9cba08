"""Le canal sous test, servi par un vrai Sanic sur la boucle locale, face aux faux serveurs."""

from __future__ import annotations

import itertools
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from rasa.core.channels.channel import InputChannel, register
from sanic import Sanic, response

from actions import reglages
from canaux.slack import CanalSlack
from canaux.teams import CanalTeams
from tests.canaux.faux_agent import FauxAgent
from tests.canaux.pairs import APP_ID, LOCATAIRE, SECRET, FauxSlack, FauxTeams, Valideur

SECRET_SIGNATURE = "0123456789abcdef0123456789abcdef"
URL_PUBLIQUE = "https://assistant.exemple.fr"
URL_WIDGET = "https://assistant.exemple.fr/prive"
_numeros = itertools.count()


@pytest.fixture(scope="session")
def valideur() -> Iterator[Valideur]:
    valideur = Valideur()
    yield valideur
    valideur.fermer()


@pytest.fixture(autouse=True)
def adresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reglages, "URL_PUBLIQUE", URL_PUBLIQUE)
    monkeypatch.setattr(reglages, "URL_WIDGET", URL_WIDGET)
    for nom in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(nom, raising=False)


@asynccontextmanager
async def servir(canal: InputChannel, agent: Any) -> AsyncIterator[str]:
    """Sert un canal avec Sanic et rend l'adresse du serveur."""
    application = Sanic(f"essai_{next(_numeros)}", configure_logging=False)
    Sanic.test_mode = True  # Sanic retouche ses méthodes à chaque démarrage : sans cela, une seule fois par processus
    application.ctx.agent = agent
    application.add_route(lambda _: response.text("ok"), "/", name="accueil")
    register([canal], application, "/webhooks/")
    prise = socket.socket()
    prise.bind(("127.0.0.1", 0))
    serveur = await application.create_server(sock=prise, return_asyncio_server=True, access_log=False)
    assert serveur is not None
    await serveur.startup()
    port = prise.getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await serveur.before_stop()
        serveur.close()
        await serveur.wait_closed()


@pytest.fixture
async def faux_teams(valideur: Valideur) -> AsyncIterator[FauxTeams]:
    faux = FauxTeams(valideur)
    await faux.demarrer()
    yield faux
    await faux.arreter()
    assert faux.defauts == []


@pytest.fixture
async def faux_slack() -> AsyncIterator[FauxSlack]:
    faux = FauxSlack()
    await faux.demarrer()
    yield faux
    await faux.arreter()
    assert faux.defauts == []


@pytest.fixture
def agent() -> FauxAgent:
    return FauxAgent()


def reglages_teams(faux: FauxTeams, **autres: Any) -> dict[str, Any]:
    return {
        "app_id": APP_ID, "secret": SECRET, "locataire": LOCATAIRE,
        "openid": f"{faux.adresse}/openid",
        "jeton_url": f"{faux.adresse}/{{locataire}}/oauth2/v2.0/token",
        "hotes": f"127.0.0.1:{faux.port}",
        **autres,
    }  # fmt: skip


@pytest.fixture
def canal_teams(faux_teams: FauxTeams) -> CanalTeams:
    return CanalTeams.from_credentials(reglages_teams(faux_teams))


@pytest.fixture
def canal_slack(faux_slack: FauxSlack) -> CanalSlack:
    return CanalSlack.from_credentials(
        {"jeton": FauxSlack.JETON, "secret_signature": SECRET_SIGNATURE, "api": f"{faux_slack.adresse}/api/"}
    )


@pytest.fixture
async def teams(canal_teams: CanalTeams, agent: FauxAgent) -> AsyncIterator[str]:
    async with servir(canal_teams, agent) as adresse:
        yield adresse


@pytest.fixture
async def slack(canal_slack: CanalSlack, agent: FauxAgent) -> AsyncIterator[str]:
    async with servir(canal_slack, agent) as adresse:
        yield adresse
