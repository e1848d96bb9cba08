"""Un fait noté que la personne dément : « j'ai l'accord de personne », « c'est pas un accident »."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.comprehension import est_une_question
from actions.comprehension.accord import dementi as dement_l_accord
from actions.comprehension.arret import nie_l_accident
from actions.parcours.choix import simplifier


def lire(texte: str, faits: Mapping[str, Any]) -> dict[str, Any]:
    """Rend ce que devient un fait démenti ; vide si le message n'en dément aucun, ou s'il demande."""
    if est_une_question(texte):
        return {}
    lu = simplifier(texte)
    if faits.get("accord_caisse") and dement_l_accord(lu):
        return {"accord_caisse": False}
    return {"arret": "maladie"} if faits.get("arret") == "at_mp" and nie_l_accident(lu) else {}
