"""Un fait nouveau remplace l'ancien, et rien de ce qui en dépendait ne reste."""

from typing import Any

import pytest

from actions.droit import droit_en_place
from actions.parcours.dernier_bilan import situer_le_bilan
from actions.parcours.faits import mettre_a_jour, situation_de
from tests.parcours.profils import JOUR

BILAN = {"dernier_bilan": "oui", "dernier_bilan_date": "2023", "dernier_bilan_financeur": "cpf"}
PRIVE = {"statut": "salarie_prive", "contrat": "cdd", "fin_contrat": "2027-03-31", "initiative": "employeur"}


def apres(faits: dict[str, Any], nouveaux: dict[str, Any]) -> dict[str, Any]:
    return {
        champ: valeur for champ, valeur in {**faits, **mettre_a_jour(faits, nouveaux)}.items() if valeur is not None
    }


@pytest.mark.parametrize(
    ("faits", "nouveaux", "attendu"),
    [
        (BILAN, {"dernier_bilan": "aucun"}, {"dernier_bilan": "aucun"}),
        ({"dernier_bilan_date": "2023"}, {"dernier_bilan": "aucun"}, {"dernier_bilan": "aucun"}),
        (BILAN, {"dernier_bilan": "recent"}, {"dernier_bilan": "recent", "dernier_bilan_financeur": "cpf"}),
        (BILAN, {"dernier_bilan_date": "2015"}, {**BILAN, "dernier_bilan_date": "2015"}),
        (
            PRIVE,
            {"statut": "salarie_prive", "contrat": "interim"},
            {"statut": "salarie_prive", "contrat": "interim", "initiative": "employeur"},
        ),
        (PRIVE, {"agent_public": True}, {"agent_public": True}),
        (PRIVE, {"statut": "demandeur_emploi"}, {"statut": "demandeur_emploi"}),
        ({"agent_public": True}, {"statut": "salarie_prive"}, {"statut": "salarie_prive"}),
        (
            {"statut": "agent_fpt", "contrat": "titulaire", "agent_prioritaire": True},
            {"statut": "agent_fph"},
            {"statut": "agent_fph", "contrat": "titulaire", "agent_prioritaire": True},
        ),
        ({"statut": "agent_fpt"}, {"contrat": "cdd"}, {"statut": "agent_fpt", "contrat": "contractuel"}),
        (
            {"arret": "maladie", "arret_depuis": "2026-03", "accord_caisse": True},
            {"arret": "at_mp"},
            {"arret": "at_mp", "arret_depuis": "2026-03", "accord_caisse": True},
        ),
        (
            {"arret": "maladie", "arret_depuis": "2026-03", "accord_caisse": True},
            {"arret": "aucun"},
            {"arret": "aucun"},
        ),
        (
            {"autre_payeur": "employeur", "montant_aide": 500, "dotation_employeur": 500},
            {"autre_payeur": "aucun"},
            {"autre_payeur": "aucun"},
        ),
        (
            {},
            {"dotation_employeur": 500},
            {"dotation_employeur": 500, "autre_payeur": "employeur", "montant_aide": 500},
        ),
        ({}, {"fin_contrat": "2027-03-31"}, {"fin_contrat": "2027-03-31", "contrat": "cdd"}),
    ],
)
def test_une_correction_efface_ce_qui_dependait_de_l_ancien_fait(
    faits: dict[str, Any], nouveaux: dict[str, Any], attendu: dict[str, Any]
) -> None:
    assert apres(faits, nouveaux) == attendu


@pytest.mark.parametrize(
    ("dite", "attendu"),
    [
        ("2022-11-27/..", {"dernier_bilan": "recent"}),
        ("../2019-11-27", {"dernier_bilan": "ancien"}),
        ("2016-11-27/..", {"dernier_bilan": "oui"}),  # « moins de dix ans » : des deux côtés du délai
        ("../2023-11-27", {"dernier_bilan": "oui"}),
        ("2021", {"dernier_bilan_date": "2021"}),
    ],
)
def test_un_bout_seul_situe_le_bilan_sans_le_dater(dite: str, attendu: dict[str, str]) -> None:
    assert situer_le_bilan({"dernier_bilan_date": dite}, JOUR, droit_en_place()) == attendu


def test_d_une_date_a_peu_pres_le_coeur_recoit_un_jour_passe() -> None:
    for dite in ("2021", f"{JOUR.year}", f"{JOUR.isoformat()}~"):
        lu = situation_de({"dernier_bilan_date": dite, "dernier_bilan_financeur": "cpf"}, JOUR).dernier_bilan
        assert lu is not None and lu != "aucun" and lu.date is not None and lu.date <= JOUR


def test_un_handicap_dit_ne_se_garde_qu_au_public() -> None:
    prive, public = {"statut": "salarie_prive"}, {"statut": "agent_fpt"}
    assert mettre_a_jour(prive, {"agent_prioritaire": True}) == {}
    assert mettre_a_jour(public, {"agent_prioritaire": True}) == {"agent_prioritaire": True}
    assert mettre_a_jour({"agent_prioritaire": True}, prive) == {**prive, "agent_prioritaire": None}
