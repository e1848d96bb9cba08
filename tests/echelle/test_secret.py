"""Le secret commun : exigé, de bonne longueur, par variable ou par fichier ; sans lui, rien de partagé ne démarre."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from actions import cles, reglages
from actions.reglages import RACINE
from tests.echelle.services import SECRET, environnement
from tests.serveur import port_libre

_SERVICES = environnement("postgresql://127.0.0.1:1/x", "redis://127.0.0.1:1/0", "amqp://127.0.0.1:1/")


def bilan(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, **_SERVICES, **variables}
    return subprocess.run(
        [sys.executable, "-m", "bilan", *arguments],
        cwd=RACINE,
        env=environ,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize("commande", [("lancer",), ("actions",)])
def test_sans_secret_le_demarrage_est_refuse_en_une_ligne(commande: tuple[str, ...]) -> None:
    sortie = bilan(*commande, "--port", str(port_libre()), BILAN_SECRET="")
    assert sortie.returncode == 1
    assert len(sortie.stderr.splitlines()) == 1 and "BILAN_SECRET" in sortie.stderr


@pytest.mark.parametrize("contenu", [None, "court", "*" * 44])
def test_un_fichier_de_secret_impossible_est_refuse_sans_le_montrer(tmp_path: Path, contenu: str | None) -> None:
    fichier = tmp_path / "secret"
    if contenu is not None:
        fichier.write_text(contenu, encoding="ascii")
    sortie = bilan("purger", BILAN_SECRET_FICHIER=str(fichier))
    assert sortie.returncode == 1 and "BILAN_SECRET_FICHIER" in sortie.stderr
    assert contenu is None or contenu not in sortie.stderr


def test_le_fichier_et_la_variable_donnent_le_meme_secret(tmp_path: Path) -> None:
    fichier = tmp_path / "secret"
    fichier.write_text(SECRET + "\n", encoding="ascii")
    programme = "from actions import cles; print(cles.derivee('x').hex())"
    sorties = [
        subprocess.run([sys.executable, "-c", programme], cwd=RACINE, env={**os.environ, **v}, capture_output=True)
        for v in ({"BILAN_SECRET": SECRET}, {"BILAN_SECRET_FICHIER": str(fichier)})
    ]
    assert sorties[0].stdout == sorties[1].stdout != b""


def test_chaque_usage_a_sa_cle_et_aucune_n_est_le_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reglages, "SECRET", b"s" * 32)
    usages = [cles.derivee(usage) for usage in ("conversations", "identites", "messageries", "documents", "actions")]
    assert len({*usages, b"s" * 32}) == 6
