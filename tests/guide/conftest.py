"""Le guide, écrit une fois, et un navigateur qui ne peut lire que lui."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bilan import guide
from bilan.guide import Redacteur, pages
from bilan.guide.pages import Page
from bilan.guide.rendu import ecrire
from tests.guide.lecteur import Lecteur
from tests.navigateur import lancer

JOUR = date(2026, 11, 23)


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
    with lancer() as lance:
        yield lance
