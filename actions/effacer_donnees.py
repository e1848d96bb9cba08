"""Efface la conversation : le magasin supprime tout ce qu'il garde d'elle en fin de tour."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, AllSlotsReset, SlotSet
from rasa_sdk.executor import CollectingDispatcher


class ActionEffacerDonnees(Action):
    """Dit ce qui est effacé et demande l'effacement au magasin (slot ``effacement``)."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_effacer_donnees"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Vide les slots puis marque la conversation à effacer."""
        dispatcher.utter_message(response="utter_effacer_donnees")
        return [AllSlotsReset(), ActiveLoop(None), SlotSet("effacement", True)]
