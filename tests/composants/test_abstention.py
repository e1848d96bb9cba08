"""Répondre, demander ou dire qu'on n'a pas compris : la décision, sur des classements écrits à la main."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from composants.abstention import PROPOSITIONS_MAX, Abstention
from composants.classifieur_sujets import QUESTIONS
from composants.garde_detresse import DETRESSE_RECONNUE
from composants.sens_probables import Question, regrouper, sujets_des_propositions

Classement = list[tuple[str, float]]
# Seuils fixes : ceux du produit se règlent par la mesure, la règle de décision, ici.
SEUILS = {
    "seuil_reponse": 0.25,
    "marge": 0.03,
    "seuil_sans_marge": 0.60,
    "seuil_proposition": 0.10,
    "seuil_hors_sujet": 0.13,
    "part_hors_sujet": 0.1,
    "seuil_hors_sujet_court": 0.30,
    "refus_hesitant": 0.20,
    "seuil_question": 0.35,
    "seuil_question_ferme": 0.70,
    "seuil_suite": 0.30,
    "seuil_suite_demandee": 0.30,
    "seuil_idee_recue": 0.10,
    "seuil_parcours": 0.80,
    "seuil_acte_joint": 0.70,
}


def decider(
    classement: Classement,
    detresse: bool = False,
    questions: Classement | None = None,
    texte: str = "un long message ici",
    demande: bool = False,
) -> dict[str, Any]:
    def lire(paires: Classement) -> list[dict[str, Any]]:
        return [{"name": nom, "confidence": p} for nom, p in paires]

    message = Message(
        {
            TEXT: texte,
            INTENT_RANKING_KEY: lire(classement),
            QUESTIONS: [Question(lire([question]), demande) for question in questions or ()],
            DETRESSE_RECONNUE: detresse,
        }
    )
    assert Abstention.get_default_config().keys() == SEUILS.keys()
    Abstention(SEUILS).process([message])
    return message.get(INTENT)


@pytest.mark.parametrize(
    ("classement", "intention", "etiquette"),
    [
        ([("faq/duree", 0.9), ("faq/definition", 0.1)], "faq", "faq/duree"),
        ([("saluer", 0.8), ("faq/duree", 0.1)], "saluer", "saluer"),
        ([("hors_sujet/avis_medical", 0.6), ("faq/duree", 0.1)], "hors_sujet", "hors_sujet/avis_medical"),
        # Trop faible, mais le plus probable est hors sujet : on le dit plutôt que de faire répéter.
        ([("hors_sujet/avis_medical", 0.15), ("faq/duree", 0.14)], "hors_sujet", "hors_sujet/autre"),
        # La détresse se juge à part : que la garde n'ait rien vu laisse répondre le sens suivant.
        ([("exprimer_detresse", 0.8), ("faq/epuisement", 0.12)], "faq", "faq/epuisement"),
        ([("exprimer_detresse", 0.99), ("faq/epuisement", 0.005)], "nlu_fallback", None),
    ],
)
def test_un_classement_sur_donne_une_intention(classement: Classement, intention: str, etiquette: str | None) -> None:
    decision = decider(classement)
    assert (decision["name"], decision.get("etiquette")) == (intention, etiquette)
    assert ("propositions" in decision) is (etiquette is None)


@pytest.mark.parametrize(
    ("classement", "propositions"),
    [
        ([("faq/duree", 0.20), ("faq/definition", 0.19)], ["faq/duree", "faq/definition"]),
        ([("faq/duree", 0.40), ("faq/definition", 0.39)], ["faq/duree", "faq/definition"]),
        ([("faq/duree", 0.20), ("faq/definition", 0.02)], []),
        ([("faq/duree", 0.05), ("faq/definition", 0.04)], []),
        ([("faq/duree", 0.20), ("saluer", 0.19)], []),
    ],
)
def test_un_classement_faible_ou_serre_fait_demander(classement: Classement, propositions: list[str]) -> None:
    decision = decider(classement)
    assert decision["name"] == "nlu_fallback"
    assert decision["propositions"] == propositions


def test_un_soupcon_de_hors_sujet_ne_suffit_pas_pour_deux_mots() -> None:
    classement = [("faq/duree", 0.20), ("faq/definition", 0.19), ("hors_sujet/autre", 0.15)]
    assert decider(classement)["name"] == "hors_sujet"
    assert decider(classement, texte="mon patron")["propositions"] == ["faq/duree", "faq/definition"]


def test_un_soupcon_de_hors_sujet_cede_a_un_sujet_presque_certain() -> None:
    assert decider([("faq/duree", 0.96), ("hors_sujet/autre", 0.05)])["etiquette"] == "faq/duree"


def test_jamais_plus_de_trois_propositions() -> None:
    sujets = ["duree", "definition", "prix", "objectif", "deroulement"]
    decision = decider([(f"faq/{sujet}", 0.16 - rang / 100) for rang, sujet in enumerate(sujets)])
    assert len(decision["propositions"]) == PROPOSITIONS_MAX


def test_une_detresse_reconnue_l_emporte_sur_tout() -> None:
    decision = decider([("faq/duree", 0.99)], detresse=True, questions=[("faq/duree", 0.9), ("faq/prix", 0.9)])
    assert decision == {"name": "exprimer_detresse", "confidence": 1.0, "etiquette": "exprimer_detresse"}


@pytest.mark.parametrize(
    ("questions", "seconde"),
    [
        ([("faq/duree", 0.9), ("faq/prix", 0.8)], "faq/prix"),
        ([("faq/duree", 0.9), ("faq/prix", 0.2)], None),
        ([("faq/duree", 0.9), ("faq/duree", 0.8)], None),
        ([("faq/duree", 0.9), ("saluer", 0.8)], None),
        # Aucune proposition n'est le sujet du tout : la plus pesante suit quand même.
        ([("faq/prix", 0.9), ("faq/definition", 0.8)], "faq/prix"),
    ],
)
def test_deux_questions_sures_sur_deux_sujets(questions: Classement, seconde: str | None) -> None:
    decision = decider([("faq/duree", 0.5), ("faq/prix", 0.4)], questions=questions)
    assert decision["name"] == "faq" and decision["etiquette"] == "faq/duree"
    assert decision.get("seconde") == seconde


@pytest.mark.parametrize(
    ("classement", "seconde"),
    [
        # « Je suis à la mairie, combien d'absence ? » : le message entier dit la question.
        ([("faq/public_conge", 0.6)], None),
        # Rien de plus précis que la situation : la question se joint à elle.
        ([("faq/agent_public", 0.6)], "faq/temps_travail"),
    ],
)
def test_une_situation_n_est_pas_une_seconde_question(classement: Classement, seconde: str | None) -> None:
    decision = decider(classement, questions=[("faq/public_territorial", 0.9), ("faq/temps_travail", 0.9)])
    assert decision.get("seconde") == seconde


def test_une_reponse_qui_traite_les_deux_sujets_suffit() -> None:
    questions = [("faq/public_refus", 0.9), ("faq/employeur_refus", 0.9)]
    assert decider([("faq/public_refus", 0.6)], questions=questions).get("seconde") is None
    serre = [("idee_recue/remboursement_organisme", 0.5), ("faq/arnaque", 0.3)]
    assert "suites" not in decider(serre)


def test_deux_propositions_sures_se_passent_du_message_entier() -> None:
    decision = decider([("saluer", 0.10), ("faq/duree", 0.09)], questions=[("faq/duree", 0.9), ("faq/prix", 0.7)])
    assert (decision["name"], decision["etiquette"], decision["seconde"]) == ("faq", "faq/duree", "faq/prix")


def test_les_autres_sens_probables_s_offrent_deux_au_plus() -> None:
    classement = [("faq/duree", 0.9), ("faq/prix", 0.35), ("faq/objectif", 0.1)]
    questions = [("faq/duree", 0.9), ("faq/definition", 0.4), ("faq/deroulement", 0.5), ("saluer", 0.9)]
    assert decider(classement)["suites"] == ["faq/prix"]
    assert decider(classement, questions=questions)["suites"] == ["faq/prix", "faq/deroulement"]


def test_un_parcours_passe_apres_la_reponse_qui_l_annonce() -> None:
    questions = [("verifier_eligibilite", 0.9), ("faq/duree", 0.9)]
    decision = decider([("faq/duree", 0.5)], questions=questions, texte="vérifie mes droits, et combien d'heures")
    assert (decision["etiquette"], decision["seconde"]) == ("faq/duree", "verifier_eligibilite")
    souhait = decider([("faq/duree", 0.5)], questions=questions, texte="je voudrais un bilan, combien d'heures")
    assert "seconde" not in souhait and souhait["suites"] == ["verifier_eligibilite"]


def test_les_etiquettes_d_un_meme_sujet_s_additionnent() -> None:
    groupes = regrouper([{"name": "faq/duree", "confidence": 0.3}, {"name": "faq/definition", "confidence": 0.4}])
    assert [sujet for sujet, _, _ in groupes] == ["definition", "duree"]
    groupes = regrouper([{"name": "faq/duree", "confidence": 0.3}, {"name": "faq/duree", "confidence": 0.4}])
    assert groupes == [("duree", "faq/duree", pytest.approx(0.7))]


def test_un_message_sans_texte_ou_sans_classement_est_laisse_tel_quel() -> None:
    messages = [Message({TEXT: "", INTENT: {"name": "x"}}), Message({TEXT: "un message", INTENT: {"name": "x"}})]
    Abstention(SEUILS).process(messages)
    assert [message.get(INTENT) for message in messages] == [{"name": "x"}] * 2


def test_une_demande_de_droits_cede_a_une_question_plus_precise() -> None:
    questions = [("verifier_eligibilite", 0.99), ("faq/temps_travail", 0.7)]
    decision = decider([("faq/cdd_interim", 0.75)], questions=questions)
    assert decision["seconde"] == "faq/temps_travail"


def test_une_seconde_demarche_suit_celle_qui_s_ouvre() -> None:
    questions = [("simuler_cout", 0.95), ("demander_cpf", 0.9)]
    assert decider([("simuler_cout", 0.9)], questions=questions)["seconde"] == "demander_cpf"
    assert decider([("simuler_cout", 0.9)], questions=[("faq/prix", 0.9)]).get("seconde") is None


def test_une_question_posee_avec_une_demarche_recoit_d_abord_sa_reponse() -> None:
    """« Calculez-moi mon reste, et dites-moi si le centre doit être Qualiopi »."""
    questions = [("simuler_cout", 0.95), ("faq/qualiopi", 0.9)]
    decision = decider([("simuler_cout", 0.9), ("faq/qualiopi", 0.01)], questions=questions, demande=True)
    assert (decision["etiquette"], decision["seconde"]) == ("faq/qualiopi", "simuler_cout")
    # « Je fais ma demande CPF, quelles étapes ? » : le message entier n'évoque que la démarche.
    assert decider([("simuler_cout", 0.9)], questions=questions, demande=True).get("seconde") is None


def test_deux_demandes_valent_mieux_que_le_sens_qu_elles_evoquent_ensemble() -> None:
    """« Mon chef peut dire non ? C'est payé pendant ? » ressemble à « mon chef doit-il payer ? »."""
    questions = [("faq/employeur_refus", 0.9), ("faq/remuneration", 0.95)]
    decision = decider([("faq/employeur_finance", 0.5)], questions=questions, demande=True)
    assert {decision["etiquette"], decision["seconde"]} == {"faq/employeur_refus", "faq/remuneration"}
    assert decider([("faq/employeur_finance", 0.5)], questions=questions)["etiquette"] == "faq/employeur_finance"


def test_une_question_du_domaine_l_emporte_sur_le_hors_sujet_qui_l_entoure() -> None:
    """« Ma mutuelle a changé, ma paie aussi ; et le bilan, qui le paie ? »."""
    questions = [("hors_sujet/mutuelle", 0.9), ("faq/financement", 0.9)]
    classement = [("hors_sujet/mutuelle", 0.9)]
    assert decider(classement, questions=questions, texte="et le bilan qui le paie")["etiquette"] == "faq/financement"
    assert decider(classement, questions=questions, texte="et l'abonnement qui le paie")["name"] == "hors_sujet"


def test_dans_une_demande_un_acte_de_conversation_cede_sa_part() -> None:
    """« Et c'est utile ? » seul serait un merci ; à côté d'une question, c'en est une."""
    utile = [{"name": "donner_avis_positif", "confidence": 0.9}, {"name": "faq/utilite_avis", "confidence": 0.09}]
    duree = [{"name": "faq/duree", "confidence": 0.9}]
    for demande, en_tete in ((True, 0.9), (False, 0.09)):
        vus = sujets_des_propositions(duree, [Question(duree, True), Question(utile, demande)])
        assert {vu.sujet: vu.en_tete for vu in vus}["utilite_avis"] == pytest.approx(en_tete)


@pytest.mark.parametrize(
    ("texte", "refuse"),
    [
        ("dos en vrac, jpeu plu faire ce taf, on ma parlé dun bilan", False),
        ("dos en vrac, jpeu plu faire ce taf, on ma parlé dun bilan sanguin", True),
        ("on m'a parlé du bilan comptable de l'année", True),
        ("mon fils a besoin d'un bilan orthophonique", True),
        ("le bilan de clôture est approuvé", True),
    ],
)
def test_qui_nomme_le_bilan_n_est_pas_refuse_au_premier_doute(texte: str, refuse: bool) -> None:
    classement = [("hors_sujet/autre", 0.15), ("faq/maintien_emploi", 0.12)]
    assert (decider(classement, texte=texte)["name"] == "hors_sujet") is refuse
