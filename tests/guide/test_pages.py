"""Le guide écrit : complet, sans lien mort, sans accolade, sans requête externe, neutre et toujours le même."""

import re
import subprocess
import sys
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from actions import adresses
from actions.adresses import adresse, lien_du_guide
from actions.contenus import contenus_en_place
from actions.documents.modeles import modeles_en_place
from actions.reglages import RACINE
from bilan import guide
from bilan.guide import Redacteur
from bilan.guide.pages import Page
from bilan.guide.rendu import LISTE, ErreurGuide, ecrire, rendre
from tests.guide.conftest import JOUR
from tests.guide.lecteur import Lecteur

GROUPES = yaml.safe_load((RACINE / "data/sujets.yml").read_text(encoding="utf-8"))
CONNAISSANCES = [s for g, sujets in GROUPES.items() if g not in ("parcours", "conversation") for s in sujets]
TAILLE_MAX = 2_400_000
_SENSIBLES = re.compile(r"bilan|sant[ée]|arr[eê]t|maladie|handicap|inapt|cpf|employeur|licenci|caisse|absence", re.I)


@pytest.mark.parametrize("sujet", CONNAISSANCES)
def test_chaque_sujet_a_sa_page_a_tous_les_niveaux(sujet: str, fichiers: dict[str, bytes], toutes: list[Page]) -> None:
    page = next(p for p in toutes if p.nom == f"faq/{sujet}")
    assert page.adresse in fichiers
    assert [s.niveau for s in page.sections[:4]] == ["court", "simple", "detail", "texte"]
    assert all(s.corps or s.liste for s in page.sections[:4])
    assert page.suites


def test_l_accueil_mene_a_chaque_sujet_et_l_index_a_chaque_page(lus: dict[str, Lecteur], toutes: list[Page]) -> None:
    accueil = {lien for lien, _ in lus["index.html"].liens}
    assert {adresse(f"faq/{sujet}") for sujet in CONNAISSANCES} <= accueil
    index = {lien for lien, _ in lus[adresse("chercher")].liens}
    assert {p.adresse for p in toutes} - index <= {adresse("chercher"), adresse("accueil"), adresse("neutre")}


def test_chaque_idee_recue_et_chaque_lettre_est_la(redacteur: Redacteur, lus: dict[str, Lecteur]) -> None:
    reprises = {nom for page in lus.values() for nom in page.reponses}
    idees = {n for n in redacteur.contenus.reponses if n.startswith("utter_idee_recue/")}
    assert len(idees) >= 30 and idees <= reprises
    assert {adresse(f"lettre/{nom}") for nom in modeles_en_place()} <= set(lus)


def test_tous_les_liens_internes_existent(lus: dict[str, Lecteur], fichiers: dict[str, bytes]) -> None:
    for nom, page in lus.items():
        for lien, _ in page.liens:
            if re.match(r"https?:|tel:", lien):
                continue
            cible, _, ancre = lien.partition("#")
            assert (cible or nom) in fichiers, f"{nom} : {lien}"
            assert not ancre or ancre in lus[cible or nom].ids, f"{nom} : {lien}"


def test_les_liens_externes_sont_surs_et_dits_externes(lus: dict[str, Lecteur]) -> None:
    externes = [(lien, attrs) for page in lus.values() for lien, attrs in page.liens if re.match(r"https?:", lien)]
    assert len(externes) > 500
    for lien, attrs in externes:
        assert lien.startswith("https://"), lien
        assert {"noopener", "noreferrer", "external"} <= set(attrs["rel"].split()), lien
        assert "target" not in attrs


def test_aucune_accolade_ni_valeur_absente(fichiers: dict[str, bytes]) -> None:
    for nom, contenu in fichiers.items():
        if nom.endswith(".html"):
            visible = re.sub(r"<script.*?</script>", "", contenu.decode(), flags=re.S)
            assert "{" not in visible and "}" not in visible, nom
            assert not re.search(r"\bNone\b|Undefined|utter_valeur_absente", visible), nom
        elif nom.endswith(".txt"):
            assert "{" not in contenu.decode()


def test_rien_ne_se_charge_d_ailleurs(lus: dict[str, Lecteur], fichiers: dict[str, bytes]) -> None:
    for nom, page in lus.items():
        assert set(page.charges) <= {"style.css", "script.js", "data:,"}, nom
        assert b"default-src 'none'" in fichiers[nom] and b"form-action 'none'" in fichiers[nom]
        assert b"unsafe" not in fichiers[nom] and b" style=" not in fichiers[nom] and b" onclick" not in fichiers[nom]
    assert not re.search(rb"url\(|@import|https?:", fichiers["style.css"])
    script = fichiers["script.js"].decode()
    assert not re.search(r"fetch|XMLHttp|WebSocket|sendBeacon|import\(|Storage|cookie|innerHTML|https?:|eval", script)


def test_adresses_et_onglets_ne_disent_rien(fichiers: dict[str, bytes], lus: dict[str, Lecteur]) -> None:
    for nom in fichiers:
        assert not _SENSIBLES.search(nom), nom
    onglets = [texte for page in lus.values() for balise, texte in page.lignes if balise == "title"]
    assert len(onglets) == len(set(onglets)) == len(lus)
    assert not any(_SENSIBLES.search(onglet) for onglet in onglets)


def test_quitter_vite_est_sur_chaque_page_et_mene_a_une_page_qui_ne_dit_rien(lus: dict[str, Lecteur]) -> None:
    neutre = adresse("neutre")
    for nom, page in lus.items():
        if nom != neutre:
            assert any(lien == neutre and a.get("class") == "quitter" for lien, a in page.liens), nom
    assert lus[neutre].liens == []
    assert not any(_SENSIBLES.search(texte) for _, texte in lus[neutre].lignes)


def test_les_secours_sont_a_un_clic(lus: dict[str, Lecteur], redacteur: Redacteur) -> None:
    secours = {lien for lien, _ in lus[adresse("secours")].liens}
    for numero in ("numero_suicide", "numero_samu", "numero_urgences"):
        assert f"tel:{redacteur.droit.valeur(numero, JOUR).montant}" in secours
    assert all(any(lien == adresse("secours") for lien, _ in p.liens) for n, p in lus.items() if n != adresse("neutre"))


def test_les_titres_se_suivent(lus: dict[str, Lecteur]) -> None:
    for nom, page in lus.items():
        niveaux = [int(balise[1]) for balise, _ in page.titres()]
        assert niveaux[0] == 1 and niveaux.count(1) == 1, nom
        assert all(b - a <= 1 for a, b in pairwise(niveaux)), nom
        assert all(texte.strip() for _, texte in page.titres()), nom
        assert len(page.ids) == len(set(page.ids)), nom


def test_la_taille_reste_raisonnable(fichiers: dict[str, bytes]) -> None:
    assert sum(map(len, fichiers.values())) <= TAILLE_MAX
    assert max(len(c) for n, c in fichiers.items() if n.endswith(".html") and n != adresse("chercher")) <= 72_000
    assert len(fichiers["script.js"]) + len(fichiers["style.css"]) <= 20_000


def test_memes_donnees_meme_guide(fichiers: dict[str, bytes]) -> None:
    autre = guide.fichiers(JOUR)
    assert list(autre) == list(fichiers)
    assert [nom for nom in autre if autre[nom] != fichiers[nom]] == []


def test_la_date_du_droit_est_un_argument() -> None:
    """Avant leur entrée en vigueur, plafond et participation ne s'appliquent pas."""
    avant = Redacteur(date(2026, 1, 15))
    participation = avant.droit.montant("participation_forfaitaire", avant.jour)
    assert guide.calcul.regles(avant) == {"plafond": None, "participation": participation * 100}
    apres = guide.calcul.regles(Redacteur(JOUR))
    assert apres["plafond"] and apres["participation"]
    assert guide.fichiers(JOUR + timedelta(days=40)) != guide.fichiers(JOUR)


def test_le_guide_se_fait_sans_rasa(tmp_path: Path) -> None:
    code = (
        "import sys; from bilan.__main__ import principal; "
        f"code = principal(['guide', {str(tmp_path / 'g')!r}, '--date', '2026-11-23']); "
        "assert code == 0; "
        "print([m for m in sys.modules if m.split('.')[0] in ('rasa', 'rasa_sdk', 'tensorflow', 'spacy', 'sklearn')])"
    )
    sortie = subprocess.run([sys.executable, "-c", code], cwd=RACINE, capture_output=True, text=True, check=True)
    assert sortie.stdout.splitlines()[-1] == "[]"
    assert (tmp_path / "g" / "index.html").is_file()


def test_un_nouvel_export_efface_ses_vieilles_pages_et_rien_d_autre(tmp_path: Path) -> None:
    ecrire(tmp_path, {"index.html": b"a", "vieille.html": b"b"})
    (tmp_path / "robots.txt").write_text("d'un autre", encoding="utf-8")
    ecrire(tmp_path, {"index.html": b"c"})
    assert {f.name for f in tmp_path.iterdir()} == {"index.html", "robots.txt", LISTE}
    assert (tmp_path / "index.html").read_bytes() == b"c"


def test_un_dossier_occupe_est_refuse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "these.odt").write_text("à garder", encoding="utf-8")
    assert guide.principal(str(tmp_path), JOUR) == 1
    assert "n'est pas vide" in capsys.readouterr().err
    assert {f.name for f in tmp_path.iterdir()} == {"these.odt"}


def test_deux_pages_a_la_meme_adresse_sont_refusees(redacteur: Redacteur) -> None:
    with pytest.raises(ErreurGuide):
        rendre(redacteur, [Page("a", "A"), Page("a", "B")])


def test_le_lien_du_guide_n_existe_que_s_il_est_publie(
    monkeypatch: pytest.MonkeyPatch, fichiers: dict[str, bytes]
) -> None:
    assert lien_du_guide("duree") is None
    monkeypatch.setattr(adresses, "URL_GUIDE", "https://guide.exemple.fr/")
    lien = lien_du_guide("duree")
    assert lien and lien.startswith("https://guide.exemple.fr/p") and lien.rsplit("/", 1)[1] in fichiers


def test_chaque_langue_est_balisee(fichiers: dict[str, bytes]) -> None:
    secours = fichiers[adresse("secours")].decode()
    langues = contenus_en_place().metadonnees("utter_autre_langue")["langues"]
    assert dict(re.findall(r'<p lang="(\w\w)">([^\s:]+)', secours)) == {code: mot for mot, code in langues.items()}
