"""spaCy pour le français, chargé une seule fois par processus et réduit aux étapes dont la chaîne se sert."""

from __future__ import annotations

from functools import cache
from typing import Any

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.utils.spacy_utils import SpacyModel, SpacyNLP

# Rasa charge le modèle deux fois avec toutes ses étapes (5,7 ms par texte) ; la segmentation seule suffit ici.
_ETAPES_INUTILES = ["tok2vec", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer", "ner"]


MODELE = "fr_core_news_md"


@cache
def _langue(nom: str) -> Any:
    return spacy.load(nom, exclude=_ETAPES_INUTILES)


def mot_connu(mot: str, nom: str = MODELE) -> bool:
    """Dit si le modèle français connaît un mot (il en connaît aussi les fautes courantes)."""
    return bool(_langue(nom).vocab.has_vector(mot))


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.MODEL_LOADER, DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER],
    is_trainable=False,
    model_from="SpacyFrancais",
)
class SpacyFrancais(SpacyNLP):
    """``SpacyNLP`` de Rasa, avec un modèle partagé entre ses deux nœuds du graphe."""

    @staticmethod
    def load_model(spacy_model_name: str) -> SpacyModel:
        """Rend le modèle partagé ; l'absence du paquet remonte telle quelle (``OSError``)."""
        return SpacyModel(model=_langue(spacy_model_name), model_name=spacy_model_name)
