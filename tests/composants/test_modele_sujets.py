"""Le modèle appris, écrit puis relu ; ses poids sur un octet."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from composants import modele_sujets
from composants.comptage import Comptage, sur_un_octet
from composants.modele_sujets import ModeleSujets, _lectures

DUREE = ["ça dure combien de temps", "combien d'heures ça dure", "la durée du bilan", "ca dur lontemps", "c'est long"]
PRIX = ["ça coûte combien", "quel est le prix du bilan", "le tarif svp", "sa coute combien", "c'est cher le bilan"]
TEXTES, ETIQUETTES = DUREE + PRIX, ["duree"] * len(DUREE) + ["prix"] * len(PRIX)


@pytest.fixture(scope="module")
def modele() -> ModeleSujets:
    """Appris sur dix exemples, avec des vecteurs de phrase tirés au hasard (toujours les mêmes)."""
    appris = ModeleSujets({"dimensions": 4.0})
    appris.apprendre(TEXTES, TEXTES, _vecteurs(), ETIQUETTES)
    return appris


def _vecteurs() -> np.ndarray:
    return np.random.default_rng(1).normal(size=(len(TEXTES), 8)).astype(np.float32)


def test_chaque_exemple_appris_retrouve_son_etiquette(modele: ModeleSujets) -> None:
    probabilites = modele.probabilites(TEXTES, TEXTES, _vecteurs())
    assert [modele.etiquettes[rang] for rang in probabilites.argmax(axis=1)] == ETIQUETTES
    np.testing.assert_allclose(probabilites.sum(axis=1), 1, rtol=1e-5)


def test_un_message_seul_et_la_matrice_donnent_le_meme_score(modele: ModeleSujets) -> None:
    poids = modele._tableaux["poids"] * modele._tableaux["echelles"][:, None]
    messages = [*TEXTES, "", "zzz qqq", "combien ça dure et combien ça coûte"]
    seuls = np.stack([modele._score_ecrit(message, message) for message in messages])
    lectures = _lectures(messages, messages)
    lignes = modele._reunir({nom: _matrice(modele._comptages[nom], lus) for nom, lus in lectures.items()})
    np.testing.assert_allclose(seuls, lignes @ poids, atol=1e-5)


def test_une_etiquette_en_lice_a_son_score_exact_les_autres_leur_approximation(
    modele: ModeleSujets, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(modele_sujets, "_EN_LICE", 2)
    exacts = modele.scores(TEXTES, TEXTES, _vecteurs())
    monkeypatch.setattr(modele_sujets, "_EN_LICE", 1)
    scores = modele.scores(TEXTES, TEXTES, _vecteurs())
    assert (exacts.argmax(axis=1) == scores.argmax(axis=1)).all()
    exactes = np.isclose(scores, exacts, atol=1e-6)
    assert exactes.any(axis=1).all() and not exactes.all()


def _matrice(comptage: Comptage, textes: list[str]) -> sparse.csr_matrix:
    lignes = [comptage.ligne(texte) for texte in textes]
    bornes = np.cumsum([0, *(len(rangs) for rangs, _ in lignes)])
    rangs = np.concatenate([np.asarray(rangs, dtype=np.int32) for rangs, _ in lignes])
    poids = np.concatenate([poids for _, poids in lignes])
    return sparse.csr_matrix((poids, rangs, bornes), shape=(len(textes), len(comptage.vocabulaire)))


def test_le_modele_relu_donne_les_memes_scores(modele: ModeleSujets, tmp_path: Path) -> None:
    modele.enregistrer(tmp_path)
    relu, vecteurs = ModeleSujets.relire(tmp_path), _vecteurs()
    ecarts = relu.scores(TEXTES, TEXTES, vecteurs) - modele.scores(TEXTES, TEXTES, vecteurs)
    assert np.abs(ecarts).max() < 1e-6


def test_un_poids_sur_un_octet_ne_s_ecarte_que_d_un_demi_pas() -> None:
    poids = np.random.default_rng(2).normal(size=(50, 7)).astype(np.float32)
    poids[3] = 0
    arrondis, echelles = sur_un_octet(poids)
    assert arrondis.dtype == np.int8
    assert (np.abs(arrondis * echelles[:, None] - poids) <= echelles[:, None] / 2 + 1e-7).all()
