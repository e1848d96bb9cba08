"""Quand le message n'est pas compris : demander entre deux ou trois sens, sinon reformuler, puis un humain."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.contenus import contenus_en_place, envoi_pour
from actions.fil import derniere_reponse, propositions


class ActionDemanderPrecision(Action):
    """Deux ratés de suite mènent à une personne et au menu ; jamais deux fois le même message de suite."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_demander_precision"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Pose les boutons des sens proches, ou dit le premier puis le second raté."""
        precedente = derniere_reponse(tracker)
        contenus = contenus_en_place()
        choix = [(contenus.titre(e), e) for e in propositions(tracker)]
        boutons = [{"title": titre, "payload": envoi_pour(e)} for titre, e in choix if titre]
        if len(boutons) >= 2 and precedente != "utter_vouloir_dire":
            aucune = contenus.metadonnees("utter_vouloir_dire")["bouton_aucune"]
            boutons.append({"title": aucune, "payload": "/nier"})
            dispatcher.utter_message(response="utter_vouloir_dire", buttons=boutons)
        elif precedente in ("utter_repli_1", "utter_vouloir_dire", "utter_aucune_proposition"):
            dispatcher.utter_message(response="utter_repli_2")
        else:
            dispatcher.utter_message(response="utter_repli_1")
        return []
