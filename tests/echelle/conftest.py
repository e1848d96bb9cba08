"""Services réels, sautés avec leur raison sur un poste qui ne les a pas, exigés en intégration continue."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Iterator

import pytest

from actions import reglages
from composants.magasin_postgres import MagasinPostgres
from tests.bilan.fils import DOMAINE
from tests.echelle.services import POSTGRES, RABBITMQ, REDIS, SECRET, base_neuve, exiger


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reglages, "SECRET", base64.urlsafe_b64decode(SECRET))


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    exiger(POSTGRES, 5432)
    with base_neuve() as url:
        yield url


@pytest.fixture(scope="session")
def redis() -> str:
    return exiger(REDIS, 6379)


@pytest.fixture(scope="session")
def rabbitmq() -> str:
    return exiger(RABBITMQ, 5672)


@pytest.fixture
async def magasin(postgres: str, secret: None) -> AsyncIterator[MagasinPostgres]:
    magasin = MagasinPostgres(DOMAINE, host=postgres)
    yield magasin
    await magasin.base.valeur("TRUNCATE bilan_conversations")
    await magasin.base.fermer()


@pytest.fixture
async def autre(postgres: str, secret: None) -> AsyncIterator[MagasinPostgres]:
    """Le même magasin, vu d'un autre processus."""
    magasin = MagasinPostgres(DOMAINE, host=postgres)
    yield magasin
    await magasin.base.fermer()
