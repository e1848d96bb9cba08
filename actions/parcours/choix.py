"""Les réponses admises à chaque question, et les mots qui les disent (data/vocabulaire_parcours.yml)."""

from __future__ import annotations

import re
from typing import Any

import yaml

from actions.comprehension.vocabulaire import vocabulaire_en_place
from actions.en_place import lu_une_fois
from actions.reglages import DOSSIER_DONNEES


def simplifier(texte: str) -> str:
    """Texte normalisé comme l'entend ``actions.comprehension`` : minuscules, sans accents, abréviations développées."""
    return vocabulaire_en_place().normaliseur.lire(texte)


def choix_dit(texte: str, question: str) -> str | None:
    """Code de la réponse que nomme un texte, s'il en nomme une."""
    simple = simplifier(texte)
    for code, motifs in _motifs().get(question, {}).items():
        if any(motif.search(simple) for motif in motifs):
            return code
    return None


def choix_dits(texte: str, question: str) -> set[str]:
    """Codes de toutes les réponses que nomme un texte."""
    simple = simplifier(texte)
    return {code for code, motifs in _motifs().get(question, {}).items() if any(m.search(simple) for m in motifs)}


@lu_une_fois
def choix() -> dict[str, dict[str, Any]]:
    """Réponses admises par question (data/vocabulaire_parcours.yml)."""
    lu: dict[str, dict[str, Any]] = yaml.safe_load(
        (DOSSIER_DONNEES / "vocabulaire_parcours.yml").read_text(encoding="utf-8")
    )
    return lu


@lu_une_fois
def _motifs() -> dict[str, dict[str, tuple[re.Pattern[str], ...]]]:
    return {
        question: {code: tuple(re.compile(m) for m in fiche.get("mots", ())) for code, fiche in fiches.items()}
        for question, fiches in choix().items()
    }
