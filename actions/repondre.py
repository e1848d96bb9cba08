"""Répond à un sujet de connaissance, une idée reçue ou un hors-sujet ; à deux, si le message pose deux questions."""

import re
from itertools import islice
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.comprehension.vocabulaire import vocabulaire_en_place
from actions.contenus import contenus_en_place, envoi_pour
from actions.droit import droit_en_place
from actions.etat import (
    Evenements,
    absence_datee,
    demarche_ensuite,
    dire,
    dits_de,
    faits_de,
    parle_en_employeur,
    precision_de,
    retenir,
    suspendre,
)
from actions.fil import (
    etiquette_demandee,
    nom_de_reponse,
    reponses_dites,
    seconde_etiquette,
    suites_possibles,
    sujet_de_reponse,
)
from actions.parcours import arret_et_bilan
from actions.parcours.catalogue import PARCOURS
from actions.parcours.choix import theme_du_role
from actions.parcours.dates_dites import DEMANDE
from actions.parcours.employeur import delai_de_l_employeur
from actions.parcours.messages import Message
from actions.reglages import aujourd_hui
from actions.relances import relances_en_place

_REPONSES_RECENTES, _SECONDE = 3, "utter_seconde_question"
_ROLE_EMPLOYEUR = "faq/role_employeur"
_LE_DELAI = ("faq/temps_travail", "idee_recue/silence_vaut_refus")
_DIT_PAR_LES_DATES = (None, *_LE_DELAI, "faq/employeur_refus", "faq/refuser_bilan")
_GROUPE_PUBLIC, _ARRET = "public", "utter_faq/arret_maladie"
_D_UN_ARRET = (
    _ARRET,
    "utter_faq/accident_travail",
    "utter_faq/hors_temps",
    "utter_faq/temps_travail",
    "utter_faq/reprise",
)
_DE_SOI = re.compile(r"\b(?:je|j|jsuis|chui|mon|ma|mes|moi|me|m|nous|notre)\b", re.I)


class ActionRepondre(Action):
    """Dit la réponse de l'étiquette demandée ; un bouton qui ne mène nulle part est dit périmé."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_repondre"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Choisit la réponse par son nom ; le texte et le droit sont posés par le générateur."""
        premiere = _premiere(tracker) or "utter_bouton_perime"
        precision = precision_de(tracker, premiere)
        premiere = precision.reponse if precision else sans_se_repeter(tracker, premiere)
        ensuite = demarche_ensuite(tracker)
        if situe := _face_a_l_arret(tracker, premiere):
            dire(dispatcher, [situe])
            return ensuite
        if ensuite:
            dispatcher.utter_message(response=premiere)
            return ensuite
        if parle_en_employeur(tracker):
            return _a_l_employeur(dispatcher, tracker, premiere)
        dire_les_reponses(dispatcher, tracker, premiere)
        role = contenus_en_place().metadonnees(premiere).get("role")
        roles = [SlotSet("role", role)] if role else []  # « je suis DRH » : la suite se dit de sa place
        return [*roles, *_parle_de_son_administration(tracker, premiere)]


def _face_a_l_arret(tracker: Tracker, premiere: str) -> Message | None:
    """« Arrêt jusqu'au 31 décembre, bilan le 1er mars » : ces deux dates disent plus que la règle générale."""
    dites = {"fin_arret", "date_debut"} <= dits_de(tracker).keys() and not parle_en_employeur(tracker)
    return arret_et_bilan.noter(faits_de(tracker), contenus_en_place()) if dites and premiere in _D_UN_ARRET else None


def _a_l_employeur(dispatcher: CollectingDispatcher, tracker: Tracker, premiere: str) -> Evenements:
    """Conclut d'abord des dates qu'il donne ; un questionnaire ouvert n'est pas pour lui."""
    dates, theme = absence_datee(tracker, str(tracker.latest_message.get("text") or "")), _theme(tracker)
    faits, contenus = {**faits_de(tracker), **dates}, contenus_en_place()
    datee = dates or theme in _LE_DELAI
    conclu = delai_de_l_employeur(faits, aujourd_hui(), droit_en_place(), contenus) if datee else None
    if conclu:
        dire(dispatcher, [conclu])
    if not conclu or theme not in _DIT_PAR_LES_DATES:
        dire_les_reponses(dispatcher, tracker, premiere)
    return [*retenir({champ: dit for champ, dit in dates.items() if champ == DEMANDE}), *suspendre(tracker)]


def _premiere(tracker: Tracker) -> str | None:
    """Réponse de l'étiquette décidée ; un bouton ne porte parfois que l'intention (« /defi_robot »)."""
    etiquettes = [etiquette_demandee(tracker), (tracker.latest_message.get("intent") or {}).get("name")]
    if parle_en_employeur(tracker) and not str(tracker.latest_message.get("text") or "").startswith("/"):
        etiquettes = [*(e for e in etiquettes if e not in PARCOURS), _ROLE_EMPLOYEUR]
    etiquettes = [_theme(tracker), *etiquettes]
    return next(filter(None, map(contenus_en_place().reponse_d_etiquette, etiquettes)), None)


def _theme(tracker: Tracker) -> str | None:
    """Ce qu'un employeur ou un élu demande de sa place, s'il l'écrit."""
    textes = (tracker.latest_message.get("text"), tracker.latest_message.get("dechiffre"))
    return None if str(textes[0] or "").startswith("/") else theme_du_role(tracker.get_slot("role"), textes)


def _parle_de_son_administration(tracker: Tracker, reponse: str) -> Evenements:
    """« La mairie a refusé mon bilan » : la suite ne doit pas dire les règles du privé."""
    sujet = sujet_de_reponse(reponse)
    public = bool(sujet) and relances_en_place().groupe_de.get(str(sujet)) == _GROUPE_PUBLIC
    inconnu = not {"statut", "agent_public", "contrat"} & set(faits_de(tracker))
    voc, texte = vocabulaire_en_place(), str(tracker.latest_message.get("text") or "")
    de_soi = _DE_SOI.search(texte) and not voc.motifs["proches"].search(voc.normaliseur.lire(texte))
    return retenir({"agent_public": True}) if public and inconnu and de_soi else []


def sans_se_repeter(tracker: Tracker, reponse: str) -> str:
    """La même réponse, juste donnée, ne répond pas à ce qu'on demande de plus : le détail, s'il n'a pas été dit."""
    detail = reponse.replace("utter_faq/", "utter_detail_")
    if str(tracker.latest_message.get("text") or "").startswith("/") or detail not in contenus_en_place().reponses:
        return reponse
    # Les dernières seulement : relire tout le fil coûterait une milliseconde de plus à chaque tour.
    dites = list(islice(filter(None, map(nom_de_reponse, reponses_dites(tracker))), _REPONSES_RECENTES))
    # Donnée à la suite d'une autre, elle a pu passer inaperçue.
    secondes = {dites[rang] for rang, avant in enumerate(dites[1:]) if avant == _SECONDE}
    dites = [nom for nom in dites if nom not in secondes]
    return detail if reponse in dites and detail not in dites else reponse


def dire_les_reponses(dispatcher: CollectingDispatcher, tracker: Tracker, premiere: str) -> None:
    """Dit la réponse, celle de la seconde question du message, et offre ce qu'il demande peut-être encore."""
    contenus, theme = contenus_en_place(), _theme(tracker)
    # Un thème dit de sa place traite aussi son rôle (bilan dialoguer, jeux d'essai).
    dispatcher.utter_message(response=premiere, **({"role": tracker.get_slot("role")} if theme else {}))
    seconde = contenus.reponse_d_etiquette(seconde_etiquette(tracker))
    if precision_de(tracker, seconde) or (seconde == _ARRET and faits_de(tracker).get("arret") == "aucun"):
        seconde = None  # le cas l'a remplacée ; « je ne suis plus en arrêt » l'écarte
    if seconde and _dit_autre_chose(tracker, seconde):
        dispatcher.utter_message(response=_SECONDE, titre=contenus.metadonnees(seconde)["titre"])
        dispatcher.utter_message(response=seconde)
    ecartees = PARCOURS if parle_en_employeur(tracker) else ()
    suites = [] if theme else [suite for suite in suites_possibles(tracker) if suite not in ecartees]
    titres = {suite: contenus.titre(suite) for suite in suites}
    boutons = [{"title": titre, "payload": envoi_pour(suite)} for suite, titre in titres.items() if titre]
    if boutons:
        dispatcher.utter_message(response="utter_suite_possible", buttons=boutons)


def _dit_autre_chose(tracker: Tracker, seconde: str) -> bool:
    """Faux si la seconde question est une démarche du salarié, ou redit le thème que l'on vient de traiter."""
    etiquette, theme, profil = seconde_etiquette(tracker), _theme(tracker), {"role": tracker.get_slot("role")}
    if etiquette in PARCOURS and parle_en_employeur(tracker):
        return False
    if not theme:
        return True
    contenus = contenus_en_place()
    details = [f"utter_detail_{contenus.sujets_d_etiquette(e)[0]}" for e in (theme, str(etiquette))]
    textes = [contenus.variante(nom, profil).get("text") if nom in contenus.reponses else None for nom in details]
    vue_de_sa_place = contenus.variante(seconde, profil).get("text") != contenus.variante(seconde).get("text")
    return theme == etiquette_demandee(tracker) and vue_de_sa_place and textes[0] != textes[1]
