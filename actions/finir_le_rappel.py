"""« Arrêtez avec vos numéros » : après des secours, leur rappel s'arrête, et la question posée reçoit sa réponse."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.comprehension import est_une_question
from actions.contenus import contenus_en_place
from actions.fil import etiquette_demandee
from actions.repondre import dire_les_reponses

_CONNAISSANCES = ("faq", "idee_recue")


class ActionFinirLeRappel(Action):
    """Le rappel reprend de lui-même si un message dit un nouveau danger (composants/dits.py)."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_finir_le_rappel"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Dit que le rappel s'arrête, puis la réponse que le message demande aussi."""
        dispatcher.utter_message(response="utter_fin_de_veille")
        etiquette = etiquette_demandee(tracker) or ""
        premiere = contenus_en_place().reponse_d_etiquette(etiquette)
        demande = est_une_question(str(tracker.latest_message.get("text") or ""))
        if premiere and demande and etiquette.startswith(_CONNAISSANCES):
            dire_les_reponses(dispatcher, tracker, premiere)
        return []
