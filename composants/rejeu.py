"""Reconnaît un message déjà joué et retrouve ses réponses dans la conversation : il n'est pas joué deux fois."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker


class MessageDejaJoue(RuntimeError):
    """Un autre processus a joué ce message entre-temps : ce tour-ci ne compte pas."""


def refuser_un_doublon(evenements: Iterable[Event]) -> None:
    """Refuse un fil dont le dernier message porte le numéro d'un précédent.

    Raises:
        MessageDejaJoue: deux processus ont reçu le même message, l'autre l'a joué d'abord.
    """
    numeros = [evenement.message_id for evenement in evenements if isinstance(evenement, UserUttered)]
    if numeros and numeros[-1] and numeros[-1] in numeros[:-1]:
        raise MessageDejaJoue


def numero_de(conversation: str, message_id: str) -> str:
    """Empreinte d'un identifiant choisi par le navigateur : lui-même n'est pas gardé."""
    return hashlib.sha256(f"{conversation} {message_id}".encode()).hexdigest()[:32]


def deja_repondu(tracker: DialogueStateTracker, numero: str) -> list[dict[str, Any]]:
    """Messages que l'assistant a rendus à ce numéro, tels que Rasa les avait composés ; vide s'il n'a pas été joué."""
    messages: list[dict[str, Any]] = []
    trouve = False
    for evenement in tracker.events:
        if isinstance(evenement, UserUttered):
            if trouve:
                break
            trouve = evenement.message_id == numero
        elif trouve and isinstance(evenement, BotUttered):
            donnees = {cle: valeur for cle, valeur in evenement.data.items() if valeur}
            messages.append({**evenement.metadata, "text": evenement.text or "", **donnees})
    return messages
