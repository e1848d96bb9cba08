"""Classement des messages : un seul modèle pour tous les sujets, idées reçues, parcours et actes de conversation."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from composants.charabia import est_du_charabia
from composants.double_question import coupes
from composants.encodeur_phrases import encoder
from composants.modele_sujets import REGLAGES, ModeleSujets

QUESTIONS, CHARABIA = "questions", "charabia"
_RANG_MAX = 10
_CODE_DU_MODELE = ("modele_sujets.py", "comptage.py", "encodeur_phrases.py", "phonetique.py", "spacy_francais.py")
_SALUTATION = re.compile(r"^\s*(bonjour|bonsoir|salut|slt|bjr|bsr|coucou|cc|hello)\b[\s,.!;:-]*", re.I)
_MOTS_APRES_BONJOUR = 3


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ClassifieurSujets(GraphComponent, IntentClassifier):
    """Pose l'intention de Rasa (« faq ») et un classement d'étiquettes complètes (« faq/duree »)."""

    def __init__(
        self, config: dict[str, Any], stockage: ModelStorage, ressource: Resource, modele: ModeleSujets
    ) -> None:
        self._config, self._stockage, self._ressource, self._modele = config, stockage, ressource, modele

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Réglages par défaut : ceux du modèle."""
        return dict(REGLAGES)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ClassifieurSujets:
        """Crée un classifieur à entraîner."""
        reglages = {cle: config[cle] for cle in cls.get_default_config()}
        return cls(config, model_storage, resource, ModeleSujets(reglages))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ClassifieurSujets:
        """Relit un classifieur entraîné."""
        with model_storage.read_from(resource) as dossier:
            return cls(config, model_storage, resource, ModeleSujets.relire(dossier))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Code dont dépend le modèle : le changer réentraîne, ce que la seule source de cette classe ne dirait pas."""
        sources = (Path(__file__).with_name(nom) for nom in _CODE_DU_MODELE)
        return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Entraîne le modèle sur les exemples d'intention et l'enregistre."""
        exemples = [e for e in training_data.intent_examples if e.get(TEXT)]
        etiquettes = [e.get(INTENT_RESPONSE_KEY) or e.get(INTENT) for e in exemples]
        self._modele.apprendre(*_entrees(exemples), etiquettes)
        with self._stockage.write_to(self._ressource) as dossier:
            self._modele.enregistrer(dossier)
        return self._ressource

    def process(self, messages: list[Message]) -> list[Message]:
        """Pose intention, confiance et classement sur chaque message."""
        for message in messages:
            if not message.get(TEXT):
                continue
            probabilites = self._modele.probabilites(*_entree_utile(message))[0]
            ordre = np.argsort(-probabilites)[:_RANG_MAX]
            classement = [
                {"name": self._modele.etiquettes[rang], "confidence": float(probabilites[rang])} for rang in ordre
            ]
            tete = classement[0]
            message.set(
                INTENT,
                {"name": tete["name"].split("/")[0], "confidence": tete["confidence"]},
                add_to_output=True,
            )
            message.set(INTENT_RANKING_KEY, classement, add_to_output=True)
            message.set(QUESTIONS, self._questions(message))
            message.set(CHARABIA, est_du_charabia(message.get(TEXT), self._modele.connait))
        return messages

    def _questions(self, message: Message) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """Meilleure étiquette de chaque moitié, avec sa probabilité, pour chaque façon de couper le message en deux."""
        parties = [partie for coupe in coupes(message.get(TEXT)) for partie in coupe]
        if not parties:
            return []
        probabilites = self._modele.probabilites(parties, parties, encoder(parties))
        meilleures = [
            {"name": self._modele.etiquettes[rang], "confidence": float(ligne[rang])}
            for ligne, rang in zip(probabilites, probabilites.argmax(axis=1), strict=True)
        ]
        return list(zip(meilleures[::2], meilleures[1::2], strict=True))


def _entree_utile(message: Message) -> tuple[list[str], list[str], np.ndarray]:
    """Le message, ou ce qui suit le bonjour quand une vraie question le suit."""
    reste = _SALUTATION.sub("", message.get(TEXT))
    if reste == message.get(TEXT) or len(reste.split()) < _MOTS_APRES_BONJOUR:
        return _entrees([message])
    return [reste], [reste], encoder([reste])


def _entrees(messages: list[Message]) -> tuple[list[str], list[str], np.ndarray]:
    textes = [message.get(TEXT) for message in messages]
    jetons = [" ".join(jeton.text for jeton in message.get(TOKENS_NAMES[TEXT], [])) for message in messages]
    vecteurs = np.vstack([message.get_dense_features(TEXT, [])[1].features for message in messages])
    return textes, jetons, vecteurs
