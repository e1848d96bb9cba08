"""Une personne en danger : les secours, et plus aucune question."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.etat import suspendre


class ActionSecourir(Action):
    """Suspend tout formulaire ; rien du message n'est retenu."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_secourir"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Dit les numéros de secours."""
        dispatcher.utter_message(response="utter_exprimer_detresse")
        return suspendre(tracker)
