"""Garde fixe, avant le classement : un message qui dit un danger pour soi est reconnu quoi qu'il demande d'autre."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from actions.reglages import DOSSIER_DONNEES
from composants.modele_sujets import simplifier

DETRESSE_RECONNUE = "detresse_reconnue"


@cache
def _motifs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Expressions de danger et exagérations de tous les jours, lues dans data/vigilance/detresse.yml."""
    listes = yaml.safe_load((DOSSIER_DONNEES / "vigilance/detresse.yml").read_text(encoding="utf-8"))

    def reunir(expressions: list[str]) -> re.Pattern[str]:
        return re.compile("|".join(rf"\b(?:{expression})\b" for expression in expressions))

    return reunir(listes["danger"]), reunir(listes["exagerations"])


def est_une_detresse(texte: str) -> bool:
    """Dit si un texte exprime un danger pour soi ; les tournures toutes faites sont retirées d'abord."""
    danger, exagerations = _motifs()
    return bool(danger.search(exagerations.sub(" ", simplifier(texte))))


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
        _motifs()
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Pose la marque, sans rien garder du texte."""
        for message in messages:
            message.set(DETRESSE_RECONNUE, bool(message.get(TEXT)) and est_une_detresse(message.get(TEXT)))
        return messages
