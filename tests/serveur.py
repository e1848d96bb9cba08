"""Un vrai serveur local pour les tests : ``python -m bilan lancer`` sur un port libre, et un client HTTP sans magie."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from actions.reglages import RACINE
from bilan.entrainement import assurer_modele

CANAL = "/webhooks/widget"


@dataclass
class Reponse:
    code: int
    entetes: dict[str, str]
    corps: bytes

    def json(self) -> Any:
        return json.loads(self.corps)


def port_libre() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


@dataclass
class Serveur:
    port: int
    processus: subprocess.Popen[str]
    journal: TextIO

    @property
    def origine(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def attendre(self) -> Serveur:
        assert self.processus.stdout is not None
        for ligne in self.processus.stdout:
            if ligne.startswith("Prêt"):
                return self
        raise AssertionError(f"le serveur n'a pas démarré : {self.lire_journal()}")

    def lire_journal(self) -> str:
        self.journal.flush()
        self.journal.seek(0)
        return self.journal.read()

    def arreter(self) -> int:
        self.processus.send_signal(signal.SIGINT)
        return self.processus.wait(timeout=20)

    def appeler(
        self, methode: str, chemin: str, corps: bytes | None = None, entetes: dict[str, str] | None = None
    ) -> Reponse:
        connexion = http.client.HTTPConnection("127.0.0.1", self.port, timeout=40)
        try:
            connexion.request(methode, chemin, corps, entetes or {})
            recue = connexion.getresponse()
            return Reponse(recue.status, {c.lower(): v for c, v in recue.getheaders()}, recue.read())
        finally:
            connexion.close()


@dataclass
class Visiteur:
    """Un navigateur réduit à ses en-têtes : même origine, témoin reçu, rien d'autre."""

    serveur: Serveur
    entetes: dict[str, str] = field(default_factory=dict)
    temoin: str = ""
    envoyes: int = 0

    def appeler(self, methode: str, route: str, corps: Any = None, **entetes: str) -> Reponse:
        tous = {"Origin": self.serveur.origine, "Sec-Fetch-Site": "same-origin", **self.entetes}
        if corps is not None:
            tous["Content-Type"] = "application/json"
        if self.temoin:
            tous["Cookie"] = self.temoin
        tous |= {nom.replace("_", "-"): valeur for nom, valeur in entetes.items()}
        brut = corps if isinstance(corps, bytes) or corps is None else json.dumps(corps).encode()
        recue = self.serveur.appeler(methode, CANAL + route, brut, {c: v for c, v in tous.items() if v})
        pose = recue.entetes.get("set-cookie")
        if pose:
            self.temoin = "" if "Max-Age=0" in pose else pose.split(";")[0]
        return recue

    def ouvrir(self) -> Visiteur:
        assert self.appeler("POST", "/session", {}).code == 200
        return self

    def dire(self, texte: str, message_id: str | None = None) -> Reponse:
        self.envoyes += 1
        return self.appeler("POST", "/message", {"id": message_id or f"message-{self.envoyes:08}", "texte": texte})


def copier_le_projet(dossier: Path, modele: Path) -> Path:
    """Copie du projet, modèle compris, que l'on peut modifier."""
    dossier.mkdir(parents=True, exist_ok=True)
    for nom in ("actions", "bilan", "canaux", "composants", "data", "widget", "guide"):
        shutil.copytree(RACINE / nom, dossier / nom, ignore=shutil.ignore_patterns("__pycache__"))
    for nom in ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml", "requirements.txt", "pyproject.toml"):
        shutil.copy(RACINE / nom, dossier)
    (dossier / "models").mkdir()
    shutil.copy(modele, dossier / "models")
    return dossier


def demarrer(racine: Path = RACINE, **environnement: str) -> Serveur:
    """Lance un serveur sans attendre qu'il soit prêt (:meth:`Serveur.attendre`)."""
    assurer_modele()
    port = port_libre()
    journal = tempfile.TemporaryFile("a+", encoding="utf-8")  # noqa: SIM115  (lu après l'arrêt)
    processus = subprocess.Popen(
        [sys.executable, "-m", "bilan", "lancer", "--port", str(port)],
        cwd=racine,
        env={**os.environ, **environnement},
        stdout=subprocess.PIPE,
        stderr=journal,
        text=True,
    )
    return Serveur(port, processus, journal)
