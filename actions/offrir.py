"""Ce qui suit une réponse : celle de la seconde question du message, et ce qu'il demande peut-être encore."""

from __future__ import annotations

from collections.abc import Collection

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.contenus import contenus_en_place, envoi_pour
from actions.fil import deja_dit, etiquette_demandee, seconde_etiquette, suites_possibles
from actions.relances import relances_en_place

SECONDE = "utter_seconde_question"
_CONNAISSANCES = ("utter_faq/", "utter_idee_recue/")
_ACTES = ("parler_a_un_humain", "recapituler")
_EN_PARLER, _CALCUL, _ARGENT = "parler_employeur", "simuler_cout", "financer"
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


def dire_la_seconde(dispatcher: CollectingDispatcher, tracker: Tracker, sauf: Collection[str] = ()) -> None:
    """Dit la réponse de la seconde question, si c'est une connaissance, un résumé ou une personne, hors ``sauf``."""
    etiquette = seconde_etiquette(tracker)
    seconde = contenus_en_place().reponse_d_etiquette(etiquette) or ""
    if (seconde.startswith(_CONNAISSANCES) or etiquette in _ACTES) and seconde not in sauf:
        annoncer(dispatcher, seconde)


def annoncer(dispatcher: CollectingDispatcher, seconde: str) -> None:
    """« Vous demandez aussi : … », puis la seconde réponse."""
    dispatcher.utter_message(response=SECONDE, titre=contenus_en_place().metadonnees(seconde)["titre"])
    dispatcher.utter_message(response=seconde)


def dire_la_question(dispatcher: CollectingDispatcher, tracker: Tracker, parcours: str) -> None:
    """« C'est quoi Qualiopi, et écrivez-moi la lettre » : la réponse d'abord, la démarche s'ouvre ensuite."""
    etiquette = seconde_etiquette(tracker) or ""
    reponse = contenus_en_place().reponse_d_etiquette(etiquette) or ""
    d_argent = relances_en_place().groupe_de.get(contenus_en_place().sujets_d_etiquette(etiquette)[0]) == _ARGENT
    # Le calcul répond lui-même à une question d'argent.
    if reponse.startswith(_CONNAISSANCES) and not (parcours == _CALCUL and d_argent):
        dispatcher.utter_message(response=reponse)


def autre_que_le_cas(tracker: Tracker, premiere: str) -> str | None:
    """Des deux questions d'un message, celle que ne traite pas le cas dit à la place de la première."""
    posees = (seconde_etiquette(tracker), etiquette_demandee(tracker)) if seconde_etiquette(tracker) else ()
    reponses = filter(None, map(contenus_en_place().reponse_d_etiquette, posees))
    return next((reponse for reponse in reponses if not du_meme_cas(premiere, reponse)), None)


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
