"""Canal du widget d'intranet (``/webhooks/widget/…``) : identité donnée par le serveur, erreurs en vraies erreurs HTTP.

Routes : ``session`` (ouvrir, prolonger, état), ``message``, ``effacer``, ``avis``, ``qui-peut-lire``, ``textes``,
``a-propos``. Un refus rend ``{"erreur": raison}`` ; la raison est une clé d'``erreurs`` dans data/widget.yml.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from actions import reglages
from canaux import identite
from canaux.acces import DebitParAdresse, Refus, adresse, lire_corps
from canaux.echange import Collecte, echanger, reponse_fixe
from canaux.enveloppe import Traitement, garder, permettre
from canaux.informations import Informations, lire_avis
from canaux.rendu_widget import rendre
from canaux.sessions import Session, Sessions, effacer_du_magasin, jouer, magasin_partage, magasins
from composants.magasin_memoire import MagasinMemoire
from composants.verrou import VerrouEquitable

journal = logging.getLogger(__name__)

_MESSAGE_ID = re.compile(r"[\w-]{8,64}", re.ASCII)
_RONDE_S = 30


class CanalWidget(InputChannel):
    """Canal de navigateur ; un registre de conversations et des compteurs d'avis, en mémoire."""

    def __init__(self) -> None:
        """Lit la configuration ; une clé de jeton faible arrête le démarrage (:class:`identite.CleFaible`)."""
        self.jetons = identite.jetons_en_place()
        self.sessions = Sessions()
        self.informations = Informations(self.jetons)
        self._arrivees = VerrouEquitable()
        self._ouvertures = DebitParAdresse(reglages.WIDGET_OUVERTURES_PAR_MINUTE)

    @classmethod
    def name(cls) -> str:
        """Nom du canal dans l'URL et dans les variantes de réponses."""
        return "widget"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Routes du canal."""
        routes = Blueprint("canal_widget")
        tables: list[tuple[str, str, Traitement]] = [
            ("/session", "POST", self.ouvrir),
            ("/session", "GET", self.etat),
            ("/message", "POST", self.message),
            ("/effacer", "POST", self.effacer),
            ("/avis", "POST", self.noter),
            ("/qui-peut-lire", "GET", self.informations.qui_peut_lire),
            ("/textes", "GET", self.informations.textes),
            ("/a-propos", "GET", self.informations.a_propos),
        ]
        prealables = {chemin: (chemin, "OPTIONS", permettre(self.jetons)) for chemin, _, _ in tables}
        for chemin, methode, traitement in [*tables, *prealables.values()]:
            nom = f"{methode}_{chemin[1:].replace('-', '_')}".lower()
            routes.add_route(garder(traitement, self.jetons), chemin, methods=[methode], name=nom)

        @routes.listener("after_server_start")
        async def surveiller(app: Sanic, _: Any) -> None:
            app.ctx.ronde = asyncio.create_task(self._oublier_a_l_heure(app))

        @routes.listener("before_server_stop")
        async def arreter(app: Sanic, _: Any) -> None:
            app.ctx.ronde.cancel()

        return routes

    async def ouvrir(self, requete: Request) -> HTTPResponse:
        """Ouvre une conversation (notice comprise), ou prolonge celle qui est ouverte."""
        lire_corps(requete)
        try:
            session = await self._session(requete)
        except Refus as refus:
            if refus.raison != "session":
                raise
            return await self._ouvrir_neuve(requete)
        async with session.verrou:
            fil = await requete.app.ctx.agent.tracker_store.retrieve(session.conversation)
            if fil:
                await requete.app.ctx.agent.tracker_store.save(fil)  # repousse aussi l'oubli du magasin
        self.sessions.prolonger(session)
        return response.json({"messages": [], "nouvelle": False, "expire_dans": self.sessions.reste(session)})

    async def _ouvrir_neuve(self, requete: Request) -> HTTPResponse:
        self._ouvertures.prendre(adresse(requete))
        temoin = None if self.jetons else identite.nouveau_temoin()
        conversation = (
            identite.conversation_nommee(temoin) if temoin else identite.conversation_de(requete, self.jetons)
        )
        agent, sortie = requete.app.ctx.agent, Collecte(self.name())
        await effacer_du_magasin(agent, conversation)
        fil = await agent.processor.fetch_tracker_and_update_session(conversation, sortie)
        await agent.processor.save_tracker(fil)
        messages = [rendre(message) for message in sortie.recueillis]
        if not messages:
            raise Refus(502, "vide")
        messages[0]["texte"] += "\n\n" + "\n".join(self.informations.lignes(requete, court=True))
        session = self.sessions.ouvrir(conversation)
        corps = {"messages": messages, "nouvelle": True, "expire_dans": self.sessions.reste(session)}
        entetes = {"Set-Cookie": identite.entete_de_temoin(temoin)} if temoin else {}
        return response.json(corps, headers=entetes)

    async def etat(self, requete: Request) -> HTTPResponse:
        """Dit combien de temps il reste, sans prolonger."""
        return response.json({"expire_dans": self.sessions.reste(await self._session(requete))})

    async def message(self, requete: Request) -> HTTPResponse:
        """Joue un tour : ``{"id", "texte"}`` (un bouton envoie son ``envoi`` comme texte)."""
        session = await self._session(requete)
        donnees = lire_corps(requete)
        message_id, texte = donnees.get("id"), donnees.get("texte")
        if not isinstance(texte, str) or not isinstance(message_id, str) or not _MESSAGE_ID.fullmatch(message_id):
            raise Refus(400, "forme")
        if len(texte) > reglages.MESSAGE_LONGUEUR_MAX:
            raise Refus(400, "longueur")
        agent = requete.app.ctx.agent

        async def tour() -> dict[str, Any]:
            # Seul un magasin partagé peut avoir joué ce message ailleurs ; sinon ``jouer`` suffit.
            numero = message_id if magasin_partage(agent) else None
            bruts = await echanger(agent, session.conversation, texte, self.name(), message_id=numero)
            recus = [rendre(message) for message in bruts]
            if not any(m["texte"] or m["boutons"] or m["documents"] for m in recus):
                raise Refus(502, "vide")
            if recus[0]["reponse"] == "utter_indisponible":
                raise Refus(502, "panne")
            return {"messages": recus, "efface": any(m["reponse"] == "utter_effacer_donnees" for m in recus)}

        resultat = await jouer(session, message_id, tour)
        if resultat["efface"]:
            await self._fermer(agent, session)
            return response.json(resultat, headers=self._sans_temoin())
        self.sessions.prolonger(session)
        return response.json({**resultat, "expire_dans": self.sessions.reste(session)})

    async def effacer(self, requete: Request) -> HTTPResponse:
        """Efface la conversation partout, tours en cours compris, et dit ce qui a été effacé."""
        try:
            await self._fermer(requete.app.ctx.agent, await self._session(requete))
        except Refus as refus:
            if refus.raison != "session":  # rien d'ouvert : rien à effacer, et c'est une réussite
                raise
        message = rendre(reponse_fixe("utter_effacer_donnees", self.name()))
        return response.json({"messages": [message], "efface": True}, headers=self._sans_temoin())

    async def noter(self, requete: Request) -> HTTPResponse:
        """Compte un avis : ``{"reponse": nom, "avis": "utile" ou une raison}`` ; aucun texte n'est admis."""
        session = await self._session(requete)
        reponse, avis = lire_avis(lire_corps(requete))
        session.debit.prendre()
        self.informations.avis.noter(session, reponse, avis)
        return response.empty()

    async def _session(self, requete: Request) -> Session:
        conversation = identite.conversation_de(requete, self.jetons)
        partage = magasin_partage(requete.app.ctx.agent)
        if partage is None:
            return self.sessions.lire(conversation)
        async with self._arrivees.lock(conversation):  # interroger la base ne doit pas changer l'ordre d'arrivée
            return self.sessions.accorder(conversation, await partage.reste(conversation))

    def _sans_temoin(self) -> dict[str, str]:
        return {} if self.jetons else {"Set-Cookie": identite.entete_de_temoin(None)}

    async def _fermer(self, agent: Any, session: Session) -> None:
        self.sessions.fermer(session)
        async with session.verrou:
            await effacer_du_magasin(agent, session.conversation)

    async def _oublier_a_l_heure(self, app: Sanic) -> None:
        """Oublie les conversations expirées même quand plus personne n'écrit."""
        while True:
            await asyncio.sleep(_RONDE_S)
            self.sessions.oublier_les_inactives()
            for magasin in magasins(app.ctx.agent):
                if isinstance(magasin, MagasinMemoire):
                    magasin.oublier_les_inactives()
            partage = magasin_partage(app.ctx.agent)
            try:
                if partage:
                    await partage.oublier_les_inactives()
            except Exception as panne:  # base injoignable : la prochaine ronde réessaie
                journal.warning("oubli remis à plus tard : %s", type(panne).__name__)
