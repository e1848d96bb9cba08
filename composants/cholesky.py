"""Factorisation de Cholesky par blocs, sur place, pour de grandes matrices float32.

Celle d'OpenBLAS s'arrête net (erreur de segmentation) au-delà de 20 000 lignes sur les processeurs AVX-512, et copie
la matrice ; ici, elle ne voit que des blocs, et tout le travail est fait par des produits de matrices.
"""

from __future__ import annotations

import numpy as np
from scipy import linalg

_BLOC = 640


def factoriser(matrice: np.ndarray) -> np.ndarray:
    """Rend le facteur inférieur L (n, n) de L·Lᵀ = ``matrice``, écrit à sa place ; la moitié haute reste telle quelle.

    Args:
        matrice: matrice (n, n) symétrique définie positive, float32 ; seule la moitié basse est lue.

    Raises:
        LinAlgError: matrice non définie positive.
    """
    for debut, fin in _bornes(len(matrice)):
        bande = matrice[debut:, debut:fin]
        bande -= matrice[debut:, :debut] @ matrice[debut:fin, :debut].T
        coin = linalg.cholesky(bande[: fin - debut], lower=True, check_finite=False)
        bande[: fin - debut] = coin
        inverse = linalg.solve_triangular(coin, np.eye(fin - debut, dtype=matrice.dtype), lower=True)
        bande[fin - debut :] = bande[fin - debut :] @ inverse.T
    return matrice


def descendre(facteur: np.ndarray, voulu: np.ndarray) -> np.ndarray:
    """Résout L·x = ``voulu`` (n, k)."""
    x = np.array(voulu, dtype=facteur.dtype)
    for debut, fin in _bornes(len(facteur)):
        x[debut:fin] -= facteur[debut:fin, :debut] @ x[:debut]
        x[debut:fin] = linalg.solve_triangular(facteur[debut:fin, debut:fin], x[debut:fin], lower=True)
    return x


def remonter(facteur: np.ndarray, voulu: np.ndarray) -> np.ndarray:
    """Résout Lᵀ·x = ``voulu`` (n, k)."""
    x = np.array(voulu, dtype=facteur.dtype)
    for debut, fin in reversed(_bornes(len(facteur))):
        x[debut:fin] -= facteur[fin:, debut:fin].T @ x[fin:]
        x[debut:fin] = linalg.solve_triangular(facteur[debut:fin, debut:fin], x[debut:fin], lower=True, trans="T")
    return x


def _bornes(n: int) -> list[tuple[int, int]]:
    return [(debut, min(debut + _BLOC, n)) for debut in range(0, n, _BLOC)]
