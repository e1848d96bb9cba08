"""Savoir qu'on ne sait pas : répondre, demander entre des sens proches, ou dire qu'on n'a pas compris."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from actions.contenus import contenus_en_place
from actions.reglages import DOSSIER_DONNEES
from composants.classifieur_sujets import QUESTIONS
from composants.garde_detresse import DETRESSE_RECONNUE

PROPOSITIONS_MAX = 3
_DETRESSE = "exprimer_detresse"
_HORS_SUJET, _HORS_SUJET_GENERAL = "hors_sujet", "hors_sujet/autre"


@cache
def _proposables() -> frozenset[str]:
    """Sujets que l'on peut proposer quand on hésite : connaissances et parcours, pas les actes de conversation."""
    groupes = yaml.safe_load((DOSSIER_DONNEES / "sujets.yml").read_text(encoding="utf-8"))
    return frozenset(sujet for nom, sujets in groupes.items() if nom != "conversation" for sujet in sujets)


def regrouper(classement: list[dict[str, Any]]) -> list[tuple[str, str, float]]:
    """Additionne les probabilités des étiquettes qui répondent au même sujet.

    Returns:
        (sujet, étiquette la plus probable de ce sujet, probabilité cumulée), le plus probable en premier.
    """
    groupes: dict[str, tuple[str, float]] = {}
    for entree in classement:
        sujet = contenus_en_place().sujets_d_etiquette(entree["name"])[0]
        etiquette, cumul = groupes.get(sujet, (entree["name"], 0.0))
        groupes[sujet] = (etiquette, cumul + entree["confidence"])
    return sorted(
        ((sujet, etiquette, cumul) for sujet, (etiquette, cumul) in groupes.items()),
        key=lambda groupe: -groupe[2],
    )


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Abstention(GraphComponent, IntentClassifier):
    """Remplace l'intention par ``nlu_fallback`` quand le classement est trop faible ou trop serré.

    L'intention porte alors ``propositions`` : les étiquettes entre lesquelles demander (vide : rien compris).
    """

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Seuils sur la probabilité cumulée du sujet."""
        return {
            "seuil_reponse": 0.25,
            "marge": 0.03,
            "seuil_proposition": 0.10,
            "seuil_detresse": 0.10,
            "seuil_question": 0.60,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Abstention:
        """Crée le composant."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Décide, pour chaque message, de répondre, de demander ou de se taire."""
        for message in messages:
            if message.get(TEXT) and message.get(INTENT_RANKING_KEY):
                decision = self._decider(message.get(INTENT_RANKING_KEY), message.get(DETRESSE_RECONNUE))
                if _cede_a_deux_questions(decision):
                    decision = self._deux_questions(message.get(QUESTIONS) or []) or decision
                message.set(INTENT, decision, add_to_output=True)
        return messages

    def _decider(self, classement: list[dict[str, Any]], detresse: bool = False) -> dict[str, Any]:
        if detresse:
            return _intention(_DETRESSE, 1.0)
        groupes = regrouper(classement)
        for sujet, etiquette, cumul in groupes:
            # Manquer une détresse est plus grave que d'en voir une de trop.
            if sujet == _DETRESSE and cumul >= self._config["seuil_detresse"]:
                return _intention(etiquette, cumul)
        _, etiquette, cumul = groupes[0]
        ecart = cumul - (groupes[1][2] if len(groupes) > 1 else 0.0)
        if cumul >= self._config["seuil_reponse"] and ecart >= self._config["marge"]:
            return _intention(etiquette, cumul)
        if groupes[0][0] == _HORS_SUJET:
            # Ce qui ne ressemble à rien de connu est d'ordinaire hors sujet : le dire vaut mieux que faire répéter.
            return _intention(_HORS_SUJET_GENERAL, cumul)
        propositions = [e for s, e, p in groupes if p >= self._config["seuil_proposition"] and s in _proposables()]
        if len(propositions) < 2:
            propositions = []
        return {
            "name": DEFAULT_NLU_FALLBACK_INTENT_NAME,
            "confidence": cumul,
            "propositions": propositions[:PROPOSITIONS_MAX],
        }

    def _deux_questions(self, questions: list[dict[str, Any]]) -> dict[str, Any] | None:
        """Retient deux questions sûres sur des sujets différents ; sinon ``None``."""
        sures: dict[str, dict[str, Any]] = {}
        for question in questions:
            sujet = contenus_en_place().sujets_d_etiquette(question["name"])[0]
            if question["confidence"] >= self._config["seuil_question"] and sujet in _proposables():
                sures.setdefault(sujet, question)
        if len(sures) < 2:
            return None
        # Un parcours vient après une réponse : c'est elle qui l'annonce.
        premiere, seconde = sorted(list(sures.values())[:2], key=lambda question: "/" not in question["name"])
        if "/" not in premiere["name"]:
            return None
        return {**_intention(premiere["name"], premiere["confidence"]), "seconde": seconde["name"]}


def _cede_a_deux_questions(decision: dict[str, Any]) -> bool:
    """Une détresse ou un acte de conversation passent avant toute autre question."""
    etiquette = decision.get("etiquette")
    return not etiquette or contenus_en_place().sujets_d_etiquette(etiquette)[0] in _proposables()


def _intention(etiquette: str, confiance: float) -> dict[str, Any]:
    return {"name": etiquette.split("/")[0], "confidence": confiance, "etiquette": etiquette}
