"""Une question de délai ou d'article, où qu'elle soit posée : ce que l'on en sait, en dit, en retient."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import articles
from actions.contenus import contenus_en_place
from actions.droit import droit_en_place
from actions.etat import Evenements, dire, faits_de, liste, parle_en_employeur, retenir
from actions.fil import derniere_reponse, nom_de_reponse, reponses_dites
from actions.parcours import arret_et_bilan, autre_bilan
from actions.parcours.delais import PREFIXE, Contexte, Reponse, repondre
from actions.parcours.faits import mettre_a_jour
from actions.parcours.messages import Message
from actions.reglages import aujourd_hui

CAS = "delai_dit"


def delai_demande(tracker: Any, texte: str, precedente: str | None) -> Reponse | None:
    """Ce qu'il faut répondre à un message qui demande un délai ; ``None`` s'il n'en demande pas.

    Args:
        tracker: celui d'une action, ou celui que lit une politique : seuls ses slots servent.
        texte: message reçu.
        precedente: nom de la dernière réponse dite avant lui.
    """
    if tracker.get_slot("role"):
        return None  # un employeur, un élu : leur place a ses conclusions (actions/role.py)
    faits = faits_de(tracker)
    if situe := arret_et_bilan.repondre(texte, faits, aujourd_hui(), contenus_en_place()):
        return situe
    donnee = tracker.get_slot("lettre") if "rediger_lettre" in liste(tracker, "resultats") else None
    cas = tracker.get_slot(CAS) or {}
    contexte = Contexte(faits, precedente or "", donnee, cas)
    return repondre(texte, contexte, aujourd_hui(), droit_en_place(), contenus_en_place())


def autre_bilan_demande(tracker: Any, texte: str, etiquette: str | None, precedente: str | None) -> Reponse | None:
    """La conclusion de qui demande s'il peut refaire un bilan ; un employeur, lui, parle du bilan d'un autre.

    Args:
        tracker: celui d'une action, ou celui que lit une politique : seuls ses slots servent.
        texte: message reçu.
        etiquette: ce que le classement en a décidé.
        precedente: nom de la dernière réponse dite avant lui.
    """
    if parle_en_employeur(tracker):
        return None
    contexte = Contexte(faits_de(tracker), precedente or "")
    return autre_bilan.repondre(texte, contexte, etiquette, aujourd_hui(), droit_en_place(), contenus_en_place())


def delai_du_tour(tracker: Tracker) -> Reponse | None:
    """Comme ``autre_bilan_demande``, puis ``delai_demande``, pour le dernier message d'une action."""
    recu, precedente = tracker.latest_message, derniere_reponse(tracker)
    texte, etiquette = str(recu.get("text") or ""), (recu.get("intent") or {}).get("etiquette")
    refait = autre_bilan_demande(tracker, texte, etiquette, precedente)
    return refait or delai_demande(tracker, texte, precedente)


def article_demande(texte: str, intention: Mapping[str, Any]) -> Message | None:
    """Ce que l'on sait de l'article que le message nomme, ou du texte qui fonde le montant qu'il dit."""
    return articles.repondre(texte, intention, aujourd_hui(), droit_en_place(), contenus_en_place())


def article_du_tour(tracker: Tracker) -> Message | None:
    """Comme ``article_demande``, pour le dernier message d'une action."""
    recu = tracker.latest_message
    return article_demande(str(recu.get("text") or ""), recu.get("intent") or {})


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
