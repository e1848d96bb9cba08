"""Ce qu'on demande de l'assistant lui-même, et ce qu'il refuse : reconnu par ses mots (data/assistant.yml)."""

from __future__ import annotations

import re

import yaml

from actions.en_place import lu_une_fois
from actions.reglages import DOSSIER_DONNEES
from actions.relances import traduire, une_phrase
from actions.simplification import simplifier
from composants.decisions import Decision, acte

_MOTS_MAX = 40  # d'un long récit, le classement juge


@lu_une_fois
def _table() -> list[tuple[re.Pattern[str], str, str]]:
    brut = yaml.load((DOSSIER_DONNEES / "assistant.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    mots = brut["mots"]
    return [
        (re.compile("|".join(traduire(modele, mots) for modele in entree["dit"])), entree["acte"], entree["reponse"])
        for entree in brut["questions"]
    ]


def question_sur_l_assistant(texte: str) -> Decision | None:
    """Décision pour « vous êtes sur quel serveur ? », ou ``None``."""
    if len(texte.split()) > _MOTS_MAX:
        return None
    tout = simplifier(texte)
    reconnues = (e for e in _table() if une_phrase(e[0], texte) or e[0].fullmatch(tout))
    return next((acte(nom, dite) for _, nom, dite in reconnues), None)
