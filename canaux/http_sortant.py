"""Client HTTP sortant : asynchrone, délais courts, sans redirection, réponses bornées. Ouvert au premier besoin."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
from yarl import URL

DELAI_S = 10.0
_REPONSE_TAILLE_MAX = 512 * 1024


@dataclass(frozen=True)
class Reponse:
    """Réponse reçue : code, en-têtes utiles, corps JSON (``None`` s'il n'y en a pas)."""

    code: int
    attente: str
    corps: Any


class Http:
    """Un client par canal."""

    def __init__(self, mandataire: str | None = None) -> None:
        self._mandataire = mandataire
        self._session: aiohttp.ClientSession | None = None

    async def appeler(
        self,
        methode: str,
        adresse: str,
        *,
        corps: Any = None,
        formulaire: Mapping[str, str] | None = None,
        entetes: Mapping[str, str] | None = None,
        delai_s: float = DELAI_S,
    ) -> Reponse:
        """Fait une requête. ``adresse`` est déjà encodée ; une redirection n'est pas suivie.

        Raises:
            OSError, aiohttp.ClientError: réseau injoignable ou trop lent.
        """
        async with self.session().request(
            methode,
            URL(adresse, encoded=True),
            json=corps,
            data=formulaire,
            headers=entetes,
            timeout=aiohttp.ClientTimeout(total=delai_s),
            allow_redirects=False,
            proxy=self._mandataire,
        ) as reponse:
            octets = await reponse.content.read(_REPONSE_TAILLE_MAX)
            try:
                lu = json.loads(octets) if octets else None
            except (ValueError, RecursionError):
                lu = None
            return Reponse(reponse.status, reponse.headers.get("Retry-After", ""), lu)

    def session(self) -> aiohttp.ClientSession:
        """La session ouverte, pour un client qui gère les siennes (slack-sdk)."""
        if self._session is None or self._session.closed:
            # Sans témoins : rien ne se garde d'un appel à l'autre.
            self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        return self._session

    async def fermer(self) -> None:
        """Ferme les connexions."""
        if self._session is not None:
            await self._session.close()


def secondes_d_attente(entete: str, defaut: float, maximum: float = 30.0) -> float:
    """Lit un ``Retry-After`` en secondes, borné."""
    try:
        return min(max(float(entete), 0.0), maximum)
    except ValueError:
        return min(defaut, maximum)
