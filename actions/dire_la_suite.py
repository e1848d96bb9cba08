"""La suite d'un message coupé : deux phrases de plus, jusqu'à la fin."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.contenus import contenus_en_place
from actions.fil import suite_en_attente


class ActionDireLaSuite(Action):
    """« La suite » : le fil garde ce qui n'a pas encore été dit, rien d'autre ne le retient."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_dire_la_suite"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Dit la partie suivante ; avec la dernière, les boutons du message reviennent."""
        reste, ensuite = suite_en_attente(tracker)
        if not reste:
            dispatcher.utter_message(response="utter_suite_finie")
            return []
        suivants = contenus_en_place().variante("utter_boutons_suite")["buttons"] if reste[1:] else ensuite
        dispatcher.utter_message(
            response="utter_suite", texte=reste[0], buttons=suivants, suite=reste[1:], ensuite=ensuite
        )
        return []
