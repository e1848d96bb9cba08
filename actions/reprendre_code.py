"""Reprendre avec un code : les réponses reviennent, le questionnaire continue où il en était."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.etat import QUESTIONNAIRE, Evenements, formulaire_ouvert, retenir
from actions.fil import entite
from actions.parcours.code_de_reprise import CodeExpire, CodeRefuse, Reprise, codes_en_place
from actions.parcours.faits import CHAMPS
from actions.parcours.messages import dire_fait, enumerer
from actions.reglages import aujourd_hui


class ActionReprendreCode(Action):
    """« Reprendre CODE », ou le code seul."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_reprendre_code"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Redit ce qui est repris, ou pourquoi le code ne s'ouvre pas."""
        try:
            reprise = codes_en_place().lire(entite(tracker, "code") or "", aujourd_hui())
        except CodeExpire:
            dispatcher.utter_message(response="utter_code_expire")
            return []
        except CodeRefuse:
            dispatcher.utter_message(response="utter_code_refuse")
            return []
        notes = [dire_fait(champ, valeur) for champ, valeur in reprise.faits.items() if not champ.endswith("lettre")]
        if notes:
            dispatcher.utter_message(response="utter_reprise", faits_notes=enumerer(notes))
        else:
            dispatcher.utter_message(response="utter_reprise_sans_note")
        return _remettre(reprise, tracker)


def _remettre(reprise: Reprise, tracker: Tracker) -> Evenements:
    """Remplace les réponses de la conversation par celles du code."""
    remises: Evenements = [
        *retenir({champ: reprise.faits.get(champ) for champ in CHAMPS}),
        SlotSet("inconnus", list(reprise.inconnus)),
        SlotSet("etapes_faites", list(reprise.etapes_faites)),
        SlotSet("parcours", reprise.parcours),
        SlotSet("parcours_en_attente", None),
        SlotSet("historique", []),
        SlotSet("incompris", 0),
        SlotSet("volet", None),
        SlotSet("a_redemander", None),
        SlotSet("requested_slot", None),
        SlotSet("pause", True),
    ]
    if formulaire_ouvert(tracker) == QUESTIONNAIRE and reprise.parcours:
        return remises
    return [*remises, ActiveLoop(None), *([FollowupAction(QUESTIONNAIRE)] if reprise.parcours else [])]
