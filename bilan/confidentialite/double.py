"""Un double de l'installation : même programme, mêmes données, même modèle, mêmes magasins, oubli en une minute."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from actions.reglages import RACINE
from bilan.pannes import Panne

CANAL = "/webhooks/widget"
DEMARRAGE_MAX_S = 150
_CANAUX = "canaux.widget.CanalWidget: {}\ncanaux.documents.CanalDocuments: {}\n"


@dataclass(frozen=True)
class Double:
    """Serveur démarré pour l'épreuve."""

    port: int
    pid: int
    abri: Path
    journal: Path

    @property
    def origine(self) -> str:
        """Adresse de ses pages."""
        return f"http://127.0.0.1:{self.port}"


@contextlib.contextmanager
def demarre(abri: Path) -> Iterator[Double]:
    """Démarre le double, dossier personnel et temporaire compris dans ``abri``, et l'arrête à la fin.

    Raises:
        Panne: il n'est pas prêt à temps.
    """
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port = int(prise.getsockname()[1])
    journal, canaux = abri / "journal.txt", abri / "canaux.yml"
    canaux.write_text(_CANAUX, encoding="utf-8")
    environnement = {
        **os.environ,
        "BILAN_INACTIVITE_MINUTES": "1",
        "BILAN_CANAUX": str(canaux),
        "BILAN_PRODUCTION": "non",
        "BILAN_WIDGET_ORIGINES": "",
        "BILAN_WIDGET_JETON_SECRET": "",
        "BILAN_WIDGET_JETON_CLE_PUBLIQUE": "",
        "BILAN_WIDGET_MANDATAIRES": "0",
        "BILAN_SURVEILLANCE": "127.0.0.0/8",
        "HOME": str(abri),
        "TMPDIR": str(abri),
    }
    commande = [sys.executable, "-m", "bilan", "lancer", "--port", str(port), "--adresse", "127.0.0.1"]
    with journal.open("w") as sortie:
        processus = subprocess.Popen(commande, cwd=RACINE, env=environnement, stdout=sortie, stderr=sortie)
    double = Double(port, processus.pid, abri, journal)
    try:
        debut = time.monotonic()
        while not _pret(double):
            if processus.poll() is not None or time.monotonic() - debut > DEMARRAGE_MAX_S:
                lignes = journal.read_text(encoding="utf-8").strip().splitlines() or ["aucune ligne"]
                raise Panne(f"le double de l'installation n'a pas démarré : {lignes[-1]}")
            time.sleep(0.5)
        yield double
    finally:
        if processus.poll() is None:
            processus.send_signal(signal.SIGINT)
            try:
                processus.wait(timeout=20)
            except subprocess.TimeoutExpired:
                processus.kill()
                processus.wait()


def _pret(double: Double) -> bool:
    try:
        return demander(double, "GET", "/pret")[0] == 200
    except OSError:
        return False


def demander(
    double: Double, methode: str, chemin: str, corps: Any = None, **entetes: str
) -> tuple[int, dict[str, str], bytes]:
    """Fait une requête : code, en-têtes, corps."""
    connexion = http.client.HTTPConnection("127.0.0.1", double.port, timeout=40)
    with contextlib.closing(connexion):
        brut = None if corps is None else json.dumps(corps).encode()
        tous = {"Content-Type": "application/json", **entetes} if brut else entetes
        connexion.request(methode, chemin, brut, tous)
        recue = connexion.getresponse()
        return recue.status, {nom.lower(): valeur for nom, valeur in recue.getheaders()}, recue.read()


@dataclass
class Personne:
    """Une personne fictive, avec le témoin que le serveur lui donne."""

    double: Double
    temoin: str = ""
    recus: list[str] = field(default_factory=list)

    def appeler(self, methode: str, route: str, corps: Any = None) -> int:
        """Appelle une route du widget et rend le code."""
        entetes = {"Origin": self.double.origine, "Sec-Fetch-Site": "same-origin"}
        if self.temoin:
            entetes["Cookie"] = self.temoin
        code, recues, octets = demander(self.double, methode, CANAL + route, corps, **entetes)
        pose = recues.get("set-cookie", "")
        if pose and "Max-Age=0" not in pose:
            self.temoin = pose.split(";")[0]
        if code == 200 and b'"messages"' in octets:
            self.recus += [message["texte"] for message in json.loads(octets)["messages"]]
        return code

    def dire(self, texte: str) -> int:
        """Envoie un message."""
        return self.appeler("POST", "/message", {"id": f"canari-{secrets.token_hex(6)}", "texte": texte})
