"""Le vocabulaire que les RH complètent : vérifié au chargement, assez large, sans contradiction."""

import shutil
from pathlib import Path

import pytest
import yaml

from actions.comprehension import extraire
from actions.comprehension.vocabulaire import ErreurVocabulaire, charger, cle, vocabulaire_en_place
from actions.reglages import DOSSIER_DONNEES
from tests.comprehension.test_cas import JOUR

VOCABULAIRE = DOSSIER_DONNEES / "vocabulaire"


def copie(tmp_path: Path) -> Path:
    return Path(shutil.copytree(VOCABULAIRE, tmp_path / "vocabulaire"))


def test_cent_cinquante_metiers_et_employeurs_au_moins() -> None:
    metiers = yaml.safe_load((VOCABULAIRE / "metiers.yml").read_text(encoding="utf-8"))["termes"]
    employeurs = yaml.safe_load((VOCABULAIRE / "employeurs.yml").read_text(encoding="utf-8"))["termes"]
    assert sum(len(t["mots"]) for t in metiers if t.get("faits")) >= 150
    assert sum(len(t["mots"]) for t in employeurs if t.get("faits")) >= 100


def test_un_mot_ajoute_par_les_rh_est_compris(tmp_path: Path) -> None:
    dossier = copie(tmp_path)
    ajout = {"termes": [{"nature": "metier", "faits": {"statut": "salarie_prive"}, "mots": ["souffleur de verre"]}]}
    (dossier / "maison.yml").write_text(yaml.safe_dump(ajout), encoding="utf-8")
    trouve = charger(dossier).termes.a(["souffleurs", "de", "verre"], 0)
    assert trouve is not None and trouve[1].faits == {"statut": "salarie_prive"}


@pytest.mark.parametrize(
    ("contenu", "dit"),
    [
        (
            {"termes": [{"nature": "metier", "faits": {"statut": "cadre_sup"}, "mots": ["trader fou"]}]},
            "hors du contrat",
        ),
        ({"termes": [{"nature": "emploi", "mots": ["trader fou"]}]}, "nature"),
        ({"termes": [{"nature": "metier", "faits": {"statut": "agent_fpt"}, "mots": ["caissière"]}]}, "deux choses"),
        ({"termes": [{"nature": "metier", "mots": []}]}, "mots"),
        ({"financeurs": {"la_banque": ["banque"]}}, "hors du contrat"),
        ({"inconnu": {}}, "inconnu"),
        ({"reperes": {"avant": "hier"}}, "reperes"),
    ],
)
def test_un_vocabulaire_mal_ecrit_est_refuse(tmp_path: Path, contenu: dict, dit: str) -> None:
    dossier = copie(tmp_path)
    (dossier / "zz.yml").write_text(yaml.safe_dump(contenu, allow_unicode=True), encoding="utf-8")
    with pytest.raises(ErreurVocabulaire, match=dit):
        charger(dossier)


def test_un_yaml_illisible_est_refuse(tmp_path: Path) -> None:
    dossier = copie(tmp_path)
    (dossier / "mots.yml").write_text("listes: [", encoding="utf-8")
    with pytest.raises(ErreurVocabulaire, match="illisible"):
        charger(dossier)


def test_une_liste_absente_est_refusee(tmp_path: Path) -> None:
    dossier = copie(tmp_path)
    (dossier / "mots.yml").unlink()
    with pytest.raises(ErreurVocabulaire, match="listes absentes"):
        charger(dossier)


SURS = [
    (mot, terme["faits"]["statut"])
    for fichier in ("metiers.yml", "employeurs.yml")
    for terme in yaml.safe_load((VOCABULAIRE / fichier).read_text(encoding="utf-8"))["termes"]
    if "statut" in terme.get("faits", {})
    for mot in terme["mots"]
]


@pytest.mark.parametrize(("mot", "statut"), SURS, ids=[mot for mot, _ in SURS])
def test_chaque_metier_et_employeur_repond_a_la_question_du_statut(mot: str, statut: str) -> None:
    assert extraire(mot, JOUR, "statut").valeurs.get("statut") == statut


@pytest.mark.parametrize(
    ("ecrit", "juste"),
    [
        ("fonctionaire", "fonctionnaire"),
        ("interimere", "interimaire"),
        ("caissiere", "caissier"),
        ("profeseur", "professeur"),
        ("titulaires", "titulaire"),
        ("opital", "hopital"),
    ],
)
def test_les_fautes_courantes_se_valent(ecrit: str, juste: str) -> None:
    assert cle(ecrit) == cle(juste)


def test_le_vocabulaire_n_est_lu_qu_une_fois() -> None:
    assert vocabulaire_en_place() is vocabulaire_en_place()


def test_un_texte_lu_une_seule_fois_s_oublie_en_sortant() -> None:
    normaliseur = vocabulaire_en_place().normaliseur
    attendu = normaliseur.lire("chui en arret depuis 2 moi")
    with normaliseur.une_seule_fois():
        assert normaliseur.lire("chui en arret depuis 2 moi") is normaliseur.lire("chui en arret depuis 2 moi")
        assert normaliseur.lire("chui en arret depuis 2 moi") == attendu
    assert normaliseur._lues is None
