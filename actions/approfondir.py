"""Donne le détail du dernier sujet, ou les textes qui le fondent."""

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.contenus import contenus_en_place
from actions.droit import droit_en_place
from actions.etat import dire, faits_de, faits_du_sujet
from actions.fil import dernier_sujet, derniere_reponse, entite
from actions.parcours import comparateur, cout
from actions.parcours.messages import Message
from actions.reglages import aujourd_hui

# Mots par lesquels on demande la source plutôt que le détail.
_DEMANDE_LE_TEXTE = re.compile(
    r"\b(textes?|articles?|lois?|sources?|refs?|r[eé]f[eé]rences?)\b"
    r"|\b(l[eé]gifrance|code du travail|d[eé]crets?|preuves?)\b",
    re.I,
)


_TRACES = ("trace", "cout")
_NOMME_LE_RESULTAT = re.compile(r"\b(r[eé]sultat|verdict|calcul|ce montant|cette somme)\b", re.I)
_DE_RESULTAT = ("utter_verdict", "utter_chemin", "utter_cout", "utter_et_si", "utter_si_")


class ActionApprofondir(Action):
    """« En savoir plus » et « Le texte » : niveau demandé par le bouton ou par les mots du message."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_approfondir"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Lit le sujet (bouton, sinon dernier sujet traité) et dit le niveau demandé ; après un résultat, sa trace."""
        volet = entite(tracker, "precision")
        if volet in _TRACES or (not volet and _parle_du_resultat(tracker)):
            dire(dispatcher, [trace(tracker, volet)])
            return []
        sujet = entite(tracker, "sujet") or dernier_sujet(tracker)
        contenus = contenus_en_place()
        if not sujet or f"utter_faq/{sujet}" not in contenus.reponses:
            dispatcher.utter_message(response="utter_approfondir_rien")
            return []
        texte_demande = _DEMANDE_LE_TEXTE.search(str(tracker.latest_message.get("text") or ""))
        niveau = entite(tracker, "precision") or ("texte" if texte_demande else "detail")
        if niveau == "texte":
            dispatcher.utter_message(response="utter_le_texte", faits=faits_du_sujet(tracker, sujet), sujet=sujet)
        else:
            dispatcher.utter_message(response=f"utter_detail_{sujet}")
        return []


def _parle_du_resultat(tracker: Tracker) -> bool:
    """Juste après un résultat, ou s'il est nommé : « pourquoi ce résultat ? »."""
    nomme = _NOMME_LE_RESULTAT.search(str(tracker.latest_message.get("text") or ""))
    apres = (derniere_reponse(tracker) or "").startswith(_DE_RESULTAT)
    return apres or bool(nomme and tracker.get_slot("resultat"))


def trace(tracker: Tracker, volet: str | None) -> Message:
    """Comment le dernier résultat (droits ou coût) est obtenu."""
    faits, jour, droit, contenus = faits_de(tracker), aujourd_hui(), droit_en_place(), contenus_en_place()
    resultat = tracker.get_slot("resultat")
    if volet == "cout" or (volet is None and resultat == "simuler_cout"):
        return cout.trace(faits, jour, droit, contenus) or Message("utter_trace_rien")
    return comparateur.trace(faits, jour, droit, contenus) if resultat else Message("utter_trace_rien")
