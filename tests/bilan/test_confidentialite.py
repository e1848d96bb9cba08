"""La commande des preuves : elle passe sur l'installation saine, et voit une fuite de journal ou de fichier."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bilan.confidentialite import recherche
from tests.serveur import copier_le_projet

DELAI_MAX_S = 300


def lancer(projet: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bilan", "verifier-confidentialite", *arguments],
        cwd=projet,
        env={**os.environ, "HOME": str(projet), "TMPDIR": str(projet)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_les_preuves_tiennent_et_une_fuite_se_voit(modele: Path, tmp_path: Path) -> None:
    sain, fuyant = (copier_le_projet(tmp_path / nom, modele) for nom in ("sain", "fuyant"))
    echange = fuyant / "canaux/echange.py"
    lu = echange.read_text(encoding="utf-8")
    debut = "    return await faire_un_tour(agent, conversation, partial(controler, texte)"
    assert debut in lu
    fuite = '    print(texte, flush=True)\n    open("oubli.txt", "a").write(texte)\n'
    echange.write_text(lu.replace(debut, fuite + debut), encoding="utf-8")
    (tmp_path / "ailleurs.log").write_text("rien\n", encoding="utf-8")
    depart = time.monotonic()
    essais = [lancer(sain, "--journal", str(tmp_path / "ailleurs.log")), lancer(fuyant, "--journal", "absent.log")]
    (dit, _), (dit_fuyant, _) = (essai.communicate(timeout=2 * DELAI_MAX_S) for essai in essais)
    assert essais[0].returncode == 0, dit
    assert time.monotonic() - depart < DELAI_MAX_S
    assert "12 preuves, 0 fuite(s)" in dit and "2 journaux lus" in dit and "oubliée en" in dit
    fiche = json.loads((sain / "sortie/confidentialite.json").read_text(encoding="utf-8"))
    assert len(fiche["preuves"]) == 12 and {p["tenue"] for p in fiche["preuves"]} == {True, None}
    assert essais[1].returncode == 1, dit_fuyant
    lignes = [ligne for ligne in dit_fuyant.splitlines() if "FUITE" in ligne]
    assert any("journaux" in ligne and "absent.log illisible" in ligne for ligne in lignes)
    assert any("fichiers écrits" in ligne and "oubli.txt" in ligne for ligne in lignes)


def test_une_connexion_sortante_et_un_fichier_ouvert_se_voient(tmp_path: Path) -> None:
    assert recherche.connexions_sortantes(os.getpid()) == []
    with (tmp_path / "ouvert.txt").open("w"):
        assert tmp_path / "ouvert.txt" in recherche.ouverts_en_ecriture(os.getpid())
    assert tmp_path / "ouvert.txt" not in recherche.ouverts_en_ecriture(os.getpid())


@pytest.mark.parametrize(
    ("adresse", "ici"),
    [
        ("0100007F:1F90", True),
        ("0501A8C0:01BB", False),
        ("00000000000000000000000001000000:1F90", True),
        ("0000000000000000FFFF00000100007F:1F90", True),
        ("B80D0120000000000000000001000000:01BB", False),
    ],
)
def test_les_adresses_de_cette_machine(adresse: str, ici: bool) -> None:
    assert recherche._de_cette_machine(adresse) is ici
