"""Le verrou partagé : un seul processus à la fois, dans l'ordre, sans pause ; Redis perdu n'arrête personne."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from rasa.core.lock_store import LockError
from rasa.utils.endpoints import EndpointConfig

from composants import verrou_redis
from composants.verrou_redis import VerrouRedis
from tests.serveur import port_libre


@pytest.fixture
async def deux(redis: str) -> AsyncIterator[tuple[VerrouRedis, VerrouRedis]]:
    verrous = VerrouRedis(EndpointConfig(redis)), VerrouRedis(EndpointConfig(redis))
    yield verrous
    for verrou in verrous:
        await verrou.fermer()


async def test_deux_processus_ne_servent_jamais_ensemble_la_meme_personne(
    deux: tuple[VerrouRedis, VerrouRedis],
) -> None:
    dedans, passages = 0, []

    async def tour(verrou: VerrouRedis, rang: int) -> None:
        nonlocal dedans
        async with verrou.lock("a"):
            dedans += 1
            assert dedans == 1
            await asyncio.sleep(0.002)
            passages.append(rang)
            dedans -= 1

    await asyncio.gather(*(tour(deux[rang % 2], rang) for rang in range(60)))
    # L'ordre est tenu dans chaque processus ; la répartition collante n'en donne qu'un à une personne.
    for parite in (0, 1):
        assert [rang for rang in passages if rang % 2 == parite] == list(range(parite, 60, 2))


async def test_cinq_messages_ensemble_sans_attente_inutile(deux: tuple[VerrouRedis, VerrouRedis]) -> None:
    passages = []

    async def tour(rang: int) -> None:
        async with deux[0].lock("b"):
            passages.append(rang)

    debut = time.perf_counter()
    await asyncio.gather(*(tour(rang) for rang in range(5)))
    assert passages == [0, 1, 2, 3, 4] and time.perf_counter() - debut < 0.3


async def test_un_processus_tue_ne_garde_pas_la_place(
    deux: tuple[VerrouRedis, VerrouRedis], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verrou_redis, "BAIL_S", 0.3)
    mort = await deux[0]._reserver("c", 1)
    assert mort is not None  # jamais rendu ni prolongé
    debut = time.perf_counter()
    async with deux[1].lock("c"):
        assert 0.1 < time.perf_counter() - debut < 1


async def test_un_tour_long_prolonge_son_bail(
    deux: tuple[VerrouRedis, VerrouRedis], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verrou_redis, "BAIL_S", 0.4)
    monkeypatch.setattr(verrou_redis, "_PROLONGER_S", 0.1)
    async with deux[0].lock("d"):
        await asyncio.sleep(1)
        with pytest.raises(LockError):
            async with deux[1].lock("d", lock_lifetime=0.1):
                pytest.fail("deux processus à la fois")


async def test_sans_redis_on_sert_quand_meme(monkeypatch: pytest.MonkeyPatch) -> None:
    verrou = VerrouRedis(EndpointConfig(f"redis://127.0.0.1:{port_libre()}/0"))
    debut = time.perf_counter()
    for _ in range(20):
        async with verrou.lock("e"):
            pass
    assert time.perf_counter() - debut < 1  # une seule tentative, puis une pause
    await verrou.fermer()
