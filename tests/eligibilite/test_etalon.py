"""Verdicts entiers, relus une fois (etalon.yml) : chemins, faits cités, coût, dates, au caractère près."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.eligibilite import ErreurSituation, lire_situation
from actions.eligibilite.lecture import _parmi
from tests.eligibilite.cas import juger

ETALON = yaml.safe_load(Path(__file__).with_name("etalon.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("cas", ETALON)
def test_le_verdict_est_celui_de_l_etalon(cas: dict[str, Any]) -> None:
    obtenu = json.loads(json.dumps(juger(**cas["change"]).en_json()))
    assert json.dumps(obtenu) == json.dumps(cas["verdict"])


def test_l_etalon_montre_chaque_chemin_et_chaque_statut() -> None:
    vus = {(c["chemin"], c["statut"]) for cas in ETALON for c in cas["verdict"]["chemins"]}
    assert {nom for nom, _ in vus} == {
        "cpf_hors_temps", "cpf_temps_travail", "plan_employeur", "conge_reclassement", "conge_public", "cpf_public",
        "autofinancement",
    }  # fmt: skip
    assert {statut for _, statut in vus} == {"ouvert", "sous_accord", "a_verifier", "ferme"}


def test_une_liste_de_valeurs_n_admet_qu_elles() -> None:
    lire = _parmi("a", "b")
    assert [lire("champ", "a"), lire("champ", "b")] == ["a", "b"]
    for refuse in ("c", "", "A", 1, None, ["a"]):
        with pytest.raises(ErreurSituation) as erreur:
            lire("champ", refuse)
        assert (erreur.value.champ, erreur.value.admis) == ("champ", "a, b")
        assert str(erreur.value) == "champ : valeurs admises : a, b"


REFUS = [
    ({"date_evaluation": "2026-1-1"}, "date_evaluation", "une date AAAA-MM-JJ, du 1900-01-01 au 2199-12-31"),
    ({"date_evaluation": "2026-02-30"}, "date_evaluation", "une date AAAA-MM-JJ, du 1900-01-01 au 2199-12-31"),
    ({"date_evaluation": "1899-12-31"}, "date_evaluation", "une date AAAA-MM-JJ, du 1900-01-01 au 2199-12-31"),
    ({"date_evaluation": None}, "date_evaluation", "une date AAAA-MM-JJ, obligatoire"),
    ({"solde_cpf": "5"}, "solde_cpf", "un montant en euros de 0 à 999999999, deux décimales au plus"),
    ({"prix": 1.005}, "prix", "un montant en euros de 0 à 999999999, deux décimales au plus"),
    ({"duree_mois": -1}, "duree_mois", "un nombre de mois de 0 à 999999999"),
    ({"services_effectifs_mois": 1.5}, "services_effectifs_mois", "un nombre entier de mois de 0 à 999999999"),
    ({"accord_caisse": "oui"}, "accord_caisse", "true, false"),
    ({"dernier_bilan": "jamais"}, "dernier_bilan", 'null, "aucun", {date, financeur}'),
    ({"dernier_bilan": {"date": "2027-01-01"}}, "dernier_bilan.date", "une date qui ne suit pas date_evaluation"),
    ({"dernier_bilan": {"financeur": "moi"}}, "dernier_bilan.financeur",
     "cpf, opco, transitions_pro, etat, region, france_travail, agefiph, faf, employeur, soi_meme, inconnu"),
    ({"dernier_bilan": {"payeur": "moi"}}, "champ inconnu dernier_bilan.'payeur'", "date, financeur"),
    ({"arret": "grippe"}, "arret", "aucun, maladie, at_mp"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "champ", "admis"), REFUS)
def test_un_refus_nomme_le_champ_et_ce_qu_il_admet(change: dict[str, Any], champ: str, admis: str) -> None:
    with pytest.raises(ErreurSituation) as erreur:
        lire_situation({"date_evaluation": "2026-11-23", **change})
    assert (erreur.value.champ, erreur.value.admis) == (champ, admis)


def test_ce_qui_n_est_pas_un_objet_est_refuse() -> None:
    with pytest.raises(ErreurSituation) as erreur:
        lire_situation([])
    assert (erreur.value.champ, erreur.value.admis) == ("situation", "un objet JSON")


def test_une_aide_de_quelques_centimes_a_sa_ligne() -> None:
    cout = juger(prix=1000, dotation_employeur=0.5).cout
    assert cout
    assert (cout.lignes[0].libelle, float(cout.lignes[0].montant)) == ("Dotation de l'employeur", 0.5)
