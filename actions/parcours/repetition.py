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


def premiere(faits: Mapping[str, Any]) -> int:
    """Rang de la première phrase que dit l'employeur."""
    return PROPOSE if faits.get("initiative") == "employeur" else DEMANDE


def est_la_derniere(objection: int) -> bool:
    """Vrai si la scène finit sur cette phrase."""
    return objection % 10 >= OBJECTIONS


def fin(objection: int) -> str:
    """Réponse qui clôt la scène."""
    return "utter_repetition_fin_propose" if objection >= PROPOSE else "utter_repetition_fin"


def juger(texte: str, objection: int) -> list[str]:
    """Noms des réponses à dire : la santé d'abord, puis le retour sur l'objection, par son rang."""
    if mots_de_sante(texte):
        return ["utter_repetition_sante", f"utter_repetition_retour_{objection}"]
    motifs = choix()["replique"][f"objection_{objection}"]["mots"]
    bien = any(re.search(motif, simplifier(texte)) for motif in motifs)
    return [*(["utter_repetition_bien"] if bien else []), f"utter_repetition_retour_{objection}"]
