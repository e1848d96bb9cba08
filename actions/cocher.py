"""Coche l'étape en cours de la demande CPF, ou la remet à plus tard."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.droit import droit_en_place
from actions.etat import Evenements, dire, faits_de, liste
from actions.fil import entite
from actions.parcours.demande_cpf import etape_en_cours, etapes
from actions.reglages import aujourd_hui


class ActionCocher(Action):
    """« C'est fait » passe à l'étape suivante ; « plus tard » s'arrête là."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_cocher"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Dit l'étape suivante."""
        if entite(tracker, "precision") == "plus_tard":
            dispatcher.utter_message(response="utter_cpf_etape_bloquee")
            attente = liste(tracker, "parcours_en_attente")
            return [SlotSet("parcours_en_attente", list(dict.fromkeys([*attente, "demander_cpf"])))]
        return cocher(dispatcher, tracker)


def cocher(dispatcher: CollectingDispatcher, tracker: Tracker) -> Evenements:
    """Coche la première étape non faite et dit la suivante."""
    faits, jour, faites = faits_de(tracker), aujourd_hui(), liste(tracker, "etapes_faites")
    en_cours = next((code for code in etapes(faits, jour) if code not in faites), None)
    faites = [*faites, *([en_cours] if en_cours else [])]
    dire(dispatcher, etape_en_cours(faits, faites, jour, droit_en_place()))
    return [SlotSet("etapes_faites", faites)]
