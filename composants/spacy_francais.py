"""spaCy pour le français, chargé une seule fois par processus et réduit aux étapes dont la chaîne se sert."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.utils.spacy_utils import SpacyModel, SpacyNLP
from spacy.lang.fr.stop_words import STOP_WORDS

# Rasa charge le modèle deux fois avec toutes ses étapes (5,7 ms par texte) ; la segmentation seule suffit ici.
_ETAPES_INUTILES = ["tok2vec", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer", "ner"]


MODELE = "fr_core_news_md"


@cache
def _langue(nom: str) -> Any:
    return spacy.load(nom, exclude=_ETAPES_INUTILES)


def mot_connu(mot: str, nom: str = MODELE) -> bool:
    """Dit si le modèle français connaît un mot (il en connaît aussi les fautes courantes)."""
    return bool(_langue(nom).vocab.has_vector(mot))


def dictionnaire(nom: str = MODELE) -> Callable[[str], bool]:
    """Rend ce qui dit si un mot est français (formes et lemmes du lemmatiseur, mots outils) ; lu à l'entraînement."""
    etapes = [etape for etape in _ETAPES_INUTILES if etape != "lemmatizer"]
    tables = spacy.load(nom, exclude=etapes).get_pipe("lemmatizer").lookups
    formes = tables.get_table("lemma_lookup")
    lemmes = {
        mot for table in ("lemma_index", "lemma_exc") for mots in tables.get_table(table).values() for mot in mots
    }
    return lambda mot: mot in formes or mot in lemmes or mot in STOP_WORDS


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
