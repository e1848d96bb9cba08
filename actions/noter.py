"""Un fait dit seul, hors du questionnaire : il est noté, et ce à quoi il peut servir est proposé."""

import json
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.comprehension import reprise
from actions.contenus import contenus_en_place
from actions.etat import approches_de, dire, dits_de, faits_avant, faits_de, lettre_perimee
from actions.fil import entite
from actions.parcours import arret_et_bilan
from actions.parcours.choix import simplifier
from actions.parcours.messages import Message, dire_faits, dire_periode
from actions.reglages import aujourd_hui

_ARRET_FINI = {"arret": "aucun"}


class ActionNoter(Action):
    """« En CDI » se note ; « 1er mars 2027 » peut dater plusieurs choses, la personne choisit."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_noter"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Redit le fait, déjà retenu (action_validate_slot_mappings), ou demande ce que date une date."""
        dits, ecrite = dits_de(tracker), entite(tracker, "date_dite")
        if dits == _ARRET_FINI and self._a_ete_en_arret(tracker):
            dispatcher.utter_message(response="utter_arret_fini")
        elif dits.get("accord_caisse"):
            dispatcher.utter_message(response="utter_accord_note")
        elif "fin_arret" in dits and (situe := arret_et_bilan.noter(faits_de(tracker), contenus_en_place())):
            dire(dispatcher, [situe])
        elif dits:
            dispatcher.utter_message(response="utter_fait_seul", faits_notes=dire_faits(dits, approches_de(tracker)))
            dire(dispatcher, lettre_perimee(tracker, dits))
        elif ecrite:
            dire(dispatcher, [_a_dater(ecrite)])
        return []

    def _a_ete_en_arret(self, tracker: Tracker) -> bool:
        """« Pas en arrêt » n'annonce pas un retour : seul qui l'a été, ou le dit fini, entend parler de reprise."""
        connu = faits_avant(tracker.events).get("arret") in ("maladie", "at_mp")
        recu = tracker.latest_message
        textes = (str(texte) for texte in (recu.get("text"), recu.get("dechiffre")) if texte)
        return connu or any(reprise.finit(simplifier(texte)) for texte in textes)


def _a_dater(ecrite: str) -> Message:
    """Ce qu'une date passée ou à venir peut dater, un bouton pour chaque."""
    quand = "passee" if ecrite < aujourd_hui().isoformat() else "a_venir"
    choix = contenus_en_place().metadonnees("utter_date_seule")[quand]
    boutons = [(fiche["titre"], f"/{fiche['intention']}{json.dumps({fiche['champ']: ecrite})}") for fiche in choix]
    return Message("utter_date_seule", {"date": dire_periode(ecrite, "seule")}, boutons=tuple(boutons))
