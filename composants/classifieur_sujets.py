"""Classement des messages : un seul modèle pour tous les sujets, idées reçues, parcours et actes de conversation."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from actions.reglages import DOSSIER_DONNEES
from composants import modele_danger
from composants.charabia import est_du_charabia
from composants.dechiffrage import Dechiffrage
from composants.double_question import propositions
from composants.encodeur_phrases import encoder
from composants.modele_danger import INTENTION, ModeleDanger, exemples, phrases, rangs_utiles
from composants.modele_sujets import REGLAGES, ModeleSujets
from composants.sens_probables import Question
from composants.spacy_francais import dictionnaire
from composants.vigilance import dit_un_danger, nie_le_danger, redresser

QUESTIONS, CHARABIA, DECHIFFRE, DANGER = "questions", "charabia", "dechiffre", "danger"
DANGER_D_UNE_PHRASE, DANGER_DIT, DANGER_NIE = "danger_d_une_phrase", "danger_dit", "danger_nie"
_RANG_MAX = 10
_FICHE = "dechiffrage.json"
_ECRITURES = ("vocabulaire/ecritures.yml", "oreille.yml")
_SALUTATION = re.compile(r"^\s*(bonjour|bonsoir|salut|slt|bjr|bsr|coucou|cc|hello)\b[\s,.!;:-]*", re.I)
_MOTS_APRES_BONJOUR = 3


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ClassifieurSujets(GraphComponent, IntentClassifier):
    """Pose l'intention de Rasa (« faq ») et un classement d'étiquettes complètes (« faq/duree »)."""

    def __init__(
        self,
        stockage: ModelStorage,
        ressource: Resource,
        modele: ModeleSujets,
        danger: ModeleDanger,
        dechiffrage: Dechiffrage,
    ) -> None:
        self._stockage, self._ressource = stockage, ressource
        self._modele, self._danger, self._dechiffrage = modele, danger, dechiffrage

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
        return cls(model_storage, resource, ModeleSujets(reglages), ModeleDanger(), Dechiffrage())

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ClassifieurSujets:
        """Relit un classifieur entraîné ; les poids de l'encodeur sont lus ici, pas au premier message."""
        encoder(["prêt"])
        with model_storage.read_from(resource) as dossier:
            fiche = json.loads((dossier / _FICHE).read_text(encoding="utf-8"))
            modele, danger = ModeleSujets.relire(dossier), ModeleDanger.relire(dossier / DANGER)
            return cls(model_storage, resource, modele, danger, Dechiffrage.depuis(fiche))

    def train(self, training_data: TrainingData) -> Resource:
        """Entraîne le modèle sur les exemples d'intention et l'enregistre."""
        exemples = [e for e in training_data.intent_examples if e.get(TEXT)]
        etiquettes = [e.get(INTENT_RESPONSE_KEY) or e.get(INTENT) for e in exemples]
        textes = [e.get(TEXT) for e in exemples]
        self._dechiffrage.apprendre(textes, dictionnaire(), ecritures())
        vecteurs = self._sens(textes)
        self._modele.apprendre(textes, [_jetons(e) for e in exemples], vecteurs, etiquettes)
        self._apprendre_le_danger(textes, vecteurs, etiquettes)
        with self._stockage.write_to(self._ressource) as dossier:
            self._modele.enregistrer(dossier)
            (dossier / DANGER).mkdir()
            self._danger.enregistrer(dossier / DANGER)
            fiche = json.dumps(self._dechiffrage.fiche(), ensure_ascii=False)
            (dossier / _FICHE).write_text(fiche, encoding="utf-8")
        return self._ressource

    def _apprendre_le_danger(self, textes: list[str], vecteurs: np.ndarray, etiquettes: list[str]) -> None:
        rangs, (autres, sortes) = rangs_utiles(etiquettes), exemples()
        tous = np.vstack([vecteurs[rangs], self._sens(autres)])
        dangers = [etiquettes[rang] == INTENTION for rang in rangs] + sortes
        self._danger.apprendre([*(textes[rang] for rang in rangs), *autres], tous, dangers)

    def process(self, messages: list[Message]) -> list[Message]:
        """Pose intention, confiance et classement sur chaque message."""
        for message in messages:
            texte = message.get(TEXT)
            if not texte:
                continue
            utile, jetons = _entree_utile(message)
            dechiffre, relu = self._dechiffrage.dechiffrer_et_relire(texte)
            vecteurs = encoder([dechiffre]) if utile == texte else self._sens([utile])
            (classement,) = self._classer([utile], [jetons], vecteurs)
            redresse = redresser(texte)
            message.set(DANGER_DIT, dit_un_danger(redresse))
            message.set(DANGER_NIE, nie_le_danger(redresse))
            lu = redresse if utile == texte else redresser(utile)
            message.set(DANGER, float(self._danger.probabilites_lues([lu], vecteurs)[0]))
            message.set(DANGER_D_UNE_PHRASE, self._danger_d_une_phrase(texte, message.get(DANGER_DIT)))
            tete = classement[0]
            message.set(
                INTENT,
                {"name": tete["name"].split("/")[0], "confidence": tete["confidence"]},
                add_to_output=True,
            )
            message.set(INTENT_RANKING_KEY, classement, add_to_output=True)
            message.set(QUESTIONS, self._questions(message))
            # Sort du graphe avec le texte, pour qui lit les faits ; s'oublie avec lui (composants/magasin_memoire.py).
            message.set(DECHIFFRE, relu, add_to_output=True)
            message.set(CHARABIA, est_du_charabia(texte, self._modele.connait))
        return messages

    def _danger_d_une_phrase(self, texte: str, danger_dit: bool) -> float:
        """Danger de la phrase la plus inquiétante, ou de la proposition si la règle voit un danger ; 0 sans partie."""
        parties = phrases(texte) + (modele_danger.propositions(texte) if danger_dit else [])
        return float(self._danger.probabilites(parties, self._sens(parties)).max()) if parties else 0.0

    def _sens(self, textes: list[str]) -> np.ndarray:
        return encoder([self._dechiffrage.dechiffrer(texte) for texte in textes])

    def _classer(self, textes: list[str], jetons: list[str], vecteurs: np.ndarray) -> list[list[dict[str, Any]]]:
        """Les étiquettes les plus probables de chaque texte, avec leur probabilité, la plus probable en premier."""
        probabilites = self._modele.probabilites(textes, jetons, vecteurs)
        ordres = np.argsort(-probabilites, axis=1)[:, :_RANG_MAX]
        return [
            [{"name": self._modele.etiquettes[rang], "confidence": float(ligne[rang])} for rang in ordre]
            for ligne, ordre in zip(probabilites, ordres, strict=True)
        ]

    def _questions(self, message: Message) -> list[Question]:
        """Classement de chaque proposition d'un message qui en met plusieurs bout à bout."""
        parties = propositions(message.get(TEXT))
        textes = [partie.texte for partie in parties]
        classements = self._classer(textes, textes, self._sens(textes)) if textes else []
        return [Question(lu, partie.demande) for lu, partie in zip(classements, parties, strict=True)]


def ecritures() -> dict[str, str]:
    """Écritures de téléphone et à l'oreille, et leur lecture."""
    tout: dict[str, str] = {}
    for nom in _ECRITURES:
        (partie,) = yaml.safe_load((DOSSIER_DONNEES / nom).read_text(encoding="utf-8")).values()
        tout |= partie
    return tout


def _entree_utile(message: Message) -> tuple[str, str]:
    """Le message et ses mots, ou ce qui suit le bonjour quand une vraie question le suit."""
    reste = _SALUTATION.sub("", message.get(TEXT))
    if reste == message.get(TEXT) or len(reste.split()) < _MOTS_APRES_BONJOUR:
        return message.get(TEXT), _jetons(message)
    return reste, reste


def _jetons(message: Message) -> str:
    return " ".join(jeton.text for jeton in message.get(TOKENS_NAMES[TEXT], []))
