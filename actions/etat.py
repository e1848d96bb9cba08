"""Ce que les actions lisent et écrivent d'une personne dans la conversation : faits, questionnaire, messages."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.contenus import contenus_en_place, envoi, typographier
from actions.documents.coffre import CHEMIN, Demande, coffre_en_place
from actions.droit import droit_en_place
from actions.fil import seconde_etiquette, traites_juste_avant
from actions.parcours import demande_cpf, lettres, retouches, suites
from actions.parcours.catalogue import PARCOURS
from actions.parcours.dernier_bilan import situer_le_bilan
from actions.parcours.faits import CHAMPS, est_public
from actions.parcours.messages import Message, libelles
from actions.precisions import MessageDit, Precision, dite_partout, preciser, probabilites
from actions.reglages import aujourd_hui

QUESTIONNAIRE = "formulaire_situation"
REPETITION = "formulaire_repetition"
POUR_UN_AUTRE = ("employeur", "referent_handicap", "service_social")
Evenements = list[dict[str, Any]]


def dits_de(tracker: Tracker) -> dict[str, Any]:
    """Faits que dit le dernier message, par champ."""
    entites = tracker.latest_message.get("entities") or []
    dits = {e["entity"]: e["value"] for e in entites if e["entity"] in CHAMPS}
    return situer_le_bilan(dits, aujourd_hui(), droit_en_place())


def approches_de(tracker: Tracker) -> dict[str, str]:
    """Montants approchés du dernier message : « environ », ou le bout d'une fourchette, par champ."""
    entites = tracker.latest_message.get("entities") or []
    return {e["entity"]: str(e["approximation"]) for e in entites if e.get("approximation")}


def autre_prix_dit(tracker: Tracker) -> list[list[Any]] | None:
    """L'autre prix d'un message qui en compare deux, en hypothèse à calculer aussi."""
    entites = {e["entity"]: e["value"] for e in tracker.latest_message.get("entities") or []}
    autre = (entites.get("et_si") or {}).get("prix")
    return [["prix", autre]] if "prix" in entites and autre is not None else None


def faits_de(tracker: Tracker) -> dict[str, Any]:
    """Faits retenus, par champ ; seuls les connus."""
    return {champ: tracker.get_slot(champ) for champ in CHAMPS if tracker.get_slot(champ) is not None}


def faits_du_sujet(tracker: Tracker, sujet: str) -> list[str]:
    """Faits qui fondent ce qu'on dit d'un sujet à cette personne, bulle et détail."""
    contenus, connus = contenus_en_place(), faits_de(tracker)
    profil = {**connus, "public": est_public(connus)}
    dits = [fait for nom in (f"utter_faq/{sujet}", f"utter_detail_{sujet}") for fait in contenus.faits(nom, profil)]
    return list(dict.fromkeys(dits))


def precision_de(tracker: Tracker, reponse: str | None) -> Precision | None:
    """Cas qui répond mieux au dernier message que la réponse décidée ; un bouton dit exactement ce qu'il veut."""
    recu = tracker.latest_message
    textes = [str(texte) for texte in (recu.get("text"), recu.get("dechiffre")) if texte]
    if not textes or textes[0].startswith("/"):
        return None
    vus = probabilites(recu.get("intent_ranking") or [])
    message = MessageDit(textes, traites_juste_avant(tracker), faits_de(tracker), dits_de(tracker), vus)
    return dite_partout(message) or preciser(reponse, message)


def liste(tracker: Tracker, nom: str) -> list[Any]:
    """Slot de type liste, vide s'il n'est pas posé."""
    return list(tracker.get_slot(nom) or [])


def etapes_a_faire(tracker: Any) -> list[str]:
    """Étapes de la demande CPF commencée, celle en cours d'abord ; vide si rien n'est commencé.

    Args:
        tracker: celui d'une action, ou celui que lit une politique : seuls ses slots servent.
    """
    if "demander_cpf" not in liste(tracker, "resultats"):
        return []
    return demande_cpf.a_faire(faits_de(tracker), liste(tracker, "etapes_faites"), aujourd_hui(), droit_en_place())


def redit(tracker: Any, texte: str) -> dict[str, Any]:
    """Faits qu'un message corrige en répondant autrement à une question déjà posée."""
    return suites.redit(texte, liste(tracker, "historique"), faits_de(tracker), aujourd_hui(), droit_en_place())


def retouche_dite(tracker: Any, texte: str) -> dict[str, Any]:
    """Champs qu'un message change au calendrier ou à la lettre qui vient d'être donné."""
    return retouches.lire(texte, tracker.get_slot("resultat"), faits_de(tracker), aujourd_hui())


def faits_avant(evenements: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Faits connus avant le dernier message : ceux qu'il vient de dire sont déjà dans les slots."""
    rang = max((i for i, e in enumerate(evenements) if e.get("event") == "user"), default=0)
    faits: dict[str, Any] = {}
    for evenement in evenements[:rang]:
        if evenement.get("event") == "reset_slots":
            faits.clear()
        elif evenement.get("event") == "slot" and evenement["name"] in CHAMPS:
            faits[evenement["name"]] = evenement["value"]
    return {champ: valeur for champ, valeur in faits.items() if valeur is not None}


def etat_de(tracker: Tracker) -> dict[str, Any]:
    """Ce qu'un parcours lit de sa propre marche : volet demandé, étapes cochées."""
    return {"volet": tracker.get_slot("volet"), "etapes_faites": liste(tracker, "etapes_faites")}


def formulaire_ouvert(tracker: Tracker) -> str | None:
    """Nom du formulaire en cours."""
    nom = (tracker.active_loop or {}).get("name")
    return str(nom) if nom else None


def parle_en_employeur(tracker: Any) -> bool:
    """Vrai si la personne s'est dite employeur, RH ou manager (celui d'une action, ou que lit une politique)."""
    return bool(tracker.get_slot("role") == "employeur")


def parle_pour_un_autre(tracker: Any) -> bool:
    """Vrai aussi d'un référent handicap ou du service social : aucune démarche du salarié n'est la leur."""
    return tracker.get_slot("role") in POUR_UN_AUTRE


def demarche_ensuite(tracker: Tracker) -> Evenements:
    """« …, et vérifie mes droits » : ouvre la démarche que le même message demande aussi, sauf formulaire en cours."""
    # Les démarches sont celles du salarié : un employeur ne remplit pas son questionnaire.
    du_salarie = not parle_pour_un_autre(tracker)
    demandee = du_salarie and seconde_etiquette(tracker) in PARCOURS and not formulaire_ouvert(tracker)
    return [FollowupAction("action_ouvrir_parcours")] if demandee else []


def lettre_perimee(tracker: Tracker, changes: Mapping[str, Any]) -> list[Message]:
    """Ce qu'un fait nouveau fait dire d'une lettre déjà donnée."""
    donnee = tracker.get_slot("lettre") if "rediger_lettre" in liste(tracker, "resultats") else None
    perimee = lettres.perimee(donnee, faits_de(tracker), changes)
    return [perimee] if perimee else []


def retenir(changements: Mapping[str, Any]) -> Evenements:
    """Événements qui retiennent des faits."""
    return [SlotSet(champ, valeur) for champ, valeur in changements.items()]


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
    """Carte d'un document : titre neutre, format, poids, et un lien privé qui expire (rien n'est gardé ici)."""
    demande = Demande(document["genre"], document["nom"], document["format"], document["faits"], aujourd_hui())
    return {
        "titre": document["titre"],
        "format": libelles()["formats"][document["format"]],
        "poids": libelles()["poids"][document["format"]],
        "lien": CHEMIN + coffre_en_place().sceller(demande, int(time.time())),
    }


def titre(parcours: str) -> str:
    """Titre court d'un parcours, pour un bouton."""
    return contenus_en_place().titre(parcours) or parcours
