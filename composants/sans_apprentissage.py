"""Base des composants de Rasa qui n'apprennent rien : lire leurs données au démarrage, puis rien à garder."""

from __future__ import annotations

from typing import Any, Self

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage


class SansApprentissage(GraphComponent):
    """Composant dont tout l'état est sa configuration (config.yml), souvent vide."""

    def __init__(self, config: dict[str, Any] | None = None) -> None:
        """Garde la configuration."""
        self._config = config or {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        """Crée le composant ; des données mal écrites arrêtent le démarrage."""
        cls.preparer()
        return cls(config)

    @staticmethod
    def preparer() -> None:
        """Lit ce dont le composant se sert ; lève l'erreur d'un fichier mal écrit."""
        raise NotImplementedError
