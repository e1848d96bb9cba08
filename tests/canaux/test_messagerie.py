"""Identités à clé, rejeux, file des tours."""

from __future__ import annotations

import asyncio
import logging
import re

import pytest

from canaux.messagerie import TOURS_PAR_CONVERSATION_MAX, Empreintes, Refus, Tours, Vus


def test_une_empreinte_ne_dit_rien_et_ne_se_rapproche_pas_d_un_demarrage_a_l_autre() -> None:
    avant, apres = Empreintes(), Empreintes()
    assert avant.de("U1") == avant.de("U1") != apres.de("U1")
    assert re.fullmatch(r"[0-9a-f]{32}", avant.de("U1"))
    assert avant.de("a", "bc") != avant.de("ab", "c")
    assert avant.de("équipe\ud800", "é")


def test_un_rejeu_est_reconnu_puis_oublie_apres_sa_duree() -> None:
    heure = [0.0]
    vus = Vus(10, horloge=lambda: heure[0])
    assert vus.nouveau("a") and not vus.nouveau("a")
    heure[0] = 11
    assert vus.nouveau("a")
    vus.oublier("a")
    assert vus.nouveau("a")


def test_la_memoire_des_rejeux_est_bornee() -> None:
    vus = Vus(1e9, maximum=100)
    for rang in range(1_000):
        assert vus.nouveau(str(rang))
    assert len(vus._instants) <= 100


async def test_les_tours_d_une_conversation_se_suivent_et_ceux_d_une_autre_n_attendent_pas() -> None:
    tours, ordre = Tours(), []

    def travail(nom: str, duree: float):
        async def faire() -> None:
            await asyncio.sleep(duree)
            ordre.append(nom)

        return faire

    tours.lancer("a", travail("a1", 0.2))
    tours.lancer("a", travail("a2", 0.0))
    tours.lancer("b", travail("b1", 0.05))
    await tours.terminer()
    assert ordre == ["b1", "a1", "a2"]
    assert tours._files == {} and not tours._taches


async def test_la_file_est_bornee_et_se_vide(caplog: pytest.LogCaptureFixture) -> None:
    tours = Tours()

    async def casser() -> None:
        raise RuntimeError("canari-secret")

    for _ in range(TOURS_PAR_CONVERSATION_MAX):
        tours.lancer("a", casser)
    with pytest.raises(Refus) as refus:
        tours.lancer("a", casser)
    assert refus.value.code == 429
    caplog.set_level(logging.DEBUG)
    await tours.terminer()
    assert "RuntimeError" in caplog.text and "canari-secret" not in caplog.text
    assert tours._files == {}
