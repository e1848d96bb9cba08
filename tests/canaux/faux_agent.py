"""Agent d'essai : répond des réponses fixes de data/responses, et garde les boutons offerts comme le vrai."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

from actions.contenus import contenus_en_place
from composants.reponses_datees import ReponsesDatees
from composants.verrou import VerrouEquitable

GENERATEUR = ReponsesDatees()


class FauxMagasin:
    def __init__(self) -> None:
        self.fils: dict[str, list[BotUttered]] = {}
        self.effacees: list[str] = []

    async def retrieve(self, conversation: str) -> DialogueStateTracker | None:
        fil = self.fils.get(conversation)
        return None if fil is None else DialogueStateTracker.from_events(conversation, list(fil))

    def effacer(self, conversation: str) -> None:
        self.effacees.append(conversation)
        self.fils.pop(conversation, None)


class FauxProcesseur:
    """Les étapes d'un tour dans Rasa ; ``repondre`` tient lieu de compréhension et de réponse."""

    def __init__(
        self,
        ouvrir: Callable[[str, Any], Awaitable[DialogueStateTracker]],
        repondre: Callable[[UserMessage], Awaitable[None]],
        garder: Callable[[DialogueStateTracker], Awaitable[None]],
    ) -> None:
        self.fetch_tracker_and_update_session, self.save_tracker, self._repondre = ouvrir, garder, repondre

    async def _handle_message_with_tracker(self, message: UserMessage, fil: DialogueStateTracker) -> None:
        await self._repondre(message)

    async def run_action_extract_slots(self, sortie: Any, fil: DialogueStateTracker) -> DialogueStateTracker:
        return fil

    async def _run_prediction_loop(self, sortie: Any, fil: DialogueStateTracker) -> None:
        pass


class FauxAgent:
    """``reponses`` : texte reçu -> noms de réponses, ou messages entiers. Un bouton mène à sa réponse."""

    def __init__(self, reponses: dict[str, list[Any]] | None = None) -> None:
        self.reponses = reponses or {}
        self.recus: list[tuple[str, str, str]] = []
        self.tracker_store = FauxMagasin()
        self.lock_store = VerrouEquitable()
        self.processor = FauxProcesseur(self._ouvrir, self._repondre, self._garder)
        self.lenteur = 0.0
        self.panne: Exception | None = None

    async def _ouvrir(self, conversation: str, sortie: Any) -> DialogueStateTracker:
        fil = await self.tracker_store.retrieve(conversation)
        return fil or DialogueStateTracker.from_events(conversation, [])

    async def _garder(self, fil: DialogueStateTracker) -> None:
        """Le fil est tenu par :meth:`_repondre`."""

    async def _repondre(self, message: UserMessage) -> None:
        self.recus.append((message.sender_id, message.text, message.input_channel))
        await asyncio.sleep(self.lenteur)
        if self.panne:
            raise self.panne
        fil = self.tracker_store.fils.get(message.sender_id)
        dits = self._dits(message.text)
        if fil is None:
            fil = self.tracker_store.fils[message.sender_id] = []
            dits = ["utter_bienvenue", *dits]
        for dit in dits:
            rendu = {**GENERATEUR.composer(dit), "utter_action": dit} if isinstance(dit, str) else dit
            fil.append(BotUttered(rendu.get("text"), {"buttons": rendu.get("buttons")}))
            await message.output_channel.send_response(message.sender_id, rendu)
        if "utter_effacer_donnees" in dits:
            self.tracker_store.effacer(message.sender_id)

    def _dits(self, texte: str) -> list[Any]:
        if texte in self.reponses:
            return self.reponses[texte]
        if texte.startswith("/"):
            intention, _, reste = texte[1:].partition("{")
            entites = json.loads("{" + reste) if reste else {}
            if intention == "approfondir":
                return [f"utter_detail_{entites['sujet']}"]
            if "sujet" in entites:
                return [f"utter_{intention}/{entites['sujet']}"]
            return [contenus_en_place().reponse_d_etiquette(intention) or "utter_demander_aide"]
        return ["utter_faq/duree"]
