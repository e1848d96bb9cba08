"""Quand le message n'est pas compris : demander entre deux ou trois sens, sinon reformuler, puis un humain."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.contenus import contenus_en_place, envoi_pour
from actions.etat import precision_de
from actions.fil import derniere_reponse, propositions

_PROPOSE = "utter_vouloir_dire"


class ActionDemanderPrecision(Action):
    """Deux ratés de suite mènent à une personne et au menu ; jamais deux fois le même message de suite."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_demander_precision"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Pose les boutons des sens proches, ou dit le premier puis le second raté."""
        precision = precision_de(tracker, None)
        if precision:
            dispatcher.utter_message(response=precision.reponse)
            return []
        precedente = derniere_reponse(tracker)
        if precedente != _PROPOSE and proposer(dispatcher, tracker):
            return []
        if precedente in ("utter_repli_1", _PROPOSE, "utter_aucune_proposition"):
            dispatcher.utter_message(response="utter_repli_2")
        else:
            dispatcher.utter_message(response="utter_repli_1")
        return []


def proposer(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Offre les sens proches du dernier message ; rend faux s'il n'y en a pas au moins deux."""
    contenus = contenus_en_place()
    choix = [(contenus.titre(e), e) for e in propositions(tracker)]
    boutons = [{"title": titre, "payload": envoi_pour(e)} for titre, e in choix if titre]
    if len(boutons) < 2:
        return False
    boutons.append({"title": contenus.metadonnees(_PROPOSE)["bouton_aucune"], "payload": "/nier"})
    dispatcher.utter_message(response=_PROPOSE, buttons=boutons)
    return True
