"""Un cœur, trois rendus : chaque dialogue dit la même chose en REST, dans Teams et dans Slack.

Chaque conversation de tests/conversations est jouée trois fois. Teams et Slack passent par leurs vrais rendus (cartes
validées par la bibliothèque de Microsoft, blocs aux limites de Slack) et cliquent leurs propres boutons. Ne diffèrent
que la mise en page et la notice « qui peut lire », propre à ces canaux.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from rasa.core.agent import Agent

from actions import reglages
from canaux import slack_blocs, teams_cartes
from canaux.dialogue import Dialogue
from canaux.echange import echanger
from canaux.notice import NOTICE
from tests.canaux.clients import actions_de_blocs, actions_de_carte, texte_de_blocs, texte_de_carte
from tests.canaux.pairs import Valideur, defauts_de_blocs
from tests.conversations.test_conversations import CONVERSATIONS, _message

Dit = tuple[list[str], list[str]]


@pytest.fixture(scope="session")
def valideur() -> Iterator[Valideur]:
    valideur = Valideur()
    yield valideur
    valideur.fermer()


@pytest.fixture(autouse=True)
def adresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reglages, "URL_PUBLIQUE", "https://assistant.exemple.fr")


# Aux secours, chaque canal dit qui peut lire : l'employeur, dans Teams et Slack.
_QUI_LIT = re.compile(
    r"Je ne garde rien de ce message et je ne préviens pas votre employeur\."
    r"|Je ne préviens pas votre employeur\. Ici, dans (?:Teams|Slack), il peut techniquement lire nos messages\."
)


def _lignes(texte: str) -> list[str]:
    lignes = _QUI_LIT.sub("", texte).split("\n")
    return [" ".join(re.sub(r"^- *", "- ", ligne.strip()).split()) for ligne in lignes if ligne.strip()]


class Rest:
    """Le rendu de référence."""

    def __init__(self, agent: Agent) -> None:
        self._agent, self._conversation = agent, f"rest:{uuid.uuid4()}"
        self.offerts: dict[str, str] = {}

    async def jouer(self, message: str, clic: bool) -> Dit:
        messages = await echanger(self._agent, self._conversation, message, "dialogue")
        boutons = [b for m in messages for b in m.get("buttons") or []]
        self.offerts = {b["title"]: b["payload"] for b in boutons}
        return [ligne for m in messages for ligne in _lignes(m.get("text", ""))], [b["title"] for b in boutons]


class Messagerie:
    """Teams ou Slack : vrai dialogue, vrai rendu, vrais sceaux."""

    def __init__(self, agent: Agent, canal: str, valideur: Valideur) -> None:
        self._agent, self._canal, self._valideur = agent, canal, valideur
        self._dialogue = Dialogue(canal)
        self._conversation = self._dialogue.conversation("equipe", "personne")
        self.offerts: dict[str, str] = {}

    async def jouer(self, message: str, clic: bool) -> Dit:
        faire = self._dialogue.cliquer if clic else self._dialogue.dire
        messages = await faire(self._agent, self._conversation, message)
        lignes, boutons = [], []
        for m in messages:
            contenus = (teams_cartes if self._canal == "teams" else slack_blocs).contenus(m, self._sceau)
            for contenu in contenus:
                dits, choix = self._carte(contenu) if self._canal == "teams" else self._blocs(contenu)
                boutons += choix
                lignes += [] if m.get("utter_action") == NOTICE else dits
        self.offerts = dict(boutons)
        return lignes, [titre for titre, _ in boutons]

    def _sceau(self, envoi: str) -> str:
        return self._dialogue.sceau(self._conversation, envoi)

    def _carte(self, contenu: dict[str, Any]) -> tuple[list[str], list[tuple[str, str]]]:
        assert self._valideur.defauts(contenu["attachments"][0]["content"]) == []
        actions = [a for a in actions_de_carte(contenu) if a["type"] == "Action.Submit"]
        return _lignes(texte_de_carte(contenu)), [(a["title"], a["data"]["bouton"]) for a in actions]

    def _blocs(self, contenu: dict[str, Any]) -> tuple[list[str], list[tuple[str, str]]]:
        assert defauts_de_blocs(contenu["blocks"]) == []
        actions = [a for a in actions_de_blocs(contenu) if "value" in a]
        return _lignes(texte_de_blocs(contenu)), [(a["text"]["text"], a["value"]) for a in actions]


@pytest.mark.parametrize("conversation", [pytest.param(c, id=nom) for nom, c in CONVERSATIONS])
async def test_les_trois_rendus_disent_la_meme_chose(agent: Agent, valideur: Valideur, conversation: Any) -> None:
    rendus = [Rest(agent), Messagerie(agent, "teams", valideur), Messagerie(agent, "slack", valideur)]
    for echange in conversation["echanges"]:
        try:
            messages = [_message(echange, rendu.offerts) for rendu in rendus]
        except LookupError:
            assert {frozenset(r.offerts) for r in rendus} == {frozenset(rendus[0].offerts)}
            return
        clic = "bouton" in echange
        dits = [await rendu.jouer(message, clic) for rendu, message in zip(rendus, messages, strict=True)]
        assert dits[1] == dits[0], "Teams"
        assert dits[2] == dits[0], "Slack"


def test_il_y_a_assez_de_dialogues() -> None:
    assert len(CONVERSATIONS) >= 200
