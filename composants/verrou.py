"""Verrou de conversation : les messages d'une même personne passent un par un, dans l'ordre, sans attente inutile.

Celui de Rasa regarde une fois par seconde si la place est libre : cinq messages envoyés ensemble attendaient 4 s.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from rasa.core.lock_store import LOCK_LIFETIME, LockError, LockStore


class VerrouEquitable(LockStore):
    """Premier arrivé, premier servi, dans un seul processus."""

    def __init__(self, endpoint_config: Any = None) -> None:
        """Crée un verrou libre ; ``endpoint_config`` est imposé par Rasa et inutilisé."""
        self._verrous: dict[str, asyncio.Lock] = {}
        self._presents: dict[str, int] = {}

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = LOCK_LIFETIME, wait_time_in_seconds: float = 1
    ) -> AsyncGenerator[None, None]:
        """Attend son tour, le garde le temps du bloc, le cède au suivant.

        Args:
            conversation_id: conversation à réserver.
            lock_lifetime: attente la plus longue, en secondes.
            wait_time_in_seconds: imposé par Rasa, inutile ici.

        Raises:
            LockError: la place ne s'est pas libérée à temps.
        """
        verrou = self._verrous.setdefault(conversation_id, asyncio.Lock())
        self._presents[conversation_id] = self._presents.get(conversation_id, 0) + 1
        try:
            try:
                await asyncio.wait_for(verrou.acquire(), lock_lifetime)
            except TimeoutError as attente:
                raise LockError("conversation occupée trop longtemps") from attente
            try:
                yield
            finally:
                verrou.release()
        finally:
            self._presents[conversation_id] -= 1
            if not self._presents[conversation_id]:
                del self._presents[conversation_id], self._verrous[conversation_id]

    def is_someone_waiting(self, conversation_id: str) -> bool:
        """Dit si un message attend son tour dans cette conversation."""
        return self._presents.get(conversation_id, 0) > 1
