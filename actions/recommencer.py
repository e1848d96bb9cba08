"""Repart du début : les réponses au questionnaire sont oubliées."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, AllSlotsReset, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.etat import REPETITION, faits_de, formulaire_ouvert
from actions.fil import nom_de_reponse, reponses_dites
from actions.parcours.choix import choix_dit
from actions.parcours.insistance import QUESTION
from actions.parcours.repetition import a_refaire

_SUR = 0.5
_SCENE = ("utter_repetition_", "utter_ask_replique")
_DEMARCHES = (*_SCENE, QUESTION, "utter_recommencer")


class ActionRecommencer(Action):
    """Vide les slots et ferme le formulaire."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_recommencer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Dit que tout est remis à zéro, une fois sûr ; qui lit peu à la fois garde ses messages courts."""
        if rejouee := _scene_a_rejouer(tracker):
            dispatcher.utter_message(response="utter_repetition_reprise")
            return [SlotSet("objection", rejouee), FollowupAction(REPETITION)]
        if faits_de(tracker) and not _demande_clairement(tracker):
            dispatcher.utter_message(response="utter_recommencer_confirmer")
            return []
        dispatcher.utter_message(response="utter_recommencer")
        return [AllSlotsReset(), SlotSet("pause", tracker.get_slot("pause")), ActiveLoop(None)]


def _demande_clairement(tracker: Tracker) -> bool:
    """Un bouton, ou des mots qui le disent : un classement sûr ne suffit pas à tout effacer."""
    texte = str(tracker.latest_message.get("text") or "")
    sur = float(tracker.latest_message["intent"].get("confidence") or 0) >= _SUR
    return texte.startswith("/") or (sur and choix_dit(texte, "tout_recommencer") is not None)


def _scene_a_rejouer(tracker: Tracker) -> int | None:
    """« Recommence », après s'être entraîné à l'entretien, rejoue la scène : rien d'autre n'a été mené depuis."""
    texte = str(tracker.latest_message.get("text") or "")
    noms = (nom_de_reponse(dite) or "" for dite in reponses_dites(tracker))
    menee = next((nom for nom in noms if nom.startswith(_DEMARCHES)), "")
    if texte.startswith("/") or formulaire_ouvert(tracker) or not menee.startswith(_SCENE):
        return None
    return a_refaire(texte, int(tracker.get_slot("objection") or 1), faits_de(tracker))
