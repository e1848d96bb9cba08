"""Un vrai document, du vrai coffre, remis par Teams et Slack en lien privé qui expire."""

from __future__ import annotations

import secrets
import time
from datetime import date

import aiohttp
import pytest

from actions import reglages
from actions.documents.coffre import CHEMIN, Demande, coffre_en_place
from canaux.documents import CanalDocuments
from tests.canaux.clients import ClientSlack, ClientTeams, actions_de_blocs, actions_de_carte
from tests.canaux.conftest import servir
from tests.canaux.faux_agent import FauxAgent
from tests.canaux.pairs import FauxSlack, FauxTeams

LETTRE = Demande("lettre", "demande_plan", "docx", {"organisme": "Exemple", "prix": 1800}, date(2026, 11, 23))


def annoncer(agent: FauxAgent, demande: Demande, maintenant: int) -> None:
    lien = CHEMIN + coffre_en_place().sceller(demande, maintenant)
    document = {"titre": "Lettre", "format": demande.format, "poids": "", "lien": lien}
    agent.reponses["lettre"] = [{"text": "Votre lettre.", "custom": {"documents": [document]}}]


async def ouvrir(adresse: str) -> tuple[int, bytes]:
    async with aiohttp.ClientSession() as navigateur, navigateur.get(adresse) as reponse:
        return reponse.status, await reponse.read()


@pytest.mark.parametrize(("age_minutes", "code"), [(0, 200), (60, 410)])
async def test_le_bouton_remet_le_document_jusqu_a_son_expiration(
    teams: str, slack: str, faux_teams: FauxTeams, faux_slack: FauxSlack, agent: FauxAgent,
    monkeypatch: pytest.MonkeyPatch, age_minutes: int, code: int,
) -> None:  # fmt: skip
    annoncer(agent, LETTRE, int(time.time()) - 60 * age_minutes)
    async with servir(CanalDocuments(), agent) as documents:
        monkeypatch.setattr(reglages, "URL_PUBLIQUE", documents)
        await ClientTeams(teams, faux_teams).poster(text="lettre")
        await ClientSlack(slack).poster(event={"text": "lettre"})
        carte = (await faux_teams.attendre(3, "/activites/message"))[-1]["corps"]
        bloc = (await faux_slack.attendre(3, "/chat.postMessage"))[-1]["corps"]
        for adresse in (actions_de_carte(carte)[0]["url"], actions_de_blocs(bloc)[0]["url"]):
            recu, octets = await ouvrir(adresse)
            assert recu == code
            assert octets.startswith(b"PK") == (code == 200)


async def test_un_lien_trop_long_pour_un_bouton_slack_part_en_texte(
    teams: str, slack: str, faux_teams: FauxTeams, faux_slack: FauxSlack, agent: FauxAgent
) -> None:
    blocs = [{"titre": "Point", "lignes": [secrets.token_hex(2_600)]}]
    annoncer(agent, Demande("recapitulatif", "", "txt", {"blocs": blocs}, date(2026, 11, 23)), int(time.time()))
    await ClientTeams(teams, faux_teams).poster(text="lettre")
    await ClientSlack(slack).poster(event={"text": "lettre"})
    carte = (await faux_teams.attendre(3, "/activites/message"))[-1]["corps"]
    texte, lien = [r["corps"] for r in (await faux_slack.attendre(4, "/chat.postMessage"))[-2:]]
    adresse = actions_de_carte(carte)[0]["url"]
    assert len(adresse) > 3_000
    assert texte["text"] == "Votre lettre." and lien["text"] == f"<{adresse}|Lettre (txt)>"
