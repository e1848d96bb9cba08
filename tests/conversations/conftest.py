"""L'assistant entier, chargé une fois pour toutes les conversations."""

from pathlib import Path

import pytest
from rasa.core.agent import Agent

from bilan.entrainement import assurer_modele
from bilan.moteur import charger


@pytest.fixture(scope="session")
def modele() -> Path:
    return assurer_modele()  # hors de la boucle asynchrone : un entraînement n'a pas à y tourner


@pytest.fixture(scope="session")
async def agent(modele: Path) -> Agent:
    return await charger(modele)
