"""« C'est ma vraie situation » : l'hypothèse devient un fait, le résultat est refait."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.etat import dire, etat_de, faits_de, liste, retenir
from actions.parcours.conclusions import conclure
from actions.parcours.messages import dire_fait, enumerer
from actions.reglages import aujourd_hui


class ActionAdopter(Action):
    """Retient la dernière hypothèse comparée."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_adopter"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Dit ce qui est corrigé, puis le résultat entier."""
        changements = {champ: valeur for champ, valeur in liste(tracker, "hypothese")}
        if not changements:
            dispatcher.utter_message(response="utter_bouton_perime")
            return []
        notes = enumerer([dire_fait(champ, valeur) for champ, valeur in changements.items() if valeur is not None])
        dispatcher.utter_message(response="utter_fait_corrige", faits_notes=notes)
        faits = {**faits_de(tracker), **changements}
        resultat = tracker.get_slot("resultat") or "verifier_eligibilite"
        dire(dispatcher, conclure(resultat, faits, liste(tracker, "inconnus"), etat_de(tracker), aujourd_hui()))
        return [*retenir(changements), SlotSet("hypothese", None)]
