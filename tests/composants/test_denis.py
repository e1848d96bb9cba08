"""Ce que la personne nie n'est pas servi ; ce qu'elle raconte sans nier le reste."""

from __future__ import annotations

import time

import pytest
from rasa.shared.nlu.constants import INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from composants.classifieur_sujets import QUESTIONS
from composants.denis import LAISSE, sans_les_denis
from composants.double_question import propositions
from composants.sens_probables import Question
from composants.sur_l_assistant import question_sur_l_assistant


def lus(texte: str, tetes: list[str], tout: str) -> tuple[list[str], list[str], str | None]:
    """Étiquettes gardées du tout et des propositions, et réponse décidée par les mots."""

    def classement(etiquette: str) -> list[dict[str, object]]:
        return [{"name": etiquette, "confidence": 0.9}, {"name": "faq/phases", "confidence": 0.05}]

    parties = propositions(texte)
    assert len(parties) == (len(tetes) if parties else 0)
    questions = (
        [Question(classement(tete), p.demande) for tete, p in zip(tetes, parties, strict=True)] if parties else []
    )
    message = Message({TEXT: texte, INTENT_RANKING_KEY: classement(tout), QUESTIONS: questions})
    du_tout, restes, fixe = sans_les_denis(message)
    tete_des_restes = [reste.classement[0]["name"] for reste in restes]
    return [entree["name"] for entree in du_tout], tete_des_restes, (fixe or {}).get("etiquette")


@pytest.mark.parametrize(
    ("texte", "tetes"),
    [
        (
            "mais non je suis pas en burn out, je demande si le refus est legal",
            ["faq/epuisement", "faq/employeur_refus"],
        ),
        ("je ne vous demande pas la définition, je demande qui paie", ["faq/definition", "faq/financement"]),
        ("pas un calcul. est ce que j'ai le droit ?", ["simuler_cout", "faq/temps_travail"]),
        ("je parle pas de mon age ! est ce que je peux ?", ["faq/legitimite_age", "faq/public_hospitalier"]),
        ("c'est pas ma question, comment je paie ?", ["faq/definition", "faq/financement"]),
        ("je veux pas la définition. combien ça coûte ?", ["faq/definition", "faq/prix"]),
        ("jsuis pas en arrêt, il peut refuser ?", ["faq/arret_maladie", "faq/employeur_refus"]),
        ("pas l'employeur ! l'organisme répond quand ?", ["faq/employeur_refus", "faq/choisir_prestataire"]),
    ],
)
def test_le_sujet_nie_est_ote(texte: str, tetes: list[str]) -> None:
    du_tout, restes, fixe = lus(texte, tetes, tetes[0])
    assert tetes[0] not in du_tout and restes == [tetes[1]] and fixe is None


@pytest.mark.parametrize(
    ("texte", "tetes"),
    [
        ("j'ai pas de cpf, comment je paie ?", ["faq/cpf_solde", "faq/financement"]),
        ("mon chef veut pas payer, qui paie ?", ["faq/employeur_finance", "faq/financement"]),
        ("je peux pas refuser ? et si je refuse ?", ["faq/refuser_bilan", "faq/employeur_refus"]),
        ("j'ai 50 ans, pas le temps, c'est utile ?", ["faq/legitimite_age", "faq/duree", "faq/utilite_avis"]),
        ("je suis pas sûr de moi, un test existe ?", ["faq/objectif", "faq/tests_psychometriques"]),
    ],
)
def test_ce_qui_se_raconte_reste(texte: str, tetes: list[str]) -> None:
    assert lus(texte, tetes, tetes[0])[1] == tetes


def test_un_sujet_nie_puis_demande_reste() -> None:
    texte, tetes = "je suis pas en CDD, je suis en intérim, j'ai droit à quoi ?", ["faq/cdd_interim"] * 3
    assert lus(texte, tetes, "faq/cdd_interim")[0][0] == "faq/cdd_interim"


def test_un_message_qui_ne_fait_que_nier_fait_laisser_le_sujet_sauf_s_il_dit_un_fait() -> None:
    assert lus("je parle pas de mon age", [], "faq/legitimite_age")[2] == LAISSE
    assert lus("je suis pas en burn out", [], "faq/epuisement")[2] == LAISSE
    assert lus("je suis pas en arrêt", [], "faq/arret_maladie")[2] is None
    assert lus("pas le temps", [], "faq/duree")[2] is None


@pytest.mark.parametrize(
    ("reponse", "messages"),
    [
        ("assistant_serveur", ["vous etes sur quel serveur", "c'est hébergé où ?", "où sont stockées mes réponses"]),
        ("assistant_adresse_ip", ["vous gardez mon adresse IP ?", "mon ip est enregistrée ?"]),
        ("assistant_statistiques", ["quelles stats ?", "je suis élu au CSE, vous gardez quoi comme stats ?"]),
        ("assistant_origine", ["êtes-vous ChatGPT ?", "qui a programmé ce truc", "vous êtes fait par qui"]),
        ("assistant_efface", ["tout est effacé ?", "c'est bien effacé", "mes messages sont effacés ?"]),
        (
            "assistant_lecteurs",
            ["donc ma RH peut savoir que j'ai parlé d'arret", "mon chef peut lire ce que j'écris ?"],
        ),
        ("donnees_d_autrui", ["quel est le solde CPF de ma collègue ?", "qui a fait un bilan dans l'entreprise ?"]),
        ("numero_de_securite_sociale", ["mon numero de secu est 1 85 05 75 116 001 23, vérifie mes droits"]),
        (
            None,
            [
                "efface tout",
                "faut-il mon numéro de sécu pour créer le compte ?",
                "j'ai demandé à chatgpt et il dit que le cpf est fini, c'est vrai ?",
                "mes droits sont effacés quand je quitte l'entreprise ?",
                "quelles sont les statistiques de réussite du bilan ?",
                "où est stockée la synthèse du bilan ?",
                "puis-je donner mon cpf à ma femme ?",
                "je peux lire la synthèse de ma salariée ?",
            ],
        ),
    ],
)
def test_ce_qu_on_demande_de_l_assistant(reponse: str | None, messages: list[str]) -> None:
    for message in messages:
        assert (question_sur_l_assistant(message) or {}).get("etiquette") == reponse, message


@pytest.mark.parametrize(
    "motif", ["a", "je suis pas ", "pas un mot ", "mon ip ", "donne la liste ", "numero de secu 1 "]
)
def test_un_message_hostile_se_lit_vite(motif: str) -> None:
    debut = time.perf_counter()
    lus((motif * 2000)[:2000].replace(",", ""), [], "faq/prix")
    assert time.perf_counter() - debut < 1
