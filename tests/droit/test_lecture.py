"""Le droit comme données : valeurs à une date, sources exigées, erreurs claires."""

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from actions.droit import ErreurDroit, ValeurAbsente, charger, droit_en_place

DROIT = droit_en_place()


def test_toutes_les_valeurs_citent_un_fait_source() -> None:
    for parametre in DROIT.parametres.values():
        for valeur in parametre.valeurs:
            assert valeur.fait.source or valeur.fait.liens, parametre.id
            assert (valeur.fait.confiance == "a_verifier") == parametre.projet, parametre.id


def test_aucun_fait_n_est_verifie_depuis_plus_d_un_an() -> None:
    limite = date(2026, 11, 23) - timedelta(days=365)
    assert [f.id for f in DROIT.faits.values() if f.verifie_le < limite] == []


@pytest.mark.parametrize("parametre", sorted(DROIT.parametres))
def test_une_valeur_change_exactement_a_sa_date(parametre: str) -> None:
    valeurs = DROIT.parametres[parametre].valeurs
    for precedente, valeur in zip((None, *valeurs), valeurs, strict=False):
        assert DROIT.valeur(parametre, valeur.depuis) is valeur
        assert DROIT.valeur(parametre, valeur.depuis + timedelta(days=1)) is valeur
        veille = valeur.depuis - timedelta(days=1)
        if precedente is None:
            with pytest.raises(ValeurAbsente):
                DROIT.valeur(parametre, veille)
        else:
            assert DROIT.valeur(parametre, veille) is precedente


def test_les_valeurs_passees_sont_gardees() -> None:
    suite = DROIT.parametres["participation_forfaitaire"].valeurs
    assert len(suite) >= 4
    assert [v.depuis for v in suite] == sorted(v.depuis for v in suite)


def test_un_defaut_remplace_une_valeur_pas_encore_en_vigueur() -> None:
    veille = DROIT.parametres["cpf_plafond_bilan"].valeurs[0].depuis - timedelta(days=1)
    assert DROIT.montant("cpf_plafond_bilan", veille, Decimal(0)) == 0
    with pytest.raises(ValeurAbsente):
        DROIT.montant("cpf_plafond_bilan", veille)


def test_un_numero_de_telephone_n_est_pas_un_montant() -> None:
    with pytest.raises(ErreurDroit, match="n'est pas un nombre"):
        DROIT.montant("numero_mcf", date(2026, 11, 23))


def test_un_parametre_inconnu_est_dit() -> None:
    with pytest.raises(ErreurDroit, match="paramètre inconnu : zzz"):
        DROIT.valeur("zzz", date(2026, 1, 1))


FAIT = {"enonce": "Un énoncé assez long.", "confiance": "sur", "verifie_le": "2026-11-22", "source": "L. 1"}
PARAMETRE = {
    "description": "une durée",
    "unite": "mois",
    "valeurs": {"2020-01-01": {"valeur": 6, "fait": "a.b"}},
}


def poser(dossier: Path, fait: dict, parametre: dict) -> Path:
    for nom, contenu in {
        "portes.yml": {"p": {"nom": "Porte", "lien": "https://exemple.fr"}},
        "faits/a.yml": {"theme": "a", "titre": "Thème", "porte": "p", "faits": {"a.b": fait}},
        "parametres/a.yml": {"duree": parametre},
    }.items():
        chemin = dossier / nom
        chemin.parent.mkdir(parents=True, exist_ok=True)
        chemin.write_text(yaml.safe_dump(contenu, allow_unicode=True), encoding="utf-8")
    return dossier


def test_un_dossier_correct_se_lit(tmp_path: Path) -> None:
    droit = charger(poser(tmp_path, FAIT, PARAMETRE))
    assert droit.montant("duree", date(2024, 1, 1)) == 6
    assert droit.faits["a.b"].lien == "https://exemple.fr"  # à défaut de lien lu, la porte du thème


def test_un_projet_de_texte_a_sa_valeur_et_le_dit(tmp_path: Path) -> None:
    droit = charger(poser(tmp_path, {**FAIT, "confiance": "a_verifier"}, {**PARAMETRE, "projet": True}))
    assert droit.parametres["duree"].projet and droit.montant("duree", date(2024, 1, 1)) == 6


@pytest.mark.parametrize(
    ("source", "lien", "attendue"),
    [
        ("L. 6313-4 ; C. pénal 226-13", None, "L. 6313-4"),
        ("C. trav. art. L1226-2; C. trav. art. L1226-10", None, "C. trav. art. L1226-2"),
        ("R. 6323 (modifié par le décret n° 2026-234)", None, "R. 6323"),
        ("aucun (usage)", "https://www.exemple.fr/page", "exemple.fr"),
        ("une référence bien trop longue pour tenir", "https://site.fr", "site.fr"),
    ],
)
def test_la_reference_d_un_fait_tient_au_bout_d_une_bulle(
    tmp_path: Path, source: str, lien: str | None, attendue: str
) -> None:
    fait = {**FAIT, "source": source} | ({"liens": [{"nom": "x", "url": lien}]} if lien else {})
    assert charger(poser(tmp_path, fait, PARAMETRE)).faits["a.b"].reference == attendue


@pytest.mark.parametrize(
    ("fait", "parametre", "message"),
    [
        ({**FAIT, "source": None} | {}, PARAMETRE, "source"),
        ({k: v for k, v in FAIT.items() if k != "source"}, PARAMETRE, "n'a pas de source"),
        ({k: v for k, v in FAIT.items() if k != "verifie_le"}, PARAMETRE, "verifie_le"),
        ({**FAIT, "confiance": "certain"}, PARAMETRE, "confiance"),
        ({**FAIT, "confiance": "a_verifier"}, PARAMETRE, "n'est pas établi"),
        ({**FAIT, "liens": [{"nom": "x", "url": "javascript:alert(1)"}]}, PARAMETRE, "url"),
        (FAIT, {**PARAMETRE, "projet": True}, "pas un projet"),
        ({**FAIT, "source": "c.d, e.*"}, PARAMETRE, "aucun fait « c.d, e"),
        (FAIT, {**PARAMETRE, "unite": "lieues"}, "unite"),
        (FAIT, {**PARAMETRE, "valeurs": {}}, "valeurs"),
        (FAIT, {**PARAMETRE, "valeurs": {"2020-01-01": {"valeur": 6}}}, "fait"),
        (FAIT, {**PARAMETRE, "valeurs": {"2020-01-01": {"valeur": 6, "fait": "x.y"}}}, "aucun fait source"),
        (FAIT, {**PARAMETRE, "valeurs": {"janvier": {"valeur": 6, "fait": "a.b"}}}, "janvier"),
    ],
)
def test_une_donnee_sans_source_ou_mal_formee_est_refusee(
    tmp_path: Path, fait: dict, parametre: dict, message: str
) -> None:
    with pytest.raises(ErreurDroit, match=message):
        charger(poser(tmp_path, fait, parametre))


def test_un_identifiant_en_double_est_refuse(tmp_path: Path) -> None:
    poser(tmp_path, FAIT, PARAMETRE)
    double = (tmp_path / "parametres/a.yml").read_text(encoding="utf-8")
    (tmp_path / "parametres/b.yml").write_text(double, encoding="utf-8")
    with pytest.raises(ErreurDroit, match="déjà défini"):
        charger(tmp_path)


def test_une_source_qui_nomme_un_fait_devient_la_sienne() -> None:
    faits = droit_en_place().faits
    assert faits["eng.zero_retention"].source == faits["rgpd.cnil_conservation"].source
    assert faits["eng.zero_retention"].lien == faits["rgpd.cnil_conservation"].lien
    assert all(not re.fullmatch(r"[a-z]+\.[a-z0-9_*]+", fait.source or "") for fait in faits.values())
