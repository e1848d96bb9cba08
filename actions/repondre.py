"""Répond à un sujet de connaissance, une idée reçue ou un hors-sujet ; à deux, si le message pose deux questions."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.contenus import contenus_en_place, envoi_pour
from actions.etat import est_public, faits_de, formulaire_ouvert
from actions.fil import etiquette_demandee, seconde_etiquette, suite_possible
from actions.parcours.catalogue import PARCOURS


class ActionRepondre(Action):
    """Dit la réponse de l'étiquette demandée ; un bouton qui ne mène nulle part est dit périmé."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_repondre"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Choisit la réponse par son nom ; le texte et le droit sont posés par le générateur."""
        contenus, public = contenus_en_place(), est_public(faits_de(tracker))
        premiere, suivante = (contenus.pour(e(tracker), public) for e in (etiquette_demandee, seconde_etiquette))
        if contenus.cede(premiere, suivante):
            premiere = suivante  # « je suis à la mairie, combien d'absence ? » : une seule question
        dispatcher.utter_message(response=contenus.reponse_d_etiquette(premiere) or "utter_bouton_perime")
        if seconde_etiquette(tracker) in PARCOURS and not formulaire_ouvert(tracker):
            return [FollowupAction("action_ouvrir_parcours")]  # « …, et vérifie mes droits » : la démarche suit
        seconde = contenus.reponse_d_etiquette(suivante) if suivante != premiere else None
        if seconde:
            dispatcher.utter_message(response="utter_seconde_question", titre=contenus.metadonnees(seconde)["titre"])
            dispatcher.utter_message(response=seconde)
        suite = contenus.pour(suite_possible(tracker), public)
        titre = contenus.titre(suite) if suite else None
        if suite and titre and suite != premiere:
            bouton = {"title": titre, "payload": envoi_pour(suite)}
            dispatcher.utter_message(response="utter_suite_possible", titre=titre, buttons=[bouton])
        return []
