"""Mettre en pause : un code qui porte les réponses, et des messages de deux phrases au plus."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import reglages
from actions.droit import ecriture
from actions.etat import Evenements, faits_de, liste, suspendre
from actions.fil import entite
from actions.parcours.code_de_reprise import Reprise, codes_en_place, survivent

_LONGUEURS = {"courts": "utter_messages_courts", "entiers": "utter_messages_entiers"}


class ActionMettreEnPause(Action):
    """« Mettre en pause », « je reprends plus tard » ; boutons « messages courts » et « messages entiers »."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_mettre_en_pause"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Donne le code et ferme le questionnaire ; sans réponse à garder, raccourcit seulement les messages."""
        volet = entite(tracker, "precision")
        if volet in _LONGUEURS:
            dispatcher.utter_message(response=_LONGUEURS[volet])
            return [SlotSet("pause", volet == "courts")]
        _donner_le_code(dispatcher, tracker)
        return [SlotSet("pause", True), *suspendre(tracker)]


def _donner_le_code(dispatcher: CollectingDispatcher, tracker: Tracker) -> Evenements:
    faits, inconnus = faits_de(tracker), liste(tracker, "inconnus")
    if not faits and not inconnus:
        dispatcher.utter_message(response="utter_pause_sans_reponse")
        return []
    reprise = Reprise(faits, inconnus, tracker.get_slot("parcours"), liste(tracker, "etapes_faites"))
    code, fin = codes_en_place().ecrire(reprise, reglages.aujourd_hui())
    dispatcher.utter_message(response="utter_pause_code", code=code)
    duree = "utter_pause_duree" if survivent() else "utter_pause_duree_fragile"
    dispatcher.utter_message(response=duree, date=ecriture.jour(fin))
    return []
