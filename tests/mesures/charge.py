"""Charge en boucle ouverte (``make charge``) : N conversations à la fois, avec leur temps de réflexion, par le widget.

Chaque message part à l'heure prévue par la personne, que le serveur suive ou non, et sa durée court depuis cette heure.
(locust attend la réponse avant d'envoyer la suite : quand le serveur peine, il envoie moins.)
Tout se passe sur la boucle locale.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import resource
import ssl
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from actions.reglages import RACINE
from bilan.entrainement import assurer_modele
from tests.echelle.ensemble import HOTE, ensemble
from tests.echelle.services import POSTGRES, RABBITMQ, REDIS, base_neuve, environnement
from tests.mesures.fils import FILS
from tests.mesures.serveur import Serveur

# Bornes : au-delà, on mesure le générateur plutôt que le serveur.
CONVERSATIONS_MAX = 500
DUREE_MAX_S = 300.0
CHAUFFE_S = 3.0


@dataclass
class Releve:
    """Une mesure : durées en millisecondes depuis l'heure prévue, et ce qui n'a pas eu de réponse."""

    nom: str
    conversations: int
    durees: list[float] = field(default_factory=list)
    echecs: int = 0
    duree_s: float = 0.0
    generateur: float = 0.0

    def ligne(self) -> str:
        """Ligne du tableau."""
        debit = len(self.durees) / self.duree_s
        if len(self.durees) < 2:
            return f"| {self.nom} | {self.conversations} | — | — | — | — | {self.echecs} | |"
        rangs = statistics.quantiles(self.durees, n=100)
        p50, p95, p99 = statistics.median(self.durees), rangs[94], rangs[98]
        return (
            f"| {self.nom} | {self.conversations} | {debit:.1f} | {p50:.0f} | {p95:.0f} | {p99:.0f} | {self.echecs} | "
            f"{self.generateur:.0%} |"
        )


class Generateur:
    """Personnes simultanées devant une adresse locale."""

    def __init__(self, adresse: str, origine: str, reflexion_s: float) -> None:
        """Prépare le générateur.

        Args:
            adresse: ``http(s)://127.0.0.1:port``.
            origine: origine de la page, telle que le serveur l'attend.
            reflexion_s: temps de réflexion médian entre deux messages.

        Raises:
            ValueError: adresse d'une autre machine.
        """
        if not adresse.split("://")[1].startswith("127.0.0.1:"):
            raise ValueError("ce générateur ne charge que cette machine")
        self._adresse, self._reflexion = adresse, reflexion_s
        self._entetes = {"Origin": origine, "Sec-Fetch-Site": "same-origin", "Host": origine.split("://")[1]}
        self._hasard = random.Random(2026)

    async def mesurer(self, nom: str, conversations: int, duree_s: float) -> Releve:
        """Maintient ``conversations`` personnes pendant ``duree_s`` secondes, après une chauffe non comptée."""
        releve = Releve(nom, conversations)
        contexte = ssl.create_default_context()
        contexte.check_hostname, contexte.verify_mode = False, ssl.CERT_NONE  # certificat d'essai
        lien = aiohttp.TCPConnector(limit=0, ssl=contexte)
        debut = time.perf_counter() + CHAUFFE_S
        delai = aiohttp.ClientTimeout(total=40)
        sans_temoin = aiohttp.DummyCookieJar()
        async with aiohttp.ClientSession(connector=lien, timeout=delai, cookie_jar=sans_temoin) as client:
            calcul = _calcul_ici()
            personnes = [self._personne(client, releve, debut, debut + duree_s) for _ in range(conversations)]
            await asyncio.gather(*personnes)
            releve.generateur = (_calcul_ici() - calcul) / (time.perf_counter() - debut + CHAUFFE_S)
        releve.duree_s = duree_s
        return releve

    async def _personne(self, client: aiohttp.ClientSession, releve: Releve, debut: float, fin: float) -> None:
        heure = time.perf_counter() + self._hasard.uniform(0, self._reflexion)
        envois: list[asyncio.Task[None]] = []
        while heure < fin:
            await asyncio.sleep(max(0.0, heure - time.perf_counter()))
            try:
                temoin = await self._ouvrir(client)
            except (aiohttp.ClientError, TimeoutError, KeyError):
                releve.echecs += 1
                heure = time.perf_counter() + self._reflexion
                continue
            for numero, message in enumerate(self._hasard.choice(FILS)):
                # Réflexion d'une personne : souvent courte, parfois longue.
                heure += min(self._hasard.lognormvariate(0, 0.6) * self._reflexion, 6 * self._reflexion)
                if heure >= fin:
                    break
                await asyncio.sleep(max(0.0, heure - time.perf_counter()))
                envoi = self._envoyer(client, releve, temoin, numero, message, heure, heure >= debut)
                envois.append(asyncio.create_task(envoi))
        await asyncio.gather(*envois)

    async def _ouvrir(self, client: aiohttp.ClientSession) -> str:
        url = f"{self._adresse}/webhooks/widget/session"
        async with client.post(url, json={}, headers=self._entetes) as recue:
            return recue.headers["Set-Cookie"].split(";")[0]

    async def _envoyer(
        self,
        client: aiohttp.ClientSession,
        releve: Releve,
        temoin: str,
        numero: int,
        message: str,
        heure: float,
        compter: bool,
    ) -> None:
        entetes = {**self._entetes, "Cookie": temoin}
        corps = {"id": f"message-{numero:08}", "texte": message}
        try:
            url = f"{self._adresse}/webhooks/widget/message"
            async with client.post(url, json=corps, headers=entetes) as recue:
                rendu = await recue.json(content_type=None)
                # 401 : la conversation vient d'être effacée par la personne elle-même.
                bonne = (recue.status == 200 and bool(rendu["messages"])) or recue.status == 401
        except (aiohttp.ClientError, TimeoutError, ValueError):
            bonne = False
        if compter and bonne:
            releve.durees.append(1000 * (time.perf_counter() - heure))
        elif compter:
            releve.echecs += 1


def _calcul_ici() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


_DEBRIDE = {"BILAN_WIDGET_OUVERTURES_PAR_MINUTE": "100000", "BILAN_WIDGET_MESSAGES_PAR_MINUTE": "10000"}


@contextmanager
def embarque(port: int) -> Iterator[tuple[str, str, list[int]]]:
    """L'assistant par défaut : (adresse, origine, processus)."""
    commande = [sys.executable, "-m", "bilan", "lancer", "--port", str(port)]
    serveur = Serveur(commande, RACINE, port, {**os.environ, **_DEBRIDE})
    try:
        yield serveur.racine, serveur.racine, [serveur.pid]
    finally:
        serveur.arreter()


@contextmanager
def a_l_echelle(assistants: int, actions: int) -> Iterator[tuple[str, str, list[int]]]:
    """La configuration de deploiement/, derrière son nginx."""
    with base_neuve(POSTGRES) as base:
        services = environnement(base, REDIS, RABBITMQ)
        with ensemble(services, assistants=assistants, actions=actions) as tous:
            pids = [p.processus.pid for p in (*tous.assistants, *tous.actions) if p.processus]
            yield f"https://127.0.0.1:{tous.port}", f"https://{HOTE}", pids


def memoire(pid: int) -> int:
    """Mémoire résidente d'un processus, en Mo."""
    etat = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(next(ligne for ligne in etat.splitlines() if ligne.startswith("VmRSS")).split()[1]) // 1024


def principal(arguments: Sequence[str] | None = None) -> None:
    """Mesure chaque configuration à chaque nombre de conversations, imprime un tableau."""
    lecteur = argparse.ArgumentParser(description=__doc__)
    lecteur.add_argument(
        "--conversations", default="1,8,50,200", help="nombres de conversations, séparés par des virgules"
    )
    lecteur.add_argument("--duree", type=float, default=30.0, help="secondes par mesure")
    lecteur.add_argument("--reflexion", type=float, default=4.0, help="temps de réflexion médian, en secondes")
    lecteur.add_argument("--embarque-seul", action="store_true", help="sans PostgreSQL, Redis, RabbitMQ ni nginx")
    options = lecteur.parse_args(arguments)
    nombres = [min(int(n), CONVERSATIONS_MAX) for n in options.conversations.split(",")]
    duree = min(options.duree, DUREE_MAX_S)
    assurer_modele()
    configurations = [("embarqué, 1 processus", lambda: embarque(int(os.environ.get("PORT", "5005")) + 110))]
    if not options.embarque_seul:
        configurations += [
            ("échelle, 1 assistant, actions dedans", lambda: a_l_echelle(1, 0)),
            ("échelle, 2 assistants, actions dedans", lambda: a_l_echelle(2, 0)),
            ("échelle, 2 assistants, 1 serveur d'actions", lambda: a_l_echelle(2, 1)),
        ]
    memoires = []
    print("| configuration | conversations | messages/s | p50 ms | p95 ms | p99 ms | échecs | calcul du générateur |")
    print("|---|---|---|---|---|---|---|---|")
    for nom, ouvrir in configurations:
        with ouvrir() as (adresse, origine, pids):
            generateur = Generateur(adresse, origine, options.reflexion)
            asyncio.run(generateur.mesurer("chauffe", 4, 3.0))
            for nombre in nombres:
                print(asyncio.run(generateur.mesurer(nom, nombre, duree)).ligne(), flush=True)
            memoires.append(f"{nom} : {', '.join(f'{memoire(pid)} Mo' for pid in pids)}")
    print("\nMémoire par processus (assistants, puis actions) — " + " ; ".join(memoires))
    print(f"Charge de la machine à la fin : {os.getloadavg()[0]:.1f} ({os.cpu_count()} cœurs, générateur compris).")


if __name__ == "__main__":
    principal()
