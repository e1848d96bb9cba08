"""Un serveur à mesurer : le démarrer, attendre qu'il réponde, lire ce qu'il consomme, l'arrêter."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

ATTENTE_MAX = 300.0


class Serveur:
    """Processus qui répond sur ``/webhooks/rest/webhook``."""

    def __init__(
        self,
        commande: Sequence[str],
        dossier: Path,
        port: int,
        environnement: Mapping[str, str] | None = None,
        sante: str = "/",
    ) -> None:
        """Démarre et attend la première réponse de ``GET sante`` ; la durée est dans ``pret``, en secondes.

        Raises:
            RuntimeError: le processus s'arrête, ou ne répond pas en 300 s.
        """
        self.racine = f"http://127.0.0.1:{port}"
        debut = time.perf_counter()
        self._processus = subprocess.Popen(
            commande, cwd=dossier, env=environnement, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        while not _repond(self.racine + sante):
            if self._processus.poll() is not None or time.perf_counter() - debut > ATTENTE_MAX:
                self.arreter()
                raise RuntimeError(f"le serveur n'a pas démarré : {' '.join(commande)}")
            time.sleep(0.05)
        self.pret = time.perf_counter() - debut

    @property
    def webhook(self) -> str:
        """Adresse du canal REST."""
        return f"{self.racine}/webhooks/rest/webhook"

    @property
    def pid(self) -> int:
        """Numéro du processus."""
        return self._processus.pid

    def memoire(self) -> int:
        """Mémoire résidente, en Mo."""
        etat = Path(f"/proc/{self._processus.pid}/status").read_text(encoding="utf-8")
        return int(next(ligne for ligne in etat.splitlines() if ligne.startswith("VmRSS")).split()[1]) // 1024

    def calcul(self) -> float:
        """Temps de calcul consommé depuis le démarrage, en secondes : ne dépend pas des autres programmes."""
        champs = Path(f"/proc/{self._processus.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        return (int(champs[11]) + int(champs[12])) / os.sysconf("SC_CLK_TCK")

    def arreter(self) -> None:
        """Envoie Ctrl-C et attend la fin."""
        self._processus.send_signal(signal.SIGINT)
        try:
            self._processus.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._processus.kill()
            self._processus.wait()


def _repond(adresse: str) -> bool:
    try:
        with urllib.request.urlopen(adresse, timeout=1) as reponse:
            return bool(reponse.status == 200)
    except OSError:
        return False
