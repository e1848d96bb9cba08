"""Une question de délai, où qu'elle soit posée : ce que l'on en sait, ce que l'on en dit, ce que l'on en retient."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.contenus import contenus_en_place
from actions.droit import droit_en_place
from actions.etat import Evenements, dire, faits_de, liste, retenir
from actions.fil import derniere_reponse, nom_de_reponse, reponses_dites
from actions.parcours import anciennete, arret_et_bilan
from actions.parcours.delais import PREFIXE, Contexte, Reponse, repondre
from actions.parcours.faits import mettre_a_jour
from actions.reglages import aujourd_hui


def delai_demande(tracker: Any, texte: str, precedente: str | None) -> Reponse | None:
    """Ce qu'il faut répondre à un message qui demande un délai ; ``None`` s'il n'en demande pas.

    Args:
        tracker: celui d'une action, ou celui que lit une politique : seuls ses slots servent.
        texte: message reçu.
        precedente: nom de la dernière réponse dite avant lui.
    """
    if situe := conclusion_dite(tracker, texte):
        return situe
    donnee = tracker.get_slot("lettre") if "rediger_lettre" in liste(tracker, "resultats") else None
    contexte = Contexte(faits_de(tracker), precedente or "", donnee)
    return repondre(texte, contexte, aujourd_hui(), droit_en_place(), contenus_en_place())


def conclusion_dite(tracker: Any, texte: str) -> Reponse | None:
    """Ce que concluent les dates d'un arrêt et d'un bilan, ou les services d'un agent hospitalier ; ``None`` sinon."""
    if tracker.get_slot("role") == "employeur":
        return None
    faits, jour = faits_de(tracker), aujourd_hui()
    services = anciennete.repondre(texte, faits, jour, droit_en_place())
    return services or arret_et_bilan.repondre(texte, faits, jour, contenus_en_place())


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
    return retenir(mettre_a_jour(faits_de(tracker), delai.retenus))
