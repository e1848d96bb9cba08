"""spaCy pour le français, chargé une seule fois par processus et réduit aux étapes dont la chaîne se sert."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.spacy_tokenizer import SpacyTokenizer
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.nlu.utils.spacy_utils import SpacyModel, SpacyNLP
from rasa.shared.nlu.training_data.message import Message
from spacy.lang.fr.stop_words import STOP_WORDS
from spacy.lookups import Lookups

# Rasa charge le modèle deux fois avec toutes ses étapes (5,7 ms par texte) ; la segmentation seule suffit ici.
_ETAPES_INUTILES = ["tok2vec", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer", "ner"]


MODELE = "fr_core_news_md"


@cache
def _langue(nom: str) -> Any:
    return spacy.load(nom, exclude=_ETAPES_INUTILES)


def mot_connu(mot: str, nom: str = MODELE) -> bool:
    """Dit si le modèle français connaît un mot (il en connaît aussi les fautes courantes)."""
    return bool(_langue(nom).vocab.has_vector(mot))


def dictionnaire() -> Callable[[str], bool]:
    """Rend ce qui dit si un mot est français (formes et lemmes du lemmatiseur, mots outils) ; lu à l'entraînement."""
    (lemmatiseur,) = spacy.util.get_package_path(MODELE).glob("*/lemmatizer/lookups")
    tables = Lookups().from_disk(lemmatiseur)
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


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class MotsFrancais(SpacyTokenizer):
    """``SpacyTokenizer`` de Rasa, sans le lemme ni la nature de chaque mot : les étapes qui les trouvent sont ôtées."""

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Rend les mots d'un texte déjà segmenté par spaCy."""
        segmente = self._get_doc(message, attribute)
        return [Token(mot.text, mot.idx) for mot in segmente or () if mot.text.strip()]
