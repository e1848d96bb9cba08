"""Un tour de conversation, le même pour tous les canaux : contrôle, Rasa, et jamais de réponse vide."""

from __future__ import annotations

import time
from functools import partial
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker

from actions.contenus import contenus_en_place
from actions.en_place import meme_version
from canaux import mesures
from canaux.garde import Lecture, controler
from composants.dits import APAISEMENT, FIN_DU_RAPPEL, SECOURS, rappel_a_dire
from composants.rejeu import MessageDejaJoue, deja_repondu, numero_de
from composants.reponses_datees import BOUTONS_MAX, ReponsesDatees


class Collecte(CollectingOutputChannel):
    """Recueille les messages entiers (texte, boutons, nom de la réponse), sans les couper aux lignes vides."""

    def __init__(self, canal: str = "dialogue") -> None:
        """Crée une collecte ; ``canal`` choisit les variantes de réponses (``channel:``)."""
        super().__init__()
        self._canal = canal
        self.recueillis: list[dict[str, Any]] = []

    def name(self) -> str:
        """Nom du canal, par instance : Rasa y choisit les variantes."""
        return self._canal

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Garde le message tel que Rasa l'a composé."""
        self.recueillis.append(dict(message))


async def echanger(
    agent: Agent, conversation: str, texte: str, canal: str, message_id: str | None = None
) -> list[dict[str, Any]]:
    """Fait un tour sur un message tapé ou un bouton et rend les messages de l'assistant, un au moins.

    Args:
        agent: assistant chargé.
        conversation: identifiant de conversation, déjà propre au canal.
        texte: message reçu, non contrôlé.
        canal: nom du canal, pour les variantes de réponses.
        message_id: avec un magasin partagé, un message déjà joué, par ce processus ou un autre, n'est pas rejoué.

    Raises:
        Exception: panne du moteur ; le canal la traduit.
    """
    return await faire_un_tour(agent, conversation, partial(controler, texte), canal, message_id)


async def faire_un_tour(
    agent: Agent, conversation: str, lire: Lecture, canal: str, message_id: str | None = None
) -> list[dict[str, Any]]:
    """Fait un tour comme :func:`echanger` ; ``lire`` dit quoi jouer d'après la conversation (un bouton scellé)."""
    debut = time.perf_counter()
    with meme_version():
        try:
            numero = numero_de(conversation, message_id) if message_id else None
            messages = await _jouer(agent, UserMessage("", Collecte(canal), conversation, None, canal, numero), lire)
        except Exception:
            mesures.noter_une_panne(canal)
            raise
        mesures.noter_un_tour(canal, conversation, messages, time.perf_counter() - debut)
        return messages


async def _jouer(agent: Agent, message: UserMessage, lire: Lecture) -> list[dict[str, Any]]:
    """Joue un message sur la conversation, lue une fois, sous son verrou."""
    sortie: Collecte = message.output_channel
    async with agent.lock_store.lock(message.sender_id):
        fil = await agent.processor.fetch_tracker_and_update_session(message.sender_id, sortie)
        deja, veille = deja_repondu(fil, message.message_id), False
        if not deja:
            # La notice vient d'être dite, donc la conversation s'ouvre : personne n'en a encore vu les boutons.
            controle = lire(None if sortie.recueillis else fil)
            if controle.refus:
                return [reponse_fixe(controle.refus)]
            message.text, veille = controle.texte, rappel_a_dire(fil)
            try:
                await _repondre(agent.processor, message, fil)
            except MessageDejaJoue:
                relu = await agent.tracker_store.retrieve(message.sender_id)
                sortie.recueillis = deja_repondu(relu, message.message_id) if relu else []
    messages = _suite_a_la_fin(_secours_d_abord(deja or sortie.recueillis, veille))
    return messages or [reponse_fixe("utter_indisponible")]


async def _repondre(processeur: MessageProcessor, message: UserMessage, fil: DialogueStateTracker) -> None:
    """Fait ce que ``MessageProcessor.handle_message`` fait d'une conversation qu'il vient de lire."""
    await processeur._handle_message_with_tracker(message, fil)
    fil = await processeur.run_action_extract_slots(message.output_channel, fil)
    await processeur._run_prediction_loop(message.output_channel, fil)
    await processeur.save_tracker(fil)


def _secours_d_abord(messages: list[dict[str, Any]], veille: bool) -> list[dict[str, Any]]:
    """Une personne en danger reçoit les secours seuls, sans la notice d'ouverture ; ensuite, leur rappel en tête."""
    secours = [m for m in messages if m.get("utter_action") == SECOURS]
    veille = veille and not any(m.get("utter_action") in (FIN_DU_RAPPEL, APAISEMENT) for m in messages)
    return secours or ([_composer("utter_veille")] if veille and messages else []) + messages


def _suite_a_la_fin(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Des messages coupés offrent « la suite » une fois, sur le dernier : c'est lui qu'on a sous les yeux."""
    if not any(message.get("suite") for message in messages):
        return messages
    la_suite = contenus_en_place().variante("utter_boutons_suite")["buttons"]
    for message in messages:
        message["buttons"] = [b for b in message.get("buttons") or [] if b not in la_suite]
    messages[-1]["buttons"] = [*la_suite, *messages[-1]["buttons"]][:BOUTONS_MAX]
    return messages


def reponse_fixe(nom: str, canal: str = "") -> dict[str, Any]:
    """Compose une réponse hors conversation (refus, panne) : le texte vient de data/responses."""
    return {**_composer(nom, canal), "hors_conversation": True}


def _composer(nom: str, canal: str = "") -> dict[str, Any]:
    return {**(ReponsesDatees().composer(nom, canal=canal) or {"text": ""}), "utter_action": nom}
