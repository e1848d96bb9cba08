"""La demande CPF : on coche avec ses mots, à chaque étape, et le rang ne recule jamais."""

from typing import Any

import pytest

from actions.contenus import contenus_en_place
from actions.droit import droit_en_place
from actions.parcours import demande_cpf, suites
from tests.parcours.profils import JOUR
from tests.parcours.test_conclusions import PRIVE

DROIT, CONTENUS = droit_en_place(), contenus_en_place()
ETAPES = ["identite", "solde", "comparer", "demande", "validation"]


@pytest.mark.parametrize(
    ("dit", "lu"),
    [
        ("c'est fait", "faite"),
        ("Fait", "faite"),
        ("ok c bon", "faite"),
        ("voilà c'est fait merci", "faite"),
        ("étape suivante", "faite"),
        ("terminé", "faite"),
        ("j'ai créé mon compte", "identite"),
        ("ok j'ai mon identité numérique", "identite"),
        ("j'ai noté mon solde", "solde"),
        ("j'ai 1200 euros", "solde"),
        ("j'ai rencontré deux prestataires", "comparer"),
        ("j'ai envoyé ma demande", "demande"),
        ("c'est validé", "validation"),
        ("pas encore", "gardee"),
        ("retour", "defaite"),
        ("et maintenant ?", "rappel"),
        ("je veux créer mon compte", None),
        ("j'ai pas réussi à créer mon compte", None),
        ("c'est fait par qui le bilan ?", None),
        ("combien dure un bilan ?", None),
        ("ok", None),
        ("merci", None),
    ],
)
def test_ce_qu_un_message_dit_d_une_etape(dit: str, lu: str | None) -> None:
    assert suites.lire(dit, ETAPES) == lu


def test_l_accord_du_medecin_seul_ne_suffit_pas() -> None:
    assert suites.lire("mon médecin est d'accord", ["accord_arret"]) is None
    assert suites.lire("la caisse a dit oui", ["accord_arret"]) == "accord_arret"


def rang(faits: dict[str, Any], faites: list[str]) -> tuple[int, int]:
    (message,) = demande_cpf.etape_en_cours(faits, faites, JOUR, DROIT)
    return message.mots["rang"], message.mots["total"]


def test_on_coche_jusqu_au_bout() -> None:
    faites: list[str] = []
    for numero, code in enumerate(demande_cpf.etapes(PRIVE, JOUR), start=1):
        assert demande_cpf.a_faire(PRIVE, faites, JOUR, DROIT)[0] == code
        assert rang(PRIVE, faites) == (numero, len(ETAPES))
        faites.append(code)
    (fin,) = demande_cpf.etape_en_cours(PRIVE, faites, JOUR, DROIT)
    assert fin.reponse == "utter_cpf_fin" and demande_cpf.a_faire(PRIVE, faites, JOUR, DROIT) == []


def test_une_etape_qui_s_ajoute_ou_s_en_va_ne_fait_pas_reculer() -> None:
    faites = ["identite", "solde"]
    assert rang(PRIVE, faites) == (3, 5)
    en_arret = {**PRIVE, "arret": "maladie"}
    assert rang(en_arret, faites) == (3, 6)
    assert demande_cpf.etapes(en_arret, JOUR, faites)[2] == "accord_arret"
    assert rang({**en_arret, "accord_caisse": True}, faites) == (4, 6)


def test_en_arret_sans_accord_aucune_date_n_est_promise() -> None:
    depart = demande_cpf.presenter({**PRIVE, "arret": "maladie"}, [], JOUR, DROIT, CONTENUS)[0]
    assert "Aucune date n'est sûre" in str(depart.mots["debut"]) and "2026" not in str(depart.mots["debut"])


def test_qui_reprend_ne_relit_pas_l_alerte() -> None:
    noms = [m.reponse for m in demande_cpf.presenter(PRIVE, ["identite"], JOUR, DROIT, CONTENUS)]
    assert noms == ["utter_cpf_depart", "utter_cpf_etape_solde"]


@pytest.mark.parametrize("faits", [{"statut": "agent_fpt"}, {"agent_public": True}, {"statut": "retraite_taux_plein"}])
def test_rien_a_cocher_quand_la_voie_n_est_pas_ouverte(faits: dict[str, Any]) -> None:
    assert demande_cpf.a_faire(faits, [], JOUR, DROIT) == []
