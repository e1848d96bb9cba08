"""Politique des relances : un message court qui s'appuie sur ce qui précède passe avant le classement."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

from rasa.core.constants import RULE_POLICY_PRIORITY
from rasa.core.policies.policy import Policy, PolicyPrediction, SupportedData
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from actions.relances import relances_en_place
from composants.reconnaissance import FINIR_LE_RAPPEL, reconnaitre


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=False)
class PolitiqueRelances(Policy):
    """Prédit ``action_relancer`` quand data/relances.yml reconnaît le message après le dernier sujet traité."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Un cran au-dessus des règles."""
        return {"priority": RULE_POLICY_PRIORITY + 1}

    @staticmethod
    def supported_data() -> SupportedData:
        """Aucune donnée d'entraînement."""
        return SupportedData.ML_AND_RULE_DATA

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution: ExecutionContext
    ) -> None:
        super().__init__(config, model_storage, resource, execution)
        relances_en_place()  # une table illisible arrête le démarrage

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> PolitiqueRelances:
        """Rien n'est appris : la table est relue au démarrage, la modifier n'entraîne rien."""
        return cls(config, model_storage, resource, execution_context)

    def train(self, training_trackers: list[Any], domain: Domain, **kwargs: Any) -> Resource:
        """N'apprend rien ; Rasa l'appelle pour toute politique."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """Rend une certitude pour la relance ou l'étape, puis pour la fin du tour ; sinon rien."""
        action = None
        if tracker.latest_action_name == ACTION_LISTEN_NAME:
            action = reconnaitre(tracker)
        elif _choisie_ici(tracker) or _mene_par_un_dementi(tracker):
            action = ACTION_LISTEN_NAME
        probabilites = self._default_predictions(domain)
        if action:
            probabilites[domain.index_for_action(action)] = 1.0
        return self._prediction(probabilites)


def _choisie_ici(tracker: DialogueStateTracker) -> bool:
    """Vrai si cette politique a choisi la dernière action ; choisie par une règle, c'est la règle qui continue."""
    derniere = next((e for e in reversed(tracker.events) if isinstance(e, ActionExecuted)), None)
    return derniere is not None and PolitiqueRelances.__name__ in (derniere.policy or "")


def _mene_par_un_dementi(tracker: DialogueStateTracker) -> bool:
    """Le questionnaire repose sa question, ou une personne est proposée : le tour finit là, aucune règle ne le suit."""
    du_tour = takewhile(lambda evenement: not isinstance(evenement, UserUttered), reversed(tracker.events))
    return any(isinstance(e, ActionExecuted) and e.action_name == FINIR_LE_RAPPEL for e in du_tour)
