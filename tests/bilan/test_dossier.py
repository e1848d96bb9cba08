"""Le dossier du CSE, du DPO et du RSSI dit la configuration en service, sans secret ni promesse fausse."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from actions.droit import droit_en_place
from actions.reglages import RACINE
from bilan.dossier import TEXTES

PIECES = ["aipd", "conservation", "flux", "note_information", "registre"]
SECRET = "un-secret-de-plus-de-trente-deux-octets"


def ecrire(dossier: Path, **environnement: str) -> dict[str, str]:
    fini = subprocess.run(
        [sys.executable, "-m", "bilan", "dossier", str(dossier)],
        cwd=RACINE,
        env={**os.environ, **environnement},
        capture_output=True,
        text=True,
    )
    assert fini.returncode == 0, fini.stderr
    return {f.name: f.read_text(encoding="utf-8") for f in dossier.iterdir()}


def test_cinq_pieces_en_deux_formes_qui_se_lisent(tmp_path: Path) -> None:
    pieces = ecrire(tmp_path / "dossier")
    assert sorted(pieces) == sorted(f"{nom}.{genre}" for nom in PIECES for genre in ("html", "md"))
    for nom, texte in pieces.items():
        assert "{{" not in texte and "{%" not in texte and "None" not in texte, nom
        if nom.endswith(".html"):
            lecteur = HTMLParser()
            lecteur.feed(texte)
            assert "<h1>" in texte and "<script" not in texte and '<html lang="fr">' in texte
        for ligne in texte.splitlines():
            if ligne.startswith("|"):
                assert ligne.rstrip().endswith("|"), f"{nom} : {ligne}"
    assert "<table>" in pieces["conservation.html"]
    ecrire(tmp_path / "dossier")  # se remplace


def test_le_dossier_suit_la_configuration(tmp_path: Path) -> None:
    canaux = tmp_path / "canaux.yml"
    canaux.write_text("canaux.widget.CanalWidget: {}\ncanaux.slack.CanalSlack:\n  jeton: x\n", encoding="utf-8")
    defaut = ecrire(tmp_path / "un")
    autre = ecrire(
        tmp_path / "deux",
        BILAN_INACTIVITE_MINUTES="25",
        BILAN_CANAUX=str(canaux),
        BILAN_WIDGET_ORIGINES="https://intranet.exemple",
        BILAN_WIDGET_JETON_SECRET=SECRET,
    )
    assert "60 minutes" in defaut["conservation.md"].replace("\xa0", " ") and "Slack" not in "".join(defaut.values())
    assert "25 minutes" in autre["conservation.md"].replace("\xa0", " ")
    assert "Slack" in autre["note_information.md"] and "Slack" in autre["flux.md"]
    assert "HTTPS**" in defaut["aipd.md"] and "HTTPS**" not in autre["aipd.md"]
    assert "https://intranet.exemple" in autre["flux.md"]
    assert "empreinte" in autre["registre.md"] and "tiré au hasard" in defaut["registre.md"]
    assert SECRET not in "".join(autre.values())


def test_un_dossier_qui_contient_autre_chose_n_est_pas_efface(tmp_path: Path) -> None:
    (tmp_path / "paie.xlsx").write_text("à garder", encoding="utf-8")
    fini = subprocess.run(
        [sys.executable, "-m", "bilan", "dossier", str(tmp_path)], cwd=RACINE, capture_output=True, text=True
    )
    assert fini.returncode == 1 and "autre chose" in fini.stderr and (tmp_path / "paie.xlsx").exists()


@pytest.mark.parametrize("fichier", sorted(TEXTES.glob("*.md")), ids=lambda f: f.name)
def test_les_textes_citent_des_faits_et_des_preuves_qui_existent(fichier: Path) -> None:
    texte = fichier.read_text(encoding="utf-8")
    for identifiant in re.findall(r'fait\("([\w.]+)"\)', texte):
        assert identifiant in droit_en_place().faits
    for chemin in re.findall(r"`((?:tests|docs)/[\w./]+)`", texte):
        assert (RACINE / chemin).exists(), chemin
    assert not re.search(r"\b(art\.|article|L\.|R\.) ?\d", texte), "le droit est dans data/droit"
