"""Le comptage maison donne les mêmes valeurs que scikit-learn."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from composants.comptage import Comptage, caracteres, entier, mots, separes

TEXTES = [
    "combien ca dure un bilan",
    "combien ca coute un bilan ?",
    "a",
    "",
    "mon employeur peut il refuser mon bilan bilan bilan",
    "j'ai un cpf",
]


@pytest.mark.parametrize(
    ("decoupe", "unites", "reglages"),
    [
        (caracteres, separes, {"analyzer": "char_wb", "ngram_range": (2, 5)}),
        (mots, entier, {"token_pattern": r"(?u)\S+", "ngram_range": (1, 2)}),
    ],
)
def test_memes_poids_que_scikit_learn(decoupe, unites, reglages) -> None:
    reference = TfidfVectorizer(min_df=2, sublinear_tf=True, dtype=np.float32, **reglages)
    attendue = reference.fit_transform(TEXTES)
    comptage = Comptage(decoupe, unites)
    obtenue = comptage.apprendre(TEXTES)
    assert comptage.vocabulaire == reference.vocabulary_
    assert abs(attendue - obtenue).max() < 1e-6
    rangs, poids = comptage.ligne("un bilan combien")
    nouveau = reference.transform(["un bilan combien"]).toarray()[0]
    np.testing.assert_allclose(nouveau[rangs], poids, atol=1e-6)
    assert np.count_nonzero(nouveau) == len(rangs)


def test_un_texte_sans_trait_connu_donne_une_ligne_vide() -> None:
    comptage = Comptage(mots)
    comptage.apprendre(TEXTES)
    rangs, poids = comptage.ligne("qsdf")
    assert rangs == [] and poids.size == 0
