"""Le vrai serveur, Teams et Slack ouverts : il démarre sans réseau, refuse ce qui n'est pas signé, tait ses secrets."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

from actions.reglages import RACINE
from tests.canaux.pairs import APP_ID, LOCATAIRE, SECRET, FauxSlack

CANAUX = """
canaux.rest.CanalRest: {}
canaux.teams.CanalTeams:
  app_id: ${TEAMS_APP_ID}
  secret: ${TEAMS_SECRET}
  locataire: ${TEAMS_LOCATAIRE}
  openid: http://127.0.0.1:1/ferme
canaux.slack.CanalSlack:
  jeton: ${SLACK_JETON}
  secret_signature: ${SLACK_SECRET_SIGNATURE}
  api: http://127.0.0.1:1/ferme/
"""
SIGNATURE = "0123456789abcdef0123456789abcdef"
VARIABLES = {
    "TEAMS_APP_ID": APP_ID, "TEAMS_SECRET": SECRET, "TEAMS_LOCATAIRE": LOCATAIRE, "SLACK_JETON": FauxSlack.JETON,
    "SLACK_SECRET_SIGNATURE": SIGNATURE, "BILAN_URL_PUBLIQUE": "https://assistant.exemple.fr",
}  # fmt: skip


def commande(port: int) -> list[str]:
    return [sys.executable, "-m", "bilan", "lancer", "--port", str(port)]


def poster(port: int, chemin: str) -> int:
    requete = urllib.request.Request(
        f"http://127.0.0.1:{port}{chemin}", b'{"text": "canari-secret"}', {"content-type": "application/json"}
    )
    try:
        with urllib.request.urlopen(requete, timeout=20) as reponse:
            return reponse.status
    except urllib.error.HTTPError as erreur:
        return erreur.code


def test_le_serveur_demarre_sans_reseau_et_refuse_ce_qui_n_est_pas_signe(modele: Path, tmp_path: Path) -> None:
    canaux = tmp_path / "canaux.yml"
    canaux.write_text(CANAUX, encoding="utf-8")
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port = prise.getsockname()[1]
    with (tmp_path / "journal.txt").open("w+", encoding="utf-8") as journal:
        processus = subprocess.Popen(
            commande(port),
            cwd=RACINE,
            env={**os.environ, **VARIABLES, "BILAN_CANAUX": str(canaux)},
            stdout=subprocess.PIPE,
            stderr=journal,
            text=True,
        )
        assert processus.stdout is not None
        assert any(ligne.startswith("Prêt") for ligne in processus.stdout)
        codes = [poster(port, f"/webhooks/{canal}/webhook") for canal in ("teams", "slack")]
        processus.send_signal(signal.SIGINT)
        assert processus.wait(timeout=20) == 0
        journal.seek(0)
        ecrit = journal.read() + processus.stdout.read()
    assert codes == [401, 401]
    assert ecrit.count("requête refusée (401") == 2
    for interdit in ("canari-secret", SECRET, FauxSlack.JETON, SIGNATURE, "Traceback"):
        assert interdit not in ecrit


def test_un_secret_trop_court_refuse_le_demarrage_en_une_ligne(modele: Path, tmp_path: Path) -> None:
    canaux = tmp_path / "canaux.yml"
    canaux.write_text(CANAUX, encoding="utf-8")
    essai = subprocess.run(
        commande(5379),
        cwd=RACINE,
        env={**os.environ, **VARIABLES, "TEAMS_SECRET": "court", "BILAN_CANAUX": str(canaux)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert essai.returncode == 1
    assert essai.stderr.strip().splitlines() == [
        "Canal Teams : « secret » trop court (32 caractères au moins). Voir docs/canaux.md."
    ]
