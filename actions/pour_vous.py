"""La réponse conclue pour la personne : ce qu'elle a dit suffit, et on le lui dit en premier."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.contenus import contenus_en_place
from actions.droit import droit_en_place
from actions.etat import Evenements, dire, dits_de, faits_de, parle_en_employeur, retenir
from actions.fil import etiquette_demandee, seconde_etiquette, traites_juste_avant
from actions.offrir import dire_la_seconde, du_meme_cas
from actions.parcours import arret_et_bilan
from actions.parcours.conge_pour_vous import Conclusion, Recu, conclure
from actions.parcours.messages import Message
from actions.reglages import aujourd_hui

_VERIFIER = re.compile(r"\bv[ée]rifi\w*\b", re.I)
# Règles générales que les deux dates d'un arrêt et d'un bilan précisent.
_D_UN_ARRET = tuple(
    f"utter_faq/{sujet}" for sujet in ("arret_maladie", "accident_travail", "hors_temps", "temps_travail", "reprise")
)


def conclusion(
    tracker: Any, texte: str, dits: Mapping[str, Any], etiquette: str | None, precedents: Collection[str]
) -> Conclusion | None:
    """Ce que l'on peut conclure d'un message ; ``None`` après un résultat, où un fait de plus le corrige.

    Args:
        tracker: celui d'une action, ou celui que lit une politique : seuls ses slots servent.
        texte: message reçu.
        dits: faits qu'il dit.
        etiquette: ce que le classement y voit.
        precedents: sujets et cas du tour d'avant.
    """
    if texte.startswith("/") or tracker.get_slot("resultat") or parle_en_employeur(tracker):
        return None
    if _VERIFIER.search(texte):
        return None  # « …, vérifie mes droits » ouvre le questionnaire
    nom = contenus_en_place().reponse_d_etiquette(etiquette)
    sujet = next(iter(contenus_en_place().sujets(nom)), None) if nom else None
    faite = str(etiquette).removeprefix("faq/") if str(etiquette).startswith("faq/") else sujet
    return conclure(Recu(texte, dits, faite, precedents), faits_de(tracker), aujourd_hui(), droit_en_place())


def conclure_pour_vous(dispatcher: CollectingDispatcher, tracker: Tracker, premiere: str) -> Evenements | None:
    """Dit la conclusion du dernier message, plutôt que ``premiere`` ; ``None`` s'il n'en permet pas."""
    if situe := _face_a_l_arret(tracker, premiere):
        dire(dispatcher, [situe])
        return []
    texte = str(tracker.latest_message.get("text") or "")
    conclu = conclusion(tracker, texte, dits_de(tracker), etiquette_demandee(tracker), traites_juste_avant(tracker))
    if conclu is None:
        return None
    dire(dispatcher, [conclu.message])
    seconde = contenus_en_place().reponse_d_etiquette(seconde_etiquette(tracker)) or ""
    dire_la_seconde(
        dispatcher, tracker, sauf=(premiere, *([seconde] if du_meme_cas(conclu.message.reponse, seconde) else []))
    )
    return retenir(conclu.retenus)


def _face_a_l_arret(tracker: Tracker, premiere: str) -> Message | None:
    """« Arrêt jusqu'au 31 décembre, bilan le 1er mars » : ces deux dates disent plus que la règle générale."""
    dites = {"fin_arret", "date_debut"} <= dits_de(tracker).keys() and not tracker.get_slot("role")
    return arret_et_bilan.noter(faits_de(tracker), contenus_en_place()) if dites and premiere in _D_UN_ARRET else None
