"""Réponses vers Teams : jeton du bot (par entreprise), hôtes permis seulement, nouveaux essais mesurés."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

import aiohttp

from canaux.http_sortant import DELAI_S, Http, Reponse, secondes_d_attente
from canaux.teams_activite import Activite
from canaux.teams_reglages import ReglagesTeams

journal = logging.getLogger(__name__)

ESSAIS = 3
_MARGE_S = 300.0
_FRAPPE_DELAI_S = 2.0


class EnvoiImpossible(Exception):
    """Le jeton du bot n'a pas pu être obtenu."""


class Connecteur:
    """Envoie des activités en réponse à une activité reçue. Rien n'est gardé de l'adresse après l'envoi."""

    def __init__(self, reglages: ReglagesTeams, http: Http, horloge: Callable[[], float] = time.monotonic) -> None:
        self._reglages, self._http, self._horloge = reglages, http, horloge
        self._jeton, self._expire_a = "", float("-inf")
        self._verrou = asyncio.Lock()

    async def frapper(self, recue: Activite) -> None:
        """Montre l'indicateur de saisie ; un échec est sans suite."""
        await self._envoyer(recue, {"type": "typing"}, essais=1, delai_s=_FRAPPE_DELAI_S)

    async def repondre(self, recue: Activite, contenu: Mapping[str, Any]) -> bool:
        """Envoie un message ; faux, et une ligne au journal, s'il n'a pas pu partir."""
        return await self._envoyer(recue, {"type": "message", **contenu}, essais=ESSAIS, delai_s=DELAI_S)

    async def _envoyer(self, recue: Activite, contenu: Mapping[str, Any], *, essais: int, delai_s: float) -> bool:
        if not self._reglages.admet(recue.service_url):
            journal.error("Teams : adresse de réponse refusée")
            return False
        adresse = (
            f"{recue.service_url.rstrip('/')}/v3/conversations/{quote(recue.conversation, safe='')}"
            f"/activities/{quote(recue.identifiant, safe='')}"
        )
        activite = {
            "from": {"id": recue.bot},
            "recipient": {"id": recue.auteur},
            "conversation": {"id": recue.conversation},
            "replyToId": recue.identifiant,
            "locale": "fr-FR",
            **contenu,
        }
        echec = ""
        for essai in range(1, essais + 1):
            try:
                reponse = await self._poster(adresse, activite, delai_s)
            except (OSError, aiohttp.ClientError, EnvoiImpossible) as panne:
                echec, attente = type(panne).__name__, 0.5 * essai
            else:
                if reponse.code < 300:
                    return True
                echec = f"code {reponse.code}"
                if reponse.code not in (401, 408, 412, 429) and reponse.code < 500:
                    break
                attente = secondes_d_attente(reponse.attente, 0.5 * essai)
            if essai < essais:
                await asyncio.sleep(attente)
        journal.error("Teams : %s non envoyé (%s)", contenu["type"], echec)
        return False

    async def _poster(self, adresse: str, activite: Mapping[str, Any], delai_s: float) -> Reponse:
        jeton = await self._jeton_du_bot()
        reponse = await self._http.appeler(
            "POST", adresse, corps=activite, entetes={"Authorization": f"Bearer {jeton}"}, delai_s=delai_s
        )
        if reponse.code == 401 and jeton == self._jeton:
            self._expire_a = float("-inf")
        return reponse

    async def _jeton_du_bot(self) -> str:
        async with self._verrou:
            if self._horloge() < self._expire_a:
                return self._jeton
            reponse = await self._http.appeler(
                "POST",
                self._reglages.jeton_url,
                formulaire={
                    "grant_type": "client_credentials",
                    "client_id": self._reglages.app_id,
                    "client_secret": self._reglages.secret,
                    "scope": self._reglages.portee,
                },
            )
            corps = reponse.corps if isinstance(reponse.corps, dict) else {}
            jeton, duree = corps.get("access_token"), corps.get("expires_in", 3600)
            if reponse.code != 200 or not isinstance(jeton, str) or not isinstance(duree, int | float):
                journal.error("Teams : jeton du bot refusé (code %s)", reponse.code)
                raise EnvoiImpossible
            # Un jeton très court sert au moins à ce message.
            self._jeton, self._expire_a = jeton, self._horloge() + max(duree - _MARGE_S, min(duree, 30.0) / 2)
            return jeton
