"""Ce que le questionnaire fait d'un message qui ne répond pas : corriger une réponse d'avant, ou ne plus insister."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.etat import Evenements, redit, suspendre
from actions.parcours.insistance import POSEE_TROP, QUESTION, fois_posee
from actions.parcours.lecture import Lecture, MessageRecu
from actions.parcours.reprises import dit_autre_chose


def mettre_de_cote(dispatcher: CollectingDispatcher, tracker: Tracker, question: str | None) -> Evenements:
    """Suspend le questionnaire dont la question est restée trois fois sans réponse ; rien sinon."""
    if not question or fois_posee(reversed(tracker.events), QUESTION + question) < POSEE_TROP:
        return []
    dispatcher.utter_message(response="utter_questionnaire_de_cote")
    return [*suspendre(tracker), FollowupAction("action_listen")]


def corriges(tracker: Tracker, message: MessageRecu, lecture: Lecture) -> dict[str, Any]:
    """« En fait c'était 2020 » : une réponse d'avant se corrige sans y revenir."""
    ratee = lecture.autre or lecture.incompris
    if not ratee or message.intention != "corriger" or not dit_autre_chose(message.texte):
        return {}
    return {champ: valeur for champ, valeur in redit(tracker, message.texte).items() if valeur is not None}
