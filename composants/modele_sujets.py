"""Modèle de classement des sujets : n-grammes de caractères et de mots, vecteur de phrase, régression logistique.

Python pur (numpy, scipy, scikit-learn), sans Rasa : s'entraîne, s'enregistre et se relit sans ``pickle``.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

_REPETITION = re.compile(r"(.)\1{2,}")
_NON_MOT = re.compile(r"[^a-z0-9€' ]+")


def simplifier(texte: str) -> str:
    """Ramène un texte à ce que l'orthographe ne change pas : minuscules, sans accents ni lettres étirées."""
    decompose = unicodedata.normalize("NFKD", texte.lower().replace("’", "'").replace("œ", "oe"))
    sans_accent = "".join(lettre for lettre in decompose if not unicodedata.combining(lettre))
    return " ".join(_NON_MOT.sub(" ", _REPETITION.sub(r"\1\1", sans_accent)).split())


class ModeleSujets:
    """Classe un message parmi les étiquettes vues à l'entraînement, avec une probabilité pour chacune."""

    def __init__(self, reglages: dict[str, float] | None = None) -> None:
        """Prépare un modèle vide.

        Args:
            reglages: ``c`` (inverse de la régularisation), ``poids_phrase`` (poids du vecteur de phrase),
                ``temperature`` (division des scores avant la probabilité).
        """
        self.reglages = {"c": 8.0, "poids_phrase": 2.0, "temperature": 1.0, **(reglages or {})}
        self.etiquettes: list[str] = []
        self._caracteres = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True, dtype=np.float32
        )
        self._mots = TfidfVectorizer(
            token_pattern=r"(?u)\S+", ngram_range=(1, 2), min_df=2, sublinear_tf=True, dtype=np.float32
        )
        self._poids = np.zeros((0, 0), dtype=np.float32)
        self._biais = np.zeros(0, dtype=np.float32)

    def apprendre(self, textes: Sequence[str], jetons: Sequence[str], vecteurs: np.ndarray, etiquettes: Sequence[str]) -> None:
        """Entraîne le modèle.

        Args:
            textes: messages bruts.
            jetons: mêmes messages, mots de spaCy séparés par une espace.
            vecteurs: matrice (n, d) des vecteurs de phrase.
            etiquettes: étiquette de chaque message.
        """
        self._caracteres.fit([simplifier(texte) for texte in textes])
        self._mots.fit([simplifier(jeton) for jeton in jetons])
        regression = LogisticRegression(C=self.reglages["c"], max_iter=120, tol=1e-3, random_state=0)
        regression.fit(self._traits(textes, jetons, vecteurs), list(etiquettes))
        self.etiquettes = [str(etiquette) for etiquette in regression.classes_]
        self._poids = regression.coef_.astype(np.float32).T.copy()
        self._biais = regression.intercept_.astype(np.float32)

    def probabilites(self, textes: Sequence[str], jetons: Sequence[str], vecteurs: np.ndarray) -> np.ndarray:
        """Rend la matrice (n, étiquettes) des probabilités."""
        scores = np.asarray(self._traits(textes, jetons, vecteurs) @ self._poids) + self._biais
        scores = scores / self.reglages["temperature"]
        exponentielles = np.exp(scores - scores.max(axis=1, keepdims=True))
        return exponentielles / exponentielles.sum(axis=1, keepdims=True)

    def _traits(self, textes: Sequence[str], jetons: Sequence[str], vecteurs: np.ndarray) -> sparse.csr_matrix:
        return sparse.hstack(
            [
                self._caracteres.transform([simplifier(texte) for texte in textes]),
                self._mots.transform([simplifier(jeton) for jeton in jetons]),
                sparse.csr_matrix(vecteurs * self.reglages["poids_phrase"]),
            ],
            format="csr",
        )

    def enregistrer(self, dossier: Path) -> None:
        """Écrit le modèle : un JSON et un fichier numpy."""
        vocabulaires = {
            nom: {terme: int(rang) for terme, rang in outil.vocabulary_.items()}
            for nom, outil in (("caracteres", self._caracteres), ("mots", self._mots))
        }
        fiche = {"reglages": self.reglages, "etiquettes": self.etiquettes, "vocabulaires": vocabulaires}
        (dossier / "sujets.json").write_text(json.dumps(fiche, ensure_ascii=False), encoding="utf-8")
        np.savez(
            dossier / "sujets.npz",
            poids=self._poids,
            biais=self._biais,
            idf_caracteres=self._caracteres.idf_,
            idf_mots=self._mots.idf_,
        )

    @classmethod
    def relire(cls, dossier: Path) -> ModeleSujets:
        """Relit un modèle écrit par :meth:`enregistrer`."""
        fiche = json.loads((dossier / "sujets.json").read_text(encoding="utf-8"))
        modele = cls(fiche["reglages"])
        modele.etiquettes = fiche["etiquettes"]
        with np.load(dossier / "sujets.npz", allow_pickle=False) as tableaux:
            modele._poids, modele._biais = tableaux["poids"], tableaux["biais"]
            for nom, outil in (("caracteres", modele._caracteres), ("mots", modele._mots)):
                outil.vocabulary = fiche["vocabulaires"][nom]
                outil.idf_ = tableaux[f"idf_{nom}"]
        return modele
