"""Après des secours : « arrêtez avec vos numéros », « ça va mieux » ; le rappel s'arrête, rien ne s'ouvre d'office."""

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.comprehension import est_une_question
from actions.contenus import contenus_en_place, envoi_pour
from actions.etat import formulaire_ouvert
from actions.fil import deja_dit, dernier_sujet, etiquette_demandee
from actions.relances import relances_en_place
from actions.repondre import dire_les_reponses

_CONNAISSANCES, _HUMAIN = ("faq", "idee_recue"), "parler_a_un_humain"
_FIN, _SANS_QUESTION = "utter_fin_de_veille", "utter_sujet_laisse"
_APAISEMENT, _REPRISE = "utter_apaisement", "utter_reprise_au_choix"
# « Je parle d'arrêter mon apprentissage » : dit de quoi il est question, donc appelle sa réponse.
_DE_QUOI_IL_PARLE = re.compile(r"\bj(?:e |')?(?:parl|caus|demand|voulai)|\bsavoir\b", re.I)


class ActionFinirLeRappel(Action):
    """Le rappel reprend de lui-même si un message dit un nouveau danger (composants/dits.py)."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_finir_le_rappel"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """S'excuse une fois, dit que le rappel s'arrête, puis la réponse que le message demande aussi."""
        texte, relances = _texte(tracker), relances_en_place()
        if relances.apaise(texte) and not relances.arrete_le_rappel(texte):
            dispatcher.utter_message(response=_REPRISE if deja_dit(tracker, _APAISEMENT) else _APAISEMENT)
            return []
        deja, reponse = deja_dit(tracker, _FIN), _reponse_demandee(tracker)
        if not deja or not reponse:
            options = {} if reponse else _revenir_au_sujet(tracker)
            dispatcher.utter_message(response=_SANS_QUESTION if deja else _FIN, **options)
        if etiquette_demandee(tracker) == _HUMAIN and relances.sans_le_rappel(texte):
            return [FollowupAction("action_orienter_vers_humain")]
        if reponse:
            dire_les_reponses(dispatcher, tracker, reponse)
        questionnaire = formulaire_ouvert(tracker)
        return [FollowupAction(questionnaire)] if questionnaire else []


def _revenir_au_sujet(tracker: Tracker) -> dict[str, Any]:
    """Le bouton de ce dont on parlait avant l'alerte."""
    sujet = dernier_sujet(tracker)
    titre = contenus_en_place().titre(f"faq/{sujet}") if sujet and not formulaire_ouvert(tracker) else None
    return {"buttons": [{"title": titre, "payload": envoi_pour(f"faq/{sujet}")}]} if titre else {}


def _reponse_demandee(tracker: Tracker) -> str | None:
    """Réponse de ce que le message demande en plus, s'il demande quelque chose."""
    etiquette, texte = etiquette_demandee(tracker) or "", _texte(tracker)
    demande = est_une_question(relances_en_place().sans_le_rappel(texte)) or _DE_QUOI_IL_PARLE.search(texte)
    connue = demande and etiquette.startswith(_CONNAISSANCES)
    return contenus_en_place().reponse_d_etiquette(etiquette) if connue else None


def _texte(tracker: Tracker) -> str:
    return str(tracker.latest_message.get("text") or "")
