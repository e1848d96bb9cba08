"""Conclut un parcours : dit son résultat, puis propose de reprendre celui qui attendait."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.contenus import contenus_en_place
from actions.droit import droit_en_place
from actions.etat import dire, etat_de, faits_de, liste, titre
from actions.parcours.conclusions import conclure
from actions.parcours.cout import comparer
from actions.reglages import aujourd_hui


class ActionConclureParcours(Action):
    """Le résultat est calculé par les modules purs d'actions/parcours."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_conclure_parcours"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Dit le résultat du parcours ouvert."""
        parcours = str(tracker.get_slot("parcours"))
        faits, inconnus = faits_de(tracker), liste(tracker, "inconnus")
        dire(dispatcher, conclure(parcours, faits, inconnus, etat_de(tracker), aujourd_hui()))
        autre = liste(tracker, "hypothese")
        if parcours == "simuler_cout" and [champ for champ, _ in autre] == ["prix"]:
            dire(dispatcher, comparer(faits, dict(autre), aujourd_hui(), droit_en_place(), contenus_en_place()))
        en_attente = liste(tracker, "parcours_en_attente")
        if en_attente:
            dispatcher.utter_message(response="utter_parcours_en_attente", titre=titre(en_attente[-1]))
        resultats = list(dict.fromkeys([*liste(tracker, "resultats"), parcours]))
        return [SlotSet("resultat", parcours), SlotSet("resultats", resultats), SlotSet("a_redemander", None)]
