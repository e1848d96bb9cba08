"""Chaque panne d'installation ou de configuration se dit en une ligne, avec quoi faire, et rend un code non nul."""

from __future__ import annotations

import os
import resource
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from actions.reglages import RACINE
from bilan import pannes

DU_PROJET = ("actions", "bilan", "canaux", "composants", "data")
FICHIERS = ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml", "requirements.txt")


@pytest.fixture
def projet(tmp_path: Path) -> Path:
    """Copie du projet que l'on peut abîmer, sans modèle."""
    for dossier in DU_PROJET:
        shutil.copytree(RACINE / dossier, tmp_path / dossier, ignore=shutil.ignore_patterns("__pycache__"))
    for fichier in FICHIERS:
        shutil.copy(RACINE / fichier, tmp_path)
    (tmp_path / "models").mkdir()
    return tmp_path


def bilan(
    projet: Path, *arguments: str, avant: Callable[[], None] | None = None, **environnement: str
) -> tuple[int, str]:
    """Lance une commande et rend (code, sortie d'erreur) ; aucune pile, une ligne pour la panne."""
    fini = subprocess.run(
        [sys.executable, "-m", "bilan", *arguments],
        cwd=projet,
        env={**os.environ, **environnement},
        capture_output=True,
        text=True,
        timeout=300,
        preexec_fn=avant,
    )
    assert "Traceback" not in fini.stderr + fini.stdout, fini.stderr
    lignes = [ligne for ligne in fini.stderr.splitlines() if not ligne.startswith("Entraînement du modèle")]
    assert fini.returncode != 0
    assert len(lignes) == 1, fini.stderr
    return fini.returncode, lignes[0]


def ecrire(fichier: Path, texte: str) -> None:
    fichier.write_text(texte, encoding="utf-8")


@pytest.mark.parametrize(
    ("reglage", "valeur"),
    [
        ("BILAN_INACTIVITE_MINUTES", "une heure"),
        ("BILAN_INACTIVITE_MINUTES", "0"),
        ("BILAN_INACTIVITE_MINUTES", "-5"),
        ("BILAN_INACTIVITE_MINUTES", "²"),
        ("BILAN_MESSAGE_LONGUEUR_MAX", "1e3"),
        ("BILAN_MESSAGE_LONGUEUR_MAX", "99999999999"),
        ("BILAN_DOCUMENT_MINUTES", "3.5"),
        ("BILAN_CLE_DOCUMENTS", "courte"),
        ("BILAN_ALSACE_MOSELLE", "true"),
        ("BILAN_DATE", "23/11/2026"),
    ],
)
def test_un_reglage_impossible_nomme_le_reglage_et_ce_qui_est_attendu(reglage: str, valeur: str) -> None:
    code, ligne = bilan(RACINE, "entrainer", **{reglage: valeur})
    assert code == 1 and reglage in ligne and "attendu" in ligne


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1", "５００５"])
def test_un_port_impossible(port: str) -> None:
    code, ligne = bilan(RACINE, "lancer", PORT=port)
    assert code == 2 and "65535" in ligne


def test_un_port_pris() -> None:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        prise.listen()
        code, ligne = bilan(RACINE, "lancer", PORT=str(prise.getsockname()[1]))
    assert code == 1 and "déjà pris" in ligne and "PORT=" in ligne


def test_une_adresse_d_une_autre_machine() -> None:
    _, ligne = bilan(RACINE, "lancer", "--port", "5359", ADRESSE="192.0.2.1")
    assert "192.0.2.1" in ligne and "ADRESSE" in ligne


def test_plusieurs_processus_ne_partagent_pas_la_memoire() -> None:
    _, ligne = bilan(RACINE, "lancer", SANIC_WORKERS="4")
    assert "SANIC_WORKERS" in ligne


def test_une_commande_inconnue_ou_absente() -> None:
    assert bilan(RACINE)[0] == bilan(RACINE, "chanter")[0] == 2


@pytest.mark.parametrize(
    ("commande", "fichier"),
    [("lancer", "config.yml"), ("lancer", "data/responses/*.yml"), ("entrainer", "domain.yml")],
)
def test_un_yaml_casse_nomme_le_fichier_et_la_ligne(projet: Path, commande: str, fichier: str) -> None:
    fichier = str(next(projet.rglob(fichier)).relative_to(projet))
    lignes = (projet / fichier).read_text(encoding="utf-8").splitlines()
    ecrire(projet / fichier, "\n".join([*lignes[:5], '  texte: "jamais fermé', *lignes[5:]]))
    code, ligne = bilan(projet, commande)
    assert code == 1 and fichier in ligne and "ligne" in ligne


def test_une_reponse_definie_deux_fois(projet: Path) -> None:
    dossier = projet / "data/responses"
    premier = next(dossier.rglob("*.yml"))
    shutil.copy(premier, dossier / "copie.yml")
    from actions.contenus import ErreurContenu, charger

    with pytest.raises(ErreurContenu) as erreur:
        charger(dossier)
    assert "déjà défini" in pannes.phrase(erreur.value) and "\n" not in pannes.phrase(erreur.value)


@pytest.mark.parametrize(
    ("fichier", "contenu", "mot"),
    [
        ("domain.yml", 'version: "3.1"\nintents: 3\n', "domain.yml"),
        ("domain.yml", "", "domain"),
        ("config.yml", "recipe: default.v1\nlanguage: fr\npipeline:\n- name: composants.absent.Absent\n", "config.yml"),
    ],
    ids=["intents", "domaine vide", "composant absent"],
)
def test_une_configuration_que_rasa_refuse(projet: Path, fichier: str, contenu: str, mot: str) -> None:
    ecrire(projet / fichier, contenu)
    code, ligne = bilan(projet, "entrainer")
    assert code == 1 and "entraînement impossible" in ligne and mot in ligne
    assert not list((projet / "models").iterdir())


@pytest.mark.parametrize(
    ("fichier", "avant", "apres", "mots"),
    [
        ("endpoints.yml", "MagasinMemoire", "Disparu", ["endpoints.yml", "tracker_store", "Disparu"]),
        ("endpoints.yml", "composants.reponses_datees", "composants.disparu", ["endpoints.yml", "nlg"]),
        ("credentials.yml", "canaux.rest.CanalRest", "canaux.disparu.Canal", ["canaux.disparu", "credentials.yml"]),
        ("credentials.yml", "canaux.rest.CanalRest", "slakc", ["slakc", "credentials"]),
    ],
)
def test_un_nom_qui_n_existe_pas(
    projet: Path, modele: Path, fichier: str, avant: str, apres: str, mots: list[str]
) -> None:
    shutil.copy(modele, projet / "models")
    texte = (projet / fichier).read_text(encoding="utf-8")
    assert avant in texte
    ecrire(projet / fichier, texte.replace(avant, apres))
    code, ligne = bilan(projet, "lancer", "--port", "5358")
    assert code == 1 and all(mot in ligne for mot in mots), ligne


def test_un_disque_plein_au_demarrage(projet: Path, modele: Path) -> None:
    """Le modèle se décompresse dans un dossier temporaire : un fichier y dépasse la limite posée."""
    shutil.copy(modele, projet / "models")
    limite = (6_000_000, 6_000_000)
    code, ligne = bilan(
        projet, "lancer", "--port", "5358", avant=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limite)
    )
    assert code == 1 and "ne se charge pas" in ligne and "relancez" in ligne


def test_un_modele_tronque(projet: Path, modele: Path) -> None:
    copie = projet / "models" / modele.name
    copie.write_bytes(modele.read_bytes()[:500_000])
    for commande in (["lancer"], ["dialoguer", os.devnull], ["parler"]):
        code, ligne = bilan(projet, *commande)
        assert code == 1 and f"rm models/{modele.name}" in ligne


def test_un_disque_plein_pendant_l_entrainement(projet: Path) -> None:
    """Le noyau refuse tout fichier de plus de 10 ko : même chemin qu'un disque plein."""
    code, ligne = bilan(projet, "entrainer", avant=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10_240, 10_240)))
    assert code == 1 and "relancez" in ligne
    assert not list((projet / "models").iterdir())


def test_une_panne_inconnue_reste_une_ligne_sans_pile() -> None:
    try:
        raise RuntimeError("première\nseconde " + "x" * 500)
    except RuntimeError as erreur:
        dite = pannes.phrase(erreur)
    assert "\n" not in dite and len(dite) <= 300 and "RuntimeError" in dite


def test_un_accord_contraire_a_la_loi_arrete_le_demarrage(projet: Path, modele: Path) -> None:
    shutil.copy(modele, projet / "models")
    fichier = projet / "data/entreprise.yml"
    texte = fichier.read_text(encoding="utf-8")
    assert "#  absence_demande: 30" in texte
    ecrire(fichier, texte.replace("#  absence_demande: 30", "  absence_demande: 300"))
    code, ligne = bilan(projet, "lancer", "--port", "6292")
    assert code == 1 and "entreprise.yml" in ligne and "absence_demande" in ligne and "moins favorable" in ligne
