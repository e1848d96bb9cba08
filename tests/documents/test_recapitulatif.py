"""Le récapitulatif : une page, dans l'ordre, sources et dates dessus."""

import io
from datetime import date

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.documents.docx import en_docx
from actions.documents.odt import en_odt
from actions.documents.recapitulatif import LIGNES_MAX, Bloc, RecapitulatifTropLong, composer
from actions.documents.texte import en_texte
from tests.documents.outils import JOUR, relire

BLOCS = (
    Bloc("Vos voies", ("CPF : ouvert.", "L'employeur n'a rien à savoir."), ("L. 6323-17",), date(2026, 11, 22)),
    Bloc("Vos dates", ("Demande : avant le 4 décembre.",)),
)


def test_les_blocs_sont_dans_l_ordre_avec_sources_et_dates() -> None:
    lignes = [p.texte.replace("\u00a0", " ") for p in composer(BLOCS, JOUR).paragraphes]
    assert lignes[:6] == [
        "Notes du 23 novembre 2026",
        "Vos voies",
        "– CPF : ouvert.",
        "– L’employeur n’a rien à savoir.",
        "Sources : L. 6323-17. Vérifié le 22/11/2026.",
        "Vos dates",
    ]
    assert "pas une décision" in lignes[-1]


def test_le_nom_de_fichier_est_neutre() -> None:
    page = composer(BLOCS, JOUR)
    assert (page.fichier, page.titre) == ("notes", "Notes")


def test_les_titres_sont_de_vrais_titres() -> None:
    styles = [p.style.name for p in docx.Document(io.BytesIO(en_docx(composer(BLOCS, JOUR)))).paragraphs]
    assert styles.count("Heading 1") == 1 and styles.count("Heading 2") == 2


def test_plus_d_une_page_est_refuse() -> None:
    composer([Bloc("T", ("x",) * 20)], JOUR)
    with pytest.raises(RecapitulatifTropLong):
        composer([Bloc("T", ("x",) * LIGNES_MAX)], JOUR)
    with pytest.raises(RecapitulatifTropLong):
        composer([Bloc("T", ("x" * 90 * LIGNES_MAX,))], JOUR)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(min_size=1, max_size=80))
def test_aucun_texte_ne_casse_un_fichier(titre: str, ligne: str) -> None:
    page = composer([Bloc(titre, (ligne,), (ligne,))], JOUR)
    for contenu, format_ in ((en_docx(page), "docx"), (en_odt(page), "odt")):
        assert relire(contenu, format_).startswith("Notes du")
    assert en_texte(page).count("\n\n") >= 3
