"""Une question restée sans réponse : on la repose une fois, puis on propose de la laisser, puis on la met de côté."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

QUESTION, _POURQUOI = "utter_ask_", "utter_pourquoi_"
# Posée deux fois d'affilée, elle ne se redit plus ; la fois d'après, le questionnaire attend.
POSEE_ASSEZ, POSEE_TROP = 2, 3
_REOUVRE = ("action_ouvrir_parcours", "action_reprendre_code")


def fois_posee(evenements: Iterable[Mapping[str, Any]], nom: str) -> int:
    """Nombre de fois d'affilée que cette question vient d'être posée sans que rien n'ait été appris.

    Args:
        evenements: du plus récent au plus ancien.
        nom: réponse qui pose la question.
    """
    fois = 0
    for evenement in evenements:
        genre = evenement.get("event")
        if genre == "active_loop" or (genre == "action" and evenement.get("name") in _REOUVRE):
            break
        if genre == "slot" and evenement.get("name") == "historique":
            break  # une réponse, ou un fait noté à côté : on avance
        dite = (evenement.get("metadata") or {}).get("utter_action") if genre == "bot" else None
        if dite == nom.replace(QUESTION, _POURQUOI, 1):
            fois -= 1  # demander à quoi sert la question, c'est s'en occuper
        elif dite and dite.startswith(QUESTION):
            if dite != nom:
                break
            fois += 1
    return fois
