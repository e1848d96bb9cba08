"""Actions exécutées par d'autres processus (« bilan actions ») ; s'ils ne répondent pas, dans celui-ci."""

from __future__ import annotations

import logging
import time
from typing import Any

import aiohttp
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from actions import cles
from bilan.actions_locales import ActionsLocales
from bilan.pannes import Panne

journal = logging.getLogger(__name__)

# Une action prend quelques millisecondes : au-delà, le processus d'actions est en panne.
_DELAI = aiohttp.ClientTimeout(total=3.0, sock_connect=0.5)
_PAUSE_S = 2.0


def autorisation() -> str:
    """En-tête que le serveur d'actions exige, dérivé du secret commun.

    Raises:
        Panne: BILAN_SECRET absent.
    """
    cle = cles.derivee("actions")
    if cle is None:
        raise Panne(
            "BILAN_SECRET (ou BILAN_SECRET_FICHIER) est exigé par les serveurs d'actions (docs/exploitation.md)"
        )
    return f"Bearer {cle.hex()}"


class ActionsDistantes(EndpointConfig):
    """Remplace ``action_endpoint`` : connexion gardée ouverte, délai court, repli sur les actions du processus.

    Une action n'a pas d'effet hors de la conversation : l'exécuter de nouveau ici ne double rien.
    """

    def __init__(self, url: str) -> None:
        super().__init__(url=url, enable_selective_domain=True)
        self._entetes = {"Authorization": autorisation()}
        self._locales = ActionsLocales()
        self._client: aiohttp.ClientSession | None = None
        self._reprise = 0.0

    async def request(self, *arguments: Any, **options: Any) -> Any:
        """Exécute l'action demandée.

        Raises:
            ClientResponseError: action refusée (400) ou inconnue (404).
        """
        if time.monotonic() >= self._reprise:
            try:
                return await self._demander(options["json"])
            except (aiohttp.ClientError, TimeoutError) as panne:
                # Le nom seul : le message d'une panne peut citer la conversation.
                journal.warning("serveur d'actions injoignable (%s) : actions locales", type(panne).__name__)
                self._reprise = time.monotonic() + _PAUSE_S
        return await self._locales.request(*arguments, **options)

    async def _demander(self, appel: Any) -> Any:
        if self._client is None:
            self._client = aiohttp.ClientSession(timeout=_DELAI, headers=self._entetes)
        async with self._client.post(f"{self.url}/webhook", json=appel) as reponse:
            if reponse.status in (400, 404):
                raise ClientResponseError(reponse.status, str(reponse.reason), await reponse.text())
            reponse.raise_for_status()
            return await reponse.json()
