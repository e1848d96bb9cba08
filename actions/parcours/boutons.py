"""Un bouton répond à la question qui l'offrait : resté à l'écran, il peut arriver plus tard, ou deux fois."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from actions.contenus import contenus_en_place, lire_envoi

_DOUBLE_CLIC = 1.5  # secondes
_REPONDRE = "repondre"


def question_du_bouton(code: str, posee: str, deja_posees: Sequence[str]) -> str | None:
    """Question à laquelle répond un bouton : celle qui est posée, sinon la dernière qui l'offrait, sinon aucune."""
    return next((question for question in (posee, *reversed(deja_posees)) if code in _codes(question)), None)


def est_un_double_clic(evenements: Sequence[Mapping[str, Any]]) -> bool:
    """Vrai si le dernier message répète aussitôt le bouton du précédent."""
    recus = [e for e in reversed(evenements) if e.get("event") == "user"][:2]
    if len(recus) < 2 or not str(recus[0].get("text") or "").startswith("/"):
        return False
    ecart = float(recus[0].get("timestamp") or 0) - float(recus[1].get("timestamp") or 0)
    return recus[0].get("text") == recus[1].get("text") and 0 <= ecart < _DOUBLE_CLIC


def _codes(question: str) -> set[str]:
    """Réponses qu'offrent les boutons d'une question, tous profils compris."""
    variantes = contenus_en_place().reponses.get(f"utter_ask_{question}", [])
    envois = (lire_envoi(b["payload"]) for variante in variantes for b in variante.get("buttons") or [])
    return {code for intention, code in envois if intention == _REPONDRE}
