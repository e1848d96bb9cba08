"""Sauvegarder et restaurer : les fichiers de l'installation, et une base que seul le même secret ouvre."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from actions import reglages
from actions.reglages import RACINE
from composants.magasin_postgres import MagasinPostgres
from tests.bilan.fils import DOMAINE, fil, tour
from tests.echelle.services import base_neuve, exiger_programme


def test_l_installation_restauree_est_la_meme(modele: Path, tmp_path: Path) -> None:
    avant, apres = tmp_path / "avant", tmp_path / "apres"
    suivis = subprocess.run(["git", "ls-files", "-z"], cwd=RACINE, capture_output=True, text=True, check=True).stdout
    for installation in (avant, apres):
        for nom in suivis.split("\0"):
            if nom and not nom.startswith(("tests/", "docs/", "widget/")) and (RACINE / nom).is_file():
                (installation / nom).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(RACINE / nom, installation / nom)
    shutil.copy(modele, avant / "models" / modele.name)
    texte = avant / "data/entreprise.yml"
    texte.write_text(texte.read_text(encoding="utf-8") + "\n# modifié par les RH\n", encoding="utf-8")
    (apres / "data/de_trop.yml").write_text("a: 1\n", encoding="utf-8")
    archive = tmp_path / "sauvegarde.tar.gz"
    subprocess.run([avant / "deploiement/sauvegarder.sh", archive], check=True, stdout=subprocess.DEVNULL)
    assert archive.stat().st_mode & 0o077 == 0
    subprocess.run([apres / "deploiement/restaurer.sh", archive], check=True, stdout=subprocess.DEVNULL)
    compares = subprocess.run(["diff", "-r", avant, apres], capture_output=True, text=True)
    assert compares.returncode == 0, compares.stdout


async def test_une_base_restauree_continue_avec_son_secret_seulement(
    magasin: MagasinPostgres, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    exiger_programme("pg_dump", "psql")
    await magasin.save(fil("a", *tour()))
    await magasin.save(fil("expiree", *tour()))
    copie = subprocess.run(["pg_dump", "--no-owner", postgres], capture_output=True, check=True).stdout
    assert b"faq" not in copie and b"action_repondre" not in copie
    with base_neuve() as neuve:
        subprocess.run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", neuve], input=copie, check=True, capture_output=True)
        restaure = MagasinPostgres(DOMAINE, host=neuve)
        await restaure.base.valeur("UPDATE bilan_conversations SET expire = now() WHERE cle = 'expiree'")
        relue = await restaure.retrieve("a")
        assert relue is not None
        relue.update_with_events(tour(), DOMAINE)
        await restaure.save(relue)
        # Ce qui a expiré pendant la sauvegarde ne revient pas.
        assert await restaure.retrieve("expiree") is None
        await restaure.oublier_les_inactives()
        assert await restaure.base.valeur("SELECT count(*) FROM bilan_conversations") == 1
        monkeypatch.setattr(reglages, "SECRET", b"autre-secret-de-trente-deux-octe")
        voleur = MagasinPostgres(DOMAINE, host=neuve)
        assert await voleur.retrieve("a") is None
        for ouvert in (restaure, voleur):
            await ouvert.base.fermer()
