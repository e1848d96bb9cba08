"""« Oui », « non », « je ne sais pas » hors d'un questionnaire : leur sens dépend de ce que l'on vient de dire."""

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.cocher import cocher, garder, rappeler
from actions.comprehension import est_une_question
from actions.contenus import contenus_en_place, envoi
from actions.demander_precision import proposer
from actions.etat import Evenements, etapes_a_faire
from actions.fil import derniere_reponse, reponses_dites, traites_juste_avant
from actions.simplification import simplifier

_OUI_OU_NON = re.compile(r"\boui ou (?:non|pas|nn|nan)\b")


class ActionSuivre(Action):
    """Après « vous voulez dire… » : oui prend la première proposition, non ouvre le menu."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_suivre"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Répond selon l'intention (affirmer, nier, ne_sait_pas) et la réponse précédente."""
        intention = tracker.latest_message["intent"]["name"]
        precedente = derniere_reponse(tracker) or ""
        if _OUI_OU_NON.search(simplifier(str(tracker.latest_message.get("text") or ""))):
            # « Oui ou non ? » demande de trancher, et ne dit ni oui ni non.
            dispatcher.utter_message(response="utter_oui_ou_non")
            redites = [f"utter_cas_{cas}" for cas in traites_juste_avant(tracker)]
            for redite in filter(contenus_en_place().reponses.__contains__, redites):
                dispatcher.utter_message(response=redite)
            return []
        if precedente == "utter_exprimer_detresse" and intention == "affirmer":
            dispatcher.utter_message(response=precedente)  # « oui », « c'est fait » : le danger n'est pas écarté
            return []
        if est_une_question(str(tracker.latest_message.get("text") or "")):
            if not proposer(dispatcher, tracker):  # « oui mais lequel des quatre ? » demande
                dispatcher.utter_message(response="utter_repli_1")
            return []
        restantes = etapes_a_faire(tracker)
        if restantes and precedente != "utter_vouloir_dire":
            return _entre_deux_etapes(dispatcher, tracker, restantes[0])
        if precedente == "utter_vouloir_dire":
            reponse = _premiere_proposition(tracker) if intention == "affirmer" else "utter_aucune_proposition"
        else:
            reponse = f"utter_{intention}"
        dispatcher.utter_message(response=reponse)
        return []


def _entre_deux_etapes(dispatcher: CollectingDispatcher, tracker: Tracker, en_cours: str) -> Evenements:
    """Un « oui » à l'étape que l'on vient de dire la coche ; après une question de côté, il ramène à elle."""
    juste_dite = (derniere_reponse(tracker) or "").startswith("utter_cpf_etape_")
    if tracker.latest_message["intent"]["name"] != "affirmer":
        return garder(dispatcher)
    return cocher(dispatcher, tracker, en_cours) if juste_dite else rappeler(dispatcher, tracker)


def _premiere_proposition(tracker: Tracker) -> str:
    boutons = next(reponses_dites(tracker))["data"].get("buttons") or []
    envoye = boutons[0]["payload"] if boutons else ""
    for nom in contenus_en_place().reponses:
        if envoi("/" + nom.removeprefix("utter_").removeprefix("parcours_")) == envoye:
            return nom
    return "utter_demander_aide"
