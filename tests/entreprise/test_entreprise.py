"""La couche de l'entreprise ajoute ; une valeur moins favorable que la loi est refusée avec sa raison."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.calendrier import retroplanning
from actions.contenus import contenus_en_place
from actions.documents.calculs import deduire
from actions.documents.champs import Valeur
from actions.documents.modeles import modeles_en_place
from actions.droit import droit_en_place
from actions.eligibilite import Situation
from actions.entreprise import Entreprise, ErreurEntreprise, charger, entreprise_en_place
from actions.parcours.employeur import _echeance
from actions.reglages import RACINE

DROIT = droit_en_place()
JOUR = date(2026, 11, 23)


def lire(tmp_path: Path, contacts: Any = None, accord: Any = None) -> Any:
    fichier = tmp_path / "entreprise.yml"
    fichier.write_text(yaml.safe_dump({"contacts": contacts or {}, "accord": accord}), encoding="utf-8")
    return charger(fichier, DROIT, JOUR)


def test_le_fichier_livre_est_vide_et_valide() -> None:
    entreprise = entreprise_en_place()
    assert (dict(entreprise.contacts), dict(entreprise.accord)) == ({}, {})


def test_les_exemples_en_commentaire_sont_valides_une_fois_actives(tmp_path: Path) -> None:
    lignes = (RACINE / "data/entreprise.yml").read_text(encoding="utf-8").splitlines()
    actives = [ligne[1:] if ligne.startswith("#  ") else ligne for ligne in lignes if not ligne.startswith("#   ")]
    exemple = next(ligne.lstrip("# ") for ligne in lignes if ligne.startswith("#   rh:"))
    contenu = "\n".join(actives).replace("  rh:", f"  {exemple}", 1)
    (tmp_path / "entreprise.yml").write_text(contenu, encoding="utf-8")
    entreprise = charger(tmp_path / "entreprise.yml", DROIT, JOUR)
    assert entreprise.contacts["rh"].telephone and len(entreprise.accord) == 7


@pytest.mark.parametrize(
    ("nom", "loi", "favorable"),
    [
        ("absence_demande", 60, -1),
        ("absence_demande_longue", 120, -1),
        ("absence_reponse", 30, -1),
        ("convention_delai_salarie", 10, 1),
    ],
)
def test_un_delai_ne_peut_etre_que_plus_favorable(tmp_path: Path, nom: str, loi: int, favorable: int) -> None:
    assert lire(tmp_path, accord={nom: loi}).delai(nom, JOUR, DROIT) == loi
    assert lire(tmp_path, accord={nom: loi + favorable}).delai(nom, JOUR, DROIT) == loi + favorable
    with pytest.raises(ErreurEntreprise, match=rf"accord.{nom} : .*moins favorable.*{loi}.*[RD]\. 6"):
        lire(tmp_path, accord={nom: loi - favorable})


def test_sans_accord_la_loi_s_applique(tmp_path: Path) -> None:
    assert lire(tmp_path).delai("absence_reponse", JOUR, DROIT) == 30


@pytest.mark.parametrize(
    ("nom", "valeur", "raison"),
    [
        ("accord_exige_hors_temps", True, "aucune autorisation"),
        ("cpf_impose", True, "ne peut pas imposer"),
        ("bilan_impose", True, "sans l’accord"),
        ("synthese_transmise", True, "sans l’accord du bénéficiaire"),
        ("anciennete_exigee_cpf", 12, "Aucune ancienneté"),
    ],
)
def test_ce_que_la_loi_interdit_est_refuse_avec_la_regle(tmp_path: Path, nom: str, valeur: Any, raison: str) -> None:
    with pytest.raises(ErreurEntreprise, match=f"accord.{nom} est contraire à la loi.*{raison}"):
        lire(tmp_path, accord={nom: valeur})
    assert nom not in lire(tmp_path, accord={nom: type(valeur)(0)}).accord


@pytest.mark.parametrize(
    ("contacts", "accord"),
    [
        ({"rh": {"telephone": "01 02 03 04 05"}}, None),  # sans « qui »
        ({"rh": {"qui": "RH", "courriel": "pas une adresse"}}, None),
        ({"rh": {"qui": "RH", "telephone": "appelez-moi"}}, None),
        ({"rh": {"qui": "<script>"}}, None),
        ({"rh": {"qui": "{cpf_plafond_bilan}"}}, None),
        ({"rh": {"qui": "x" * 81}}, None),
        ({"chef": {"qui": "Chef"}}, None),
        ({}, {"absence_demande": "trente"}),
        ({}, {"absence_demande": -1}),
        ({}, {"accord_du_chef": True}),
    ],
)
def test_une_forme_refusee_se_dit(tmp_path: Path, contacts: Any, accord: Any) -> None:
    with pytest.raises(ErreurEntreprise, match=r"entreprise\.yml : "):
        lire(tmp_path, contacts, accord)


def test_un_fichier_illisible_se_dit(tmp_path: Path) -> None:
    (tmp_path / "e.yml").write_text("contacts: [", encoding="utf-8")
    with pytest.raises(ErreurEntreprise, match="illisible"):
        charger(tmp_path / "e.yml", DROIT, JOUR)
    with pytest.raises(ErreurEntreprise, match="illisible"):
        charger(tmp_path / "absent.yml", DROIT, JOUR)


def test_un_accord_plus_favorable_sert_aux_dates_et_se_cite(tmp_path: Path) -> None:
    entreprise = lire(tmp_path, accord={"absence_demande": 30, "absence_reponse": 15, "convention_delai_salarie": 20})
    convenu = entreprise.appliquer(DROIT, JOUR)
    assert convenu.montant("absence_demande", JOUR) == 30 and convenu.montant("absence_demande_longue", JOUR) == 120
    assert convenu.valeur("absence_demande", JOUR).fait.source == "accord de votre entreprise"
    assert entreprise.accorde("entreprise.absence_demande") and not entreprise.accorde("temps.delai_60_jours")
    assert DROIT.montant("absence_demande", JOUR) == 60  # la loi, elle, ne change pas

    situation = Situation(JOUR, statut="salarie_prive", date_debut=date(2027, 3, 15))
    dates = {e.code: e for e in retroplanning(situation, JOUR, convenu, chemin="cpf_temps_travail")}
    assert dates["demande_absence"].date == date(2027, 2, 13)
    assert (dates["demande_absence"].fait, dates["reponse_employeur"].fait) == (
        "entreprise.absence_demande",
        "entreprise.absence_reponse",
    )


def test_la_lettre_cite_l_accord_pour_le_delai_et_la_loi_pour_le_silence(tmp_path: Path) -> None:
    entreprise = lire(tmp_path, accord={"absence_demande": 30, "absence_reponse": 15})
    modele = modeles_en_place()["demande_absence"]
    debut = Valeur("", "", date(2027, 1, 10))
    calcules = deduire(modele, {"date_debut": debut}, JOUR, DROIT, entreprise)
    assert (calcules["delai_demande"].ecrit, calcules["delai_accord"].code) == ("30\u00a0jours\u00a0calendaires", "oui")
    assert (calcules["delai_tenu"].code, calcules["reponse_accord"].ecrit) == ("oui", "15\u00a0jours\u00a0calendaires")
    recue = {"date_reception": Valeur("", "", date(2026, 11, 1))}
    relance = deduire(modeles_en_place()["relance_silence"], recue, JOUR, DROIT, entreprise)
    assert (relance["reponse_limite"].code, relance["silence_acquis"].code) == ("2026-12-01", "non")
    assert "delai_accord" in calcules and deduire(modele, {}, JOUR, DROIT, Entreprise())["delai_accord"].code == "non"


def test_une_reponse_promise_plus_tot_s_ajoute_a_la_date_du_silence(tmp_path: Path) -> None:
    faits = {"date_demande": "2026-11-20"}
    loi = _echeance(faits, JOUR, DROIT, contenus_en_place(), Entreprise())
    avec = _echeance(faits, JOUR, DROIT, contenus_en_place(), lire(tmp_path, accord={"absence_reponse": 15}))
    assert "20\u00a0décembre\u00a02026" in loi and "promet" not in loi
    assert avec.startswith(loi) and "5\u00a0décembre\u00a02026" in avec
