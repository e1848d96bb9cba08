"""Pendant les questions d'une lettre : la lettre redite ou changée, ce qu'elle doit dire de plus."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions.comprehension import est_une_question, partie_reponse
from actions.etat import Evenements, faits_de
from actions.lettre_donnee import precisions_de
from actions.parcours import apres_lettre, lettre_voulue, precisions_de_lettre
from actions.parcours.choix import choix_dit
from actions.parcours.lecture import Lecture, MessageRecu

LETTRE, _MOMENT, _HORS_HEURES = "lettre", "moment", "hors_temps"
_MOTS_D_UN_NOM = 4


def precisees_par(tracker: Tracker, texte: str, lecture: Lecture) -> Evenements:
    """Événements qui retiennent ce que le message fait dire à la lettre, s'il lui fait dire quelque chose."""
    if tracker.get_slot("parcours") != apres_lettre.LETTRE or est_une_question(texte):
        return []
    volet = precisions_de(tracker, lecture.faits.get(LETTRE) or tracker.get_slot(LETTRE))
    return [SlotSet("volet", volet)] if volet and volet != tracker.get_slot("volet") else []


def lettre_apres_refus(tracker: Tracker, cas: Mapping[str, Any]) -> dict[str, Any]:
    """Un refus dit pendant la lettre de rappel : tardif, elle le dit ; venu à temps, il faut une autre demande."""
    if tracker.get_slot(LETTRE) != lettre_voulue.RELANCE or not cas.get("reponse"):
        return {}
    if not cas.get("tardive"):
        return {LETTRE: lettre_voulue.choisie(lettre_voulue.ABSENCE, faits_de(tracker))}
    dites = {
        **precisions_de_lettre.relire(tracker.get_slot("volet")),
        **lettre_voulue.date_du_refus(lettre_voulue.RELANCE, cas),
    }
    return {"volet": precisions_de_lettre.ecrire(dites)}


def relire(tracker: Tracker, message: MessageRecu, question: str, lecture: Lecture) -> Lecture:
    """Ce qu'un message qui ne répond pas dit tout de même de la lettre en cours."""
    ratee = lecture.autre or lecture.incompris
    if not ratee or tracker.get_slot("parcours") != apres_lettre.LETTRE or question == LETTRE:
        return lecture
    if est_une_question(message.texte) or message.texte.startswith("/"):
        return lecture
    dit = partie_reponse(message.texte)
    if tracker.get_slot(LETTRE) == lettre_voulue.ABSENCE and choix_dit(dit, _MOMENT) == _HORS_HEURES:
        return Lecture({_MOMENT: _HORS_HEURES})  # rien à demander à l'employeur : la lettre le dira
    code = choix_dit(dit, LETTRE) if len(dit.split()) <= _MOTS_D_UN_NOM else None
    if code in (None, lettre_voulue.CAISSE) or code not in lettre_voulue.lettres():
        return lecture
    return Lecture({LETTRE: lettre_voulue.choisie(str(code), faits_de(tracker))})
