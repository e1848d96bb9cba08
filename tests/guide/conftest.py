"""Le guide, écrit une fois, et un navigateur qui ne peut lire que lui."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from bilan import guide
from bilan.guide import Redacteur, pages
from bilan.guide.pages import Page
from bilan.guide.rendu import ecrire
from tests.guide.lecteur import Lecteur

JOUR = date(2026, 11, 23)
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"


def passer_ou_echouer(raison: str) -> None:
    """Un saut se dit ; en intégration continue, il est interdit."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{raison} (le saut est interdit en intégration continue)")
    pytest.skip(raison)


@pytest.fixture(scope="package")
def redacteur() -> Redacteur:
    return Redacteur(JOUR)


@pytest.fixture(scope="package")
def toutes(redacteur: Redacteur) -> list[Page]:
    return pages(redacteur)


@pytest.fixture(scope="package")
def fichiers() -> dict[str, bytes]:
    return guide.fichiers(JOUR)


@pytest.fixture(scope="package")
def dossier(fichiers: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    chemin = tmp_path_factory.mktemp("guide")
    ecrire(chemin, fichiers)
    return chemin


@pytest.fixture(scope="package")
def lus(fichiers: dict[str, bytes]) -> dict[str, Lecteur]:
    return {nom: Lecteur(contenu.decode()) for nom, contenu in fichiers.items() if nom.endswith(".html")}


@pytest.fixture(scope="package")
def navigateur() -> Iterator[Browser]:
    if not os.path.exists(CHROMIUM):
        passer_ou_echouer("aucun navigateur : sudo apt-get install --no-install-recommends chromium")
    with sync_playwright() as moteur:
        lance = moteur.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield lance
        lance.close()
