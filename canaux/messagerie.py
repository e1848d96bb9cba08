"""Ce que Teams et Slack partagent : identités illisibles, rejeux reconnus, tours dans l'ordre et en nombre borné."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
import secrets
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from actions import cles

journal = logging.getLogger(__name__)

TOURS_PAR_CONVERSATION_MAX = 5
TOURS_MAX = 500


class Refus(Exception):
    """Requête refusée : code HTTP et raison courte, sans rien de son contenu."""

    def __init__(self, code: int, raison: str) -> None:
        super().__init__(raison)
        self.code, self.raison = code, raison


class Empreintes:
    """Remplace un identifiant de plateforme par une valeur à clé.

    La clé est tirée au démarrage et n'est écrite nulle part : d'un démarrage à l'autre, rien ne se rapproche. Avec
    BILAN_SECRET, elle en dérive : la conversation continue sur un autre processus.
    """

    def __init__(self) -> None:
        self._cle = cles.derivee("messageries") or secrets.token_bytes(32)

    def de(self, *parties: str) -> str:
        """Rend 32 chiffres hexadécimaux qui ne disent rien de ``parties``."""
        return hmac.new(self._cle, json.dumps(parties).encode(), hashlib.sha256).hexdigest()[:32]


class Vus:
    """Reconnaît ce qui a déjà été reçu pendant ``duree_s`` secondes."""

    def __init__(self, duree_s: float, maximum: int = 200_000, horloge: Callable[[], float] = time.monotonic) -> None:
        self._duree, self._maximum, self._horloge = duree_s, maximum, horloge
        self._instants: OrderedDict[str, float] = OrderedDict()

    def nouveau(self, empreinte: str) -> bool:
        """Note une empreinte ; faux si elle est déjà connue."""
        limite = self._horloge() - self._duree
        while self._instants and (next(iter(self._instants.values())) < limite or len(self._instants) >= self._maximum):
            self._instants.popitem(last=False)
        if empreinte in self._instants:
            return False
        self._instants[empreinte] = self._horloge()
        return True

    def oublier(self, empreinte: str) -> None:
        """Oublie une empreinte : ce qui la portait n'a pas pu être traité, un nouvel essai est permis."""
        self._instants.pop(empreinte, None)


@dataclass
class _File:
    verrou: asyncio.Lock = field(default_factory=asyncio.Lock)
    en_attente: int = 0


class Tours:
    """Fait les tours en arrière-plan : un à la fois par conversation, dans l'ordre d'arrivée."""

    def __init__(self) -> None:
        self._files: dict[str, _File] = {}
        self._taches: set[asyncio.Task[None]] = set()

    def lancer(self, conversation: str, travail: Callable[[], Awaitable[None]]) -> None:
        """Programme un tour et rend la main aussitôt.

        Raises:
            Refus: 429, trop de tours attendent déjà (cette conversation, ou le serveur entier).
        """
        file = self._files.get(conversation) or _File()
        if file.en_attente >= TOURS_PAR_CONVERSATION_MAX or len(self._taches) >= TOURS_MAX:
            raise Refus(429, "trop de messages en attente")
        self._files[conversation] = file
        file.en_attente += 1
        tache = asyncio.create_task(self._faire(conversation, file, travail))
        self._taches.add(tache)
        tache.add_done_callback(self._taches.discard)

    async def _faire(self, conversation: str, file: _File, travail: Callable[[], Awaitable[None]]) -> None:
        try:
            async with file.verrou:
                await travail()
        except Exception as panne:
            # Le nom seul : le message d'une panne peut citer ce que la personne a écrit.
            journal.error("tour impossible : %s", type(panne).__name__)
        finally:
            file.en_attente -= 1
            if not file.en_attente:
                self._files.pop(conversation, None)

    async def terminer(self, delai_s: float = 10.0) -> None:
        """Attend la fin des tours en cours, au plus ``delai_s`` secondes."""
        if self._taches:
            await asyncio.wait(set(self._taches), timeout=delai_s)
