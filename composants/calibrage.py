"""Des scores aux probabilités : une température, réglée sur des messages non appris."""

from __future__ import annotations

import numpy as np


def probabilites(scores: np.ndarray, temperature: float) -> np.ndarray:
    """Probabilités (n, étiquettes) de scores, d'autant plus tranchées que la température est basse."""
    exponentielles = np.exp((scores - scores.max(axis=1, keepdims=True)) / temperature)
    return np.asarray(exponentielles / exponentielles.sum(axis=1, keepdims=True))


def temperature(scores: np.ndarray, colonnes: np.ndarray) -> float:
    """Température qui rend les probabilités les plus justes (log-vraisemblance) sur des messages non appris."""
    lignes = np.arange(len(colonnes))

    def perte(essai: float) -> float:
        justes = probabilites(scores, essai)[lignes, colonnes]
        return float(-np.log(np.maximum(justes, 1e-9)).mean())

    return min(np.geomspace(0.02, 1.0, 60).tolist(), key=perte)
