"""Modèle de classement des sujets : caractères, sons, mots et sens de la phrase, séparateurs linéaires.

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
from sklearn.model_selection import StratifiedShuffleSplit
from sklearn.svm import LinearSVC

from composants.phonetique import prononcer

_REPETITION = re.compile(r"(.)\1{2,}")
_NON_MOT = re.compile(r"[^\w€' ]+")


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
            reglages: ``c`` (inverse de la régularisation) et ``poids_phrase`` (poids du vecteur de phrase).
        """
        self.reglages = {"c": 0.3, "poids_phrase": 1.0, **(reglages or {})}
        self.etiquettes: list[str] = []
        self.temperature = 1.0
        self._caracteres = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True, dtype=np.float32
        )
        self._sons = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True, dtype=np.float32
        )
        self._mots = TfidfVectorizer(
            token_pattern=r"(?u)\S+", ngram_range=(1, 2), min_df=2, sublinear_tf=True, dtype=np.float32
        )
        self._poids = np.zeros((0, 0), dtype=np.float32)
        self._biais = np.zeros(0, dtype=np.float32)

    def apprendre(
        self, textes: Sequence[str], jetons: Sequence[str], vecteurs: np.ndarray, etiquettes: Sequence[str]
    ) -> None:
        """Entraîne le modèle, puis règle sa température sur une part mise de côté.

        Args:
            textes: messages bruts.
            jetons: mêmes messages, mots de spaCy séparés par une espace.
            vecteurs: matrice (n, d) des vecteurs de phrase.
            etiquettes: étiquette de chaque message.
        """
        self._caracteres.fit([simplifier(texte) for texte in textes])
        self._sons.fit([prononcer(texte) for texte in textes])
        self._mots.fit([simplifier(jeton) for jeton in jetons])
        traits, cibles = self._traits(textes, jetons, vecteurs), np.asarray(etiquettes)
        decoupe = StratifiedShuffleSplit(n_splits=1, test_size=0.15, random_state=0)
        apprises, cotees = next(decoupe.split(traits, cibles))
        self._ajuster(traits[apprises], cibles[apprises])
        self.temperature = _temperature(self._scores(traits[cotees]), cibles[cotees], self.etiquettes)
        self._ajuster(traits, cibles)

    def _ajuster(self, traits: sparse.csr_matrix, cibles: np.ndarray) -> None:
        separateurs = LinearSVC(C=self.reglages["c"], random_state=0).fit(traits, cibles)
        self.etiquettes = [str(etiquette) for etiquette in separateurs.classes_]
        self._poids = separateurs.coef_.astype(np.float32).T.copy()
        self._biais = separateurs.intercept_.astype(np.float32)

    def probabilites(self, textes: Sequence[str], jetons: Sequence[str], vecteurs: np.ndarray) -> np.ndarray:
        """Rend la matrice (n, étiquettes) des probabilités."""
        return _probabilites(self._scores(self._traits(textes, jetons, vecteurs)), self.temperature)

    def _scores(self, traits: sparse.csr_matrix) -> np.ndarray:
        return np.asarray(traits @ self._poids) + self._biais

    def _traits(self, textes: Sequence[str], jetons: Sequence[str], vecteurs: np.ndarray) -> sparse.csr_matrix:
        return sparse.hstack(
            [
                self._caracteres.transform([simplifier(texte) for texte in textes]),
                self._sons.transform([prononcer(texte) for texte in textes]),
                self._mots.transform([simplifier(jeton) for jeton in jetons]),
                sparse.csr_matrix(vecteurs * self.reglages["poids_phrase"]),
            ],
            format="csr",
        )

    def _comptages(self) -> dict[str, TfidfVectorizer]:
        return {"caracteres": self._caracteres, "sons": self._sons, "mots": self._mots}

    def enregistrer(self, dossier: Path) -> None:
        """Écrit le modèle : un JSON et un fichier numpy."""
        vocabulaires = {
            nom: {terme: int(rang) for terme, rang in outil.vocabulary_.items()}
            for nom, outil in self._comptages().items()
        }
        fiche = {
            "reglages": self.reglages,
            "temperature": self.temperature,
            "etiquettes": self.etiquettes,
            "vocabulaires": vocabulaires,
        }
        (dossier / "sujets.json").write_text(json.dumps(fiche, ensure_ascii=False), encoding="utf-8")
        np.savez(
            dossier / "sujets.npz",
            poids=self._poids,
            biais=self._biais,
            **{f"idf_{nom}": outil.idf_ for nom, outil in self._comptages().items()},
        )

    @classmethod
    def relire(cls, dossier: Path) -> ModeleSujets:
        """Relit un modèle écrit par :meth:`enregistrer`."""
        fiche = json.loads((dossier / "sujets.json").read_text(encoding="utf-8"))
        modele = cls(fiche["reglages"])
        modele.etiquettes, modele.temperature = fiche["etiquettes"], fiche["temperature"]
        with np.load(dossier / "sujets.npz", allow_pickle=False) as tableaux:
            modele._poids, modele._biais = tableaux["poids"], tableaux["biais"]
            for nom, outil in modele._comptages().items():
                outil.vocabulary = fiche["vocabulaires"][nom]
                outil.idf_ = tableaux[f"idf_{nom}"]
        return modele


def _probabilites(scores: np.ndarray, temperature: float) -> np.ndarray:
    exponentielles = np.exp((scores - scores.max(axis=1, keepdims=True)) / temperature)
    return exponentielles / exponentielles.sum(axis=1, keepdims=True)


def _temperature(scores: np.ndarray, cibles: np.ndarray, etiquettes: list[str]) -> float:
    """Température qui rend les probabilités les plus justes (log-vraisemblance) sur des messages non appris."""
    colonnes = np.searchsorted(etiquettes, cibles)
    lignes = np.arange(len(cibles))

    def perte(temperature: float) -> float:
        justes = _probabilites(scores, temperature)[lignes, colonnes]
        return float(-np.log(np.maximum(justes, 1e-9)).mean())

    return min(np.geomspace(0.05, 1.0, 40).tolist(), key=perte)
