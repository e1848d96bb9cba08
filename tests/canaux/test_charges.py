"""Genres de charges × canaux : chaque charge enregistrée a l'effet que dit le tableau de docs/canaux.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from actions.reglages import RACINE
from tests.canaux.clients import CHARGES, ClientSlack, ClientTeams
from tests.canaux.faux_agent import FauxAgent
from tests.canaux.pairs import FauxSlack, FauxTeams

# Charge -> (code HTTP, tours joués, appels à la plateforme) sur une conversation neuve, un bouton inventé compris.
TEAMS = {
    "message": (202, 1, {"message": 3}),
    "bouton": (202, 0, {"message": 2}),
    "bouton_entier": (202, 0, {"message": 2}),
    "bouton_en_texte": (202, 0, {"message": 2}),
    "installation": (202, 0, {}),
    "reconnexion": (202, 0, {}),
    "ouverture": (202, 0, {}),
    "desinstallation": (202, 0, {}),
    "edition": (202, 0, {}),
    "suppression": (202, 0, {}),
    "reaction": (202, 0, {}),
    "canal": (202, 0, {"message": 1}),
    "groupe": (202, 0, {"message": 1}),
    "invocation": (501, 0, {}),
}
SLACK = {
    "message": (200, 1, {"chat.postMessage": 3}),
    "message_fil": (200, 1, {"chat.postMessage": 3}),
    "fichier": (200, 0, {"chat.postMessage": 2}),
    "bouton": (200, 0, {"chat.postMessage": 2}),
    "bouton_fil": (200, 0, {"chat.postMessage": 2}),
    "menu": (200, 0, {"chat.postMessage": 2}),
    "bouton_accueil": (200, 0, {"conversations.open": 1, "chat.postMessage": 2}),
    "lien": (200, 0, {}),
    "accueil": (200, 0, {"views.publish": 1}),
    "onglet_messages": (200, 0, {}),
    "defi": (200, 0, {}),
    "desinstallation": (200, 0, {}),
    "revocation": (200, 0, {}),
    "edition": (200, 0, {}),
    "suppression": (200, 0, {}),
    "robot": (200, 0, {}),
    "mention": (200, 0, {"chat.postEphemeral": 1}),
    "mention_fil": (200, 0, {"chat.postEphemeral": 1}),
    "message_canal": (200, 0, {}),
    "vue_soumise": (200, 0, {}),
}


def compter(recues: list[dict[str, str]]) -> dict[str, int]:
    noms = [Path(r["chemin"]).name for r in recues if r["chemin"] not in ("/openid", "/cles", "/token")]
    return {nom: noms.count(nom) for nom in noms}


@pytest.mark.parametrize("nom", TEAMS)
async def test_charge_de_teams(teams: str, canal_teams, faux_teams: FauxTeams, agent: FauxAgent, nom: str) -> None:
    code, tours, appels = TEAMS[nom]
    assert await ClientTeams(teams, faux_teams).poster(nom, sceau="0" * 32) == code
    await canal_teams._tours.terminer()
    assert len(agent.recus) == tours
    assert compter(faux_teams.recues) == appels


@pytest.mark.parametrize("nom", SLACK)
async def test_charge_de_slack(slack: str, canal_slack, faux_slack: FauxSlack, agent: FauxAgent, nom: str) -> None:
    code, tours, appels = SLACK[nom]
    assert (await ClientSlack(slack).poster(nom, sceau="0" * 32))[0] == code
    await canal_slack._tours.terminer()
    assert len(agent.recus) == tours
    assert compter(faux_slack.recues) == appels


def test_chaque_charge_est_eprouvee_et_dite_dans_la_documentation() -> None:
    document = (RACINE / "docs/canaux.md").read_text(encoding="utf-8")
    tableau = document[document.index("## Genres de charges") :]
    for canal, attendues in (("teams", TEAMS), ("slack", SLACK)):
        assert {f.stem for f in (CHARGES / canal).glob("*.json")} == set(attendues)
        cites = set(re.findall(rf"`{canal}/([a-z_]+)`", tableau))
        assert cites == set(attendues)
