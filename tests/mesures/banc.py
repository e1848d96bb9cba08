"""Le banc d'essai : les mêmes mesures pour n'importe quel serveur qui parle le protocole REST de Rasa."""

from __future__ import annotations

import asyncio
import itertools
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import aiohttp

from tests.mesures.serveur import Serveur

TOURS = 200
TOURS_PAR_CONVERSATION = 5
CLIENTS = 8
LONGUEUR = 400
FENETRE = 10
_numeros = itertools.count()


@dataclass(frozen=True)
class Jeu:
    """Messages à envoyer : ``questions`` de connaissance, messages qui appellent une ``action``, ``ouverture``."""

    ouverture: str
    questions: Sequence[str]
    actions: Sequence[str]


@dataclass
class Resultats:
    """Figures d'un serveur ; durées en millisecondes."""

    pret: float
    memoire: int = 0
    tours: dict[str, list[float]] = field(default_factory=dict)
    calcul: dict[str, float] = field(default_factory=dict)
    debit: dict[str, float] = field(default_factory=dict)
    longueur: dict[int, float] = field(default_factory=dict)
    ensemble: float = 0.0
    dans_l_ordre: bool = False


async def mesurer(serveur: Serveur, jeu: Jeu) -> Resultats:
    """Mesure un serveur déjà prêt, chauffé d'abord par vingt tours non comptés."""
    resultats = Resultats(serveur.pret)
    delai = aiohttp.ClientTimeout(total=120)
    async with aiohttp.ClientSession(timeout=delai, connector=aiohttp.TCPConnector(limit=0)) as session:
        client = Client(session, serveur.webhook, jeu.ouverture)
        await client.jouer(jeu.questions, 20)
        for nom, messages in (("FAQ", jeu.questions), ("action", jeu.actions)):
            for clients in (1, CLIENTS):
                cle = f"{nom}, {clients} client{'s' * (clients > 1)}"
                calcul, debut = serveur.calcul(), time.perf_counter()
                lots = await asyncio.gather(*(client.jouer(messages, TOURS // clients) for _ in range(clients)))
                duree = time.perf_counter() - debut
                # Les ouvertures de conversation consomment aussi : elles comptent dans le calcul et le débit.
                envoyes = TOURS + TOURS // TOURS_PAR_CONVERSATION
                resultats.tours[cle] = [d for lot in lots for d in lot]
                resultats.calcul[cle] = 1000 * (serveur.calcul() - calcul) / envoyes
                resultats.debit[cle] = envoyes / duree
        resultats.longueur = await client.grandir(jeu.questions)
        resultats.ensemble, resultats.dans_l_ordre = await client.envoyer_ensemble(jeu.questions[:5])
    resultats.memoire = serveur.memoire()
    return resultats


class Client:
    """Des personnes qui écrivent par le canal REST ; chaque tour est chronométré."""

    def __init__(self, session: aiohttp.ClientSession, adresse: str, ouverture: str) -> None:
        self._session, self._adresse, self._ouverture = session, adresse, ouverture

    async def dire(self, conversation: str, message: str) -> tuple[float, str]:
        """Envoie un message ; rend la durée du tour et le premier texte reçu."""
        debut = time.perf_counter()
        async with self._session.post(self._adresse, json={"sender": conversation, "message": message}) as reponse:
            recus = await reponse.json()
        assert reponse.status == 200 and recus, f"réponse vide à « {message} »"
        return 1000 * (time.perf_counter() - debut), recus[0].get("text", "")

    async def jouer(self, messages: Sequence[str], tours: int) -> list[float]:
        """Joue des conversations de cinq messages ; leur ouverture n'est pas dans les durées rendues."""
        durees = []
        for tour in range(tours):
            if tour % TOURS_PAR_CONVERSATION == 0:
                conversation = f"banc-{next(_numeros)}"
                await self.dire(conversation, self._ouverture)
            durees.append((await self.dire(conversation, messages[tour % len(messages)]))[0])
        return durees

    async def grandir(self, messages: Sequence[str]) -> dict[int, float]:
        """Une conversation de 400 tours : médiane des dix derniers tours à 20, 100 et 400 ; 1 : premier tour."""
        premiers = [(await self.dire(f"banc-{next(_numeros)}", messages[0]))[0] for _ in range(FENETRE)]
        longue = f"banc-{next(_numeros)}"
        durees = [(await self.dire(longue, messages[i % len(messages)]))[0] for i in range(LONGUEUR)]
        fins = {tour: statistics.median(durees[tour - FENETRE : tour]) for tour in (20, 100, LONGUEUR)}
        return {1: statistics.median(premiers), **fins}

    async def envoyer_ensemble(self, messages: Sequence[str]) -> tuple[float, bool]:
        """Cinq messages de la même personne, envoyés ensemble : durée du dernier (s), et si l'ordre est tenu."""
        attendus = []
        await self.dire("banc-seul", self._ouverture)
        for message in messages:
            attendus.append((await self.dire("banc-seul", message))[1])
        await self.dire("banc-ensemble", self._ouverture)
        arrivees: list[int] = []

        async def envoyer(rang: int) -> tuple[float, str]:
            await asyncio.sleep(rang * 0.002)  # ouvertes d'un coup, les connexions arrivent dans n'importe quel ordre
            recu = await self.dire("banc-ensemble", messages[rang])
            arrivees.append(rang)
            return recu

        recus = await asyncio.gather(*(envoyer(rang) for rang in range(len(messages))))
        justes = [texte for _, texte in recus] == attendus
        return max(duree for duree, _ in recus) / 1000, justes and arrivees == sorted(arrivees)
