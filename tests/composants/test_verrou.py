"""Le verrou sert dans l'ordre, sans pause, et ne garde rien quand la conversation est libre."""

import asyncio
import time

import pytest
from rasa.core.lock_store import LockError, LockStore
from rasa.core.utils import AvailableEndpoints

from actions.reglages import RACINE
from composants.verrou import VerrouEquitable


async def test_cinq_messages_ensemble_passent_dans_l_ordre_un_par_un() -> None:
    verrou, passages, dedans = VerrouEquitable(), [], 0

    async def tour(rang: int) -> None:
        nonlocal dedans
        async with verrou.lock("a"):
            dedans += 1
            assert dedans == 1
            await asyncio.sleep(0.01)
            passages.append(rang)
            dedans -= 1

    debut = time.perf_counter()
    await asyncio.gather(*(tour(rang) for rang in range(5)))
    assert passages == [0, 1, 2, 3, 4]
    assert time.perf_counter() - debut < 0.3
    assert not verrou._verrous and not verrou._presents


async def test_une_autre_conversation_n_attend_pas() -> None:
    verrou = VerrouEquitable()
    async with verrou.lock("a"), asyncio.timeout(1), verrou.lock("b"):
        assert not verrou.is_someone_waiting("a")


async def test_une_panne_dans_le_tour_libere_la_place() -> None:
    verrou = VerrouEquitable()
    with pytest.raises(RuntimeError):
        async with verrou.lock("a"):
            raise RuntimeError
    async with asyncio.timeout(1), verrou.lock("a"):
        pass


async def test_une_attente_trop_longue_ou_abandonnee_ne_bloque_pas_les_suivants() -> None:
    verrou = VerrouEquitable()
    async with verrou.lock("a"):
        with pytest.raises(LockError):
            async with verrou.lock("a", lock_lifetime=0.01):
                pytest.fail("deux messages à la fois")
        abandonnee = asyncio.create_task(verrou.lock("a").__aenter__())
        await asyncio.sleep(0)
        assert verrou.is_someone_waiting("a")
        abandonnee.cancel()
        with pytest.raises(asyncio.CancelledError):
            await abandonnee
    assert not verrou._verrous and not verrou._presents


def test_rasa_le_charge_depuis_endpoints_yml() -> None:
    points = AvailableEndpoints.read_endpoints(str(RACINE / "endpoints.yml"))
    assert isinstance(LockStore.create(points.lock_store), VerrouEquitable)
