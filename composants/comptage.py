"""Tf-idf de n-grammes, en Python pur : un message se compte en une fraction de milliseconde.

Mêmes valeurs que ``TfidfVectorizer(sublinear_tf=True)`` de scikit-learn (un test les compare), sans son coût fixe.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, count, pairwise

import numpy as np
from scipy import sparse

Decoupe = Callable[[str], Iterable[str]]

_CARACTERES = (2, 3, 4, 5)
_LIES = (3, 4, 5, 6)


def caracteres(mot: str) -> list[str]:
    """N-grammes de 2 à 5 caractères d'un mot bordé d'espaces (``char_wb`` de scikit-learn)."""
    borde, grammes = f" {mot} ", []
    for n in _CARACTERES:
        grammes.append(borde[:n])
        grammes += [borde[i : i + n] for i in range(1, len(borde) - n + 1)]
        if n >= len(borde):
            break
    return grammes


def lies(texte: str) -> list[str]:
    """N-grammes de 3 à 6 caractères sans égard aux espaces : « kes ke » et « keske » se valent."""
    suite = texte.replace(" ", "")
    return [suite[i : i + n] for n in _LIES for i in range(len(suite) - n + 1)]


def mots(texte: str) -> list[str]:
    """Mots et suites de deux mots d'un texte déjà segmenté."""
    suite = texte.split()
    return suite + [f"{un} {deux}" for un, deux in pairwise(suite)]


def separes(texte: str) -> list[str]:
    """Les mots d'un texte : leurs traits ne dépendent pas des mots voisins."""
    return texte.split()


def entier(texte: str) -> list[str]:
    """Le texte lui-même : des traits qui courent d'un mot à l'autre ne se relèvent que sur lui."""
    return [texte]


class Comptage:
    """Vocabulaire et poids appris sur des textes, puis ligne creuse normée de chaque texte."""

    def __init__(self, traits: Decoupe, unites: Decoupe = entier, documents_min: int = 2) -> None:
        """Prépare un comptage vide.

        Args:
            traits: rend les traits d'une unité.
            unites: rend les unités d'un texte ; les traits d'une même unité ne se relèvent qu'une fois.
            documents_min: un trait vu dans moins de textes est ignoré.
        """
        self._traits, self._unites, self._documents_min = traits, unites, documents_min
        self.vocabulaire: dict[str, int] = {}
        self.idf = np.zeros(0, dtype=np.float32)

    def apprendre(self, textes: Sequence[str]) -> sparse.csr_matrix:
        """Relève le vocabulaire et la rareté de chaque trait ; rend la matrice creuse (textes, traits)."""
        comptes, traits = self._compter(textes)
        documents = np.bincount(comptes.indices, minlength=len(traits))
        gardes = sorted(np.flatnonzero(documents >= self._documents_min), key=traits.__getitem__)
        self.vocabulaire = {traits[rang]: place for place, rang in enumerate(gardes)}
        self.idf = (np.log((1 + len(textes)) / (1 + documents[gardes])) + 1).astype(np.float32)
        matrice = comptes[:, gardes]
        matrice.sort_indices()
        matrice.data = (1 + np.log(matrice.data)) * self.idf[matrice.indices]
        normes = np.sqrt(np.asarray(matrice.multiply(matrice).sum(axis=1)).ravel())
        matrice.data /= np.repeat(normes, np.diff(matrice.indptr))
        return matrice

    def _compter(self, textes: Sequence[str]) -> tuple[sparse.csr_matrix, list[str]]:
        """Nombre de fois (textes, traits) que chaque trait est dit, et les traits dans l'ordre des colonnes."""
        unites: dict[str, int] = defaultdict(count().__next__)
        par_texte = [[unites[unite] for unite in self._unites(texte)] for texte in textes]
        traits: dict[str, int] = defaultdict(count().__next__)
        par_unite = [[traits[trait] for trait in self._traits(unite)] for unite in unites]
        return _denombrer(par_texte, len(unites)) @ _denombrer(par_unite, len(traits)), list(traits)

    def ligne(self, texte: str) -> tuple[list[int], np.ndarray]:
        """Rangs des traits connus d'un texte et leurs poids (norme 1, float32)."""
        comptes = Counter(trait for unite in self._unites(texte) for trait in self._traits(unite))
        connus = [(self.vocabulaire[trait], n) for trait, n in comptes.items() if trait in self.vocabulaire]
        if not connus:
            return [], np.zeros(0, dtype=np.float32)
        rangs = [rang for rang, _ in connus]
        poids = np.array([1 + math.log(n) for _, n in connus], dtype=np.float32) * self.idf[rangs]
        return rangs, poids / np.linalg.norm(poids)


def sur_un_octet(poids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Arrondit chaque ligne à 1/127 de son plus grand poids : quatre fois moins de mémoire, mêmes réponses.

    Returns:
        poids (int8), échelle de chaque ligne (float32).
    """
    echelles = np.maximum(np.abs(poids).max(axis=1), 1e-12) / 127
    return np.rint(poids / echelles[:, None]).astype(np.int8), echelles.astype(np.float32)


def _denombrer(lignes: Sequence[list[int]], colonnes: int) -> sparse.csr_matrix:
    """Matrice creuse (lignes, colonnes) du nombre de fois que chaque rang est dans sa ligne."""
    bornes = np.cumsum([0, *map(len, lignes)])
    rangs = np.fromiter(chain.from_iterable(lignes), dtype=np.int32, count=bornes[-1])
    matrice = sparse.csr_matrix((np.ones(len(rangs), np.float32), rangs, bornes), shape=(len(lignes), colonnes))
    matrice.sum_duplicates()
    return matrice
