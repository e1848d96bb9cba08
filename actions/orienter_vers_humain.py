"""Propose des personnes à qui parler, dans l'entreprise ou en dehors."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.fil import entite


class ActionOrienterVersHumain(Action):
    """Dedans d'abord ; dehors sur demande (bouton « À l'extérieur »)."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_orienter_vers_humain"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Dit la liste demandée."""
        externe = entite(tracker, "precision") == "externe"
        dispatcher.utter_message(response="utter_humains_externes" if externe else "utter_parcours_parler_a_un_humain")
        return []
