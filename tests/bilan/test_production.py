"""En production, un réglage d'essai ou un secret d'exemple arrête le démarrage ; un secret peut être un fichier."""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from actions.reglages import RACINE
from tests.bilan.test_pannes import bilan

SECRET = base64.b64encode(bytes(range(40, 72))).decode()
SAIN = {
    "BILAN_PRODUCTION": "oui",
    "BILAN_WIDGET_ORIGINES": "https://intranet.exemple",
    "BILAN_WIDGET_MANDATAIRES": "1",
    "BILAN_DATE": "",
}


@pytest.fixture
def canaux(tmp_path: Path) -> Path:
    fichier = tmp_path / "canaux.yml"
    fichier.write_text("canaux.widget.CanalWidget: {}\n", encoding="utf-8")
    return fichier


def controler(canaux: Path, **environnement: str) -> subprocess.CompletedProcess[str]:
    """Joue le contrôle dans un processus neuf : les réglages se lisent au démarrage."""
    return subprocess.run(
        [sys.executable, "-c", "from bilan.production import verifier; verifier('127.0.0.1'); print('admis')"],
        cwd=RACINE,
        env={**os.environ, **SAIN, "BILAN_CANAUX": str(canaux), **environnement},
        capture_output=True,
        text=True,
    )


def test_une_configuration_saine_est_admise(canaux: Path) -> None:
    assert controler(canaux, BILAN_WIDGET_JETON_SECRET=SECRET).stdout == "admis\n"


@pytest.mark.parametrize(
    ("environnement", "mot"),
    [
        ({"BILAN_WIDGET_ORIGINES": ""}, "BILAN_WIDGET_ORIGINES"),
        ({"BILAN_WIDGET_ORIGINES": "https://a.exemple,http://b.exemple"}, "https"),
        ({"BILAN_WIDGET_MANDATAIRES": "0"}, "BILAN_WIDGET_MANDATAIRES=1"),
        ({"BILAN_DATE": "2026-11-23"}, "BILAN_DATE"),
        ({"BILAN_RELECTURE_S": "0"}, "BILAN_RELECTURE_S"),
        ({"BILAN_WIDGET_JETON_SECRET": "changez-moi-changez-moi-changez-moi-0"}, "BILAN_WIDGET_JETON_SECRET"),
        ({"BILAN_WIDGET_JETON_SECRET": "abababababababababababababababababab"}, "BILAN_WIDGET_JETON_SECRET"),
        ({"SLACK_SECRET_SIGNATURE": "votre-secret-ici"}, "SLACK_SECRET_SIGNATURE"),
        ({"TEAMS_SECRET": "<secret>"}, "TEAMS_SECRET"),
        ({"BILAN_POSTGRES": "postgresql://assistant@base/bilan"}, "BILAN_POSTGRES"),
        ({"BILAN_POSTGRES": "postgresql://postgres:postgres@base/bilan"}, "BILAN_POSTGRES"),
        ({"BILAN_REDIS": "redis://:motdepasse@cache:6379"}, "BILAN_REDIS"),
        ({"BILAN_RABBITMQ": "amqp://guest:guest@file"}, "BILAN_RABBITMQ"),
    ],
)
def test_un_reglage_d_essai_est_refuse(canaux: Path, environnement: dict[str, str], mot: str) -> None:
    refuse = controler(canaux, **environnement)
    assert refuse.returncode == 1 and mot in refuse.stderr.splitlines()[-1]
    valeurs = [v for nom, v in environnement.items() if "SECRET" in nom or "motdepasse" in v]
    assert not any(valeur in refuse.stderr for valeur in valeurs), "un refus ne redit pas un secret"


def test_le_depot_tel_quel_ne_demarre_pas_en_production() -> None:
    code, ligne = bilan(RACINE, "lancer", "--port", "6290", BILAN_PRODUCTION="oui")
    assert code == 1 and "canal REST" in ligne and "BILAN_CANAUX" in ligne


@pytest.mark.parametrize("canal", ["rest", "callback", "socketio", "botframework", "rasa"])
def test_un_canal_de_rasa_ne_demarre_pas_en_production(canaux: Path, canal: str) -> None:
    canaux.write_text(f"canaux.widget.CanalWidget: {{}}\n{canal}:\n", encoding="utf-8")
    refuse = controler(canaux)
    assert refuse.returncode == 1 and f"« {canal} »" in refuse.stderr


def test_un_secret_peut_etre_un_fichier(canaux: Path, tmp_path: Path) -> None:
    fichier = tmp_path / "secret"
    fichier.write_text(secrets.token_urlsafe(48) + "\n", encoding="utf-8")
    programme = "from canaux.identite import jetons_en_place as j; print(len(j().cle))"

    def lire(chemin: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", programme],
            cwd=RACINE,
            env={**os.environ, "BILAN_WIDGET_JETON_SECRET_FICHIER": str(chemin)},
            capture_output=True,
            text=True,
        )

    assert lire(fichier).stdout == "64\n"
    absent = lire(tmp_path / "absent")
    assert absent.returncode == 1 and "BILAN_WIDGET_JETON_SECRET_FICHIER" in absent.stderr


def test_un_secret_de_canal_peut_etre_un_fichier(tmp_path: Path) -> None:
    canaux = tmp_path / "canaux.yml"
    canaux.write_text("canaux.slack.CanalSlack:\n  jeton: ${SLACK_JETON}\n", encoding="utf-8")
    _, ligne = bilan(RACINE, "lancer", "--port", "6291", BILAN_CANAUX=str(canaux), SLACK_JETON_FICHIER="/absent")
    assert "SLACK_JETON_FICHIER" in ligne and "/absent" in ligne
    (tmp_path / "jeton").write_text("xoxb-1", encoding="utf-8")
    from bilan.production import lire_les_secrets_en_fichier

    os.environ["SLACK_JETON_FICHIER"] = str(tmp_path / "jeton")
    try:
        lire_les_secrets_en_fichier(["SLACK_JETON"])
        assert os.environ["SLACK_JETON"] == "xoxb-1"
    finally:
        os.environ.pop("SLACK_JETON", None)
        del os.environ["SLACK_JETON_FICHIER"]


def test_seul_le_modele_annonce_est_charge(modele: Path) -> None:
    """Une archive de modèle nomme du code à exécuter : en production, on annonce laquelle."""
    with modele.open("rb") as ouvert:
        juste = hashlib.file_digest(ouvert, "sha256").hexdigest()

    def lire(empreinte: str) -> subprocess.CompletedProcess[str]:
        programme = "from bilan.entrainement import *; verifier_archive(modele_a_jour()); print('admis')"
        return subprocess.run(
            [sys.executable, "-c", programme],
            cwd=RACINE,
            env={**os.environ, "BILAN_MODELE_SHA256": empreinte},
            capture_output=True,
            text=True,
        )

    assert lire(juste.upper()).stdout == "admis\n"
    autre = lire(hashlib.sha256(b"autre").hexdigest())
    assert autre.returncode == 1 and "BILAN_MODELE_SHA256" in autre.stderr
    assert "hexad" in lire("court").stderr
