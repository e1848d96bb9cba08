"""Accès à PostgreSQL sans jamais bloquer la boucle d'événements : connexions réutilisées, délai sur chaque requête."""

from __future__ import annotations

import asyncio
from typing import Any

_VERROU_DU_SCHEMA = 0x62696C616E  # évite que deux processus créent la table au même instant
_SCHEMA = """
CREATE SEQUENCE IF NOT EXISTS bilan_versions;
CREATE TABLE IF NOT EXISTS bilan_conversations (
    cle text PRIMARY KEY CHECK (length(cle) <= 200),
    version bigint NOT NULL,
    ouverte timestamptz NOT NULL DEFAULT now(),
    expire timestamptz NOT NULL,
    contenu bytea NOT NULL
);
CREATE INDEX IF NOT EXISTS bilan_conversations_expire ON bilan_conversations (expire);
"""


class Base:
    """Quelques connexions à une base ; la table est créée au premier usage."""

    def __init__(self, url: str, connexions_max: int = 10, delai_s: float = 5.0) -> None:
        """Retient où aller ; rien n'est joint avant la première requête.

        Args:
            url: adresse ``postgresql://utilisateur:mot_de_passe@hote:port/base``.
            connexions_max: au-delà, une requête attend son tour.
            delai_s: attente la plus longue d'une requête, connexion comprise.
        """
        self._url, self._connexions_max, self._delai = url, int(connexions_max), float(delai_s)
        self._reserve: Any = None
        self._ouverture = asyncio.Lock()

    async def valeur(self, requete: str, *arguments: Any) -> Any:
        """Première valeur de la première ligne, ou ``None``.

        Raises:
            TimeoutError: la base n'a pas répondu à temps.
            OSError, asyncpg.PostgresError, asyncpg.InterfaceError: base injoignable ou requête refusée.
        """
        ligne = await self.ligne(requete, *arguments)
        return None if ligne is None else ligne[0]

    async def ligne(self, requete: str, *arguments: Any) -> Any:
        """Première ligne, ou ``None`` (mêmes pannes que :meth:`valeur`)."""
        async with asyncio.timeout(self._delai):
            reserve = await self._ouvrir()
            connexion = await reserve.acquire()
            try:
                return await connexion.fetchrow(requete, *arguments)
            except BaseException as panne:
                import asyncpg

                if not isinstance(panne, asyncpg.PostgresError):
                    # Délai dépassé, lien coupé : ce qui arriverait encore sur cette connexion n'est plus attendu.
                    connexion.terminate()
                raise
            finally:
                await reserve.release(connexion)

    async def _ouvrir(self) -> Any:
        async with self._ouverture:
            if self._reserve is None:
                import asyncpg  # jamais chargé par l'assistant embarqué

                reserve = await asyncpg.create_pool(
                    self._url, min_size=0, max_size=self._connexions_max, reset=_rien_a_remettre
                )
                try:
                    async with reserve.acquire() as connexion, connexion.transaction():
                        await connexion.execute(f"SELECT pg_advisory_xact_lock({_VERROU_DU_SCHEMA})")
                        await connexion.execute(_SCHEMA)
                except BaseException:
                    reserve.terminate()
                    raise
                self._reserve = reserve
        return self._reserve

    async def fermer(self) -> None:
        """Ferme les connexions."""
        if self._reserve is not None:
            self._reserve.terminate()
            self._reserve = None


async def _rien_a_remettre(_: Any) -> None:
    """Nos requêtes ne changent aucun réglage de session : remettre la connexion à neuf coûterait un aller-retour."""
