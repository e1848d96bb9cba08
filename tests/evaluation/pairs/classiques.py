"""tf-idf et SVM linéaire de scikit-learn, confiance calibrée (Platt, trois plis)."""

from __future__ import annotations

import time

import numpy as np
from sklearn.calibration import CalibratedClassifierCV
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.svm import LinearSVC

from tests.evaluation.jeux import exemples
from tests.evaluation.pairs.commun import CACHE, Predictions, cle, garder, relire, tetes


def _traits(nom: str) -> FeatureUnion:
    mots = ("mots", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True))
    caracteres = ("caracteres", TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True))
    return FeatureUnion([mots] if nom == "mots" else [mots, caracteres])


def predire(nom: str, messages: list[str]) -> Predictions:
    """Entraîne sur les exemples et prédit ; ``nom`` : mots, ou mots et caractères."""
    chemin = CACHE / f"svm_{nom}-{cle(nom, messages)}.json"
    if gardees := relire(chemin):
        return gardees
    textes, etiquettes = exemples()
    modele = Pipeline(
        [
            ("traits", _traits(nom)),
            ("svm", CalibratedClassifierCV(LinearSVC(), method="sigmoid", cv=3, ensemble=False)),
        ]
    )
    debut = time.process_time()
    modele.fit(textes, np.array(etiquettes))
    entrainement = time.process_time() - debut
    debut = time.process_time()
    probabilites = modele.predict_proba(messages)
    duree = 1000 * (time.process_time() - debut) / len(messages)
    return garder(chemin, Predictions(tetes(list(modele.classes_), probabilites), entrainement, duree))
