"""Récapitule l'échange : une page à copier ou à télécharger, rien n'est gardé."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.contenus import contenus_en_place
from actions.droit import droit_en_place
from actions.etat import demarche_ensuite, dire, faits_de, liste
from actions.fil import sujets_traites
from actions.offrir import dire_la_seconde
from actions.parcours import recapitulatif
from actions.reglages import aujourd_hui


class ActionRecapituler(Action):
    """Les notes viennent des faits retenus et des sujets traités, jamais des messages."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_recapituler"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Dit les notes et joint les fichiers."""
        messages = recapitulatif.presenter(
            faits_de(tracker),
            liste(tracker, "resultats"),
            liste(tracker, "etapes_faites"),
            sujets_traites(tracker),
            aujourd_hui(),
            droit_en_place(),
            contenus_en_place(),
        )
        dire(dispatcher, messages)
        dire_la_seconde(dispatcher, tracker)
        return demarche_ensuite(tracker)
