"""Une question de délai, où qu'elle soit posée : ce que l'on en sait, ce que l'on en dit, ce que l'on en retient."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.contenus import contenus_en_place
from actions.droit import droit_en_place
from actions.etat import Evenements, dire, faits_de, liste, retenir
from actions.fil import derniere_reponse, nom_de_reponse, reponses_dites
from actions.parcours.delais import PREFIXE, Contexte, Reponse, repondre
from actions.parcours.faits import mettre_a_jour
from actions.reglages import aujourd_hui

CAS = "delai_dit"


def delai_demande(tracker: Any, texte: str, precedente: str | None) -> Reponse | None:
    """Ce qu'il faut répondre à un message qui demande un délai ; ``None`` s'il n'en demande pas.

    Args:
        tracker: celui d'une action, ou celui que lit une politique : seuls ses slots servent.
        texte: message reçu.
        precedente: nom de la dernière réponse dite avant lui.
    """
    donnee = tracker.get_slot("lettre") if "rediger_lettre" in liste(tracker, "resultats") else None
    cas = tracker.get_slot(CAS) or {}
    contexte = Contexte(faits_de(tracker), precedente or "", donnee, cas)
    return repondre(texte, contexte, aujourd_hui(), droit_en_place(), contenus_en_place())


def delai_du_tour(tracker: Tracker) -> Reponse | None:
    """Comme ``delai_demande``, pour le dernier message d'une action."""
    return delai_demande(tracker, str(tracker.latest_message.get("text") or ""), derniere_reponse(tracker))


def dire_le_delai(dispatcher: CollectingDispatcher, tracker: Tracker, delai: Reponse) -> Evenements:
    """Dit la réponse, ou redit celle d'avant si elle valait déjà, et retient les dates."""
    if delai.redire:
        dite = next(e for e in reponses_dites(tracker) if (nom_de_reponse(e) or "").startswith(PREFIXE))
        boutons = (dite.get("data") or {}).get("buttons") or []
        dispatcher.utter_message(response="utter_delai_redit", texte=dite.get("text"), buttons=boutons)
        return []
    dire(dispatcher, delai.messages)
    return [*retenir(mettre_a_jour(faits_de(tracker), delai.retenus)), *_suivre_le_cas(tracker, delai)]


def _suivre_le_cas(tracker: Tracker, delai: Reponse) -> Evenements:
    """Les dates de la démarche dont on parle s'ajoutent ; celles d'une autre, avant elle, s'oublient."""
    suit = (derniere_reponse(tracker) or "").startswith(PREFIXE)
    cas = {**(tracker.get_slot(CAS) or {} if suit else {}), **delai.cas}
    return retenir({CAS: cas or None}) if cas != (tracker.get_slot(CAS) or {}) else []
