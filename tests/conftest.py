"""Outils communs des tests."""

from __future__ import annotations

import os
import runpy
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

os.environ.setdefault("BILAN_DATE", "2026-11-23")  # les textes attendus sont ceux de ce jour

# Aucune sortie hors de cette machine, ici et dans tout programme Python lancé par un test.
COUPURE = Path(__file__).with_name("coupure")
TENTATIVES = Path(tempfile.mkstemp(prefix="sorties-tentees-")[1])
os.environ["TESTS_SORTIES_TENTEES"] = str(TENTATIVES)
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(COUPURE), os.environ.get("PYTHONPATH")]))
runpy.run_path(str(COUPURE / "sitecustomize.py"))

import bilan.calme  # (avant tout import de Rasa)
import bilan.lancer
from tests.serveur import Serveur, demarrer, port_libre

if TYPE_CHECKING:
    from rasa.core.agent import Agent


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Une sortie tentée par le produit fait échouer la suite, même si le programme s'en est remis."""
    tentees = sorted(set(TENTATIVES.read_text(encoding="utf-8").splitlines()))
    TENTATIVES.unlink()
    if tentees:
        print("\nSorties tentées hors de cette machine :", *tentees, sep="\n  ")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


SECRET_DE_TEST = "secret-de-test-de-plus-de-32-octets-"


@pytest.fixture(scope="session")
def modele() -> Path:
    """Archive du modèle, entraîné au besoin hors de la boucle asynchrone."""
    from bilan.entrainement import assurer_modele

    return assurer_modele()


@pytest.fixture(scope="session")
async def agent(modele: Path) -> Agent:
    """L'assistant entier, chargé une fois : NLU, politiques, vraies actions, vrais textes."""
    from bilan.moteur import charger

    return await charger(modele)


@dataclass(frozen=True)
class Serveurs:
    """Le serveur par défaut (témoin) et celui d'un intranet d'une autre origine (jetons signés)."""

    temoin: Serveur
    jeton: Serveur
    port_hote: int


@pytest.fixture(scope="session")
def serveurs(modele: Path) -> Iterator[Serveurs]:
    port_hote = port_libre()
    temoin = demarrer()
    jeton = demarrer(
        BILAN_WIDGET_JETON_SECRET=SECRET_DE_TEST,
        BILAN_WIDGET_ORIGINES=f"http://localhost:{port_hote},https://rh.exemple",
    )
    tous = Serveurs(temoin.attendre(), jeton.attendre(), port_hote)
    yield tous
    for serveur in (temoin, jeton):
        assert serveur.arreter() == 0
        bilan.lancer.verifier_port("127.0.0.1", serveur.port)  # libre de nouveau
        journal = serveur.lire_journal()
        assert "Traceback" not in journal and "Warning" not in journal, journal


@pytest.fixture(scope="session")
def serveur_temoin(serveurs: Serveurs) -> Serveur:
    return serveurs.temoin
