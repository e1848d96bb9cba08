"""Aucun appel sortant à l'exécution : coupure par Python dans toute la suite, par le noyau pour un serveur entier."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from actions.reglages import RACINE
from tests.conftest import TENTATIVES


def oublier_les_tentatives_de_ce_test() -> str:
    tentees = TENTATIVES.read_text(encoding="utf-8")
    TENTATIVES.write_text("", encoding="utf-8")
    return tentees


@pytest.mark.parametrize(
    "programme",
    [
        "import socket; socket.create_connection(('192.0.2.1', 443), 2)",
        "import socket; socket.getaddrinfo('exemple.invalid', 443)",
        "import urllib.request as u; u.urlopen('https://192.0.2.1/', timeout=2)",
        "import socket as s; s.socket(s.AF_INET, s.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
    ],
)
def test_la_coupure_arrete_et_note_une_sortie_ici_et_dans_un_programme_lance(programme: str) -> None:
    deja = oublier_les_tentatives_de_ce_test()
    fini = subprocess.run([sys.executable, "-c", programme], cwd=RACINE, capture_output=True, text=True)
    assert fini.returncode == 1 and "coupée par les tests" in fini.stderr
    with pytest.raises(OSError, match="coupée par les tests"):
        exec(programme, {})
    tentees = oublier_les_tentatives_de_ce_test()
    TENTATIVES.write_text(deja, encoding="utf-8")
    assert len(tentees.splitlines()) >= 2


def test_la_boucle_locale_et_les_prises_locales_passent(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as ecoute:
        socket.create_connection(ecoute.getsockname(), 2).close()
        socket.create_connection(("localhost", ecoute.getsockname()[1]), 2).close()


def _noyau_coupe() -> bool:
    return subprocess.run(["unshare", "-rn", "ip", "link", "set", "lo", "up"], capture_output=True).returncode == 0


@pytest.mark.skipif(
    not _noyau_coupe() and not os.environ.get("CI"), reason="espaces de noms réseau interdits sur cette machine"
)
def test_un_serveur_entier_vit_sans_reseau(modele: Path) -> None:
    environnement = {nom: v for nom, v in os.environ.items() if nom not in ("PYTHONPATH", "TESTS_SORTIES_TENTEES")}
    fini = subprocess.run(
        ["unshare", "-rn", sys.executable, "-m", "tests.sans_reseau"],
        cwd=RACINE,
        env=environnement,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert fini.returncode == 0, fini.stdout + fini.stderr
    assert "4 questions répondues" in fini.stdout
