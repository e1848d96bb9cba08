"""On n'entraîne que si ce qui détermine le modèle a changé."""

import shutil
from pathlib import Path

import pytest

from actions.reglages import RACINE
from bilan import entrainement


@pytest.fixture
def copie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for nom in ("config.yml", "domain.yml", "requirements.txt"):
        shutil.copy(RACINE / nom, tmp_path)
    for nom in ("data", "composants"):
        shutil.copytree(RACINE / nom, tmp_path / nom, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(entrainement, "RACINE", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "fichier",
    ["config.yml", "domain.yml", "data/oreille.yml", "data/vigilance/exemples.yml", "composants/modele_danger.py"],
)
def test_ce_qui_determine_le_modele_change_l_empreinte(copie: Path, fichier: str) -> None:
    avant = entrainement.empreinte()
    with open(copie / fichier, "a", encoding="utf-8") as flux:
        flux.write("\n# changé\n")
    assert entrainement.empreinte() != avant


@pytest.mark.parametrize(
    "fichier", ["composants/abstention.py", "composants/magasin_memoire.py", "data/vigilance/sante.yml"]
)
def test_ce_qui_se_relit_au_demarrage_ne_la_change_pas(copie: Path, fichier: str) -> None:
    avant = entrainement.empreinte()
    with open(copie / fichier, "a", encoding="utf-8") as flux:
        flux.write("\n# changé\n")
    assert entrainement.empreinte() == avant


def test_le_code_appris_existe() -> None:
    assert all((RACINE / nom).exists() for nom in (*entrainement._FICHIERS, *entrainement._CODE_APPRIS))


def test_le_texte_d_une_reponse_ne_la_change_pas_son_nom_si(copie: Path) -> None:
    avant = entrainement.empreinte()
    fichier = next(f for f in (copie / "data/responses").rglob("*.yml"))
    contenu = fichier.read_text(encoding="utf-8")
    fichier.write_text(contenu.replace("compétences", "capacités"), encoding="utf-8")
    assert entrainement.empreinte() == avant
    fichier.write_text(contenu.replace("  utter_", "  utter_autre_", 1), encoding="utf-8")
    assert entrainement.empreinte() != avant
