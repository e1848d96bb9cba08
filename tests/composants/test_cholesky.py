"""La factorisation par blocs rend ce que rend scipy, sur plusieurs blocs et au bord."""

import numpy as np
import pytest
from scipy import linalg

from composants import cholesky


@pytest.mark.parametrize("n", [1, 7, 8, 9, 30])
def test_meme_facteur_et_memes_solutions_que_scipy(monkeypatch: pytest.MonkeyPatch, n: int) -> None:
    monkeypatch.setattr(cholesky, "_BLOC", 8)
    hasard = np.random.default_rng(n)
    racine = hasard.normal(size=(n, n)).astype(np.float32)
    matrice, voulu = racine @ racine.T + n * np.eye(n, dtype=np.float32), hasard.normal(size=(n, 3))
    facteur = cholesky.factoriser(matrice.copy())
    np.testing.assert_allclose(np.tril(facteur), linalg.cholesky(matrice, lower=True), atol=1e-4)
    bas = cholesky.descendre(facteur, voulu)
    np.testing.assert_allclose(bas, linalg.solve_triangular(np.tril(facteur), voulu, lower=True), atol=1e-4)
    np.testing.assert_allclose(matrice @ cholesky.remonter(facteur, bas), voulu, atol=1e-3)


def test_une_matrice_non_definie_positive_est_refusee() -> None:
    with pytest.raises(np.linalg.LinAlgError):
        cholesky.factoriser(-np.eye(4, dtype=np.float32))
