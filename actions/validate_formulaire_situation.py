"""Le questionnaire : lit la réponse, retient les faits, choisit la question suivante ou conclut."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.avancer import aider_puis_passer, avancer, prendre, redemander, suivante
from actions.comprehension import est_une_question
from actions.corriger import ce_qui_est_note, reposer
from actions.delais import delai_du_tour, dire_le_delai
from actions.demander_precision import proposer
from actions.droit import droit_en_place
from actions.etat import (
    Evenements,
    dire,
    dits_de,
    faits_de,
    liste,
    parle_pour_un_autre,
    precision_de,
    repond_a_une_question,
    retenir,
)
from actions.fil import ecarte_d_une_lettre, entite, etiquette_demandee, redit_sans_question
from actions.lettre_donnee import lettre_delaissee
from actions.montants_dits import dernier_montant
from actions.parcours import cout_en_bref, suites
from actions.parcours.a_cote import QUAND, date_la_fin_d_arret, date_une_fin, dement_le_statut
from actions.parcours.argent_dit import MONTANT
from actions.parcours.boutons import est_un_double_clic, question_du_bouton
from actions.parcours.calcul_en_cours import demande_ce_qui_manque
from actions.parcours.faits import mettre_a_jour
from actions.parcours.lecture import Lecture, MessageRecu
from actions.parcours.messages import dire_faits, dire_periode
from actions.parcours.reponse import lire
from actions.parcours.retouches import debut_pour_finir
from actions.pas_a_pas import corriges, mettre_de_cote
from actions.pendant_une_lettre import LETTRE, lettre_apres_refus, precisees_par, relire
from actions.reglages import aujourd_hui
from actions.relancer import reponse_a_cote

# Pendant une lettre, « j'ai un cancer » n'appelle pas de réponse : dire que ce mot n'y va pas suffit.
_NE_DIT_RIEN_DE_PLUS = {"faq", "idee_recue", "hors_sujet", "rediger_lettre"}
# Un acte de conversation ou une démarche se comprend seul ; le reste peut s'appuyer sur la question posée.
_CEDENT = {"faq", "idee_recue", "nlu_fallback"}


class ValiderFormulaireSituation(Action):
    """Appelée par le formulaire de Rasa ; ne rien rendre laisse la règle du message s'en charger."""

    def name(self) -> str:
        """Nom de l'action, imposé par le formulaire."""
        return "validate_formulaire_situation"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Lit la réponse si une question est posée, puis choisit la suivante."""
        question = tracker.get_slot("requested_slot")
        if not question or not repond_a_une_question(tracker):
            if question == LETTRE and lettre_delaissee(tracker):
                return _laisser_la_lettre(tracker)
            apres = suivante(faits_de(tracker), liste(tracker, "inconnus"), liste(tracker, "historique"), tracker)
            return mettre_de_cote(dispatcher, tracker, question) or apres
        message = _message(tracker)
        if (sans_lire := _avant_de_lire(dispatcher, tracker, message, question)) is not None:
            return sans_lire
        lecture = lire(message, question, faits_de(tracker), aujourd_hui(), droit_en_place())
        if changes := corriges(tracker, message, lecture):
            return prendre(dispatcher, tracker, question, Lecture(changes))
        precisees = precisees_par(tracker, message.texte, lecture)
        if precisees and (lecture.autre or lecture.incompris):
            dispatcher.utter_message(response="utter_lettre_precision")
            return [*precisees, *redemander(tracker, question)]
        lecture = relire(tracker, message, question, lecture)
        if (
            lecture.faits.get(LETTRE) == tracker.get_slot(LETTRE)
            and question != LETTRE
            and set(lecture.faits) == {LETTRE}
        ):
            return redemander(tracker, question)
        if _repondre_a_cote(dispatcher, tracker, message, lecture, question):
            return redemander(tracker, question)
        if lecture.autre and not redit_sans_question(tracker):
            return []
        if lecture.autre or lecture.incompris:
            return aider_puis_passer(dispatcher, tracker, question, deja=lecture.autre)
        return [*precisees, *prendre(dispatcher, tracker, question, lecture)]


def _avant_de_lire(
    dispatcher: CollectingDispatcher, tracker: Tracker, message: MessageRecu, question: str
) -> Evenements | None:
    """Ce qui se comprend sans lire la réponse : un bouton, un délai demandé, une fin de bilan, un statut démenti."""
    if message.bouton is not None:
        return _lire_un_bouton(dispatcher, tracker, message, question)
    if parle_pour_un_autre(tracker):
        return []  # « non, je suis le patron » : le questionnaire n'est pas à lui (PolitiqueRelances répond)
    if (delai := delai_du_tour(tracker)) and delai.question:
        retenus = dire_le_delai(dispatcher, tracker, delai)
        changes = {**{e["name"]: e["value"] for e in retenus}, **lettre_apres_refus(tracker, delai.cas)}
        return avancer(tracker, question, Lecture(dict(delai.retenus)), changes)
    if question == QUAND and date_la_fin_d_arret(message.texte) and QUAND not in dits_de(tracker):
        dispatcher.utter_message(response="utter_faq/reprise")
        fin = {champ: dit for champ, dit in dits_de(tracker).items() if champ == "fin_arret"}
        return [*retenir(mettre_a_jour(faits_de(tracker), fin)), *redemander(tracker, question)]
    if question == QUAND and date_une_fin(message.texte):
        return _compter_depuis_la_fin(dispatcher, tracker, message.texte)
    if "statut" not in dits_de(tracker) and dement_le_statut(message.texte, faits_de(tracker)):
        dispatcher.utter_message(response="utter_retour")
        return [*reposer(tracker, "statut", ouvert=True), SlotSet("requested_slot", "statut")]
    return None


def _laisser_la_lettre(tracker: Tracker) -> Evenements:
    inconnus = sorted({*liste(tracker, "inconnus"), LETTRE})
    return [
        SlotSet("inconnus", inconnus),
        *suivante(faits_de(tracker), inconnus, liste(tracker, "historique"), tracker),
    ]


def _compter_depuis_la_fin(dispatcher: CollectingDispatcher, tracker: Tracker, texte: str) -> Evenements:
    """« Il faut finir avant l'été » : un début à temps, d'après la marge conseillée ; passé, il reste à le demander."""
    debut = debut_pour_finir(texte, faits_de(tracker), aujourd_hui())
    if not debut:
        dispatcher.utter_message(response="utter_date_de_fin")
        return redemander(tracker, QUAND)
    dispatcher.utter_message(response="utter_debut_pour_finir", date=dire_periode(debut[QUAND], "dans_une_phrase"))
    return avancer(tracker, QUAND, Lecture(debut), mettre_a_jour(faits_de(tracker), debut))


def _lire_un_bouton(
    dispatcher: CollectingDispatcher, tracker: Tracker, message: MessageRecu, question: str
) -> Evenements:
    """Un bouton resté à l'écran répond à sa question ; cliqué deux fois, il ne répond pas à la suivante."""
    visee = question_du_bouton(str(message.bouton), question, liste(tracker, "historique"))
    if visee is None or est_un_double_clic(tracker.events):
        if visee is None:
            dispatcher.utter_message(response="utter_bouton_perime")
        return redemander(tracker, question)
    lecture = lire(message, visee, faits_de(tracker), aujourd_hui(), droit_en_place())
    if visee != question:
        dispatcher.utter_message(response="utter_fait_corrige", faits_notes=dire_faits(lecture.faits))
    return prendre(dispatcher, tracker, question, lecture)


def _repondre_a_cote(
    dispatcher: CollectingDispatcher, tracker: Tracker, message: MessageRecu, lecture: Lecture, question: str
) -> bool:
    """Dit ce qui n'attend pas la réponse à la question ; rend vrai si le message n'appelle rien d'autre."""
    if suites.demande_ce_qui_est_note(message.texte) and (faits := faits_de(tracker)):
        dire(dispatcher, [ce_qui_est_note(message.texte, faits)])
        return True
    if lecture.pourquoi:
        dispatcher.utter_message(response=f"utter_pourquoi_{question}")
        return True
    if question == MONTANT and demande_ce_qui_manque(message.texte):
        manque = cout_en_bref.manque(faits_de(tracker), aujourd_hui(), droit_en_place())
        dire(dispatcher, manque)
        return bool(manque)
    ratee = lecture.autre or lecture.incompris
    cas = precision_de(tracker, None) if ratee and message.bouton is None else None
    if cas and cas.partout:
        dispatcher.utter_message(response=cas.reponse)  # « en disponibilité » : sa règle, puis la question
        return True
    ecarte = ecarte_d_une_lettre(tracker)
    if ecarte and (not lecture.autre or message.intention in _NE_DIT_RIEN_DE_PLUS):
        dispatcher.utter_message(response=ecarte)
        return ratee
    cede = message.intention in _CEDENT or lecture.incompris
    a_cote = reponse_a_cote(tracker, question) if ratee and cede else None
    if a_cote:
        dispatcher.utter_message(response=a_cote)
        return True
    return lecture.incompris and est_une_question(message.texte) and proposer(dispatcher, tracker)


def _message(tracker: Tracker) -> MessageRecu:
    recu = tracker.latest_message
    intention = recu.get("intent") or {}
    return MessageRecu(
        texte=str(recu.get("text") or ""),
        intention=str(intention.get("name")),
        etiquette=etiquette_demandee(tracker) or str(intention.get("name")),
        confiance=float(intention.get("confidence") or 0),
        parcours=tracker.get_slot("parcours"),
        bouton=entite(tracker, "precision") if intention.get("name") == "repondre" else None,
        dechiffre=recu.get("dechiffre"),
        dernier_montant=dernier_montant(tracker.events),
    )
