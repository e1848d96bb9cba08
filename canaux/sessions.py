"""Les conversations ouvertes par le widget, en mémoire : durée, débit, tours déjà joués, effacement."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from rasa.core.agent import Agent

from actions import reglages
from canaux import mesures
from canaux.acces import Debit, Refus

_TOURS_RETENUS = 20
_SESSIONS_MAX = 20_000

Tour = dict[str, Any]


@dataclass
class Session:
    """Une conversation ouverte : ``expire`` est un instant de l'horloge, ``avis`` va d'une réponse à un avis."""

    conversation: str
    expire: float
    debit: Debit
    verrou: asyncio.Lock = field(default_factory=asyncio.Lock)
    tours: OrderedDict[str, asyncio.Task[Tour]] = field(default_factory=OrderedDict)
    avis: dict[str, str] = field(default_factory=dict)
    fermee: bool = False


class Sessions:
    """Registre des conversations ouvertes ; rien n'y survit à l'inactivité ni à l'effacement."""

    def __init__(self, horloge: Callable[[], float] = time.monotonic) -> None:
        self._horloge = horloge
        self._ouvertes: OrderedDict[str, Session] = OrderedDict()
        mesures.ouvertes.set_function(self.nombre)

    def nombre(self) -> int:
        """Conversations ouvertes."""
        return len(self._ouvertes)

    def ouvrir(self, conversation: str) -> Session:
        """Ouvre une conversation neuve ; au-delà de 20 000, la plus anciennement active est oubliée."""
        session = Session(conversation, 0, Debit(reglages.WIDGET_MESSAGES_PAR_MINUTE))
        self._ouvertes[conversation] = session
        self.prolonger(session)
        while len(self._ouvertes) > _SESSIONS_MAX:
            self.fermer(next(iter(self._ouvertes.values())))
        return session

    def lire(self, conversation: str) -> Session:
        """Rend une conversation ouverte.

        Raises:
            Refus: 401, ``session`` : jamais ouverte, expirée ou effacée.
        """
        self.oublier_les_inactives()
        if conversation not in self._ouvertes:
            raise Refus(401, "session")
        return self._ouvertes[conversation]

    def accorder(self, conversation: str, reste_s: float | None) -> Session:
        """Rend la conversation telle qu'un magasin partagé la connaît : peut-être ouverte par un autre processus.

        Raises:
            Refus: 401, ``session`` : le magasin ne l'a pas, ou plus.
        """
        session = self._ouvertes.get(conversation)
        if reste_s is None:
            if session:
                self.fermer(session)
            raise Refus(401, "session")
        session = session or self.ouvrir(conversation)
        session.expire = self._horloge() + reste_s
        self._ouvertes.move_to_end(conversation)
        return session

    def prolonger(self, session: Session) -> None:
        """Repousse l'expiration."""
        session.expire = self._horloge() + reglages.INACTIVITE_MINUTES * 60
        self._ouvertes.move_to_end(session.conversation)

    def reste(self, session: Session) -> int:
        """Secondes avant l'expiration."""
        return max(0, round(session.expire - self._horloge()))

    def fermer(self, session: Session) -> None:
        """Ferme une conversation et oublie ses tours ; ceux qui attendent encore sont abandonnés."""
        session.fermee = True
        for tache in session.tours.values():
            tache.cancel()
        session.tours.clear()
        session.avis.clear()
        self._ouvertes.pop(session.conversation, None)

    def oublier_les_inactives(self) -> None:
        """Ferme les conversations expirées."""
        while self._ouvertes:
            plus_ancienne = next(iter(self._ouvertes.values()))
            if plus_ancienne.expire > self._horloge():
                return
            self.fermer(plus_ancienne)


async def jouer(session: Session, message_id: str, tour: Callable[[], Coroutine[Any, Any, Tour]]) -> Tour:
    """Joue un tour une seule fois par identifiant de message, un tour à la fois par conversation.

    Un second envoi du même identifiant, même pendant le premier, reçoit la même réponse ; un échec n'est pas retenu.

    Raises:
        Refus: 401, ``session`` : conversation effacée entre-temps.
        Exception: panne du tour.
    """
    if message_id not in session.tours:
        session.debit.prendre()
        session.tours[message_id] = asyncio.create_task(_a_son_tour(session, tour))
        # Personne n'attend peut-être plus cette tâche : sa panne ne doit pas finir dans les journaux d'asyncio.
        session.tours[message_id].add_done_callback(lambda finie: finie.cancelled() or finie.exception())
        while len(session.tours) > _TOURS_RETENUS:
            session.tours.popitem(last=False)
    tache = session.tours[message_id]
    try:
        # Le tour va au bout même si le navigateur raccroche : son renvoi en recevra la réponse.
        return await asyncio.shield(tache)
    except asyncio.CancelledError:
        if tache.cancelled():
            raise Refus(401, "session") from None
        raise
    except Exception:
        session.tours.pop(message_id, None)
        raise


async def _a_son_tour(session: Session, tour: Callable[[], Coroutine[Any, Any, Tour]]) -> Tour:
    async with session.verrou:
        if session.fermee:
            raise Refus(401, "session")
        return await asyncio.wait_for(tour(), reglages.WIDGET_DELAI_TOUR_S)


async def effacer_du_magasin(agent: Agent, conversation: str) -> None:
    """Supprime une conversation de tous les magasins de l'assistant, secours compris.

    Raises:
        NotImplementedError: un magasin ne sait pas effacer.
    """
    mesures.sujets.oublier(conversation)
    for magasin in magasins(agent):
        if hasattr(magasin, "effacer"):
            resultat = magasin.effacer(conversation)
            if asyncio.iscoroutine(resultat):
                await resultat
        elif isinstance(getattr(magasin, "store", None), dict):
            magasin.store.pop(conversation, None)
        else:
            raise NotImplementedError(f"{type(magasin).__name__} ne sait pas effacer une conversation")


def magasin_partage(agent: Agent) -> Any:
    """Le magasin, si d'autres processus s'en servent aussi ; ``None`` s'il est dans la mémoire de celui-ci."""
    principal = magasins(agent)[0]
    return principal if getattr(principal, "partage", False) else None


def magasins(agent: Agent) -> list[Any]:
    """Magasins réels derrière les enveloppes de Rasa (principal, puis secours s'il a servi)."""
    trouves, a_ouvrir = [], [agent.tracker_store]
    while a_ouvrir:
        magasin = a_ouvrir.pop(0)
        interieurs = [vars(magasin).get("_tracker_store"), vars(magasin).get("_fallback_tracker_store")]
        presents = [m for m in interieurs if m is not None]
        a_ouvrir += presents
        if not presents:
            trouves.append(magasin)
    return trouves


class CompteursAvis:
    """Nombre d'avis par réponse et par raison ; aucun texte, aucune personne."""

    def __init__(self) -> None:
        self.comptes: Counter[tuple[str, str]] = Counter()

    def noter(self, session: Session, reponse: str, avis: str) -> None:
        """Compte un avis ; un second avis de la même personne sur la même réponse remplace le premier."""
        precedent = session.avis.get(reponse)
        if precedent:
            self.comptes[reponse, precedent] -= 1
        session.avis[reponse] = avis
        self.comptes[reponse, avis] += 1

    def publiables(self) -> dict[str, dict[str, int]]:
        """Par réponse, les avis et les raisons que dix personnes au moins ont donnés, par dizaines."""
        par_reponse: dict[str, dict[str, int]] = {}
        for (reponse, avis), nombre in mesures.par_dizaines(self.comptes).items():
            par_reponse.setdefault(reponse, {})[avis] = nombre
        return par_reponse
