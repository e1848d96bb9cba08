"""Ce que les actions lisent et écrivent d'une personne dans la conversation : faits, questionnaire, messages."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.contenus import contenus_en_place, envoi, typographier
from actions.documents.coffre import CHEMIN, Demande, coffre_en_place
from actions.parcours.faits import CHAMPS
from actions.parcours.messages import Message, libelles
from actions.reglages import aujourd_hui

QUESTIONNAIRE = "formulaire_situation"
REPETITION = "formulaire_repetition"
EN_PUBLIC = ("agent_fpe", "agent_fpt", "agent_fph")
Evenements = list[dict[str, Any]]


def faits_de(tracker: Tracker) -> dict[str, Any]:
    """Faits retenus, par champ ; seuls les connus."""
    return {champ: tracker.get_slot(champ) for champ in CHAMPS if tracker.get_slot(champ) is not None}


def liste(tracker: Tracker, nom: str) -> list[Any]:
    """Slot de type liste, vide s'il n'est pas posé."""
    return list(tracker.get_slot(nom) or [])


def etat_de(tracker: Tracker) -> dict[str, Any]:
    """Ce qu'un parcours lit de sa propre marche : volet demandé, étapes cochées."""
    return {"volet": tracker.get_slot("volet"), "etapes_faites": liste(tracker, "etapes_faites")}


def formulaire_ouvert(tracker: Tracker) -> str | None:
    """Nom du formulaire en cours."""
    nom = (tracker.active_loop or {}).get("name")
    return str(nom) if nom else None


def retenir(changements: Mapping[str, Any]) -> Evenements:
    """Événements qui retiennent des faits ; le slot ``public`` suit le statut (variantes de textes)."""
    evenements = [SlotSet(champ, valeur) for champ, valeur in changements.items()]
    if "statut" in changements or "agent_public" in changements:
        evenements.append(SlotSet("public", est_public(changements)))
    return evenements


def est_public(faits: Mapping[str, Any]) -> bool:
    """Vrai si la personne s'est dite agent public, de quelque fonction publique que ce soit."""
    return faits.get("statut") in EN_PUBLIC or bool(faits.get("agent_public"))


def repond_a_une_question(tracker: Tracker) -> bool:
    """Vrai si le formulaire lit un message reçu, faux s'il s'ouvre ou revient après une interruption.

    Rasa a déjà inscrit le formulaire comme dernière action : seul il suit alors le message.
    """
    actions = []
    for evenement in reversed(tracker.events):
        if evenement.get("event") == "user":
            break
        if evenement.get("event") == "action":
            actions.append(evenement.get("name"))
    return bool(tracker.active_loop) and len(actions) <= 1


def suspendre(tracker: Tracker) -> Evenements:
    """Événements qui ferment le formulaire en cours ; le parcours reste à reprendre."""
    if not formulaire_ouvert(tracker):
        return []
    attente = liste(tracker, "parcours_en_attente")
    parcours = tracker.get_slot("parcours")
    if formulaire_ouvert(tracker) == QUESTIONNAIRE and parcours and parcours not in attente:
        attente.append(parcours)
    return [ActiveLoop(None), SlotSet("requested_slot", None), SlotSet("parcours_en_attente", attente)]


def dire(dispatcher: CollectingDispatcher, messages: Iterable[Message]) -> None:
    """Dit des messages de parcours, avec leurs boutons et leurs documents."""
    for message in messages:
        options: dict[str, Any] = {}
        boutons = [{"title": typographier(titre), "payload": envoi(charge)} for titre, charge in message.boutons]
        if message.boutons_de:
            boutons += contenus_en_place().variante(message.boutons_de)["buttons"]
        if boutons:
            options["buttons"] = boutons
        if message.documents:
            options["json_message"] = {"documents": [_lien(document) for document in message.documents]}
        dispatcher.utter_message(response=message.reponse, **options, **message.mots)


def _lien(document: Mapping[str, Any]) -> dict[str, Any]:
    """Carte d'un document : titre neutre, format, et un lien privé qui expire (rien n'est gardé ici)."""
    demande = Demande(document["genre"], document["nom"], document["format"], document["faits"], aujourd_hui())
    return {
        "titre": document["titre"],
        "format": libelles()["formats"][document["format"]],
        "lien": CHEMIN + coffre_en_place().sceller(demande, int(time.time())),
    }


def titre(parcours: str) -> str:
    """Titre court d'un parcours, pour un bouton."""
    return contenus_en_place().titre(parcours) or parcours
