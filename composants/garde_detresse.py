"""Garde de la détresse, avant toute réponse : une règle fixe, et un modèle appris sur ce qui se ressemble."""

from __future__ import annotations

import math
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from actions.comprehension.nus import que_des_valeurs_lues
from composants.classifieur_sujets import DANGER, DANGER_D_UNE_PHRASE, DANGER_DIT, DANGER_NIE
from composants.modele_danger import INTENTION
from composants.sans_apprentissage import SansApprentissage
from composants.vigilance import est_une_detresse, vigilance

DETRESSE_RECONNUE = "detresse_reconnue"
_INFIME, _PLANCHER = 1e-6, 1e-3


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class GardeDetresse(SansApprentissage, IntentClassifier):
    """Marque la détresse, que ``Abstention`` fait passer d'abord. Sans modèle (``danger`` absent), la règle suffit."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Scores (logarithme des chances) qui font alerter ; probabilités sous lesquelles la règle se trompe."""
        return {
            "seuil_danger": -0.8,
            "poids_du_classement": 0.3,
            "seuil_d_une_phrase": 0.5,
            "plancher_du_message": -4.0,
            "seuil_de_la_regle": 0.1,
            "seuil_d_une_proposition": 0.5,
        }

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
        texte, probabilite = message.get(TEXT) or "", message.get(DANGER)
        if probabilite is None:
            return est_une_detresse(texte)
        dit = message.get(DANGER_DIT)
        dit = est_une_detresse(texte) if dit is None else dit
        # Le modèle prend « regardé, 3100 » pour du danger ; un montant ou une date lus n'ont de mot que d'eux-mêmes.
        if message.get(DANGER_NIE) or (not dit and que_des_valeurs_lues(texte)):
            return False
        if self._score(probabilite, _dans_le_classement(message)) >= self._config["seuil_danger"]:
            return True
        phrase = message.get(DANGER_D_UNE_PHRASE) or 0.0
        if dit:
            return probabilite >= self._config["seuil_de_la_regle"] or phrase >= self._config["seuil_d_une_proposition"]
        return self._dite_dans_une_phrase(probabilite, phrase)

    def _dite_dans_une_phrase(self, message: float, phrase: float) -> bool:
        """« Magasinier, CACES 1, 3, 5. Je pense à en finir. Le TOEIC est pris par le CPF ? » : le tout la noierait."""
        return bool(
            _chances(phrase) >= self._config["seuil_d_une_phrase"]
            and _chances(message) >= self._config["plancher_du_message"]
        )

    def _score(self, danger: float, classement: float) -> float:
        """Le modèle de danger juge ; le classement par sujet, qui connaît le métier, pèse un peu."""
        return _chances(danger) + float(self._config["poids_du_classement"]) * math.log(max(classement, _PLANCHER))


def _chances(probabilite: float) -> float:
    return math.log(max(probabilite, _INFIME) / max(1 - probabilite, _INFIME))


def _dans_le_classement(message: Message) -> float:
    classement = message.get(INTENT_RANKING_KEY) or []
    return sum(entree["confidence"] for entree in classement if entree["name"] == INTENTION)
