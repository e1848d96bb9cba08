"""Propose des personnes à qui parler, dans l'entreprise ou en dehors."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.contenus import contenus_en_place
from actions.droit import droit_en_place
from actions.entreprise import entreprise_en_place
from actions.etat import faits_de
from actions.fil import entite
from actions.humains import COTES, humains
from actions.parcours.faits import situation_de
from actions.reglages import aujourd_hui


class ActionOrienterVersHumain(Action):
    """Dehors d'abord, sauf demande : c'est là que l'employeur n'apprend rien."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_orienter_vers_humain"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Dit qui fait quoi, si l'employeur le saura, et où les joindre."""
        cote = entite(tracker, "precision")
        cotes = [possible for possible in COTES if cote in (possible, None)]
        gabarits, jour = contenus_en_place().metadonnees("utter_humains"), aujourd_hui()
        situation = situation_de(faits_de(tracker), jour)
        for celui_ci in cotes:
            qui = humains(jour, droit_en_place(), entreprise_en_place(), situation, celui_ci)
            lignes = "\n".join(_ligne(humain, gabarits) for humain in qui)
            dispatcher.utter_message(response="utter_humains", intro=gabarits[celui_ci], lignes=lignes)
        return []


def _ligne(humain: Any, gabarits: Any) -> str:
    joindre = gabarits["joindre"].format(coordonnees=", ".join(humain.coordonnees)) if humain.renseigne else ""
    return str(gabarits["ligne"].format(nom=humain.nom, role=humain.role, employeur=humain.employeur, joindre=joindre))
