"""Les services réels de la configuration à l'échelle : ceux de la machine, ou à soi, que l'on peut alors tuer."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

SECRET = base64.urlsafe_b64encode(b"secret-de-test-de-trente-deux-oc").decode()
POSTGRES = os.environ.get("BILAN_TEST_POSTGRES", "postgresql://root@127.0.0.1:5432/postgres")
REDIS = os.environ.get("BILAN_TEST_REDIS", "redis://127.0.0.1:6379/9")
RABBITMQ = os.environ.get("BILAN_TEST_RABBITMQ", "amqp://guest:guest@127.0.0.1:5672/")


def exiger(url: str, port_par_defaut: int) -> str:
    """Rend l'adresse d'un service joignable ; sinon saute le test, ou échoue en intégration continue."""
    lue = urlsplit(url)
    try:
        socket.create_connection((lue.hostname or "", lue.port or port_par_defaut), timeout=2).close()
    except OSError as erreur:
        raison = f"{lue.scheme} injoignable sur {lue.hostname}:{lue.port or port_par_defaut} ({erreur})"
        if os.environ.get("CI"):
            pytest.fail(raison)
        pytest.skip(raison)
    return url


def exiger_programme(*noms: str) -> None:
    """Saute le test si un programme manque, ou échoue en intégration continue."""
    absents = [nom for nom in noms if not shutil.which(nom)]
    if absents:
        raison = f"programme absent : {', '.join(absents)}"
        if os.environ.get("CI"):
            pytest.fail(raison)
        pytest.skip(raison)


@contextmanager
def base_neuve(url: str = POSTGRES) -> Iterator[str]:
    """Crée une base vide, la supprime après."""
    import asyncpg

    nom = f"bilan_essai_{os.getpid()}_{time.monotonic_ns()}"

    async def executer(requete: str) -> None:
        connexion = await asyncpg.connect(url)
        try:
            await connexion.execute(requete)
        finally:
            await connexion.close()

    def hors_boucle(requete: str) -> None:
        import threading

        fil = threading.Thread(target=lambda: asyncio.run(executer(requete)))
        fil.start()
        fil.join()

    hors_boucle(f"CREATE DATABASE {nom}")
    try:
        yield url.rsplit("/", 1)[0] + "/" + nom
    finally:
        hors_boucle(f"DROP DATABASE {nom} WITH (FORCE)")


class Instance:
    """Un service à soi : démarrer, geler, tuer, redémarrer, sans toucher à ceux de la machine."""

    def __init__(self, commande: list[str], port: int, environnement: dict[str, str] | None = None) -> None:
        self._commande, self.port, self._environnement = commande, port, environnement
        self._processus: subprocess.Popen[bytes] | None = None

    def demarrer(self, delai_s: float = 60) -> None:
        self._processus = subprocess.Popen(
            self._commande,
            env={**os.environ, **(self._environnement or {})},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        fin = time.monotonic() + delai_s
        while time.monotonic() < fin:
            assert self._processus.poll() is None, f"{self._commande[0]} s'est arrêté"
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            time.sleep(0.05)
        raise AssertionError(f"{self._commande[0]} n'écoute pas sur {self.port}")

    @property
    def pid(self) -> int:
        assert self._processus is not None
        return self._processus.pid

    def vivant(self) -> bool:
        return self._processus is not None and self._processus.poll() is None

    def signaler(self, numero: int) -> None:
        assert self._processus is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._processus.pid, numero)

    def geler(self) -> None:
        self.signaler(signal.SIGSTOP)

    def degeler(self) -> None:
        self.signaler(signal.SIGCONT)

    def tuer(self) -> None:
        """Arrêt brutal, sans adieu."""
        if self._processus is not None:
            self.signaler(signal.SIGKILL)
            self._processus.wait(timeout=20)
            self._processus = None


@contextmanager
def redis_a_soi(port: int, *fichier: str) -> Iterator[Instance]:
    exiger_programme("redis-server")
    with tempfile.TemporaryDirectory() as dossier:
        options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", dossier]
        instance = Instance(["redis-server", *fichier, *options], port)
        instance.demarrer()
        try:
            yield instance
        finally:
            instance.degeler()
            instance.tuer()


@contextmanager
def postgres_a_soi(port: int, ailleurs: str | None = None) -> Iterator[tuple[Instance, str]]:
    """Un PostgreSQL neuf, dans un dossier temporaire ou ``ailleurs`` ; rend l'instance et son adresse."""
    binaires = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not binaires and not shutil.which("initdb"):
        exiger_programme("initdb")
    binaire = binaires[-1].parent if binaires else Path(shutil.which("initdb") or "").parent
    # PostgreSQL refuse d'être lancé par root.
    comme = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if os.getuid() == 0 else []
    with tempfile.TemporaryDirectory(dir=ailleurs) as dossier:
        if comme:
            shutil.chown(dossier, "postgres", "postgres")
            if ailleurs:
                Path(ailleurs).chmod(0o755)
        donnees = f"{dossier}/donnees"
        subprocess.run(
            [*comme, str(binaire / "initdb"), "-D", donnees, "-U", "essai", "-A", "trust", "-E", "UTF8", "--no-sync"],
            check=True, cwd="/", stdout=subprocess.DEVNULL,
        )  # fmt: skip
        options = [
            "-p",
            str(port),
            "-h",
            "127.0.0.1",
            "-k",
            dossier,
            "-c",
            "shared_buffers=16MB",
            "-c",
            "max_connections=40",
        ]
        instance = Instance([*comme, str(binaire / "postgres"), "-D", donnees, *options], port)
        instance.demarrer()
        try:
            yield instance, f"postgresql://essai@127.0.0.1:{port}/postgres"
        finally:
            instance.degeler()
            instance.tuer()


class Relais:
    """Relais TCP local : ralentit, coupe ou rétablit le réseau entre l'assistant et un service."""

    def __init__(self, vers: tuple[str, int]) -> None:
        self._vers = vers
        self.retard_s = 0.0
        self._serveur: asyncio.Server | None = None
        self._liens: set[asyncio.StreamWriter] = set()
        self._taches: set[asyncio.Task[None]] = set()
        self.port = 0
        self.muet = False

    async def ouvrir(self) -> None:
        self._serveur = await asyncio.start_server(self._relayer, "127.0.0.1", self.port)
        self.port = self._serveur.sockets[0].getsockname()[1]

    async def couper(self) -> None:
        """Ferme tout : connexions refusées."""
        if self._serveur:
            self._serveur.close()
            self._serveur = None
        for lien in list(self._liens):
            lien.transport.abort()

    async def _relayer(self, lecteur: asyncio.StreamReader, ecrivain: asyncio.StreamWriter) -> None:
        try:
            lecteur_2, ecrivain_2 = await asyncio.open_connection(*self._vers)
        except OSError:
            ecrivain.transport.abort()
            return
        self._liens |= {ecrivain, ecrivain_2}

        async def pomper(source: asyncio.StreamReader, puits: asyncio.StreamWriter, retarder: bool) -> None:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                while octets := await source.read(65536):
                    while self.muet:  # réseau coupé sans que personne ne le dise
                        await asyncio.sleep(0.02)
                    if retarder and self.retard_s:
                        await asyncio.sleep(self.retard_s)
                    puits.write(octets)
                    await puits.drain()
            puits.close()
            self._liens.discard(puits)

        for suite in (pomper(lecteur, ecrivain_2, True), pomper(lecteur_2, ecrivain, False)):
            tache = asyncio.create_task(suite)
            self._taches.add(tache)
            tache.add_done_callback(self._taches.discard)


def environnement(postgres: str, redis: str, rabbitmq: str, **autres: Any) -> dict[str, str]:
    """Environnement d'un processus à l'échelle."""
    from actions.reglages import RACINE

    return {
        "BILAN_POINTS": str(RACINE / "deploiement/endpoints.yml"),
        "BILAN_SECRET": SECRET,
        "BILAN_POSTGRES": postgres,
        "BILAN_REDIS": redis,
        "BILAN_RABBITMQ": rabbitmq,
        **{nom: str(valeur) for nom, valeur in autres.items()},
    }
