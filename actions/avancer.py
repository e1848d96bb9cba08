"""Fait avancer le questionnaire : redemander, aider puis passer, retenir une réponse, poser la question suivante."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.contenus import contenus_en_place
from actions.etat import (
    Evenements,
    dire,
    faits_de,
    lettre_perimee,
    liste,
    retenir,
)
from actions.fil import deja_dit, seconde_etiquette
from actions.parcours.catalogue import Etape, etape, questions_restantes
from actions.parcours.faits import CHAMPS, mettre_a_jour
from actions.parcours.lecture import Lecture
from actions.parcours.messages import dire_faits

_INCOMPRIS_MAX = 2
# Ce qui ne se dit qu'une fois par conversation.
_UNE_FOIS = ("utter_aide_visible",)


def redemander(tracker: Tracker, question: str) -> Evenements:
    """La même question, sans rien changer : pour Rasa, un slot posé dit que le message a été traité."""
    return [SlotSet("incompris", tracker.get_slot("incompris")), SlotSet("requested_slot", question)]


def aider_puis_passer(
    dispatcher: CollectingDispatcher, tracker: Tracker, question: str, deja: bool = False
) -> Evenements:
    """Aide à répondre, puis passe : deux réponses non comprises ne font jamais une troisième fois la question."""
    fois = int(tracker.get_slot("incompris") or 0) + 1
    if fois < _INCOMPRIS_MAX and not deja:
        dispatcher.utter_message(response=f"utter_erreur_{question}")
        return [SlotSet("incompris", fois), SlotSet("requested_slot", question)]
    dispatcher.utter_message(response="utter_questionnaire_aide")
    return avancer(tracker, question, Lecture(inconnus=frozenset({question})), {})


def prendre(dispatcher: CollectingDispatcher, tracker: Tracker, question: str, lecture: Lecture) -> Evenements:
    """Retient ce qui a été lu, l'accuse, et passe à la question suivante."""
    faits = faits_de(tracker)
    changements = mettre_a_jour(faits, lecture.faits)
    if not (changements or lecture.inconnus or lecture.question or lecture.autre_prix or question in lecture.faits):
        return _deja_su(dispatcher, tracker, question, lecture)
    _accuser(dispatcher, tracker, faits, {c: v for c, v in changements.items() if c in lecture.faits}, lecture)
    return avancer(tracker, question, lecture, changements)


def _deja_su(dispatcher: CollectingDispatcher, tracker: Tracker, question: str, lecture: Lecture) -> Evenements:
    """« Apprenti », redit, n'est pas une réponse ratée ; mais il ne fait pas non plus tourner en rond."""
    fois = int(tracker.get_slot("incompris") or 0) + 1
    if fois > _INCOMPRIS_MAX:
        return aider_puis_passer(dispatcher, tracker, question)
    dispatcher.utter_message(response="utter_fait_note", faits_notes=dire_faits(lecture.faits))
    return [SlotSet("incompris", fois), SlotSet("requested_slot", question)]


def avancer(tracker: Tracker, question: str, lecture: Lecture, changements: dict[str, Any]) -> Evenements:
    """Pose la question suivante ; ce que l'on ne sait pas ne se redemande pas."""
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
        *suivante(apres, sorted(inconnus), historique, tracker, repris=not repondu),
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
    if lecture.a_dire and not (lecture.a_dire in _UNE_FOIS and deja_dit(tracker, lecture.a_dire)):
        dispatcher.utter_message(response=lecture.a_dire)
    posees = (lecture.question, seconde_etiquette(tracker)) if lecture.question else ()
    for reponse in filter(None, map(contenus_en_place().reponse_d_etiquette, posees)):
        dispatcher.utter_message(response=reponse)


def suivante(
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
