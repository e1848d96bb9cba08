"""Le questionnaire : lit la réponse, retient les faits, choisit la question suivante ou conclut."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.comprehension import est_une_question
from actions.contenus import contenus_en_place
from actions.corriger import ce_qui_est_note, reposer
from actions.delais import delai_du_tour, dire_le_delai
from actions.demander_precision import proposer
from actions.droit import droit_en_place
from actions.etat import (
    Evenements,
    dire,
    dits_de,
    faits_de,
    lettre_perimee,
    liste,
    parle_en_employeur,
    repond_a_une_question,
    retenir,
)
from actions.fil import ecarte_d_une_lettre, entite, etiquette_demandee, redit_sans_question, seconde_etiquette
from actions.lettre_donnee import lettre_delaissee
from actions.parcours import suites
from actions.parcours.a_cote import QUAND, date_une_fin, dement_le_statut
from actions.parcours.boutons import est_un_double_clic, question_du_bouton
from actions.parcours.catalogue import Etape, etape, questions_restantes
from actions.parcours.faits import CHAMPS, mettre_a_jour
from actions.parcours.lecture import Lecture, MessageRecu
from actions.parcours.messages import dire_faits, dire_periode
from actions.parcours.reponse import lire
from actions.parcours.retouches import debut_pour_finir
from actions.pas_a_pas import corriges, mettre_de_cote
from actions.pendant_une_lettre import LETTRE, precisees_par, relire
from actions.reglages import aujourd_hui
from actions.relancer import reponse_a_cote

_INCOMPRIS_MAX = 2
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
            suivante = _suivante(faits_de(tracker), liste(tracker, "inconnus"), liste(tracker, "historique"), tracker)
            return mettre_de_cote(dispatcher, tracker, question) or suivante
        message = _message(tracker)
        if message.bouton is not None:
            return _lire_un_bouton(dispatcher, tracker, message, question)
        if parle_en_employeur(tracker):
            return []  # « non, je suis le patron » : le questionnaire n'est pas à lui (PolitiqueRelances répond)
        if (delai := delai_du_tour(tracker)) and delai.question:
            retenus = dire_le_delai(dispatcher, tracker, delai)
            return _avancer(tracker, question, Lecture(dict(delai.retenus)), {e["name"]: e["value"] for e in retenus})
        if question == QUAND and date_une_fin(message.texte):
            return _compter_depuis_la_fin(dispatcher, tracker, message.texte)
        if "statut" not in dits_de(tracker) and dement_le_statut(message.texte, faits_de(tracker)):
            dispatcher.utter_message(response="utter_retour")
            return [*reposer(tracker, "statut", ouvert=True), SlotSet("requested_slot", "statut")]
        lecture = lire(message, question, faits_de(tracker), aujourd_hui(), droit_en_place())
        if changes := corriges(tracker, message, lecture):
            return _retenir(dispatcher, tracker, question, Lecture(changes))
        precisees = precisees_par(tracker, message.texte, lecture)
        if precisees and (lecture.autre or lecture.incompris):
            dispatcher.utter_message(response="utter_lettre_precision")
            return [*precisees, *_reposer(tracker, question)]
        lecture = relire(tracker, message, question, lecture)
        if (
            lecture.faits.get(LETTRE) == tracker.get_slot(LETTRE)
            and question != LETTRE
            and set(lecture.faits) == {LETTRE}
        ):
            return _reposer(tracker, question)
        if _repondre_a_cote(dispatcher, tracker, message, lecture, question):
            return _reposer(tracker, question)
        if lecture.autre and not redit_sans_question(tracker):
            return []
        if lecture.autre or lecture.incompris:
            return _incompris(dispatcher, tracker, question, deja=lecture.autre)
        return [*precisees, *_retenir(dispatcher, tracker, question, lecture)]


def _laisser_la_lettre(tracker: Tracker) -> Evenements:
    inconnus = sorted({*liste(tracker, "inconnus"), LETTRE})
    return [
        SlotSet("inconnus", inconnus),
        *_suivante(faits_de(tracker), inconnus, liste(tracker, "historique"), tracker),
    ]


def _compter_depuis_la_fin(dispatcher: CollectingDispatcher, tracker: Tracker, texte: str) -> Evenements:
    """« Il faut finir avant l'été » : un début à temps, d'après la marge conseillée ; passé, il reste à le demander."""
    debut = debut_pour_finir(texte, faits_de(tracker), aujourd_hui())
    if not debut:
        dispatcher.utter_message(response="utter_date_de_fin")
        return _reposer(tracker, QUAND)
    dispatcher.utter_message(response="utter_debut_pour_finir", date=dire_periode(debut[QUAND], "dans_une_phrase"))
    return _avancer(tracker, QUAND, Lecture(debut), mettre_a_jour(faits_de(tracker), debut))


def _lire_un_bouton(
    dispatcher: CollectingDispatcher, tracker: Tracker, message: MessageRecu, question: str
) -> Evenements:
    """Un bouton resté à l'écran répond à sa question ; cliqué deux fois, il ne répond pas à la suivante."""
    visee = question_du_bouton(str(message.bouton), question, liste(tracker, "historique"))
    if visee is None or est_un_double_clic(tracker.events):
        if visee is None:
            dispatcher.utter_message(response="utter_bouton_perime")
        return _reposer(tracker, question)
    lecture = lire(message, visee, faits_de(tracker), aujourd_hui(), droit_en_place())
    if visee != question:
        dispatcher.utter_message(response="utter_fait_corrige", faits_notes=dire_faits(lecture.faits))
    return _retenir(dispatcher, tracker, question, lecture)


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
    ratee = lecture.autre or lecture.incompris
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
    )


def _reposer(tracker: Tracker, question: str) -> Evenements:
    """La même question, sans rien changer : pour Rasa, un slot posé dit que le message a été traité."""
    return [SlotSet("incompris", tracker.get_slot("incompris")), SlotSet("requested_slot", question)]


def _incompris(dispatcher: CollectingDispatcher, tracker: Tracker, question: str, deja: bool = False) -> Evenements:
    """Aide à répondre, puis passe : deux réponses non comprises ne font jamais une troisième fois la question."""
    fois = int(tracker.get_slot("incompris") or 0) + 1
    if fois < _INCOMPRIS_MAX and not deja:
        dispatcher.utter_message(response=f"utter_erreur_{question}")
        return [SlotSet("incompris", fois), SlotSet("requested_slot", question)]
    dispatcher.utter_message(response="utter_questionnaire_aide")
    return _avancer(tracker, question, Lecture(inconnus=frozenset({question})), {})


def _retenir(dispatcher: CollectingDispatcher, tracker: Tracker, question: str, lecture: Lecture) -> Evenements:
    faits = faits_de(tracker)
    changements = mettre_a_jour(faits, lecture.faits)
    if not (changements or lecture.inconnus or lecture.question or lecture.autre_prix or question in lecture.faits):
        return _deja_su(dispatcher, tracker, question, lecture)
    _accuser(dispatcher, tracker, faits, {c: v for c, v in changements.items() if c in lecture.faits}, lecture)
    return _avancer(tracker, question, lecture, changements)


def _deja_su(dispatcher: CollectingDispatcher, tracker: Tracker, question: str, lecture: Lecture) -> Evenements:
    """« Apprenti », redit, n'est pas une réponse ratée ; mais il ne fait pas non plus tourner en rond."""
    fois = int(tracker.get_slot("incompris") or 0) + 1
    if fois > _INCOMPRIS_MAX:
        return _incompris(dispatcher, tracker, question)
    dispatcher.utter_message(response="utter_fait_note", faits_notes=dire_faits(lecture.faits))
    return [SlotSet("incompris", fois), SlotSet("requested_slot", question)]


def _avancer(tracker: Tracker, question: str, lecture: Lecture, changements: dict[str, Any]) -> Evenements:
    inconnus = (set(liste(tracker, "inconnus")) | lecture.inconnus) - set(lecture.faits)
    repondu = question in lecture.inconnus or question in {**lecture.faits, **changements}
    # Une question que ce fait rend sans objet ne se repose pas sur « retour ».
    passees = [h for h in liste(tracker, "historique") if h != question and changements.get(h, h) is not None]
    historique = [*passees, *([question] if repondu else [])]
    apres = {c: v for c, v in {**faits_de(tracker), **changements}.items() if v is not None}
    return [
        *retenir(changements),
        SlotSet("inconnus", sorted(inconnus)),
        SlotSet("historique", historique),
        SlotSet("incompris", 0),
        SlotSet("a_redemander", None),
        *([SlotSet("hypothese", [["prix", lecture.autre_prix]])] if lecture.autre_prix else []),
        # Ce qui répond à une autre question est noté, et celle-ci revient.
        *_suivante(apres, sorted(inconnus), historique, tracker, repris=not repondu),
    ]


def _accuser(
    dispatcher: CollectingDispatcher, tracker: Tracker, avant: dict[str, Any], dits: dict[str, Any], lecture: Lecture
) -> None:
    """Redit ce qui a été compris d'un texte libre ; un bouton n'a pas besoin d'accusé."""
    boutonnee = tracker.latest_message["intent"]["name"] == "repondre"
    visibles = {c: v for c, v in dits.items() if c in CHAMPS and v is not None and not c.endswith("lettre")}
    if visibles and not boutonnee:
        nom = "utter_fait_corrige" if any(avant.get(c) is not None for c in visibles) else "utter_fait_note"
        dispatcher.utter_message(response=nom, faits_notes=dire_faits(visibles, lecture.approches))
        dire(dispatcher, lettre_perimee(tracker, visibles))
        if lecture.prive_suppose:
            dispatcher.utter_message(response="utter_prive_suppose")
    elif lecture.inconnus and not lecture.a_dire:
        # Seul le résultat des droits se dit « si… / si… », et cela ne s'explique qu'une fois.
        premier = tracker.get_slot("parcours") == "verifier_eligibilite" and not liste(tracker, "inconnus")
        dispatcher.utter_message(response="utter_inconnu_note" if premier else "utter_inconnu_suite")
    if lecture.a_dire:
        dispatcher.utter_message(response=lecture.a_dire)
    posees = (lecture.question, seconde_etiquette(tracker)) if lecture.question else ()
    for reponse in filter(None, map(contenus_en_place().reponse_d_etiquette, posees)):
        dispatcher.utter_message(response=reponse)


def _suivante(
    faits: dict[str, Any], inconnus: list[str], historique: list[str], tracker: Tracker, repris: bool = True
) -> Evenements:
    """Pose la question suivante (``requested_slot``), ou ``None`` : le formulaire est fini."""
    reste = questions_restantes(tracker.get_slot("parcours"), faits, inconnus, tracker.get_slot("volet"))
    redemandee = tracker.get_slot("a_redemander") if repris else None
    # Après une interruption, on repose la même question tant qu'elle est utile.
    courante = tracker.get_slot("requested_slot") if repris else None
    question = redemandee or (courante if courante in reste else next(iter(reste), None))
    dite = Etape(int(tracker.get_slot("etape_numero") or 0), int(tracker.get_slot("etape_total") or 0))
    a_dire = etape(tracker.get_slot("parcours"), faits, inconnus, historique, dite)
    return [
        SlotSet("etape_numero", a_dire.numero),
        SlotSet("etape_total", a_dire.total),
        SlotSet("requested_slot", question),
    ]
