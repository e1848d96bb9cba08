"""Ce qui suit une réponse : celle de la seconde question du message, et ce qu'il demande peut-être encore."""

from __future__ import annotations

from collections.abc import Collection

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.contenus import contenus_en_place, envoi_pour
from actions.fil import deja_dit, seconde_etiquette, suites_possibles

SECONDE = "utter_seconde_question"
_CONNAISSANCES = ("utter_faq/", "utter_idee_recue/")
_EN_PARLER = "parler_employeur"
_SUJET, _AVEC_LES_NIVEAUX = "utter_faq/", 2
# Après ces réponses, qui les a demandées ne veut pas que l'employeur sache.
_TAIRE = (
    "utter_faq/employeur_informe",
    "utter_idee_recue/arret_employeur_ignore",
    "utter_cas_caisse_et_employeur",
    "utter_cas_caisse_et_sante",
    "utter_cas_discret",
    "utter_cas_discret_en_arret",
)


def dire_la_seconde(dispatcher: CollectingDispatcher, tracker: Tracker, sauf: Collection[str]) -> None:
    """Dit la réponse de la seconde question, si c'est une connaissance qui n'est pas dans ``sauf``."""
    seconde = contenus_en_place().reponse_d_etiquette(seconde_etiquette(tracker)) or ""
    if seconde.startswith(_CONNAISSANCES) and seconde not in sauf:
        dispatcher.utter_message(response=SECONDE, titre=contenus_en_place().metadonnees(seconde)["titre"])
        dispatcher.utter_message(response=seconde)


def suites_offertes(tracker: Tracker, premiere: str) -> list[str]:
    """Suites possibles que la réponse n'offre pas déjà ; l'échange avec l'employeur, pas à qui veut le lui taire."""
    boutons = contenus_en_place().variante(premiere).get("buttons") or []
    # Sous un sujet, ses trois niveaux (détail, texte, plus simple) ne laissent de place qu'aux deux premiers.
    deja = {bouton["payload"] for bouton in boutons[: _AVEC_LES_NIVEAUX if premiere.startswith(_SUJET) else None]}
    taire = veut_taire(tracker) or premiere in _TAIRE
    return [s for s in suites_possibles(tracker) if envoi_pour(s) not in deja and not (taire and s == _EN_PARLER)]


def veut_taire(tracker: Tracker) -> bool:
    """Vrai si la personne a demandé que l'employeur ne sache pas."""
    return any(deja_dit(tracker, nom) for nom in _TAIRE)


def du_meme_cas(premiere: str, seconde: str) -> bool:
    """Vrai si la seconde réponse est une démarche, ou traite un sujet de la première."""
    contenus = contenus_en_place()
    demarche = not seconde.startswith(_CONNAISSANCES)
    return demarche or not set(contenus.sujets(premiere)).isdisjoint(contenus.sujets(seconde))
