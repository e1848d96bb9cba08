"""Juge une réplique de la répétition : parle-t-elle de santé, va-t-elle dans le bon sens ?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from actions.documents.garde_sante import mots_de_sante
from actions.parcours.choix import choix, simplifier

OBJECTIONS = 3
# Rang de la première phrase : celles d'un employeur qui hésite, ou de celui qui propose le bilan.
DEMANDE, PROPOSE = 1, 11
_UNE_REPONSE = re.compile(r"\b(?:cette|ma|la|derniere|celle)\b.*\b(?:reponse|replique|phrase|la)\b|\bcelle la\b")
_TOUT_OUBLIER = re.compile(r"\b(?:zero|questionnaire|mes (?:reponses|droits|infos?\w*)|tout (?:effac\w*|oubli\w*))\b")


def premiere(faits: Mapping[str, Any]) -> int:
    """Rang de la première phrase que dit l'employeur."""
    return PROPOSE if faits.get("initiative") == "employeur" else DEMANDE


def est_la_derniere(objection: int) -> bool:
    """Vrai si la scène finit sur cette phrase."""
    return objection % 10 >= OBJECTIONS


def fin(objection: int) -> str:
    """Réponse qui clôt la scène."""
    return "utter_repetition_fin_propose" if objection >= PROPOSE else "utter_repetition_fin"


def a_refaire(texte: str, objection: int, faits: Mapping[str, Any]) -> int | None:
    """Rang de la phrase à rejouer pour qui veut recommencer : toute la scène, ou la réponse qu'il vient de donner.

    ``None`` : ce sont ses réponses au questionnaire que la personne veut remettre à zéro.
    """
    simple, debut = simplifier(texte), premiere(faits)
    if _TOUT_OUBLIER.search(simple):
        return None
    return max(debut, objection - 1) if _UNE_REPONSE.search(simple) else debut


def juger(texte: str, objection: int) -> list[str]:
    """Noms des réponses à dire : la santé d'abord, puis le retour sur l'objection, par son rang."""
    if mots_de_sante(texte):
        return ["utter_repetition_sante", f"utter_repetition_retour_{objection}"]
    motifs = choix()["replique"][f"objection_{objection}"]["mots"]
    bien = any(re.search(motif, simplifier(texte)) for motif in motifs)
    return [*(["utter_repetition_bien"] if bien else []), f"utter_repetition_retour_{objection}"]
