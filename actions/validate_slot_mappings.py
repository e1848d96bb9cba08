"""Hors du questionnaire, un fait dit est retenu, et ceux qu'il rend caducs sont oubliés."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.etat import dits_de, faits_de, formulaire_ouvert, liste, retenir
from actions.parcours.faits import mettre_a_jour


class ValiderFaitsDits(Action):
    """Appelée par Rasa à chaque message, avant la règle ; le questionnaire, lui, lit ses réponses lui-même."""

    def name(self) -> str:
        """Nom de l'action, imposé par Rasa."""
        return "action_validate_slot_mappings"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Retient les faits du message ; on ne dit plus de ceux-là que la personne ne les sait pas."""
        dits = dits_de(tracker)
        if not dits or formulaire_ouvert(tracker):
            return []
        changements = mettre_a_jour(faits_de(tracker), dits)
        inconnus = [champ for champ in liste(tracker, "inconnus") if champ not in changements]
        return [*retenir(changements), SlotSet("inconnus", inconnus)]
