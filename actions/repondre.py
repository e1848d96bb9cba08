"""Répond à un sujet de connaissance, une idée reçue ou un hors-sujet ; à deux, si le message pose deux questions."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.contenus import contenus_en_place, envoi_pour
from actions.etat import formulaire_ouvert
from actions.fil import etiquette_demandee, seconde_etiquette, suites_possibles
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
        premiere = contenus_en_place().reponse_d_etiquette(etiquette_demandee(tracker)) or "utter_bouton_perime"
        if seconde_etiquette(tracker) in PARCOURS and not formulaire_ouvert(tracker):
            dispatcher.utter_message(response=premiere)
            return [FollowupAction("action_ouvrir_parcours")]  # « …, et vérifie mes droits » : la démarche suit
        dire_les_reponses(dispatcher, tracker, premiere)
        role = contenus_en_place().metadonnees(premiere).get("role")
        return [SlotSet("role", role)] if role else []  # « je suis DRH » : la suite se dit de sa place


def dire_les_reponses(dispatcher: CollectingDispatcher, tracker: Tracker, premiere: str) -> None:
    """Dit la réponse, celle de la seconde question du message, et offre ce qu'il demande peut-être encore."""
    contenus = contenus_en_place()
    dispatcher.utter_message(response=premiere)
    seconde = contenus.reponse_d_etiquette(seconde_etiquette(tracker))
    if seconde:
        dispatcher.utter_message(response="utter_seconde_question", titre=contenus.metadonnees(seconde)["titre"])
        dispatcher.utter_message(response=seconde)
    titres = {suite: contenus.titre(suite) for suite in suites_possibles(tracker)}
    boutons = [{"title": titre, "payload": envoi_pour(suite)} for suite, titre in titres.items() if titre]
    if boutons:
        dispatcher.utter_message(response="utter_suite_possible", buttons=boutons)
