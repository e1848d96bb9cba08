"""Actions exécutées dans le processus du serveur : sans HTTP, mêmes codes d'erreur que le serveur d'actions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from types import MappingProxyType
from typing import Any, overload

from rasa.shared.core.events import Event
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
        """Exécute l'action demandée sur une copie du fil (elle ne peut pas modifier le tracker).

        Raises:
            ClientResponseError: action refusée (400) ou inconnue (404), comme par HTTP.
            TypeError: un événement de l'action ne s'écrit pas en JSON.
        """
        appel = dict(options["json"])
        fil = dict(appel.pop("tracker"))
        # Celui du modèle, que les actions lisent : copier ses 450 ko coûtait plus que toutes les actions d'un tour.
        domaine = MappingProxyType(appel.pop("domain", {}))
        evenements = EvenementsALaDemande(fil.pop("events", None) or [])
        appel = {**_copier(appel), "domain": domaine, "tracker": {**_copier(fil), "events": evenements}}
        try:
            reponse = await self._executeur.run(appel)
        except ActionExecutionRejection as refus:
            corps = json.dumps({"action_name": refus.action_name, "error": refus.message})
            raise ClientResponseError(400, refus.message, corps) from refus
        except ActionNotFoundException as absence:
            raise ClientResponseError(404, absence.message, "{}") from absence
        return _copier(reponse) if reponse["events"] else reponse


class EvenementsALaDemande(Sequence[dict[str, Any]]):
    """Événements d'une conversation, copiés en JSON un par un quand une action les lit.

    Une action ne lit d'ordinaire que les derniers ; les copier tous coûtait plus que l'action.
    """

    def __init__(self, source: Sequence[Event | dict[str, Any]]) -> None:
        self._source = source
        self._copies: dict[int, dict[str, Any]] = {}

    def __len__(self) -> int:
        """Nombre d'événements."""
        return len(self._source)

    @overload
    def __getitem__(self, rang: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, rang: slice) -> list[dict[str, Any]]: ...
    def __getitem__(self, rang: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        """Copie d'un événement, toujours la même, ou liste de copies."""
        if isinstance(rang, slice):
            return [self[i] for i in range(*rang.indices(len(self)))]
        positif = range(len(self))[rang]
        if positif not in self._copies:
            evenement = self._source[positif]
            self._copies[positif] = _copier(evenement if isinstance(evenement, dict) else evenement.as_dict())
        return self._copies[positif]


def _copier(objet: Any) -> Any:
    return json.loads(json.dumps(objet))
