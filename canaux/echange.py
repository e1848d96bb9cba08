"""Un tour de conversation, le même pour tous les canaux : contrôle, Rasa, et jamais de réponse vide."""

from __future__ import annotations

import time
from collections.abc import Collection
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from actions.contenus import contenus_en_place
from actions.en_place import meme_version
from actions.reglages import MESSAGE_LONGUEUR_MAX
from canaux import mesures
from canaux.garde import TITRE_MAX, Controle, controler
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
    agent: Agent,
    conversation: str,
    texte: str,
    canal: str,
    toujours_offerts: Collection[str] = (),
    message_id: str | None = None,
) -> list[dict[str, Any]]:
    """Fait un tour et rend les messages de l'assistant, un au moins.

    Args:
        agent: assistant chargé.
        conversation: identifiant de conversation, déjà propre au canal.
        texte: message reçu, non contrôlé.
        canal: nom du canal, pour les variantes de réponses.
        toujours_offerts: boutons que le canal montre hors du fil (menu d'accueil de Slack).
        message_id: avec un magasin partagé, un message déjà joué, par ce processus ou un autre, n'est pas rejoué.

    Raises:
        Exception: panne du moteur ; le canal la traduit (:func:`message_de_panne`).
    """
    debut = time.perf_counter()
    with meme_version():
        try:
            messages = await _echanger(agent, conversation, texte, canal, toujours_offerts, message_id)
        except Exception:
            mesures.noter_une_panne(canal)
            raise
        mesures.noter_un_tour(canal, conversation, messages, time.perf_counter() - debut)
        return messages


async def _echanger(
    agent: Agent,
    conversation: str,
    texte: str,
    canal: str,
    toujours_offerts: Collection[str],
    message_id: str | None,
) -> list[dict[str, Any]]:
    bouton_possible = len(texte) <= TITRE_MAX or (len(texte) <= MESSAGE_LONGUEUR_MAX and "/" in texte)
    numero = numero_de(conversation, message_id) if message_id else None
    tracker = await agent.tracker_store.retrieve(conversation) if bouton_possible or numero else None
    deja = deja_repondu(tracker, numero) if tracker and numero else []
    if deja:
        return _secours_d_abord(deja)
    controle = Controle(texte) if texte in toujours_offerts else controler(texte, tracker)
    if controle.refus:
        return [reponse_fixe(controle.refus)]
    sortie = Collecte(canal)
    message = UserMessage(controle.texte, sortie, conversation, input_channel=canal, message_id=numero)
    try:
        await agent.handle_message(message)
    except MessageDejaJoue:
        tracker = await agent.tracker_store.retrieve(conversation)
        sortie.recueillis = deja_repondu(tracker, numero) if tracker and numero else []
    return _suite_a_la_fin(_secours_d_abord(sortie.recueillis)) or [reponse_fixe("utter_indisponible")]


def _secours_d_abord(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Une personne en danger reçoit les secours seuls, sans la notice d'ouverture."""
    secours = [m for m in messages if m.get("utter_action") == "utter_exprimer_detresse"]
    return secours or messages


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
    message = ReponsesDatees().composer(nom, canal=canal) or {"text": ""}
    return {**message, "utter_action": nom, "hors_conversation": True}
