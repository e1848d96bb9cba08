"""Répond à un sujet de connaissance, une idée reçue ou un hors-sujet ; à deux, si le message pose deux questions."""

import re
from itertools import islice
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.articles import PERIMES, nomme_un_perime
from actions.comprehension import est_une_question
from actions.comprehension.vocabulaire import vocabulaire_en_place
from actions.contenus import contenus_en_place, envoi_pour
from actions.delais import article_du_tour
from actions.droit import droit_en_place
from actions.etat import (
    Evenements,
    demarche_ensuite,
    dire,
    faits_de,
    parle_pour_un_autre,
    precision_de,
    retenir,
    suspendre,
)
from actions.fil import (
    etiquette_demandee,
    nom_de_reponse,
    reponses_dites,
    seconde_etiquette,
    sujet_de_reponse,
)
from actions.offrir import SECONDE, annoncer, autre_que_le_cas, suites_offertes
from actions.parcours.catalogue import PARCOURS
from actions.parcours.choix import choix_dit
from actions.parcours.cout_du_salarie import REPONSE as COUT
from actions.parcours.cout_du_salarie import cout_du_salarie
from actions.parcours.dates_dites import DEMANDE
from actions.parcours.faits import est_public
from actions.parcours.messages import Message
from actions.pour_vous import conclure_pour_vous
from actions.reglages import aujourd_hui
from actions.relances import relances_en_place
from actions.role import conclusion_dite, se_presente, theme_dit

_REPONSES_RECENTES = 3
# Ce qu'entend, faute de mieux, qui ne vient pas pour soi.
_DE_SA_PLACE = {
    "employeur": "faq/role_employeur",
    "referent_handicap": "cas_referent_role",
    "service_social": "cas_social_role",
}
_SANS_COUT = "utter_faq/reste_a_charge"
_GROUPE_PUBLIC, _ARRET = "public", "utter_faq/arret_maladie"
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
        if article := article_du_tour(tracker):
            dire(dispatcher, [article])
            return []
        premiere = _premiere(tracker) or "utter_bouton_perime"
        precision = precision_de(tracker, premiere)
        premiere = precision.reponse if precision else sans_se_repeter(tracker, premiere)
        seul = precision is not None and precision.partout
        ensuite = [] if seul else demarche_ensuite(tracker)
        if precision is None and (conclu := conclure_pour_vous(dispatcher, tracker, premiere)) is not None:
            return [*conclu, *ensuite]
        if ensuite:
            dispatcher.utter_message(response=premiere)
            return ensuite
        if tracker.get_slot("role"):
            return _de_sa_place(dispatcher, tracker, premiere)
        dire_les_reponses(dispatcher, tracker, premiere, seul)
        role = contenus_en_place().metadonnees(premiere).get("role")
        # « Je suis DRH » : la suite se dit de sa place ; « je suis salarié » le dément, quoi que dise le classement.
        dement = choix_dit(str(tracker.latest_message.get("text") or ""), "role") == "soi"
        roles = [SlotSet("role", role)] if role and not dement else []
        return [*roles, *_parle_de_son_administration(tracker, premiere)]


def _de_sa_place(dispatcher: CollectingDispatcher, tracker: Tracker, premiere: str) -> Evenements:
    """Conclut d'abord des dates et des sommes qu'il donne ; un questionnaire ouvert n'est pas pour lui."""
    texte, theme = str(tracker.latest_message.get("text") or ""), _theme(tracker)
    conclu = conclusion_dite(tracker, texte, theme or etiquette_demandee(tracker))
    if premiere == COUT:
        cout = cout_du_salarie(texte, aujourd_hui(), droit_en_place())
        dire(dispatcher, [cout] if cout else [Message(_SANS_COUT)])
        return suspendre(tracker)
    if conclu:
        dire(dispatcher, [conclu.message])
    if not conclu or (theme and theme not in conclu.traite):
        dire_les_reponses(dispatcher, tracker, premiere)
    fini = suspendre(tracker) if parle_pour_un_autre(tracker) else []
    return [*retenir({DEMANDE: conclu.demande} if conclu and conclu.demande else {}), *fini]


def _premiere(tracker: Tracker) -> str | None:
    """Réponse de l'étiquette décidée ; un bouton ne porte parfois que l'intention (« /defi_robot »)."""
    etiquettes = [etiquette_demandee(tracker), (tracker.latest_message.get("intent") or {}).get("name")]
    texte = str(tracker.latest_message.get("text") or "")
    if parle_pour_un_autre(tracker) and not texte.startswith("/"):
        siennes = () if se_presente(tracker, texte, etiquettes[1]) else etiquettes
        etiquettes = [*(e for e in siennes if e not in PARCOURS), _DE_SA_PLACE[tracker.get_slot("role")]]
    if etiquettes[0] == PERIMES and not nomme_un_perime(texte):
        etiquettes = [seconde_etiquette(tracker), *etiquettes]  # un article qui vaut toujours n'y est que cité
    etiquettes = [_theme(tracker), *etiquettes]
    return next(filter(None, map(contenus_en_place().reponse_d_etiquette, etiquettes)), None)


def reponse_de_sa_place(tracker: Tracker) -> str:
    """Ce que peut, et ne peut pas, qui parle pour un autre."""
    return f"utter_{_DE_SA_PLACE[tracker.get_slot('role')]}"


def _theme(tracker: Tracker) -> str | None:
    """Ce qu'un employeur ou un élu demande de sa place, s'il l'écrit."""
    return theme_dit(tracker, tracker.latest_message.get("text"), tracker.latest_message.get("dechiffre"))


def _parle_de_son_administration(tracker: Tracker, reponse: str) -> Evenements:
    """« La mairie a refusé mon bilan » : la suite ne doit pas dire les règles du privé."""
    sujet, faits = str(sujet_de_reponse(reponse)), faits_de(tracker)
    public = relances_en_place().groupe_de.get(sujet) == _GROUPE_PUBLIC
    voc, texte = vocabulaire_en_place(), str(tracker.latest_message.get("text") or "")
    de_soi = _DE_SOI.search(texte) and not voc.motifs["proches"].search(voc.normaliseur.lire(texte))
    if not public or not de_soi:
        return []
    versant = contenus_en_place().metadonnees(reponse).get("versant")
    if versant and est_public(faits) and not faits.get("statut") and not est_une_question(texte):
        return retenir({"statut": versant})  # « je suis aide-soignante à l'hôpital » : on vient de lui dire ses règles
    return [] if {"statut", "agent_public", "contrat"} & set(faits) else retenir({"agent_public": True})


def sans_se_repeter(tracker: Tracker, reponse: str) -> str:
    """La même réponse, juste donnée, ne répond pas à ce qu'on demande de plus : le détail, s'il n'a pas été dit."""
    detail = reponse.replace("utter_faq/", "utter_detail_")
    if str(tracker.latest_message.get("text") or "").startswith("/") or detail not in contenus_en_place().reponses:
        return reponse
    # Les dernières seulement : relire tout le fil coûterait une milliseconde de plus à chaque tour.
    dites = list(islice(filter(None, map(nom_de_reponse, reponses_dites(tracker))), _REPONSES_RECENTES))
    # Donnée à la suite d'une autre, elle a pu passer inaperçue.
    secondes = {dites[rang] for rang, avant in enumerate(dites[1:]) if avant == SECONDE}
    dites = [nom for nom in dites if nom not in secondes]
    return detail if reponse in dites and detail not in dites else reponse


def dire_les_reponses(dispatcher: CollectingDispatcher, tracker: Tracker, premiere: str, seul: bool = False) -> None:
    """Dit la réponse, celle de la seconde question du message, et offre ce qu'il demande peut-être encore.

    Args:
        seul: la réponse vient d'un cas reconnu avant tout : ce que le classement offrait ne la suit pas.
    """
    contenus, theme = contenus_en_place(), _theme(tracker)
    # Un thème dit de sa place traite aussi son rôle (bilan dialoguer, jeux d'essai).
    dispatcher.utter_message(response=premiere, **({"role": tracker.get_slot("role")} if theme else {}))
    seconde = autre_que_le_cas(tracker, premiere) if seul else contenus.reponse_d_etiquette(seconde_etiquette(tracker))
    precise = precision_de(tracker, seconde)
    if (
        seconde == premiere
        or (precise and not precise.partout)
        or (seconde == _ARRET and faits_de(tracker).get("arret") == "aucun")
    ):
        seconde = None  # le cas l'a remplacée ; « je ne suis plus en arrêt » l'écarte
    if contenus.metadonnees(str(seconde)).get("role") and not tracker.get_slot("role"):
        seconde = None  # « élue, et en arrêt » : elle demande pour elle
    if seconde and _dit_autre_chose(tracker, seconde):
        annoncer(dispatcher, seconde)
    ecartees = PARCOURS if parle_pour_un_autre(tracker) else ()
    suites = [] if theme or seul else [s for s in suites_offertes(tracker, premiere) if s not in ecartees]
    titres = {suite: contenus.titre(suite) for suite in suites}
    boutons = [{"title": titre, "payload": envoi_pour(suite)} for suite, titre in titres.items() if titre]
    if boutons:
        dispatcher.utter_message(response="utter_suite_possible", buttons=boutons)


def _dit_autre_chose(tracker: Tracker, seconde: str) -> bool:
    """Faux si la seconde question est une démarche du salarié, ou redit le thème que l'on vient de traiter."""
    etiquette, theme, profil = seconde_etiquette(tracker), _theme(tracker), {"role": tracker.get_slot("role")}
    if etiquette in PARCOURS and parle_pour_un_autre(tracker):
        return False
    if not theme:
        return True
    contenus = contenus_en_place()
    details = [f"utter_detail_{contenus.sujets_d_etiquette(e)[0]}" for e in (theme, str(etiquette))]
    textes = [contenus.variante(nom, profil).get("text") if nom in contenus.reponses else None for nom in details]
    vue_de_sa_place = contenus.variante(seconde, profil).get("text") != contenus.variante(seconde).get("text")
    return theme == etiquette_demandee(tracker) and vue_de_sa_place and textes[0] != textes[1]
