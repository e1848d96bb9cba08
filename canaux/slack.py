"""Canal Slack : ``POST /webhooks/slack/webhook`` (événements et boutons).

Répond en message privé seulement, accuse réception aussitôt, et n'écrit dans aucun journal ni texte ni identité.
Mise en service : docs/slack.md.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp
from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from actions.reglages import CORPS_TAILLE_MAX
from canaux.dialogue import Dialogue
from canaux.echange import reponse_fixe
from canaux.http_sortant import DELAI_S, Http, secondes_d_attente
from canaux.messagerie import Refus, Tours, Vus
from canaux.slack_blocs import accueil, contenus, menu
from canaux.slack_recu import Recu, lire, verifier
from canaux.slack_reglages import ReglagesSlack
from canaux.textes import continuer_en_prive

journal = logging.getLogger(__name__)
# À son niveau le plus bavard, slack-sdk écrit ce qu'il envoie : il se tait toujours, les échecs sont dits ici.
_muet = logging.getLogger(f"{__name__}.slack_sdk")
_muet.disabled = True

CORPS_MAX = 4 * CORPS_TAILLE_MAX
ESSAIS = 3
# Slack reprend un événement non accusé pendant une journée.
_REPRISES_S = 25 * 3600


class CanalSlack(InputChannel):
    """Reçoit les événements de Slack et y répond par des blocs."""

    def __init__(self, reglages: ReglagesSlack) -> None:
        """Prépare le canal ; aucun appel réseau avant le premier message."""
        self._reglages = reglages
        self._verificateur = SignatureVerifier(reglages.secret_signature)
        self._http = Http(reglages.mandataire)
        self._client: AsyncWebClient | None = None
        self._vus = Vus(_REPRISES_S)
        self._tours = Tours()
        self.dialogue = Dialogue(self.name())

    @classmethod
    def name(cls) -> str:
        """Nom du canal dans l'URL."""
        return "slack"

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, object] | None) -> CanalSlack:
        """Crée le canal (``ConfigurationRefusee`` : le serveur ne démarre pas)."""
        return cls(ReglagesSlack.lire(credentials))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Routes du canal ; ``on_new_message`` est imposé par Rasa et inutilisé."""
        routes = Blueprint("canal_slack", __name__)

        @routes.route("/webhook", methods=["POST"])
        async def recevoir(requete: Request) -> HTTPResponse:
            try:
                return self._recevoir(requete)
            except Refus as refus:
                journal.warning("Slack : requête refusée (%s, %s)", refus.code, refus.raison)
                return response.empty(refus.code)

        @routes.listener("before_server_stop")
        async def arreter(*_: object) -> None:
            await self._tours.terminer()
            await self._http.fermer()

        return routes

    def _recevoir(self, requete: Request) -> HTTPResponse:
        """Accuse réception sans attendre : le tour se fait en arrière-plan."""
        if len(requete.body) > CORPS_MAX:
            raise Refus(413, "corps trop gros")
        verifier(self._verificateur, requete.body, requete.headers)
        recu = lire(requete.headers.get("content-type", ""), requete.body)
        if recu.genre == "defi":
            return response.text(recu.valeur)
        if recu.genre == "commande":
            return response.json({"response_type": "ephemeral", "text": reponse_fixe("utter_canal_partage")["text"]})
        if recu.genre == "rien":
            return response.empty(200)
        empreinte = self.dialogue.empreintes.de(recu.cle, recu.personne)
        if not self._vus.nouveau(empreinte):
            journal.info("Slack : envoi déjà reçu")
            return response.empty(200)
        agent = requete.app.ctx.agent
        try:
            self._tours.lancer(self._conversation(recu), lambda: self._traiter(agent, recu))
        except Refus:
            self._vus.oublier(empreinte)
            raise
        return response.empty(200)

    def _conversation(self, recu: Recu) -> str:
        return self.dialogue.conversation(recu.equipe, recu.personne)

    async def _traiter(self, agent: Agent, recu: Recu) -> None:
        conversation = self._conversation(recu)

        def sceau(envoi: str) -> str:
            return self.dialogue.sceau(conversation, envoi)

        if recu.genre == "accueil":
            await self._appeler("views.publish", user_id=recu.personne, view=accueil(sceau))
            return
        if recu.genre == "mention" or (recu.genre == "bouton" and recu.canal and not recu.canal.startswith("D")):
            await self._inviter(recu)
            return
        if recu.genre == "message":
            messages = await self.dialogue.dire(agent, conversation, recu.valeur)
        else:
            offerts = {bouton["payload"] for bouton in menu()}
            messages = await self.dialogue.cliquer(agent, conversation, recu.valeur, offerts)
        canal = recu.canal or await self._ouvrir_messages(recu.personne)
        for message in messages:
            for contenu in contenus(message, sceau):
                await self._ecrire("chat.postMessage", canal, recu.fil, contenu)

    async def _inviter(self, recu: Recu) -> None:
        """Dans un canal : une ligne neutre et un lien privé, vus de la seule personne qui a écrit."""
        ligne = {**reponse_fixe("utter_canal_partage"), "custom": {"liens": [continuer_en_prive()]}}
        for contenu in contenus(ligne, str):
            await self._ecrire("chat.postEphemeral", recu.canal, recu.fil, {"user": recu.personne, **contenu})

    async def _ouvrir_messages(self, personne: str) -> str:
        """Canal privé de la personne, pour un bouton de l'onglet Accueil."""
        ouvert = await self._appeler("conversations.open", users=personne)
        return str(((ouvert or {}).get("channel") or {}).get("id") or "")

    async def _ecrire(self, methode: str, canal: str, fil: str, contenu: Mapping[str, Any]) -> None:
        if not canal:
            return
        suite = {"thread_ts": fil} if fil else {}
        # Sans aperçu : Slack n'ouvre pas lui-même les liens, dont ceux des documents privés.
        apercu = {} if methode == "chat.postEphemeral" else {"unfurl_links": False, "unfurl_media": False}
        await self._appeler(methode, channel=canal, **suite, **apercu, **contenu)

    async def _appeler(self, methode: str, **champs: Any) -> Mapping[str, Any] | None:
        """Appelle l'API ; ``None``, et une ligne au journal, si elle refuse ou se tait."""
        if self._client is None:
            self._client = AsyncWebClient(
                token=self._reglages.jeton,
                base_url=self._reglages.api,
                timeout=int(DELAI_S),
                session=self._http.session(),
                proxy=self._reglages.mandataire,
                retry_handlers=[],
                logger=_muet,
            )
        echec = ""
        for essai in range(1, ESSAIS + 1):
            attente = 0.5 * essai
            try:
                lue = await self._client.api_call(methode, json=champs)
                return lue.data if isinstance(lue.data, dict) else {}
            except SlackApiError as refus:
                code, echec = refus.response.status_code, _nom_d_erreur(refus)
                if code != 429 and code < 500:
                    break
                attente = secondes_d_attente(str(refus.response.headers.get("Retry-After", "")), attente)
            except (OSError, aiohttp.ClientError, SlackClientError) as panne:
                echec = type(panne).__name__
            if essai < ESSAIS:
                await asyncio.sleep(attente)
        journal.error("Slack : %s sans effet (%s)", methode, echec)
        return None


def _nom_d_erreur(refus: SlackApiError) -> str:
    """Nom court d'un refus de Slack (« channel_not_found »), sans rien de ce qui l'accompagne."""
    recue = refus.response.data
    nom = recue.get("error") if isinstance(recue, dict) else None
    return re.sub(r"[^a-z_]", "", str(nom))[:40] if nom else f"code {refus.response.status_code}"
