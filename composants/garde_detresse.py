"""Garde de la détresse, avant toute réponse : une règle fixe, et un modèle appris sur ce qui se ressemble."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from composants.classifieur_sujets import DANGER
from composants.sans_apprentissage import SansApprentissage
from composants.vigilance import est_une_detresse, vigilance

DETRESSE_RECONNUE = "detresse_reconnue"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class GardeDetresse(SansApprentissage, IntentClassifier):
    """Marque la détresse, que ``Abstention`` fait passer d'abord. Sans modèle (``danger`` absent), la règle suffit."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Probabilité de danger qui suffit seule ; celle sous laquelle la règle se trompe de sens."""
        return {"seuil_danger": 0.35, "seuil_de_la_regle": 0.05}

    @staticmethod
    def preparer() -> None:
        """Lit data/vigilance/detresse.yml."""
        vigilance()

    def process(self, messages: list[Message]) -> list[Message]:
        """Pose la marque, sans rien garder du texte."""
        for message in messages:
            message.set(DETRESSE_RECONNUE, self._reconnue(message))
        return messages

    def _reconnue(self, message: Message) -> bool:
        probabilite = message.get(DANGER)
        if probabilite is not None and probabilite >= self._config["seuil_danger"]:
            return True
        dementie = probabilite is not None and probabilite < self._config["seuil_de_la_regle"]
        return not dementie and est_une_detresse(message.get(TEXT) or "")
