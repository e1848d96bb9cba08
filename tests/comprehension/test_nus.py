"""Un message qui n'est qu'un fait : ce qu'il dit, et ce qu'il ne suffit pas à dire."""

from datetime import date
from typing import Any

import pytest

from actions.comprehension import extraire
from actions.comprehension.nus import date_nue, jamais_fait, montant_nu, que_des_valeurs, statut_nu

JOUR = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("en CDI", {"contrat": "cdi"}),
        ("en cdi ds le privé", {"statut": "salarie_prive", "contrat": "cdi"}),
        ("fonctionnaire", {"agent_public": True}),
        ("caissière", {"statut": "salarie_prive"}),
        ("infirmière à l'hôpital", {"agent_public": True}),
        ("à l'hôpital", {}),
        ("usine", {}),
        ("CDI ?", {}),
        ("pour un CDD", {}),
        ("le CDI c'est quoi", {}),
    ],
)
def test_un_statut_ou_un_contrat_seuls(texte: str, attendu: dict[str, Any]) -> None:
    assert statut_nu(texte) == attendu


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("1200 euros", (1200, False)),
        ("j'ai environ 1 200 €", (1200, True)),
        ("1200", None),
        ("1200 euros par mois", None),
    ],
)
def test_une_somme_seule(texte: str, attendu: tuple[float, bool] | None) -> None:
    assert montant_nu(texte) == attendu


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [("1er mars 2027", "2027-03-01"), ("mars 2023", "2023-03"), ("le 12/03/2027", "2027-03-12"), ("3 mars", None)]
    + [(autre, None) for autre in ("12 mois", "2027", "mars", "je commence le 1er mars 2027")],
)
def test_une_date_seule_dit_son_annee(texte: str, attendu: str | None) -> None:
    assert date_nue(texte, JOUR) == attendu


@pytest.mark.parametrize(
    "texte", ["jamais fait", "non jamais fait de bilan", "en fait, jamais fait", "j'en ai jamais fait"]
)
def test_jamais_fait_parle_d_un_bilan(texte: str) -> None:
    assert jamais_fait(texte)
    assert "arret" not in extraire(texte, JOUR, "arret").valeurs


@pytest.mark.parametrize("texte", ["jamais", "jamais fait d'arrêt", "j'ai jamais fait de demande"])
def test_jamais_seul_ne_dit_pas_de_quoi(texte: str) -> None:
    assert not jamais_fait(texte)


def test_une_date_n_a_que_des_mots_de_date() -> None:
    assert all(map(que_des_valeurs, ("en 2027", "oui en mars 2024", "1890")))
    assert not any(map(que_des_valeurs, ("j'en ai marre depuis 2027", "en finir", "oui", "")))


def test_des_faits_a_la_suite_parlent_de_soi() -> None:
    lu = extraire("CDI, 900 € de CPF, arrêt maladie", JOUR).valeurs
    assert lu == {"contrat": "cdi", "solde_cpf": 900, "arret": "maladie"}
