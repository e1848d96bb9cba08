"""Les dates à tenir : pour chaque chemin, son délai, son fait, et rien pour un chemin fermé."""

from typing import Any

import pytest

from tests.eligibilite.cas import AGENTS, bilan, depuis, il_y_a, juger, veille

CONVENTION = {"date": "2026-12-03", "reference": "employeur.delai_10_jours"}


def dates(**champs: Any) -> dict[str, Any]:
    trouve: dict[str, Any] = juger(**champs).en_json()["dates"]
    return trouve


def test_salarie_du_prive() -> None:
    assert dates(date_debut="2027-03-01") == {
        "cpf_temps_travail": {
            "demande_absence_au_plus_tard": {"date": "2026-12-31", "reference": "temps.delai_60_jours"},
            "reponse_employeur_au_plus_tard": {"date": "2026-12-23", "reference": "temps.reponse_30_jours"},
            "delai_tenu": True,
        },
        "plan_employeur": {"signature_convention_au_plus_tard": CONVENTION},
    }


def test_bilan_long() -> None:
    absence = dates(date_debut="2027-03-01", duree_mois=6)["cpf_temps_travail"]
    assert absence["demande_absence_au_plus_tard"] == {"date": "2026-11-01", "reference": "temps.delai_120_jours"}
    assert absence["delai_tenu"] is False


def test_sans_date_de_debut_seules_les_dates_qui_n_en_dependent_pas() -> None:
    reponse = {"reponse_employeur_au_plus_tard": {"date": "2026-12-23", "reference": "temps.reponse_30_jours"}}
    assert dates()["cpf_temps_travail"] == reponse
    assert dates(duree_mois=8)["cpf_temps_travail"] == reponse


def test_date_de_debut_passee() -> None:
    absence = dates(date_debut="2026-01-01")["cpf_temps_travail"]
    assert absence["demande_absence_au_plus_tard"]["date"] == "2025-11-02"
    assert absence["delai_tenu"] is False


@pytest.mark.parametrize("duree", [None, 3, 12])
@pytest.mark.parametrize(
    ("statut", "demande", "reponse"),
    [
        ("agent_fpt", "fpt.demande", "fpt.reponse"),
        ("agent_fph", "fph.demande_temps_travail", "fph.reponse_temps_travail"),
    ],
)
def test_agents_territoriaux_et_hospitaliers(statut: str, demande: str, reponse: str, duree: int | None) -> None:
    assert dates(statut=statut, date_debut="2027-03-01", duree_mois=duree) == {
        "conge_public": {
            "demande_absence_au_plus_tard": {"date": "2026-12-31", "reference": demande},
            "reponse_employeur_au_plus_tard": {"date": "2026-12-23", "reference": reponse},
            "delai_tenu": True,
        }
    }


def test_agent_de_l_etat() -> None:
    attendu = {"reponse_employeur_au_plus_tard": {"date": "2027-01-23", "reference": "fpe.reponse"}}
    assert dates(statut="agent_fpe", date_debut="2027-03-01") == {"conge_public": attendu}
    fin = dates(statut="agent_fpe", date_evaluation="2026-12-31")["conge_public"]
    assert fin["reponse_employeur_au_plus_tard"]["date"] == "2027-02-28"


@pytest.mark.parametrize("statut", AGENTS)
def test_agent_sans_date_de_debut(statut: str) -> None:
    assert list(dates(statut=statut)["conge_public"]) == ["reponse_employeur_au_plus_tard"]


def test_rien_pour_un_chemin_ferme() -> None:
    arret = dates(arret="maladie", date_debut="2027-03-01", conge_reclassement=True)
    assert arret == {
        "plan_employeur": {"signature_convention_au_plus_tard": CONVENTION},
        "conge_reclassement": {"signature_convention_au_plus_tard": CONVENTION},
    }
    assert dates(statut="agent_fpt", dernier_bilan=bilan(il_y_a(1)), date_debut="2027-03-01") == {}


def test_un_chemin_a_verifier_garde_ses_dates() -> None:
    assert "cpf_temps_travail" in dates(dernier_bilan=None, date_debut="2027-03-01")


@pytest.mark.parametrize("statut", ["independant", "demandeur_emploi", "retraite_taux_plein", None])
def test_rien_a_demander_rien_a_dater(statut: str | None) -> None:
    assert dates(statut=statut, date_debut="2027-03-01") == {}


def test_avant_la_premiere_valeur_connue_le_delai_reste_le_plus_ancien() -> None:
    jour = veille(depuis("absence_demande"))
    absence = dates(date_evaluation=str(jour), date_debut="2019-06-01")["cpf_temps_travail"]
    assert absence["demande_absence_au_plus_tard"] == {"date": "2019-04-02", "reference": "temps.delai_60_jours"}
