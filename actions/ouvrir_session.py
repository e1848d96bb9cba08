"""Ouvre une conversation : dit que c'est un automate, ce qui est gardé et comment savoir qui peut lire."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, SessionStarted
from rasa_sdk.executor import CollectingDispatcher


class ActionOuvrirSession(Action):
    """Remplace l'ouverture muette de Rasa ; rien d'une session passée n'est repris."""

    def name(self) -> str:
        """Nom de l'action, imposé par Rasa."""
        return "action_session_start"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Dit la notice, puis écoute."""
        dispatcher.utter_message(response="utter_bienvenue")
        return [SessionStarted(), ActionExecuted("action_listen")]
