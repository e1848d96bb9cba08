"""Fabrique des conversations telles que les reçoivent les actions, et rend ce qu'une action en a fait."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

Dit = tuple[str, list[dict[str, str]]]


def conversation(
    intention: str = "faq",
    *,
    etiquette: str | None = None,
    seconde: str | None = None,
    propositions: Sequence[str] = (),
    entites: dict[str, str] | None = None,
    texte: str = "",
    dits: Sequence[str | Dit] = (),
    slots: dict[str, Any] | None = None,
) -> Tracker:
    """Conversation où l'assistant a dit ``dits``, un par tour, avant ce message.

    Args:
        intention: intention du dernier message.
        etiquette: étiquette complète décidée par le classement.
        seconde: étiquette d'une seconde question.
        propositions: étiquettes entre lesquelles le classement hésite.
        entites: entités du dernier message (un bouton).
        texte: texte du dernier message.
        dits: noms des réponses déjà dites, ou (nom, boutons montrés).
        slots: slots posés.
    """
    evenements: list[dict[str, Any]] = []
    for dit in dits:
        nom, boutons = dit if isinstance(dit, tuple) else (dit, [])
        evenements += [{"event": "user"}, {"event": "action", "name": "action_repondre"}]
        evenements += [{"event": "bot", "metadata": {"utter_action": nom}, "data": {"buttons": boutons}}]
    compris = {"name": intention, "etiquette": etiquette, "seconde": seconde, "propositions": list(propositions)}
    dernier = {
        "intent": {cle: valeur for cle, valeur in compris.items() if valeur},
        "entities": [{"entity": nom, "value": valeur} for nom, valeur in (entites or {}).items()],
        "text": texte,
    }
    evenements.append({"event": "user", "parse_data": dernier})
    return Tracker("test", slots or {}, dernier, evenements, False, None, {}, "action_listen")


async def executer(action: Action, fil: Tracker) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Exécute une action et rend (messages, événements) ; un message ne garde que ce qu'il contient."""
    dispatcher = CollectingDispatcher()
    evenements = await action.run(dispatcher, fil, {})
    messages = [{cle: valeur for cle, valeur in message.items() if valeur} for message in dispatcher.messages]
    return messages, evenements
