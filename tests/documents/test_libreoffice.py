"""LibreOffice ouvre chaque document et le tient sur une page ; ce qu'il imprime est ce que l'on a écrit."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from actions.documents.docx import en_docx
from actions.documents.odt import en_odt
from actions.documents.page import Page
from actions.documents.recapitulatif import Bloc, RecapitulatifTropLong, composer
from tests.documents.outils import JOUR, MODELES, lettre

MANQUE = [outil for outil in ("soffice", "pdftotext") if not shutil.which(outil)]
pytestmark = pytest.mark.skipif(
    bool(MANQUE) and os.environ.get("CI") != "true",
    reason=f"il manque {', '.join(MANQUE)} (apt install libreoffice-writer-nogui poppler-utils)",
)
LIGNES = ("Une ligne de longueur moyenne, comme en écrit l'assistant à la personne qui lui parle.", "Courte.")


def le_plus_long() -> Page:
    """Le récapitulatif le plus long que l'on accepte."""
    blocs: list[Bloc] = []
    while True:
        essai = [*blocs, Bloc("Une partie des notes", LIGNES, ("L. 6323-17",), date(2026, 11, 22))]
        try:
            composer(essai, JOUR)
        except RecapitulatifTropLong:
            return composer(blocs, JOUR)
        blocs = essai


PAGES = {f"{nom}-{etat}": lettre(nom, faits).page for nom in MODELES for etat, faits in (("plein", None), ("vide", {}))}
PAGES |= {"notes-longues": le_plus_long(), "notes": composer([Bloc("Vos voies", LIGNES)], JOUR)}
CAS = [f"{nom}.{format_}" for nom in PAGES for format_ in ("docx", "odt")]


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Écrit tous les documents et les convertit en PDF d'un seul lancement de LibreOffice."""
    dossier = tmp_path_factory.mktemp("documents")
    for nom, page in PAGES.items():
        (dossier / f"{nom}-docx.docx").write_bytes(en_docx(page))
        (dossier / f"{nom}-odt.odt").write_bytes(en_odt(page))
    profil = tmp_path_factory.mktemp("profil").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profil}", "--headless", "--convert-to", "pdf", "--outdir", str(dossier)]
        + [str(f) for f in sorted(dossier.iterdir())],
        check=True,
        capture_output=True,
        timeout=180,
    )
    yield dossier


def sans_blancs(texte: str) -> str:
    return re.sub(r"\s+", "", texte)


@pytest.mark.parametrize("cas", CAS)
def test_s_ouvre_tient_sur_une_page_et_dit_tout(dossier: Path, cas: str) -> None:
    nom, format_ = cas.rsplit(".", 1)
    pdf = subprocess.run(
        ["pdftotext", "-layout", str(dossier / f"{nom}-{format_}.pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout
    assert pdf.count("\f") == 1  # un saut de page par page
    lu = sans_blancs(pdf)
    for paragraphe in PAGES[nom].paragraphes:
        assert sans_blancs(paragraphe.texte) in lu
