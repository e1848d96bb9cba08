"""S'arrêter là : le questionnaire se ferme, ses réponses attendent."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.cocher import remettre
from actions.etat import QUESTIONNAIRE, etapes_a_faire, formulaire_ouvert, suspendre


class ActionArreter(Action):
    """« Stop », « plus tard », « je m'arrête là »."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_arreter"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Dit comment reprendre."""
        if not formulaire_ouvert(tracker) and etapes_a_faire(tracker):
            return remettre(dispatcher, tracker)
        en_cours = formulaire_ouvert(tracker) == QUESTIONNAIRE
        dispatcher.utter_message(response="utter_questionnaire_arrete" if en_cours else "utter_arreter")
        return suspendre(tracker)
