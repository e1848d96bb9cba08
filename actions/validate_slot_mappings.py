"""Hors du questionnaire, un fait dit est retenu, et ceux qu'il rend caducs sont oubliés."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.etat import Evenements, dits_de, faits_de, formulaire_ouvert, liste, retenir
from actions.parcours import dates_dites
from actions.parcours.choix import choix_dit
from actions.parcours.faits import mettre_a_jour
from actions.reglages import aujourd_hui


class ValiderFaitsDits(Action):
    """Appelée par Rasa à chaque message, avant la règle ; le questionnaire, lui, lit ses réponses lui-même."""

    def name(self) -> str:
        """Nom de l'action, imposé par Rasa."""
        return "action_validate_slot_mappings"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Retient les faits du message ; on ne dit plus de ceux-là que la personne ne les sait pas."""
        dits, role = {**self._demande_datee(tracker), **dits_de(tracker)}, self._role_dit(tracker)
        if not dits or formulaire_ouvert(tracker):
            return role
        changements = mettre_a_jour(faits_de(tracker), dits)
        inconnus = [champ for champ in liste(tracker, "inconnus") if champ not in changements]
        return [*role, *retenir(changements), SlotSet("inconnus", inconnus)]

    def _demande_datee(self, tracker: Tracker) -> dict[str, Any]:
        """« J'ai demandé à mon chef le 20 octobre » : la date qu'une relance n'aura plus à demander."""
        texte = str(tracker.latest_message.get("text") or "")
        dites = {} if texte.startswith("/") else dates_dites.lire(texte, aujourd_hui())
        demandee = dites.get(dates_dites.DEMANDE)
        return {dates_dites.DEMANDE: demandee} if demandee and dates_dites.parle_d_un_employeur(texte) else {}

    def _role_dit(self, tracker: Tracker) -> Evenements:
        """« Je suis DRH », « un de mes salariés » : la réponse se dit de cette place."""
        texte = str(tracker.latest_message.get("text") or "")
        role = None if texte.startswith("/") else choix_dit(texte, "role")
        return [SlotSet("role", role)] if role and role != tracker.get_slot("role") else []
