"""Jetons que Microsoft présente à l'assistant : signature, émetteur, audience, échéance, adresse de réponse, canal."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from canaux.configuration import adresse_sure
from canaux.http_sortant import Http
from canaux.messagerie import Refus
from canaux.teams_reglages import ReglagesTeams

journal = logging.getLogger(__name__)

ECART_D_HORLOGE_S = 300
_FRAICHEUR_S = 24 * 3600
_TOLERANCE_S = 72 * 3600  # si Microsoft reste injoignable, les clés lues servent encore jusque-là
_ENTRE_ESSAIS_S = 15.0
_DELAI_S = 5.0
_JETON_LONGUEUR_MAX = 6_000
_BITS_MIN = 2048


@dataclass(frozen=True)
class Cle:
    """Clé publique et canaux pour lesquels Microsoft la reconnaît (``endorsements``)."""

    publique: RSAPublicKey
    canaux: frozenset[str]


class ClesMicrosoft:
    """Clés de signature, lues au premier message (jamais au démarrage), relues chaque jour et à un ``kid`` inconnu."""

    def __init__(self, reglages: ReglagesTeams, http: Http, horloge: Callable[[], float] = time.monotonic) -> None:
        self._reglages, self._http, self._horloge = reglages, http, horloge
        self._cles: dict[str, Cle] = {}
        self._lues_a = self._essai_a = float("-inf")
        self._verrou = asyncio.Lock()
        self._relecture: asyncio.Task[None] | None = None

    async def cle(self, kid: str) -> Cle:
        """Rend la clé d'un ``kid``.

        Raises:
            Refus: 503 si aucune clé n'a pu être lue, 401 si celle-ci n'existe pas.
        """
        age = self._horloge() - self._lues_a
        if age > _TOLERANCE_S:
            self._cles = {}
        if not self._cles or kid not in self._cles:
            await self._relire()
        elif age > _FRAICHEUR_S and (self._relecture is None or self._relecture.done()):
            # La clé connue sert encore : la relecture ne retarde pas ce message.
            self._relecture = asyncio.create_task(self._relire())
        if not self._cles:
            raise Refus(503, "clés de Microsoft injoignables")
        if kid not in self._cles:
            raise Refus(401, "clé de signature inconnue")
        return self._cles[kid]

    async def _relire(self) -> None:
        """Relit les clés, pas plus souvent que ``_ENTRE_ESSAIS_S`` : un ``kid`` inventé ne coûte rien de plus."""
        async with self._verrou:
            if self._horloge() - self._essai_a < _ENTRE_ESSAIS_S:
                return
            self._essai_a = self._horloge()
            try:
                lues = await self._telecharger()
            except (OSError, aiohttp.ClientError, ValueError) as panne:
                journal.warning("Teams : clés de Microsoft non relues (%s)", type(panne).__name__)
                return
            if lues:
                self._cles, self._lues_a = lues, self._horloge()

    async def _telecharger(self) -> dict[str, Cle]:
        description = (await self._http.appeler("GET", self._reglages.openid, delai_s=_DELAI_S)).corps
        if not isinstance(description, dict) or description.get("issuer") != self._reglages.emetteur:
            raise ValueError("description OpenID inattendue")
        adresse = description.get("jwks_uri")
        attendu = urlsplit(self._reglages.openid).netloc
        if not isinstance(adresse, str) or not adresse_sure(adresse) or urlsplit(adresse).netloc != attendu:
            raise ValueError("adresse des clés inattendue")
        jeu = (await self._http.appeler("GET", adresse, delai_s=_DELAI_S)).corps
        entrees = jeu.get("keys") if isinstance(jeu, dict) else None
        return dict(filter(None, map(_lire_cle, entrees if isinstance(entrees, list) else [])))


def _lire_cle(entree: Any) -> tuple[str, Cle] | None:
    """Lit une clé RSA d'au moins 2048 bits ; toute autre est ignorée."""
    try:
        if entree["kty"] != "RSA" or entree.get("use", "sig") != "sig" or not isinstance(entree["kid"], str):
            return None
        publique = jwt.PyJWK(entree, algorithm="RS256").key
        if not isinstance(publique, RSAPublicKey) or publique.key_size < _BITS_MIN:
            return None
        return entree["kid"], Cle(publique, frozenset(map(str, entree.get("endorsements") or ())))
    except (jwt.PyJWTError, KeyError, TypeError, ValueError, AttributeError):
        return None


@dataclass(frozen=True)
class Preuve:
    """Ce qu'un jeton valide établit : adresse de réponse et canaux de la clé."""

    service_url: str
    canaux: frozenset[str]


async def verifier(autorisation: str, cles: ClesMicrosoft, reglages: ReglagesTeams) -> Preuve:
    """Vérifie l'en-tête ``Authorization`` d'une requête.

    Raises:
        Refus: 401 (jeton absent, mal formé ou faux) ou 503 (clés injoignables).
    """
    schema, _, jeton = autorisation.partition(" ")
    if schema.lower() != "bearer" or not 0 < len(jeton) <= _JETON_LONGUEUR_MAX:
        raise Refus(401, "jeton absent")
    try:
        entete = jwt.get_unverified_header(jeton)
    except jwt.PyJWTError as erreur:
        raise Refus(401, "jeton illisible") from erreur
    kid = entete.get("kid")
    if entete.get("alg") != "RS256" or not isinstance(kid, str) or not kid or "crit" in entete:
        raise Refus(401, "signature d'un genre refusé")
    cle = await cles.cle(kid)
    try:
        revendications: Mapping[str, Any] = jwt.decode(
            jeton,
            cle.publique,
            algorithms=["RS256"],
            audience=reglages.app_id,
            issuer=reglages.emetteur,
            leeway=ECART_D_HORLOGE_S,
            options={"require": ["exp", "iss", "aud"]},
        )
    except (jwt.PyJWTError, ValueError, TypeError) as erreur:
        raise Refus(401, f"jeton refusé : {type(erreur).__name__}") from erreur
    service_url = revendications.get("serviceurl", revendications.get("serviceUrl"))
    if not isinstance(service_url, str):
        raise Refus(401, "jeton sans adresse de réponse")
    return Preuve(service_url, cle.canaux)
