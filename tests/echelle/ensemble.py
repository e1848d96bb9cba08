"""La configuration à l'échelle, entière, sur cette machine : assistants, actions, et le nginx de deploiement/."""

from __future__ import annotations

import contextlib
import http.client
import itertools
import json
import os
import re
import signal
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from actions.reglages import RACINE
from bilan.entrainement import assurer_modele
from tests.echelle.services import Instance, exiger_programme
from tests.serveur import CANAL, Reponse, port_libre

HOTE = "assistant.exemple.fr"


class Processus:
    """Un assistant ou un serveur d'actions, que l'on peut tuer et relancer."""

    def __init__(self, commande: str, port: int, environnement: dict[str, str]) -> None:
        self.port = port
        self._commande, self._environnement = commande, environnement
        self.journal = tempfile.TemporaryFile("a+", encoding="utf-8")  # noqa: SIM115  (lu après l'arrêt)
        self.processus: subprocess.Popen[str] | None = None

    def lancer(self) -> None:
        self.processus = subprocess.Popen(
            [sys.executable, "-m", "bilan", self._commande, "--port", str(self.port)],
            cwd=RACINE,
            env={**os.environ, "BILAN_DATE": "2026-11-23", **self._environnement},
            stdout=subprocess.PIPE,
            stderr=self.journal,
            text=True,
        )

    def attendre(self) -> None:
        assert self.processus is not None and self.processus.stdout is not None
        for ligne in self.processus.stdout:
            if ligne.startswith("Prêt"):
                return
        raise AssertionError(f"{self._commande} n'a pas démarré : {self.lire_journal()}")

    def tuer(self, numero: int = signal.SIGKILL) -> None:
        if self.processus is not None:
            self.processus.send_signal(numero)
            if numero not in (signal.SIGSTOP, signal.SIGCONT):
                self.processus.wait(timeout=30)
                assert self.processus.stdout is not None
                self.processus.stdout.close()
                self.processus = None

    def lire_journal(self) -> str:
        self.journal.flush()
        self.journal.seek(0)
        return self.journal.read()


@dataclass
class Ensemble:
    """Tout ce qui tourne, et un client HTTPS qui passe par nginx."""

    port: int
    assistants: list[Processus]
    actions: list[Processus] = field(default_factory=list)
    nginx: Instance | None = None

    def appeler(self, methode: str, chemin: str, corps: Any = None, temoin: str = "", delai: float = 40) -> Reponse:
        contexte = ssl.create_default_context()
        contexte.check_hostname, contexte.verify_mode = False, ssl.CERT_NONE  # certificat d'essai
        lien = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=delai, context=contexte)
        origine = f"https://{HOTE}"
        entetes = {"Host": HOTE, "Origin": origine, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json"}
        if temoin:
            entetes["Cookie"] = temoin
        try:
            lien.request(methode, chemin, None if corps is None else json.dumps(corps), entetes)
            recue = lien.getresponse()
            return Reponse(recue.status, {c.lower(): v for c, v in recue.getheaders()}, recue.read())
        finally:
            lien.close()


@dataclass
class Personne:
    """Une personne et son widget : témoin reçu, messages numérotés, renvoi du même numéro après un échec."""

    ensemble: Ensemble
    temoin: str = ""
    envoyes: int = 0
    essais: int = 0

    def ouvrir(self) -> Personne:
        recue = self.ensemble.appeler("POST", f"{CANAL}/session", {})
        assert recue.code == 200, recue
        self.temoin = recue.entetes["set-cookie"].split(";")[0]
        return self

    def dire(self, texte: str, message_id: str | None = None) -> Reponse:
        if message_id is None:
            self.envoyes += 1
            message_id = f"message-{self.envoyes:08}"
        corps = {"id": message_id, "texte": texte}
        return self.ensemble.appeler("POST", f"{CANAL}/message", corps, self.temoin)

    def insister(self, texte: str, delai_s: float = 30) -> list[str]:
        """Renvoie le même message jusqu'à la réponse, comme le bouton « Réessayer » ; rend les textes reçus."""
        self.envoyes += 1
        fin = time.monotonic() + delai_s
        while True:
            self.essais += 1
            with contextlib.suppress(OSError, http.client.HTTPException):
                recue = self.dire(texte, f"message-{self.envoyes:08}")
                if recue.code == 200:
                    return [m["texte"] for m in recue.json()["messages"]]
                assert recue.code in (429, 502, 503, 504), (recue.code, recue.corps)
            assert time.monotonic() < fin, f"aucune réponse à « {texte} » en {delai_s} s"
            time.sleep(0.2)


@contextmanager
def ensemble(
    services: dict[str, str], assistants: int = 2, actions: int = 1, ports: Sequence[int] = ()
) -> Iterator[Ensemble]:
    """Démarre ``assistants`` assistants, ``actions`` serveurs d'actions et nginx devant eux.

    Args:
        services: :func:`tests.echelle.services.environnement`.
        assistants: nombre d'assistants.
        actions: nombre de serveurs d'actions ; zéro : actions dans les assistants.
        ports: ports à prendre, sinon libres.
    """
    exiger_programme("nginx")
    assurer_modele()
    libres = iter([*ports, *(port_libre() for _ in range(assistants + actions + 1 - len(ports)))])
    tous = Ensemble(next(libres), [])
    try:
        tous.actions = [Processus("actions", next(libres), services) for _ in range(actions)]
        reglages = {"BILAN_WIDGET_ORIGINES": f"https://{HOTE}", "BILAN_WIDGET_MANDATAIRES": "1", **services}
        reglages |= {"BILAN_WIDGET_OUVERTURES_PAR_MINUTE": "100000", "BILAN_WIDGET_MESSAGES_PAR_MINUTE": "10000"}
        if tous.actions:
            reglages["BILAN_URL_ACTIONS"] = f"http://127.0.0.1:{tous.actions[0].port}"
        tous.assistants = [Processus("lancer", next(libres), reglages) for _ in range(assistants)]
        for processus in (*tous.actions, *tous.assistants):
            processus.lancer()
        for processus in (*tous.actions, *tous.assistants):
            processus.attendre()
        with tempfile.TemporaryDirectory() as dossier, nginx(Path(dossier), tous):
            yield tous
    finally:
        for processus in (*tous.actions, *tous.assistants):
            processus.tuer(signal.SIGCONT)
            processus.tuer()


def configuration_nginx(dossier: Path, port: int, assistants: Sequence[int]) -> Path:
    """Copie deploiement/nginx.conf : seuls changent les ports, les certificats et les fichiers de travail."""
    certificat(dossier)
    texte = (RACINE / "deploiement/nginx.conf").read_text(encoding="utf-8")
    servis = itertools.cycle(assistants)
    liste = (RACINE / "deploiement/assistants.conf").read_text(encoding="utf-8")
    (dossier / "assistants.conf").write_text(re.sub(r"127\.0\.0\.1:\d+", lambda _: f"127.0.0.1:{next(servis)}", liste))
    for avant, apres in (
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("/run/nginx-bilan.pid", f"{dossier}/nginx.pid"),
        ("/etc/bilan/tls", f"{dossier}/tls"),
        ("worker_processes auto;", f"worker_processes 1; daemon off; {_dossiers_temporaires(dossier)[0]}"),
        ("    access_log off;", f"    access_log off;\n    {_dossiers_temporaires(dossier)[1]}"),
    ):
        assert avant in texte, avant
        texte = texte.replace(avant, apres)
    fichier = dossier / "nginx.conf"
    fichier.write_text(texte, encoding="utf-8")
    return fichier


def _dossiers_temporaires(dossier: Path) -> tuple[str, str]:
    genres = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    utilisateur = "user root;" if os.getuid() == 0 else ""
    return utilisateur, " ".join(f"{genre}_temp_path {dossier}/{genre};" for genre in genres)


@contextmanager
def nginx(dossier: Path, tous: Ensemble) -> Iterator[Instance]:
    fichier = configuration_nginx(dossier, tous.port, [a.port for a in tous.assistants])
    instance = Instance(["nginx", "-c", str(fichier), "-e", "stderr"], tous.port)
    tous.nginx = instance
    instance.demarrer()
    try:
        yield instance
    finally:
        instance.tuer()


def certificat(dossier: Path) -> None:
    """Certificat d'essai, signé par lui-même."""
    cle = ec.generate_private_key(ec.SECP256R1())
    nom = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOTE)])
    maintenant = datetime.now(UTC)
    signe = (
        x509.CertificateBuilder()
        .subject_name(nom)
        .issuer_name(nom)
        .public_key(cle.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(maintenant - timedelta(days=1))
        .not_valid_after(maintenant + timedelta(days=1))
        .sign(cle, hashes.SHA256())
    )
    (dossier / "tls.crt").write_bytes(signe.public_bytes(serialization.Encoding.PEM))
    privee = cle.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (dossier / "tls.key").write_bytes(privee)
