"""Lecture d'une situation : chaque champ refusé est nommé, avec ce qu'il admet."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from actions.eligibilite import DernierBilan, ErreurSituation, Situation, lire_situation
from tests.eligibilite.cas import FINANCEURS_COMPTES, JOUR, STATUTS

MONTANTS = ("solde_cpf", "prix", "dotation_employeur", "financement_opco", "autres_financements")
BOOLEENS = ("abondement_c2p_ou_atmp", "accord_caisse", "conge_reclassement", "agent_prioritaire")
ENUMERES = {
    "statut": STATUTS,
    "contrat": (
        "cdi",
        "cdd",
        "interim",
        "apprentissage",
        "professionnalisation",
        "particulier_employeur",
        "titulaire",
        "contractuel",
    ),
    "initiative": ("salarie", "employeur"),
    "arret": ("aucun", "maladie", "at_mp"),
}
DATES = "une date AAAA-MM-JJ, du 1900-01-01 au 2199-12-31"
EUROS = "un montant en euros de 0 à 999999999, deux décimales au plus"


def lire(**champs: Any) -> Situation:
    return lire_situation({"date_evaluation": JOUR, **champs})


def refus(brut: object) -> tuple[str, str]:
    with pytest.raises(ErreurSituation) as trouve:
        lire_situation(brut)
    assert str(trouve.value) == f"{trouve.value.champ} : valeurs admises : {trouve.value.admis}"
    return trouve.value.champ, trouve.value.admis


def refus_de(**champs: Any) -> tuple[str, str]:
    return refus({"date_evaluation": JOUR, **champs})


def test_la_date_seule_suffit_et_tout_le_reste_est_inconnu() -> None:
    assert lire() == Situation(date(2026, 11, 23))
    assert (lire().statut, lire().dernier_bilan, lire().prix) == (None, None, None)
    assert lire().abondements == 0


def test_null_vaut_absent() -> None:
    champs = [*ENUMERES, *MONTANTS, *BOOLEENS]
    champs += ["dernier_bilan", "services_effectifs_mois", "date_debut", "duree_mois"]
    assert lire(**dict.fromkeys(champs)) == lire()


@pytest.mark.parametrize("champ", ENUMERES)
def test_un_champ_enumere_n_admet_que_ses_valeurs(champ: str) -> None:
    for valeur in ENUMERES[champ]:
        assert getattr(lire(**{champ: valeur}), champ) == valeur
    for valeur in ("", "autre", ENUMERES[champ][0].upper(), f" {ENUMERES[champ][0]}", 0, True, [], {}):
        assert refus_de(**{champ: valeur}) == (champ, ", ".join(ENUMERES[champ]))


@pytest.mark.parametrize("champ", BOOLEENS)
def test_un_booleen_n_est_ni_un_nombre_ni_une_chaine(champ: str) -> None:
    for valeur in (True, False):
        assert getattr(lire(**{champ: valeur}), champ) is valeur
    for mauvais in (0, 1, "true", "", [], Decimal(1)):
        assert refus_de(**{champ: mauvais}) == (champ, "true, false")


@pytest.mark.parametrize("champ", MONTANTS)
def test_un_montant_est_un_nombre_positif_au_centime(champ: str) -> None:
    valides = (0, 0.0, 1600, 102.23, Decimal("102.23"), Decimal("1.50000"), Decimal("1E+3"), 999_999_999)
    for valeur in valides:
        assert getattr(lire(**{champ: valeur}), champ) == Decimal(str(valeur))
    mauvais: tuple[object, ...] = (-1, -0.01, "1600", "", True, False, [], {}, 0.001, Decimal("102.235"))
    mauvais += (1_000_000_000, Decimal("999999999.01"), 10**5000, Decimal("1E+999999"), Decimal("1E-999999"))
    mauvais += (float("nan"), float("inf"), Decimal("NaN"), Decimal("sNaN"), Decimal("-Infinity"))
    for valeur in mauvais:
        assert refus_de(**{champ: valeur}) == (champ, EUROS)


def test_les_services_sont_un_entier_de_mois() -> None:
    admis = "un nombre entier de mois de 0 à 999999999"
    for valeur in (0, 24, 480):
        assert lire(services_effectifs_mois=valeur).services_effectifs_mois == valeur
    for mauvais in (-1, 24.0, Decimal("24.5"), "24", True, 10**9, []):
        assert refus_de(services_effectifs_mois=mauvais) == ("services_effectifs_mois", admis)


def test_la_duree_est_un_nombre_de_mois() -> None:
    for valeur in (0, 3, 5.5, Decimal("5.999")):
        assert lire(duree_mois=valeur).duree_mois == Decimal(str(valeur))
    for mauvais in (-1, "3", False, 10**9, float("nan"), {}):
        assert refus_de(duree_mois=mauvais) == ("duree_mois", "un nombre de mois de 0 à 999999999")


@pytest.mark.parametrize("champ", ["date_evaluation", "date_debut"])
def test_une_date_s_ecrit_aaaa_mm_jj(champ: str) -> None:
    for valeur in ("1900-01-01", "2024-02-29", "2199-12-31"):
        assert getattr(lire(**{champ: valeur}), champ) == date.fromisoformat(valeur)
    mauvais: tuple[object, ...] = ("2026-02-29", "2026-13-01", "20261123", "2026-W48-1", "23/11/2026", "")
    mauvais += ("2026-11-23T00:00:00", "2026-11-23\n", "٢٠٢٦-11-23", "1899-12-31", "2200-01-01", 20261123, True)
    for valeur in mauvais:
        assert refus_de(**{champ: valeur}) == (champ, DATES)


@pytest.mark.parametrize("brut", [{}, {"date_evaluation": None}, {"statut": "salarie_prive"}])
def test_la_date_d_evaluation_est_obligatoire(brut: object) -> None:
    assert refus(brut) == ("date_evaluation", "une date AAAA-MM-JJ, obligatoire")


@pytest.mark.parametrize("brut", [None, 5, "texte", True, [], [{"date_evaluation": JOUR}]])
def test_une_situation_est_un_objet(brut: object) -> None:
    assert refus(brut) == ("situation", "un objet JSON")


def test_un_champ_inconnu_est_refuse_meme_nul() -> None:
    champ, admis = refus_de(age=None)
    assert champ == "champ inconnu 'age'"
    assert admis.startswith("date_evaluation, statut, contrat") and admis.endswith("date_debut, duree_mois")
    assert len(admis.split(", ")) == 18
    assert refus_de(**{"é" * 100: 1})[0] == "champ inconnu '" + ("\\xe9" * 20)[:59]


@pytest.mark.parametrize("financeur", [*FINANCEURS_COMPTES, "employeur", "soi_meme", "inconnu"])
def test_chaque_financeur_est_lu(financeur: str) -> None:
    lu = lire(dernier_bilan={"date": "2020-05-04", "financeur": financeur}).dernier_bilan
    assert lu == DernierBilan(date(2020, 5, 4), financeur)  # type: ignore[arg-type]


@pytest.mark.parametrize("vide", [{}, {"date": None}, {"financeur": None}, {"date": None, "financeur": None}])
def test_un_bilan_peut_n_avoir_ni_date_ni_financeur_connus(vide: dict[str, Any]) -> None:
    assert lire(dernier_bilan=vide).dernier_bilan == DernierBilan(None, "inconnu")


def test_aucun_bilan_n_est_pas_un_bilan_inconnu() -> None:
    assert lire(dernier_bilan="aucun").dernier_bilan == "aucun"
    assert lire(dernier_bilan=None).dernier_bilan is None


def test_un_bilan_mal_forme_est_refuse() -> None:
    for mauvais in ("jamais", "Aucun", "", [], True, 2020):
        assert refus_de(dernier_bilan=mauvais) == ("dernier_bilan", 'null, "aucun", {date, financeur}')
    assert refus_de(dernier_bilan={"date": "aucune"}) == ("dernier_bilan.date", DATES)
    assert refus_de(dernier_bilan={"date": "inconnu"}) == ("dernier_bilan.date", DATES)
    champ, admis = refus_de(dernier_bilan={"financeur": "banque"})
    assert champ == "dernier_bilan.financeur"
    assert admis.split(", ") == [*FINANCEURS_COMPTES, "employeur", "soi_meme", "inconnu"]
    assert refus_de(dernier_bilan={"prix": 3}) == ("champ inconnu dernier_bilan.'prix'", "date, financeur")


def test_un_bilan_du_futur_est_refuse() -> None:
    assert lire(dernier_bilan={"date": JOUR}).dernier_bilan == DernierBilan(date(2026, 11, 23))
    attendu = ("dernier_bilan.date", "une date qui ne suit pas date_evaluation")
    assert refus_de(dernier_bilan={"date": "2026-11-24"}) == attendu


def test_une_date_de_debut_passee_est_admise() -> None:
    assert lire(date_debut="2020-01-01").date_debut == date(2020, 1, 1)


def test_le_prix_nul_est_un_prix() -> None:
    assert lire(prix=0).prix == 0
