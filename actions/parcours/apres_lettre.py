"""Juste après une lettre : ce qu'on lui fait dire de plus, ce qu'on en demande encore, la refaire, un autre format."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from actions.comprehension import est_une_question
from actions.documents.modeles import modeles_en_place
from actions.parcours import a_cote, dates_dites, ecartes, lettre_voulue, precisions_de_lettre
from actions.parcours.choix import choix_dit
from actions.parcours.faits import Faits

LETTRE = "rediger_lettre"
# Ce que l'assistant vient de dire quand la lettre est encore celle dont on parle.
DE_COTE = {
    "employeur_paie": "utter_lettre_employeur_paie",
    "destinataire": "utter_lettre_en_tete",
    "horaires": "utter_lettre_horaires",
}
SUITES = ("utter_lettre_conseils", "utter_lettre_suite", "utter_lettre_a_refaire", ecartes.NOM, *DE_COTE.values())
_HORS_HEURES, _MOTS_D_UN_CHANGEMENT = "hors_temps", 10
# Date retenue -> champs qu'elle remplit : une date que cette lettre n'emploie pas n'est pas la sienne.
_DATE_DE = {dates_dites.DEBUT: ("date_debut",), dates_dites.DEMANDE: ("date_reception", "date_demande")}
# Demandés en forme de question, ils restent une demande : « tu peux mettre que c'est un bilan ? ».
_MEME_EN_QUESTION = {"nommer_bilan", "aborder_bilan", "convention_recue", "date_convention", "duree_mois"}


@dataclass(frozen=True)
class Reprise:
    """Ce qu'un message change à la lettre déjà donnée.

    Attributes:
        faits: dates ou moment redits.
        precisions: champs de la lettre.
        pdf: on la veut dans un format qui n'existe pas.
        reponse: ce qu'il faut dire au lieu de la redonner ; vide : on la redonne.
    """

    faits: dict[str, Any] = field(default_factory=dict)
    precisions: dict[str, Any] = field(default_factory=dict)
    pdf: bool = False
    reponse: str = ""


def reprise(texte: str, lettre: str, faits: Faits, juste_avant: bool, jour: date) -> Reprise | None:
    """Rend ce qu'un message change à la lettre donnée, ou ``None`` s'il ne parle pas d'elle.

    Args:
        texte: message reçu, hors de toute question.
        lettre: la lettre donnée.
        faits: ce qu'on sait.
        juste_avant: vrai si l'on vient de la donner ou d'en parler.
        jour: date du message.
    """
    if choix_dit(texte, "lettre_format") and (juste_avant or choix_dit(texte, "lettre_sans_nom")):
        return Reprise(pdf=True)
    refaite = choix_dit(texte, "lettre_refaite") is not None
    de_cote = choix_dit(texte, "a_cote_de_lettre") if juste_avant else None
    if de_cote == "employeur_paie" and lettre == lettre_voulue.ABSENCE and not est_une_question(texte):
        return Reprise(reponse=DE_COTE[de_cote])
    if not (refaite or juste_avant) or lettre_voulue.nommee([texte], faits) not in (None, lettre):
        return None
    dites = precisions_de_lettre.lire(texte, lettre, jour)
    if not dites and (de_cote == "horaires" or (de_cote == "destinataire" and not est_une_question(texte))):
        return Reprise(reponse=DE_COTE[de_cote])
    if est_une_question(texte) and not refaite:
        dites = {champ: v for champ, v in dites.items() if champ in _MEME_EN_QUESTION}
        return Reprise(precisions=dites) if dites else None
    redits = _redits(texte, lettre, faits, "date_fin" in dites or refaite, jour)
    return Reprise(redits, dites) if refaite or dites or redits else None


def demandee(texte: str) -> str | None:
    """Ce qu'on demande d'une lettre donnée : son envoi, la réponse attendue, un refus."""
    return choix_dit(texte, "suite_de_lettre")


def _redits(texte: str, lettre: str, faits: Faits, date_libre: bool, jour: date) -> dict[str, Any]:
    """« Le bilan commence le 3 février », « finalement hors de mes heures » : la lettre dit autre chose."""
    lus = {**dates_dites.jour_precise(texte, faits.get(dates_dites.DEBUT)), **dates_dites.lire(texte, jour)}
    if date_libre:
        lus = {**a_cote.lire([texte], LETTRE, faits, jour, montants=False), **lus}
    champs = modeles_en_place()[lettre].champs
    dates = {champ: v for champ, v in lus.items() if any(nom in champs for nom in _DATE_DE.get(champ, ()))}
    court = len(texte.split()) <= _MOTS_D_UN_CHANGEMENT
    if lettre == lettre_voulue.ABSENCE and court and choix_dit(texte, "moment") == _HORS_HEURES:
        dates["moment"] = _HORS_HEURES
    return dates
