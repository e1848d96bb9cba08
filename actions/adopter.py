"""« C'est ma vraie situation » : l'hypothèse devient un fait."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.etat import liste, retenir
from actions.parcours.messages import dire_faits


class ActionAdopter(Action):
    """Retient la dernière hypothèse comparée."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_adopter"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Dit ce qui est corrigé ; ce que cela change vient d'être dit."""
        changements = {champ: valeur for champ, valeur in liste(tracker, "hypothese")}
        if not changements:
            dispatcher.utter_message(response="utter_bouton_perime")
            return []
        dispatcher.utter_message(response="utter_fait_corrige", faits_notes=dire_faits(changements))
        cout = tracker.get_slot("resultat") == "simuler_cout"
        dispatcher.utter_message(response="utter_cout_adopte" if cout else "utter_verdict_adopte")
        return [*retenir(changements), SlotSet("hypothese", None)]
