"""Actions exécutées dans le processus du serveur : sans HTTP, mêmes codes d'erreur que le serveur d'actions."""

from __future__ import annotations

import json
from typing import Any

from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException


class ActionsLocales(EndpointConfig):
    """Remplace ``action_endpoint`` : appelle directement les actions d'un paquet."""

    def __init__(self, paquet: str = "actions") -> None:
        super().__init__(url="http://dans-le-processus.invalid", enable_selective_domain=True)
        self._executeur = ActionExecutor()
        self._executeur.register_package(paquet)

    async def request(self, *arguments: Any, **options: Any) -> Any:
        """Exécute l'action demandée sur une copie du fil (elle ne peut pas modifier le tracker)."""
        appel = json.loads(json.dumps(options["json"]))
        try:
            return await self._executeur.run(appel)
        except ActionExecutionRejection as refus:
            corps = json.dumps({"action_name": refus.action_name, "error": refus.message})
            raise ClientResponseError(400, refus.message, corps) from refus
        except ActionNotFoundException as absence:
            raise ClientResponseError(404, absence.message, "{}") from absence


def verifier_une_seule_fois() -> None:
    """Compile une fois le schéma des réponses d'action, que Rasa recompile à chaque appel (environ 20 ms)."""
    schema = RemoteAction.action_response_format_spec()
    classe = validator_for(schema)
    classe.check_schema(schema)
    verificateur = classe(schema)

    def verifier(self: RemoteAction, resultat: dict[str, Any]) -> bool:
        verificateur.validate(resultat)
        return True

    RemoteAction._validate_action_result = verifier
