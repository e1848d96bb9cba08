"""Répond à un sujet de connaissance, une idée reçue ou un hors-sujet."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.contenus import contenus_en_place
from actions.fil import etiquette_demandee


class ActionRepondre(Action):
    """Dit la réponse de l'étiquette demandée ; un bouton qui ne mène nulle part est dit périmé."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_repondre"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Choisit la réponse par son nom ; le texte et le droit sont posés par le générateur."""
        reponse = f"utter_{etiquette_demandee(tracker)}"
        if reponse not in contenus_en_place().reponses:
            reponse = "utter_bouton_perime"
        dispatcher.utter_message(response=reponse)
        return []
