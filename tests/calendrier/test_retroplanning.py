"""Le calendrier à rebours : chaque date vient d'une règle, et la première date proposée est la bonne."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.calendrier import Etape, Jours, premiere_date_tenable, retroplanning, textes
from actions.calendrier.retroplanning import voie_par_defaut
from actions.droit import droit_en_place, parametres_cites
from actions.eligibilite import Situation
from actions.eligibilite.dates import ajouter_mois
from actions.eligibilite.situation import Contrat, Statut

DROIT = droit_en_place()
JOUR = date(2026, 11, 23)
DEBUT = date(2027, 3, 2)
SALARIE = Situation(JOUR, statut="salarie_prive", date_debut=DEBUT, duree_mois=Decimal(2))


def etapes(situation: Situation = SALARIE, jour: date = JOUR, chemin: str | None = None) -> dict[str, Etape]:
    return {e.code: e for e in retroplanning(situation, jour, DROIT, chemin=chemin)}


def test_sur_le_temps_de_travail_toutes_les_etapes_dans_l_ordre() -> None:
    assert list(etapes()) == [
        "identite_numerique",
        "entretiens_prestataires",
        "demande_absence",
        "reponse_employeur",
        "demande_cpf",
        "validation_titulaire",
        "debut",
        "fin",
    ]


def test_les_dates_sont_celles_des_regles() -> None:
    calculees = {code: (e.date, e.fait, e.origine) for code, e in etapes().items()}
    assert calculees["demande_absence"] == (DEBUT - timedelta(days=60), "temps.delai_60_jours", "loi")
    assert calculees["reponse_employeur"] == (DEBUT - timedelta(days=30), "temps.reponse_30_jours", "loi")
    assert calculees["demande_cpf"] == (date(2027, 2, 15), "mcf.delai_11_jours", "usage")
    assert calculees["validation_titulaire"] == (date(2027, 2, 23), "mcf.validation_titulaire", "usage")
    assert calculees["fin"] == (date(2027, 4, 30), "def.etalement", "souhait")


@pytest.mark.parametrize(("mois", "jours"), [("5.9", 60), ("6", 120)])
def test_un_bilan_long_se_demande_plus_tot(mois: str, jours: int) -> None:
    demande = etapes(replace(SALARIE, date_debut=date(2027, 6, 1), duree_mois=Decimal(mois)))["demande_absence"]
    assert demande.date == date(2027, 6, 1) - timedelta(days=jours)


def test_hors_temps_de_travail_rien_n_est_demande_a_l_employeur() -> None:
    assert not {"demande_absence", "reponse_employeur"} & set(etapes(chemin="cpf_hors_temps"))


@pytest.mark.parametrize("arret", ["maladie", "at_mp"])
def test_pendant_un_arret_l_accord_vient_d_abord(arret: str) -> None:
    codes = list(etapes(replace(SALARIE, arret=arret)))  # type: ignore[arg-type]
    assert codes.index("accord_caisse") < codes.index("entretiens_prestataires")
    assert "demande_absence" not in codes
    assert "accord_caisse" not in etapes(replace(SALARIE, arret=arret, accord_caisse=True))  # type: ignore[arg-type]


def test_un_agent_titulaire_en_arret_demande_un_avis_medical() -> None:
    agent = Situation(JOUR, statut="agent_fpe", contrat="titulaire", arret="maladie", date_debut=DEBUT)
    assert {"avis_medical"} <= set(etapes(agent)) and "accord_caisse" not in etapes(agent)


@pytest.mark.parametrize("statut", ["agent_fpt", "agent_fph"])
def test_un_agent_demande_soixante_jours_avant(statut: str) -> None:
    agent = Situation(JOUR, statut=statut, services_effectifs_mois=60, date_debut=DEBUT)  # type: ignore[arg-type]
    calculees = etapes(agent)
    assert calculees["demande_absence"].date == DEBUT - timedelta(days=60)
    assert calculees["demande_absence"].fait.startswith(statut.removeprefix("agent_"))
    assert "demande_cpf" not in calculees


@pytest.mark.parametrize(("ecart", "tenable"), [(-1, False), (0, True), (1, True)])
def test_un_agent_de_l_etat_a_sa_reponse_avant_le_debut(ecart: int, tenable: bool) -> None:
    debut = ajouter_mois(JOUR, 2) + timedelta(days=ecart)
    reponse = etapes(Situation(JOUR, statut="agent_fpe", date_debut=debut))["reponse_employeur"]
    assert reponse.tenable is tenable and reponse.fait == "fpe.reponse"


def test_au_plan_la_convention_arrive_dix_jours_avant() -> None:
    calculees = etapes(chemin="plan_employeur")
    assert calculees["projet_convention"].date == DEBUT - timedelta(days=10)
    assert calculees["demande_plan"].date < calculees["projet_convention"].date


@pytest.mark.parametrize(("ecart", "tenable"), [(59, False), (60, True), (61, True)])
def test_une_date_trop_proche_se_voit(ecart: int, tenable: bool) -> None:
    proche = replace(SALARIE, date_debut=JOUR + timedelta(days=ecart))
    assert etapes(proche)["demande_absence"].tenable is tenable


def test_la_premiere_date_tenable_est_proposee() -> None:
    assert premiere_date_tenable(SALARIE, JOUR, DROIT) == JOUR + timedelta(days=60)
    assert premiere_date_tenable(SALARIE, JOUR, DROIT, chemin="cpf_hors_temps") == date(2026, 12, 8)
    assert premiere_date_tenable(replace(SALARIE, duree_mois=Decimal(6)), JOUR, DROIT) == date(2027, 3, 23)
    assert premiere_date_tenable(Situation(JOUR, statut="agent_fpe"), JOUR, DROIT) == date(2027, 1, 25)


def test_un_conseil_passe_se_fait_aujourd_hui() -> None:
    calculees = etapes(replace(SALARIE, date_debut=JOUR + timedelta(days=62)))
    assert calculees["identite_numerique"].date == JOUR and calculees["identite_numerique"].tenable


def test_sans_date_souhaitee_aucun_calendrier() -> None:
    assert retroplanning(replace(SALARIE, date_debut=None), JOUR, DROIT) == []


def test_les_feries_d_alsace_avancent_la_demande() -> None:
    paques = replace(SALARIE, date_debut=date(2027, 4, 6))
    ailleurs, alsace = (
        {e.code: e.date for e in retroplanning(paques, JOUR, DROIT, jours=Jours(option))}["demande_cpf"]
        for option in (False, True)
    )
    assert alsace == ailleurs - timedelta(days=1)


SITUATIONS = st.builds(
    Situation,
    date_evaluation=st.just(JOUR),
    statut=st.sampled_from([None, *get_args(Statut)]),
    contrat=st.sampled_from([None, *get_args(Contrat)]),
    arret=st.sampled_from([None, "aucun", "maladie", "at_mp"]),
    accord_caisse=st.sampled_from([None, True, False]),
    conge_reclassement=st.sampled_from([None, True]),
    services_effectifs_mois=st.sampled_from([None, 6, 60]),
    date_debut=st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    duree_mois=st.sampled_from([None, Decimal("0.5"), Decimal(3), Decimal(6), Decimal("11.5")]),
)
JOURS = st.dates(date(2026, 3, 1), date(2027, 12, 31))


@settings(max_examples=300, deadline=None)
@given(SITUATIONS, JOURS)
def test_toute_situation_a_un_calendrier_en_ordre_et_source(situation: Situation, jour: date) -> None:
    plan = retroplanning(situation, jour, DROIT)
    assert [e.date for e in plan] == sorted(e.date for e in plan)
    assert len({e.code for e in plan}) == len(plan) and "debut" in {e.code for e in plan}
    for etape in plan:
        assert DROIT.faits[etape.fait].confiance in ("sur", "probable")
        assert etape.code in textes()["etapes"]
        assert etape.origine == "conseil" or not etape.tenable or etape.date >= jour
    assert plan == retroplanning(situation, jour, DROIT)


@settings(max_examples=60, deadline=None)
@given(SITUATIONS, JOURS)
def test_la_premiere_date_tenable_l_est_et_aucune_avant(situation: Situation, jour: date) -> None:
    chemin = voie_par_defaut(replace(situation, date_evaluation=jour), DROIT)
    premiere = premiere_date_tenable(situation, jour, DROIT, chemin=chemin)
    assert premiere is not None and Jours().est_ouvre(premiere)

    def tient(debut: date) -> bool:
        essai = replace(situation, date_debut=debut)
        return all(e.tenable for e in retroplanning(essai, jour, DROIT, chemin=chemin))

    assert tient(premiere)
    avant = [jour + timedelta(days=i) for i in range((premiere - jour).days)]
    assert not any(tient(debut) for debut in avant if Jours().est_ouvre(debut))


def test_les_textes_sont_complets_sans_chiffre_tape() -> None:
    for code, etape in textes()["etapes"].items():
        assert etape["titre"]
        assert etape.get("fait") in DROIT.faits or code in ("demande_absence", "reponse_employeur")
        for texte in (etape["titre"], etape.get("reserve", "")):
            assert not any(c.isdigit() for c in texte)
            assert parametres_cites(texte) <= set(DROIT.parametres)


def test_une_demande_du_samedi_compte_ses_jours_ouvres_du_lundi() -> None:
    samedi = date(2026, 11, 28)
    essai = replace(SALARIE, date_debut=date(2026, 12, 14))
    demande = etapes(essai, samedi, "cpf_hors_temps")["demande_cpf"]
    assert (demande.date, demande.tenable) == (samedi, True)
    assert not etapes(replace(essai, date_debut=date(2026, 12, 11)), samedi, "cpf_hors_temps")["demande_cpf"].tenable
