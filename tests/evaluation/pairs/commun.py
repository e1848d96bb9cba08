"""Ce que tout pair rend, et où il le garde : .cache/pairs, refait si les exemples ou les messages changent."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from actions.contenus import contenus_en_place
from actions.reglages import RACINE
from tests.evaluation.jeux import exemples

CACHE = RACINE / ".cache/pairs"
Tete = tuple[str, float]


@dataclass(frozen=True)
class Predictions:
    """Sujet en tête de chaque message et sa confiance, et ce que le pair a coûté."""

    tetes: list[Tete]
    entrainement_s: float
    message_ms: float
    pertes: list[float] = field(default_factory=list)


def cle(*morceaux: object) -> str:
    """Empreinte des exemples, des messages et des réglages d'un pair."""
    return hashlib.sha256(repr((exemples(), morceaux)).encode()).hexdigest()[:12]


def relire(chemin: Path) -> Predictions | None:
    """Prédictions gardées, s'il y en a."""
    if not chemin.exists():
        return None
    brut = json.loads(chemin.read_text(encoding="utf-8"))
    return Predictions(**{**brut, "tetes": [(sujet, confiance) for sujet, confiance in brut["tetes"]]})


def garder(chemin: Path, predictions: Predictions) -> Predictions:
    """Garde des prédictions (sans aucun message) et les rend."""
    chemin.parent.mkdir(parents=True, exist_ok=True)
    chemin.write_text(json.dumps(predictions.__dict__), encoding="utf-8")
    return predictions


def tete(classement: list[tuple[str, float]]) -> Tete:
    """Sujet en tête, les étiquettes d'un même sujet s'additionnant comme chez nous."""
    cumuls: dict[str, float] = {}
    for etiquette, probabilite in classement:
        sujet = contenus_en_place().sujets_d_etiquette(etiquette)[0]
        cumuls[sujet] = cumuls.get(sujet, 0.0) + probabilite
    return max(cumuls.items(), key=lambda paire: paire[1], default=("", 0.0))


def tetes(etiquettes: list[str], probabilites: np.ndarray) -> list[Tete]:
    """Sujet en tête de chaque ligne d'une matrice de probabilités."""
    return [tete(list(zip(etiquettes, ligne.tolist(), strict=True))) for ligne in probabilites]
