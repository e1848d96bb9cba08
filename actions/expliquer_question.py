"""« Pourquoi cette question ? » : l'explication de la question posée."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.approfondir import trace
from actions.contenus import contenus_en_place
from actions.etat import dire, formulaire_ouvert


class ActionExpliquerQuestion(Action):
    """Dit ``utter_pourquoi_<champ>`` ; hors questionnaire, pourquoi l'assistant en pose."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_expliquer_question"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Le formulaire repose ensuite sa question ; après un résultat, c'est lui que l'on explique."""
        if not formulaire_ouvert(tracker) and tracker.get_slot("resultat"):
            dire(dispatcher, [trace(tracker, None)])
            return []
        reponse = f"utter_pourquoi_{tracker.get_slot('requested_slot')}"
        connue = reponse in contenus_en_place().reponses
        dispatcher.utter_message(response=reponse if connue else "utter_pourquoi_hors_parcours")
        return []
