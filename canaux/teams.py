"""Canal Microsoft Teams (Bot Framework) : ``POST /webhooks/teams/webhook``.

Répond en privé seulement, ne prend jamais la parole le premier, et n'écrit dans aucun journal ni texte ni identité.
Mise en service : docs/teams.md.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from actions.reglages import CORPS_TAILLE_MAX
from canaux.dialogue import Dialogue
from canaux.echange import reponse_fixe
from canaux.http_sortant import Http
from canaux.messagerie import Refus, Tours, Vus
from canaux.teams_activite import Activite, lire
from canaux.teams_cartes import contenus
from canaux.teams_connecteur import Connecteur
from canaux.teams_jetons import ClesMicrosoft, verifier
from canaux.teams_reglages import ReglagesTeams
from canaux.textes import continuer_en_prive

journal = logging.getLogger(__name__)

# Une requête de Teams porte le message deux fois (texte et HTML) : on lit assez pour pouvoir dire « trop long ».
CORPS_MAX = 4 * CORPS_TAILLE_MAX
# L'indicateur de saisie n'est montré que si la réponse se fait attendre : plus tôt, il clignoterait pour rien.
SAISIE_APRES_S = 0.15
# Plus longtemps qu'un jeton ne vaut.
_REJEU_S = 26 * 3600


class CanalTeams(InputChannel):
    """Reçoit les activités de Teams et y répond par des cartes."""

    def __init__(self, reglages: ReglagesTeams) -> None:
        """Prépare le canal ; aucun appel réseau avant le premier message."""
        self._reglages = reglages
        self._http = Http(reglages.mandataire)
        self._cles = ClesMicrosoft(reglages, self._http)
        self._connecteur = Connecteur(reglages, self._http)
        self._vus = Vus(_REJEU_S)
        self._tours = Tours()
        self.dialogue = Dialogue(self.name())

    @classmethod
    def name(cls) -> str:
        """Nom du canal dans l'URL."""
        return "teams"

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, object] | None) -> CanalTeams:
        """Crée le canal (``ConfigurationRefusee`` : le serveur ne démarre pas)."""
        return cls(ReglagesTeams.lire(credentials))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Routes du canal ; ``on_new_message`` est imposé par Rasa et inutilisé."""
        routes = Blueprint("canal_teams", __name__)

        @routes.route("/webhook", methods=["POST"])
        async def recevoir(requete: Request) -> HTTPResponse:
            try:
                return await self._recevoir(requete)
            except Refus as refus:
                journal.warning("Teams : requête refusée (%s, %s)", refus.code, refus.raison)
                return response.empty(refus.code)

        @routes.listener("before_server_stop")
        async def arreter(*_: object) -> None:
            await self._tours.terminer()
            await self._http.fermer()

        return routes

    async def _recevoir(self, requete: Request) -> HTTPResponse:
        if requete.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
            raise Refus(415, "JSON attendu")
        if len(requete.body) > CORPS_MAX:
            raise Refus(413, "corps trop gros")
        preuve = await verifier(requete.headers.get("authorization", ""), self._cles, self._reglages)
        recue = lire(requete.body, preuve, self._reglages, time.time())
        empreinte = self.dialogue.empreintes.de("activite", recue.conversation, recue.identifiant, recue.genre)
        if recue.genre == "invoke":
            return response.empty(501)
        travail = self._travail(requete.app.ctx.agent, recue)
        if travail is None:
            return response.empty(202)
        if not self._vus.nouveau(empreinte):
            journal.info("Teams : activité déjà reçue")
            return response.empty(202)
        try:
            self._tours.lancer(self._conversation(recue), travail)
        except Refus:
            self._vus.oublier(empreinte)
            raise
        return response.empty(202)

    def _conversation(self, recue: Activite) -> str:
        return self.dialogue.conversation(self._reglages.locataire, recue.personne)

    def _travail(self, agent: Agent, recue: Activite) -> Callable[[], Awaitable[None]] | None:
        """Ce qu'il y a à faire d'une activité ; ``None`` pour une modification, une suppression, une installation…"""
        if recue.genre == "message":
            return lambda: self._repondre(agent, recue) if recue.privee else self._inviter(recue)
        if recue.genre == "installationUpdate" and recue.action.startswith("remove") and recue.privee:

            async def oublier() -> None:
                await self.dialogue.oublier(agent, self._conversation(recue))

            return oublier
        return None

    async def _repondre(self, agent: Agent, recue: Activite) -> None:
        conversation = self._conversation(recue)
        if recue.bouton is None:
            tour = asyncio.ensure_future(self.dialogue.dire(agent, conversation, recue.texte))
        else:
            tour = asyncio.ensure_future(self.dialogue.cliquer(agent, conversation, recue.bouton))
        await asyncio.wait({tour}, timeout=SAISIE_APRES_S)
        if not tour.done():
            await self._connecteur.frapper(recue)
        for message in await tour:
            for contenu in contenus(message, lambda envoi: self.dialogue.sceau(conversation, envoi)):
                await self._connecteur.repondre(recue, contenu)

    async def _inviter(self, recue: Activite) -> None:
        """Dans un canal ou un groupe : une ligne neutre et un lien privé, rien de ce qui a été demandé."""
        ligne = {**reponse_fixe("utter_canal_partage"), "custom": {"liens": [continuer_en_prive()]}}
        for contenu in contenus(ligne, str):
            await self._connecteur.repondre(recue, contenu)
