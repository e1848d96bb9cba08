"""Modèle de classement des sujets : régression à noyau sur caractères, sons, mots et sens de la phrase.

Un seul système linéaire à résoudre (Cholesky) pour toutes les étiquettes. La part des traits creux se replie en poids ;
celle du sens compare un message à tous les exemples appris, pour les seules étiquettes qu'une approximation linéaire
laisse en lice. Python pur (numpy, scipy), sans Rasa : s'entraîne, s'enregistre et se relit sans ``pickle``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from scipy import linalg, sparse

from actions.simplification import simplifier
from composants.calibrage import probabilites, temperature
from composants.cholesky import descendre, factoriser, remonter
from composants.comptage import Comptage, caracteres, entier, lies, mots, separes, sur_un_octet
from composants.phonetique import prononcer

REGLAGES = {
    "caracteres": 1.0,  # poids de chaque noyau
    "sons": 1.0,
    "liaisons": 0.5,
    "mots": 1.0,
    "sens": 4.0,
    "finesse": 2.0,  # exp(finesse · (cosinus − 1)) : plus elle est grande, plus seuls les voisins comptent
    "regularisation": 0.5,
    "dimensions": 160.0,  # directions gardées du vecteur de phrase
}
_TEMOINS = 1_000  # exemples dont on calcule la réponse « un dehors », pour régler la température
_TRANCHE = 1_000
_COURANT = 1_600  # un trait de plus d'exemples que cela se compte mieux en matrice pleine
_EN_LICE = 32  # étiquettes dont le score est exact : la tête y est toujours (docs/mesures.md)
_POUR_LA_PENTE = 8_000  # exemples sur lesquels s'ajuste l'approximation linéaire du sens
_DEMI = ("appris", "exemples")  # tableaux gardés en float16 : l'archive perd un tiers de son poids


class ModeleSujets:
    """Classe un message parmi les étiquettes vues à l'entraînement, avec une probabilité pour chacune."""

    def __init__(self, reglages: dict[str, float] | None = None) -> None:
        """Prépare un modèle vide ; ``reglages`` remplace tout ou partie de ``REGLAGES``."""
        self.reglages = {**REGLAGES, **(reglages or {})}
        self.etiquettes: list[str] = []
        self.temperature = 1.0
        self._comptages = {
            "caracteres": Comptage(caracteres, separes),
            "sons": Comptage(caracteres, separes),
            "liaisons": Comptage(lies, entier),
            "mots": Comptage(mots, entier),
        }
        self._tableaux: dict[str, np.ndarray] = {}

    def apprendre(
        self, textes: Sequence[str], jetons: Sequence[str], vecteurs: np.ndarray, etiquettes: Sequence[str]
    ) -> None:
        """Entraîne le modèle, puis règle sa température sur des exemples tenus « un dehors ».

        Args:
            textes: messages bruts.
            jetons: mêmes messages, mots de spaCy séparés par une espace.
            vecteurs: matrice (n, d) des vecteurs de phrase.
            etiquettes: étiquette de chaque message.
        """
        lectures = _lectures(textes, jetons)
        creux = self._reunir({nom: self._comptages[nom].apprendre(lus) for nom, lus in lectures.items()})
        self.etiquettes = sorted(set(etiquettes))
        colonnes = np.searchsorted(self.etiquettes, np.asarray(etiquettes))
        self._apprendre_le_sens(vecteurs)
        voulu = np.full((len(textes), len(self.etiquettes)), -1, dtype=np.float32)
        voulu[np.arange(len(textes)), colonnes] = 1
        biais = voulu.mean(axis=0)
        facteur = self._factoriser(creux)
        exemples = remonter(facteur, descendre(facteur, centres := voulu - biais))
        self._regler_la_temperature(facteur, voulu, exemples, colonnes)
        entiers = np.asarray(creux.T @ exemples)
        self._tableaux["pente"] = self._pente(centres, exemples, creux, entiers)
        poids, echelles = sur_un_octet(entiers)
        self._tableaux |= {"poids": poids, "echelles": echelles, "biais": biais}
        self._tableaux["exemples"] = np.ascontiguousarray(exemples.T)  # (étiquettes, exemples)
        # Arrondis comme dans l'archive : le modèle appris et le modèle relu donnent les mêmes scores.
        self._tableaux |= {nom: self._tableaux[nom].astype(np.float16).astype(np.float32) for nom in _DEMI}

    def _apprendre_le_sens(self, vecteurs: np.ndarray) -> None:
        """Garde les premières directions de variance du vecteur de phrase."""
        centre = vecteurs.mean(axis=0)
        ecarts = vecteurs - centre
        axes = linalg.eigh(ecarts.T @ ecarts)[1][:, ::-1][:, : int(self.reglages["dimensions"])]
        self._tableaux = {"centre": centre, "axes": np.ascontiguousarray(axes, dtype=np.float32)}
        self._tableaux["appris"] = self._reduire(vecteurs)

    def _reduire(self, vecteurs: np.ndarray) -> np.ndarray:
        reduits = (vecteurs - self._tableaux["centre"]) @ self._tableaux["axes"]
        return np.asarray(reduits / np.maximum(np.linalg.norm(reduits, axis=1, keepdims=True), 1e-9), np.float32)

    def _noyau_du_sens(self, reduits: np.ndarray, premiers: int | None = None) -> np.ndarray:
        """Ressemblance (n, exemples appris) de vecteurs réduits à chaque exemple appris, ou aux ``premiers``."""
        cosinus = reduits @ self._tableaux["appris"][:premiers].T
        cosinus -= 1
        cosinus *= self.reglages["finesse"]
        np.exp(cosinus, out=cosinus)
        cosinus *= self.reglages["sens"]
        return cosinus

    def _factoriser(self, creux: sparse.csr_matrix) -> np.ndarray:
        """Facteur de Cholesky du noyau régularisé, bâti par tranches (moitié basse d'une matrice n × n, float32)."""
        noyau = np.zeros((creux.shape[0],) * 2, dtype=np.float32)
        appris, courants = self._tableaux["appris"], creux.getnnz(axis=0) > _COURANT
        denses, rares = creux[:, courants].toarray(), creux[:, ~courants]

        def remplir(debut: int) -> None:
            fin = debut + _TRANCHE
            noyau[debut:fin, :fin] = self._noyau_du_sens(appris[debut:fin], fin)
            noyau[debut:fin, :fin] += denses[debut:fin] @ denses[:fin].T
            partages = (rares[:fin] @ rares[debut:fin].T.tocsr()).tocoo()
            noyau[debut + partages.col, partages.row] += partages.data

        with ThreadPoolExecutor(os.cpu_count()) as ouvriers:  # le produit creux de scipy n'occupe qu'un cœur
            list(ouvriers.map(remplir, range(0, len(noyau), _TRANCHE)))
        noyau[np.diag_indices(len(noyau))] += self.reglages["regularisation"]
        return factoriser(noyau)

    def _pente(
        self, centres: np.ndarray, exemples: np.ndarray, creux: sparse.csr_matrix, poids: np.ndarray
    ) -> np.ndarray:
        """Approximation linéaire (directions + 1, étiquettes) de la part du sens, ajustée sur des exemples appris."""
        tires = np.sort(np.random.default_rng(1).permutation(len(centres))[:_POUR_LA_PENTE])
        # Ce que le système résolu laisse au sens, une fois ôtées la régularisation et la part des traits creux.
        sens = centres[tires] - self.reglages["regularisation"] * exemples[tires] - creux[tires] @ poids
        entrees = _avec_un(self._tableaux["appris"][tires])
        carre = entrees.T @ entrees + 2 * np.eye(entrees.shape[1], dtype=np.float32)
        return np.asarray(linalg.solve(carre, entrees.T @ sens, assume_a="pos"), dtype=np.float32)

    def _regler_la_temperature(
        self, facteur: np.ndarray, voulu: np.ndarray, exemples: np.ndarray, colonnes: np.ndarray
    ) -> None:
        """Scores « un dehors » exacts de témoins : ce que dirait d'eux un modèle qui ne les aurait pas vus."""
        temoins = np.sort(np.random.default_rng(0).permutation(len(voulu))[:_TEMOINS])
        unites = np.zeros((len(voulu), len(temoins)), dtype=np.float32)
        unites[temoins, np.arange(len(temoins))] = 1
        colonnes_inverses = descendre(facteur, unites)
        diagonale = np.einsum("ij,ij->j", colonnes_inverses, colonnes_inverses)
        scores = voulu[temoins] - exemples[temoins] / diagonale[:, None]
        self.temperature = temperature(scores, colonnes[temoins])

    def probabilites(self, textes: Sequence[str], jetons: Sequence[str], vecteurs: np.ndarray) -> np.ndarray:
        """Rend la matrice (n, étiquettes) des probabilités."""
        return probabilites(self.scores(textes, jetons, vecteurs), self.temperature)

    def scores(self, textes: Sequence[str], jetons: Sequence[str], vecteurs: np.ndarray) -> np.ndarray:
        """Rend la matrice (n, étiquettes) des scores ; près de 1 : sûr ; près de −1 : sûrement pas."""
        reduits, exemples = self._reduire(vecteurs), self._tableaux["exemples"]
        ecrits = np.stack([self._score_ecrit(*lu) for lu in zip(textes, jetons, strict=True)]) + self._tableaux["biais"]
        approches = ecrits + _avec_un(reduits) @ self._tableaux["pente"]
        en_lice = np.argsort(-approches, axis=1)[:, :_EN_LICE]
        for ligne, (noyau, rangs) in enumerate(zip(self._noyau_du_sens(reduits), en_lice, strict=True)):
            approches[ligne, rangs] = ecrits[ligne, rangs] + [exemples[rang] @ noyau for rang in rangs]
        return np.asarray(approches)

    def _score_ecrit(self, texte: str, jetons: str) -> np.ndarray:
        """Part des traits creux : ligne du message par ``poids``, sans bâtir de matrice pour un seul message."""
        score, debut = np.zeros(len(self.etiquettes), dtype=np.float32), 0
        for nom, (lu,) in _lectures([texte], [jetons]).items():
            rangs, parts = self._comptages[nom].ligne(lu)
            parts = parts * self._tableaux["echelles"][debut:][rangs] * np.float32(np.sqrt(self.reglages[nom]))
            score += parts @ self._tableaux["poids"][debut:][rangs].astype(np.float32)
            debut += len(self._comptages[nom].vocabulaire)
        return score

    def connait(self, mot: str) -> bool:
        """Dit si un mot était dans plusieurs exemples."""
        return simplifier(mot) in self._comptages["mots"].vocabulaire

    def _reunir(self, comptes: dict[str, sparse.csr_matrix]) -> sparse.csr_matrix:
        """Matrice creuse (n, traits) de tous les comptages, chacun à son poids."""
        parts = [matrice * np.float32(np.sqrt(self.reglages[nom])) for nom, matrice in comptes.items()]
        return sparse.hstack(parts, format="csr", dtype=np.float32)

    def enregistrer(self, dossier: Path) -> None:
        """Écrit le modèle : un JSON et un fichier numpy."""
        fiche = {
            "reglages": self.reglages,
            "temperature": self.temperature,
            "etiquettes": self.etiquettes,
            "vocabulaires": {nom: comptage.vocabulaire for nom, comptage in self._comptages.items()},
        }
        (dossier / "sujets.json").write_text(json.dumps(fiche, ensure_ascii=False), encoding="utf-8")
        raretes = {f"idf_{nom}": comptage.idf for nom, comptage in self._comptages.items()}
        courts = {nom: self._tableaux[nom].astype(np.float16) for nom in _DEMI}
        np.savez(dossier / "sujets.npz", **self._tableaux | courts, **raretes)

    @classmethod
    def relire(cls, dossier: Path) -> ModeleSujets:
        """Relit un modèle écrit par :meth:`enregistrer`."""
        fiche = json.loads((dossier / "sujets.json").read_text(encoding="utf-8"))
        modele = cls(fiche["reglages"])
        modele.etiquettes, modele.temperature = fiche["etiquettes"], fiche["temperature"]
        with np.load(dossier / "sujets.npz", allow_pickle=False) as tableaux:
            modele._tableaux = {nom: tableaux[nom] for nom in tableaux.files if not nom.startswith("idf_")}
            modele._tableaux |= {nom: modele._tableaux[nom].astype(np.float32) for nom in _DEMI}
            for nom, comptage in modele._comptages.items():
                comptage.vocabulaire, comptage.idf = fiche["vocabulaires"][nom], tableaux[f"idf_{nom}"]
        return modele


def _lectures(textes: Sequence[str], jetons: Sequence[str]) -> dict[str, list[str]]:
    """Ce que lit chaque comptage."""
    sons = [prononcer(texte) for texte in textes]
    return {
        "caracteres": [simplifier(texte) for texte in textes],
        "sons": sons,
        "liaisons": sons,
        "mots": [simplifier(jeton) for jeton in jetons],
    }


def _avec_un(reduits: np.ndarray) -> np.ndarray:
    """Une colonne de 1 devant, pour la constante d'un ajustement linéaire."""
    return np.hstack([np.ones((len(reduits), 1), dtype=np.float32), reduits])
