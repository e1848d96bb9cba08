"""Verrou de conversation partagé par plusieurs processus : la file de :class:`VerrouEquitable`, puis un bail Redis.

La répartition collante envoie une personne toujours au même processus, où la file tient l'ordre ; le bail couvre le
moment où elle change de processus. Redis perdu, on s'en passe : le magasin refuse une écriture sur une version périmée.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from rasa.core.lock_store import LOCK_LIFETIME, LockError

from composants.verrou import VerrouEquitable

journal = logging.getLogger(__name__)

# Un processus tué garde sa place au plus ce temps ; un processus vivant prolonge son bail avant.
BAIL_S = 4.0
_PROLONGER_S = 1.0
_REGARDER_S = 0.02
# Après une panne de Redis, on ne lui demande plus rien pendant ce temps.
_PAUSE_S = 5.0
_DELAI_S = 0.5


class VerrouRedis(VerrouEquitable):
    """Premier arrivé, premier servi dans un processus ; un seul processus à la fois par conversation."""

    def __init__(self, endpoint_config: Any) -> None:
        """Retient où est Redis (``url`` d'endpoints.yml) ; rien n'est joint avant le premier message."""
        import redis.asyncio  # jamais chargé par l'assistant embarqué
        from redis.exceptions import RedisError

        super().__init__()
        self._pannes = (RedisError, OSError, TimeoutError)
        self._redis = redis.asyncio.Redis.from_url(
            endpoint_config.url, socket_timeout=_DELAI_S, socket_connect_timeout=_DELAI_S
        )
        self._reprise = 0.0

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = LOCK_LIFETIME, wait_time_in_seconds: float = 1
    ) -> AsyncGenerator[None, None]:
        """Attend son tour ici, puis celui de ce processus (voir :meth:`VerrouEquitable.lock`).

        Raises:
            LockError: la place ne s'est pas libérée à temps.
        """
        async with super().lock(conversation_id, lock_lifetime):
            bail = await self._reserver(conversation_id, lock_lifetime)
            prolongation = asyncio.create_task(self._prolonger(bail)) if bail else None
            try:
                yield
            finally:
                if prolongation:
                    prolongation.cancel()
                    with contextlib.suppress(*self._pannes):
                        await bail.release()

    async def _reserver(self, conversation: str, attente: float) -> Any:
        if time.monotonic() < self._reprise:
            return None
        # Une empreinte : Redis n'a pas à savoir qui parle.
        nom = "bilan:verrou:" + hashlib.sha256(conversation.encode()).hexdigest()[:32]
        bail = self._redis.lock(nom, timeout=BAIL_S, sleep=_REGARDER_S, blocking_timeout=attente)
        try:
            if await bail.acquire():
                return bail
        except self._pannes as panne:
            journal.warning("verrou Redis injoignable (%s) : repris dans %d s", type(panne).__name__, _PAUSE_S)
            self._reprise = time.monotonic() + _PAUSE_S
            return None
        raise LockError("conversation occupée trop longtemps")

    async def _prolonger(self, bail: Any) -> None:
        with contextlib.suppress(*self._pannes):
            while True:
                await asyncio.sleep(_PROLONGER_S)
                await bail.extend(BAIL_S, replace_ttl=True)

    async def fermer(self) -> None:
        """Ferme les connexions."""
        await self._redis.close()
