"""Redit plus simplement la dernière réponse."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.contenus import contenus_en_place
from actions.fil import dernier_sujet, entite


class ActionReformuler(Action):
    """« Plus simple » : la version courte, en mots de tous les jours, du sujet en cours."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_reformuler"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Dit ``utter_simple_<sujet>``, ou qu'il n'y a encore rien à redire."""
        reponse = f"utter_simple_{entite(tracker, 'sujet') or dernier_sujet(tracker)}"
        connue = reponse in contenus_en_place().reponses
        dispatcher.utter_message(response=reponse if connue else "utter_reformuler_rien")
        return []
