"""Garde fixe, avant le classement : un danger pour soi ou pour un proche est reconnu, quoi que le message demande."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from composants.sans_apprentissage import SansApprentissage
from composants.vigilance import est_une_detresse, est_une_tournure, vigilance

DETRESSE_RECONNUE = "detresse_reconnue"
TOURNURE_RECONNUE = "tournure_reconnue"
_DETRESSE, _SOUPCON = "exprimer_detresse", 0.05


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class GardeDetresse(SansApprentissage, IntentClassifier):
    """Marque la détresse, que ``Abstention`` fait passer d'abord, et les tournures, où il la veut plus probable."""

    @staticmethod
    def preparer() -> None:
        """Lit data/vigilance/detresse.yml."""
        vigilance()

    def process(self, messages: list[Message]) -> list[Message]:
        """Pose les marques, sans rien garder du texte."""
        for message in messages:
            texte = message.get(TEXT) or ""
            danger = est_une_detresse(texte)
            message.set(DETRESSE_RECONNUE, danger)
            message.set(TOURNURE_RECONNUE, not danger and _soupconnee(message) and est_une_tournure(texte))
        return messages


def _soupconnee(message: Message) -> bool:
    """Le classement voit une détresse : c'est alors seulement qu'une tournure toute faite compte."""
    classement = message.get(INTENT_RANKING_KEY) or []
    return any(entree["name"] == _DETRESSE and entree["confidence"] >= _SOUPCON for entree in classement)
