"""Repart du début : les réponses au questionnaire sont oubliées."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, AllSlotsReset, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.etat import faits_de

_SUR = 0.5


class ActionRecommencer(Action):
    """Vide les slots et ferme le formulaire."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_recommencer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Dit que tout est remis à zéro, une fois sûr ; qui lit peu à la fois garde ses messages courts."""
        if faits_de(tracker) and float(tracker.latest_message["intent"].get("confidence") or 0) < _SUR:
            dispatcher.utter_message(response="utter_recommencer_confirmer")
            return []
        dispatcher.utter_message(response="utter_recommencer")
        return [AllSlotsReset(), SlotSet("pause", tracker.get_slot("pause")), ActiveLoop(None)]
