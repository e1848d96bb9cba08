"""Le bilan face à la fin de l'arrêt : où il tombe, ce qu'on en conclut, ce que deviennent calendrier et lettre."""

import time
from datetime import date
from typing import Any

import pytest

from actions.comprehension import periodes
from actions.contenus import contenus_en_place
from actions.droit import droit_en_place
from actions.parcours import arret_et_bilan, calendrier, fin_arret, lettre_voulue
from actions.parcours.catalogue import questions
from actions.parcours.faits import mettre_a_jour, situation_de

JOUR = date(2026, 11, 28)
DROIT, CONTENUS = droit_en_place(), contenus_en_place()
ARRET = {"statut": "salarie_prive", "arret": "maladie", "fin_arret": "2026-12-31"}


@pytest.mark.parametrize(
    ("debut", "fin", "dernier", "attendu"),
    [
        ("2027-01-04", "2026-12-31", None, "apres"),
        ("2026-12-31", "2026-12-31", None, "pendant"),
        ("2027-01", "2027-01-15", None, "incertain"),
        ("2027-01-11", "2027-02-20", date(2027, 3, 12), "a_cheval"),
        ("2027-02", "2027-01-20/2027-01-31", None, "apres"),
    ],
)
def test_un_bilan_se_situe_face_a_la_fin_de_l_arret(debut: str, fin: str, dernier: date | None, attendu: str) -> None:
    assert fin_arret.comparer(periodes.lire(debut), periodes.lire(fin), dernier) == attendu


def test_apres_l_arret_le_coeur_ne_voit_plus_d_arret() -> None:
    assert situation_de({**ARRET, "date_debut": "2027-03-01"}, JOUR).arret == "aucun"
    assert situation_de({**ARRET, "date_debut": "2026-12-15"}, JOUR).arret == "maladie"
    assert situation_de(ARRET, JOUR).arret == "maladie"


def test_la_date_se_demande_avant_l_accord() -> None:
    assert questions("planifier", ARRET, [], JOUR, DROIT) == ["date_debut"]
    assert questions("planifier", {**ARRET, "date_debut": "2026-12-15"}, [], JOUR, DROIT) == ["accord_caisse"]
    assert questions("planifier", {**ARRET, "date_debut": "2027-03-01"}, [], JOUR, DROIT) == ["moment"]


@pytest.mark.parametrize(
    ("anciens", "dits", "attendu"),
    [
        ({}, {"fin_arret": "2027-01-03"}, {"fin_arret": "2027-01-03", "arret": "maladie"}),
        ({"arret": "at_mp"}, {"fin_arret": "2027-01-20"}, {"fin_arret": "2027-01-20"}),
        ({"arret": "aucun"}, {"fin_arret": "2027-02-28"}, {}),
        ({"arret": "maladie", "fin_arret": "2026-12-31"}, {"arret": "aucun"}, {"arret": "aucun", "fin_arret": None}),
    ],
)
def test_une_fin_d_arret_se_retient_avec_son_arret(
    anciens: dict[str, Any], dits: dict[str, Any], attendu: dict[str, Any]
) -> None:
    assert mettre_a_jour(anciens, dits) == attendu


@pytest.mark.parametrize(
    ("texte", "faits", "cas", "dit"),
    [
        ("je reprends le 4 janvier, je peux commencer un bilan le 15 décembre ?", {}, "pendant", "4 janvier 2027"),
        ("arrêt jusqu'au 20 février, bilan du 11 janvier au 12 mars, c'est grave ?", {}, "a_cheval", "12 mars 2027"),
        (
            "arrêt jusqu'au 15 janvier, le bilan dure 10 semaines à partir du 7 décembre, c'est bon ?",
            {},
            "a_cheval",
            "15 février 2027",
        ),
        ("mon arrêt finit le 10 janvier, si je commence le 20 faut l'accord de la sécu ?", {}, "apres", "20 janvier"),
        ("et après j'ai encore besoin de la caisse ?", ARRET, "apres_sans_date", "1er janvier 2027"),
    ],
)
def test_la_conclusion_vient_des_deux_dates(texte: str, faits: dict[str, Any], cas: str, dit: str) -> None:
    rendue = arret_et_bilan.repondre(texte, faits, JOUR, CONTENUS)
    assert rendue is not None
    (message,) = rendue.messages
    assert message.reponse == f"utter_arret_bilan_{cas}"
    assert dit in " ".join(map(str, message.mots.values())).replace("\u00a0", " ")


@pytest.mark.parametrize(
    "texte",
    [
        "je suis en arrêt jusqu'au 15 janvier, combien coûte un bilan ?",
        "je suis en arrêt jusqu'au 15 janvier",
        "je peux avoir le détail ?",
        "mon CDD finit en janvier, arrêt jusqu'au 15, j'ai droit à un bilan ?",
    ],
)
def test_une_autre_question_garde_sa_reponse(texte: str) -> None:
    assert arret_et_bilan.repondre(texte, ARRET, JOUR, CONTENUS) is None


def test_le_calendrier_apres_l_arret_est_ferme_et_livre_ses_rappels() -> None:
    faits = {**ARRET, "date_debut": "2027-03-01", "moment": "temps_travail", "duree_mois": 2.0}
    arret, plan = calendrier.presenter(faits, JOUR, DROIT, CONTENUS)
    assert arret.reponse == "utter_calendrier_fin_arret" and "demande d'absence" in str(arret.mots["plan"])
    assert plan.reponse == "utter_calendrier" and plan.documents


def test_le_calendrier_dit_qu_un_plan_depasse_l_arret() -> None:
    faits = {**ARRET, "date_debut": "2026-12-15", "duree_mois": 2.0, "accord_caisse": False}
    messages = calendrier.presenter(faits, JOUR, DROIT, CONTENUS)
    assert messages[0].reponse == "utter_calendrier_fin_arret" and "dépasse" in str(messages[0].mots["plan"])
    assert not messages[-1].documents


def test_la_lettre_a_l_employeur_vaut_pour_apres_l_arret() -> None:
    demande = ["écris la lettre à mon employeur"]
    assert lettre_voulue.nommee(demande, {**ARRET, "date_debut": "2027-03-01"}) == "demande_absence"
    assert lettre_voulue.nommee(demande, {**ARRET, "date_debut": "2026-12-15"}) is None
    assert lettre_voulue.nommee(demande, {"arret": "maladie"}) is None


def test_un_message_hostile_ne_fait_pas_tourner() -> None:
    for motif in ("arrêt ", "jusqu'au 1 ", "je reprends le ", "la caisse pas réponse ", "le 4 janvier "):
        debut = time.process_time()
        texte = (motif * 400)[:2000] + " je peux ?"
        arret_et_bilan.repondre(texte, ARRET, JOUR, CONTENUS)
        assert time.process_time() - debut < 1
