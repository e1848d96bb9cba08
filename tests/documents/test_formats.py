"""Les fichiers : relus par les bibliothèques du format, identiques octet pour octet, sans trace."""

import io
import re
import zipfile

import docx
import odfdo
import pytest

from actions.documents.page import Page, Paragraphe
from actions.documents.texte import en_texte
from actions.parcours.messages import libelles
from tests.documents.outils import MODELES, lettre, octets, relire

NOMS = sorted(MODELES)


@pytest.mark.parametrize("nom", NOMS)
@pytest.mark.parametrize("format_", ["docx", "odt", "txt"])
def test_chaque_format_dit_la_meme_lettre_et_rien_d_autre(nom: str, format_: str) -> None:
    attendu = [p.texte for p in lettre(nom).page.paragraphes if p.texte]
    relu = [ligne for ligne in relire(octets(nom, format_), format_).split("\n") if ligne.strip()]
    assert relu[: len(attendu)] == attendu
    # Le reste : le titre neutre et la langue des métadonnées.
    assert set(re.findall(r"[^\s]+", " ".join(relu[len(attendu) :]))) <= {"Courrier", "fr-FR", "1"}


@pytest.mark.parametrize("nom", NOMS)
@pytest.mark.parametrize("format_", ["docx", "odt", "txt"])
def test_le_poids_dit_est_le_bon(nom: str, format_: str) -> None:
    poids = len(octets(nom, format_)) / 1000
    dit = libelles()["poids"][format_]
    annonce = int(re.sub(r"\D", "", dit))
    assert poids < annonce if dit.startswith("moins") else 0.8 * annonce <= poids <= 1.2 * annonce


@pytest.mark.parametrize("format_", ["docx", "odt", "txt"])
def test_memes_entrees_memes_octets(format_: str) -> None:
    assert octets("demande_absence", format_) == octets("demande_absence", format_)
    assert octets("demande_absence", format_) != octets("demande_absence", format_, {})


@pytest.mark.parametrize("format_", ["docx", "odt"])
def test_l_archive_ne_dit_ni_quand_ni_par_quoi_elle_est_faite(format_: str) -> None:
    with zipfile.ZipFile(io.BytesIO(octets("demande_plan", format_))) as archive:
        assert archive.testzip() is None
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for nom in ("docProps/core.xml", "docProps/app.xml", "meta.xml"):
            if nom in archive.namelist():
                contenu = archive.read(nom).decode()
                assert not re.search(r"20\d\d-|odfdo|python|Microsoft|Macintosh|created|modified|creation", contenu)
        if format_ == "odt":
            premier = archive.infolist()[0]
            assert (premier.filename, premier.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_le_docx_est_en_francais_sans_auteur() -> None:
    document = docx.Document(io.BytesIO(octets("demande_plan", "docx")))
    proprietes = document.core_properties
    assert (proprietes.author, proprietes.comments, proprietes.title) == ("", "", "Courrier")
    langue = document.styles.element.xpath("//w:rPrDefault//w:lang/@w:val")
    assert langue == ["fr-FR"]


@pytest.mark.parametrize("format_", ["docx", "odt"])
def test_ce_qui_reste_a_completer_est_surligne(format_: str) -> None:
    contenu = octets("demande_absence", format_, {})
    if format_ == "docx":
        passages = [r for p in docx.Document(io.BytesIO(contenu)).paragraphs for r in p.runs]
        surlignes = {r.text for r in passages if r.font.highlight_color is not None}
    else:
        odt = odfdo.Document(io.BytesIO(contenu))
        surlignes = {s.text_recursive for s in odt.body.get_elements("//text:span") if s.style == "a_completer"}
    assert surlignes == {p for t in lettre("demande_absence", {}).page.paragraphes for p, vide in t.morceaux() if vide}
    assert len(surlignes) == 6


def test_le_texte_saute_une_ligne_entre_les_blocs() -> None:
    page = Page("t", "f", (Paragraphe("a", "expediteur"), Paragraphe("b", "expediteur"), Paragraphe("c")))
    assert en_texte(page) == "a\nb\n\nc\n"
