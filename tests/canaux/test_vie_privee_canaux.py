"""Aucun texte ni identifiant de plateforme dans les journaux ni en mémoire ; « Continuer en privé » n'emporte rien."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from actions import reglages
from canaux.slack import CanalSlack
from canaux.teams import CanalTeams
from tests.canaux.clients import ClientSlack, ClientTeams, actions_de_blocs, actions_de_carte
from tests.canaux.faux_agent import FauxAgent
from tests.canaux.pairs import FauxSlack, FauxTeams

CANARI = "canari-zygomatique"
IDENTIFIANTS = [
    "29:1Zq7canari", "aaaaaaaa-bbbb-cccc", "Camille", "a:1pTcanari", "1764201600001", "U0CANARI", "D0CANARI",
    "T0CANARI", "Ev0MESSAGE", "camille", "12466734323",
]  # fmt: skip


def valeurs(objet: Any, vus: set[int] | None = None) -> Iterator[str]:
    """Tout le texte que garde un objet du projet, où qu'il soit."""
    vus = set() if vus is None else vus
    if id(objet) in vus:
        return
    vus.add(id(objet))
    if isinstance(objet, str | bytes):
        yield objet if isinstance(objet, str) else objet.decode("latin-1")
    elif isinstance(objet, dict):
        for cle, valeur in objet.items():
            yield from valeurs(cle, vus)
            yield from valeurs(valeur, vus)
    elif isinstance(objet, list | tuple | set | frozenset):
        for element in objet:
            yield from valeurs(element, vus)
    elif type(objet).__module__.startswith(("canaux", "tests.canaux")):
        yield from valeurs(vars(objet), vus)


def rien_ne_fuit(journal: pytest.LogCaptureFixture, *gardes: Any) -> None:
    lignes = [r.getMessage() for r in journal.records]
    lignes += [str(r.exc_info) for r in journal.records if r.exc_info]
    memoire = "\n".join(v for garde in gardes for v in valeurs(garde))
    for interdit in (CANARI, *IDENTIFIANTS):
        assert interdit not in "\n".join(lignes), interdit
        assert interdit not in memoire, interdit


async def test_teams_ne_journalise_ni_ne_retient_qui_a_ecrit(
    teams: str, canal_teams: CanalTeams, faux_teams: FauxTeams, agent: FauxAgent, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = ClientTeams(teams, faux_teams)
    await client.poster(text=CANARI)
    await faux_teams.attendre(3, "/activites/message")
    await client.poster(text=CANARI)
    await client.poster("bouton", sceau=CANARI)
    await client.poster("canal")
    await faux_teams.attendre(5, "/activites/message")
    agent.panne = RuntimeError(CANARI)
    faux_teams.pannes = [(403, {})] * 3
    await client.poster(id="m9", text=CANARI)
    await faux_teams.attendre(1, "/panne")
    await client.poster(id="m10", jeton="faux", text=CANARI)
    await canal_teams._tours.terminer()
    assert "non envoyé" in caplog.text and "requête refusée" in caplog.text and "tour impossible" in caplog.text
    rien_ne_fuit(caplog, canal_teams, agent.tracker_store)
    assert all(conversation.startswith("teams:") for conversation, _, _ in agent.recus)


async def test_slack_ne_journalise_ni_ne_retient_qui_a_ecrit(
    slack: str, canal_slack: CanalSlack, faux_slack: FauxSlack, agent: FauxAgent, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = ClientSlack(slack)
    await client.poster(event={"text": CANARI})
    await faux_slack.attendre(3, "/chat.postMessage")
    await client.poster("bouton", sceau=CANARI)
    await client.poster("mention")
    await client.poster("accueil")
    await faux_slack.attendre(1, "/views.publish")
    agent.panne = RuntimeError(CANARI)
    faux_slack.pannes = [(403, {})] * 3
    await client.poster("message_fil", event={"text": CANARI})
    await client.brut(CANARI.encode())
    await client.brut(CANARI.encode(), secret="f" * 32)
    await canal_slack._tours.terminer()
    assert "sans effet" in caplog.text and "requête refusée" in caplog.text and "tour impossible" in caplog.text
    rien_ne_fuit(caplog, canal_slack, agent.tracker_store)
    assert all(conversation.startswith("slack:") for conversation, _, _ in agent.recus)


async def test_la_meme_personne_sur_deux_canaux_a_deux_conversations(
    teams: str, slack: str, faux_teams: FauxTeams, faux_slack: FauxSlack, agent: FauxAgent
) -> None:
    await ClientTeams(teams, faux_teams).poster(**{"from": {"id": "U0CANARI", "aadObjectId": "U0CANARI"}})
    await ClientSlack(slack).poster()
    await faux_teams.attendre(3, "/activites/message")
    await faux_slack.attendre(3, "/chat.postMessage")
    assert len({conversation for conversation, _, _ in agent.recus}) == 2


async def test_continuer_en_prive_ne_relie_pas_les_deux_journaux(
    teams: str, slack: str, faux_teams: FauxTeams, faux_slack: FauxSlack, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture, agent: FauxAgent,
) -> None:  # fmt: skip
    """Ce que voit le widget quand on ouvre le lien n'a rien de commun avec ce qu'ont vu Teams, Slack et nous."""
    caplog.set_level(logging.DEBUG)
    du_widget: list[str] = []

    async def page(requete: web.Request) -> web.Response:
        du_widget.append(f"{requete.method} {requete.path_qs} {dict(requete.headers)}")
        return web.Response(text="widget")

    application = web.Application()
    application.router.add_get("/{suite:.*}", page)
    lanceur = web.AppRunner(application, access_log=None)
    await lanceur.setup()
    await web.TCPSite(lanceur, "127.0.0.1", 0).start()
    monkeypatch.setattr(reglages, "URL_WIDGET", f"http://127.0.0.1:{lanceur.addresses[0][1]}/prive")

    await ClientTeams(teams, faux_teams).poster()
    await ClientSlack(slack).poster()
    carte = (await faux_teams.attendre(3, "/activites/message"))[0]["corps"]
    bloc = (await faux_slack.attendre(3, "/chat.postMessage"))[0]["corps"]
    async with aiohttp.ClientSession() as navigateur:
        for lien in (actions_de_carte(carte)[0]["url"], actions_de_blocs(bloc)[0]["url"]):
            async with navigateur.get(lien) as reponse:
                assert reponse.status == 200
    await lanceur.cleanup()
    assert [ligne.split(" ")[:2] for ligne in du_widget] == [["GET", "/prive"]] * 2
    conversations = [conversation.split(":")[1] for conversation, _, _ in agent.recus]
    for interdit in (*IDENTIFIANTS, *conversations):
        assert interdit not in "\n".join(du_widget)
    rien_ne_fuit(caplog)
