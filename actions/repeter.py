"""S'entraîner à l'entretien avec l'employeur : ouvre la répétition."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.etat import faits_de
from actions.parcours.repetition import premiere


class ActionRepeter(Action):
    """Trois objections ; la réponse tapée n'est pas retenue."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_repeter"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Annonce la répétition ; le formulaire joue l'employeur."""
        dispatcher.utter_message(response="utter_repetition_debut")
        return [SlotSet("objection", premiere(faits_de(tracker)))]
