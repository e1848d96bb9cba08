"""Garde fixe, avant le classement : un danger pour soi ou pour un proche est reconnu, quoi que le message demande."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from composants.vigilance import est_une_detresse, vigilance

DETRESSE_RECONNUE = "detresse_reconnue"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class GardeDetresse(GraphComponent, IntentClassifier):
    """Marque les messages de détresse ; ``Abstention`` leur donne alors la priorité."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GardeDetresse:
        """Crée le composant ; une expression mal écrite arrête le démarrage."""
        vigilance()
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Pose la marque, sans rien garder du texte."""
        for message in messages:
            message.set(DETRESSE_RECONNUE, bool(message.get(TEXT)) and est_une_detresse(message.get(TEXT)))
        return messages
