"""La lettre déjà donnée, dans la conversation : la reprendre, ou redire d'elle ce qu'on demande."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.droit import droit_en_place
from actions.etat import Evenements, dire, faits_de, formulaire_ouvert, liste, retenir
from actions.fil import derniers_tours
from actions.parcours import apres_lettre, ecartes, lettre_voulue, lettres, precisions_de_lettre
from actions.parcours.apres_lettre import LETTRE, Reprise
from actions.parcours.conclusions import conclure
from actions.parcours.faits import mettre_a_jour
from actions.parcours.messages import Message, dire_faits
from actions.reglages import aujourd_hui

# Posée deux fois sans réponse, la question attend que l'on revienne à la lettre.
_QUELLE_LETTRE, _FOIS = "utter_ask_lettre", 2
# Une lettre se modifie aussitôt, ou après une réponse de côté ; ce qu'on demande d'elle peut venir un peu plus tard.
TOURS, _PEU = 3, 2


def reprise_de(tracker: Any, texte: str, tours: list[list[str]]) -> Reprise | None:
    """Ce que le dernier message change à la lettre donnée.

    Args:
        tracker: celui d'une action, ou celui que lit une politique : seuls ses slots servent.
        texte: dernier message.
        tours: réponses des derniers tours, le plus récent d'abord.
    """
    lettre = _donnee(tracker)
    if not lettre or texte.startswith("/"):
        return None
    juste_avant = _parlait_d_elle(tracker, tours[:_PEU])
    return apres_lettre.reprise(texte, lettre, faits_de(tracker), juste_avant, aujourd_hui())


def dit_son_nom(tracker: Any, texte: str, tours: list[list[str]]) -> bool:
    """« Je m'appelle… », juste après une lettre : le nom s'y écrit à la main."""
    return _parlait_d_elle(tracker, tours[:_PEU]) and ecartes.reponse(texte, ()) == ecartes.NOM


def suite_de(tracker: Any, texte: str, tours: list[list[str]]) -> str | None:
    """Ce que la lettre donnée peu avant conseille de ce qu'on demande : « il a combien de temps pour répondre ? »."""
    sur = apres_lettre.demandee(texte) if _parlait_d_elle(tracker, tours) else None
    if sur is None:
        return None
    nom, volet = str(_donnee(tracker)), tracker.get_slot("volet")
    conseils = lettres.suite(sur, nom, faits_de(tracker), volet, aujourd_hui(), droit_en_place())
    return "\n".join(conseils) or None


def reprendre_la_lettre(dispatcher: CollectingDispatcher, tracker: Tracker) -> Evenements | None:
    """Redonne la lettre avec ce que le message y change ; ``None`` s'il ne parle pas d'elle."""
    if formulaire_ouvert(tracker):
        return None
    texte, tours = str(tracker.latest_message.get("text") or ""), derniers_tours(reversed(tracker.events), TOURS)
    if dit_son_nom(tracker, texte, tours):
        dispatcher.utter_message(response=ecartes.NOM)
        return []
    reprise = reprise_de(tracker, texte, tours)
    if reprise is None:
        return None
    if reprise.reponse:
        dispatcher.utter_message(response=reprise.reponse)
        return []
    changements = mettre_a_jour(faits_de(tracker), reprise.faits)
    faits = {champ: v for champ, v in {**faits_de(tracker), **changements}.items() if v is not None}
    volet = precisions_de_lettre.ecrire(
        {**precisions_de_lettre.relire(tracker.get_slot("volet")), **reprise.precisions}
    )
    if reprise.pdf:
        dispatcher.utter_message(response="utter_lettre_pdf")
    if reprise.faits:
        dispatcher.utter_message(response="utter_fait_note", faits_notes=dire_faits(reprise.faits))
    etat = {"volet": volet, "etapes_faites": liste(tracker, "etapes_faites")}
    dire(dispatcher, conclure(LETTRE, faits, liste(tracker, "inconnus"), etat, aujourd_hui()))
    return [*retenir(changements), SlotSet("parcours", LETTRE), SlotSet("volet", volet), SlotSet("resultat", LETTRE)]


def precisions_de(tracker: Tracker, lettre: str | None) -> str | None:
    """Le volet d'une lettre qui s'écrit : ce que son message lui fait dire, en plus de ce qu'elle disait déjà."""
    texte = str(tracker.latest_message.get("text") or "")
    meme = lettre is not None and lettre == tracker.get_slot("lettre")
    avant = precisions_de_lettre.relire(tracker.get_slot("volet")) if meme else {}
    dites = {} if texte.startswith("/") else precisions_de_lettre.lire(texte, lettre, aujourd_hui())
    refus = lettre_voulue.date_du_refus(lettre, tracker.get_slot("delai_dit"))
    return precisions_de_lettre.ecrire({**avant, **refus, **dites})


def lettre_delaissee(tracker: Tracker) -> bool:
    """Vrai si « quelle lettre ? » a été posée deux fois de suite et que l'on demande encore autre chose."""
    return [_QUELLE_LETTRE in tour for tour in derniers_tours(reversed(tracker.events), _FOIS)] == [True] * _FOIS


def redire(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Redit de la lettre donnée juste avant ce qu'on en demande ; faux si l'on ne demande rien d'elle."""
    texte, tours = str(tracker.latest_message.get("text") or ""), derniers_tours(reversed(tracker.events), TOURS)
    lignes = suite_de(tracker, texte, tours)
    if lignes:
        dire(dispatcher, [Message("utter_lettre_suite", {"lignes": lignes})])
    return bool(lignes)


def _parlait_d_elle(tracker: Any, tours: list[list[str]]) -> bool:
    dites = {nom for tour in tours for nom in tour}
    en_vue = bool(_donnee(tracker)) and tracker.get_slot("resultat") == LETTRE
    return en_vue and not dites.isdisjoint(apres_lettre.SUITES)


def _donnee(tracker: Any) -> str | None:
    """La dernière lettre donnée."""
    lettre = tracker.get_slot("lettre") if LETTRE in liste(tracker, "resultats") else None
    return str(lettre) if lettre else None
