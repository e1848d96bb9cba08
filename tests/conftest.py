"""Outils communs des tests."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

os.environ.setdefault("BILAN_DATE", "2026-11-23")  # les textes attendus sont ceux de ce jour

import bilan.calme  # noqa: F401  (avant tout import de Rasa)

if TYPE_CHECKING:
    from rasa.core.agent import Agent


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
