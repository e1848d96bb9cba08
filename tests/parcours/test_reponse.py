"""Lire une réponse au questionnaire : un bouton, des mots, un doute, ou autre chose qu'une réponse."""

from typing import Any

import pytest

from actions.droit import droit_en_place
from actions.parcours.choix import choix
from actions.parcours.lecture import MessageRecu
from actions.parcours.reponse import lire
from tests.parcours.profils import JOUR

DROIT = droit_en_place()


def recu(texte: str, intention: str = "nlu_fallback", confiance: float = 0.2) -> MessageRecu:
    return MessageRecu(texte, intention.split("/")[0], intention, confiance)


def bouton(code: str) -> MessageRecu:
    return MessageRecu('/repondre{"precision": "x"}', "repondre", "repondre", 1.0, code)


@pytest.mark.parametrize(
    ("question", "texte", "attendu"),
    [
        ("solde_cpf", "1600e", {"solde_cpf": 1600}),
        ("solde_cpf", "mille deux cents", {"solde_cpf": 1200}),
        ("reponse_employeur", "c lui qui en a parlé", {"reponse_employeur": "propose", "initiative": "employeur"}),
        (
            "reponse_employeur",
            "c'est la rh qui m'a proposé",
            {"reponse_employeur": "propose", "initiative": "employeur"},
        ),
        ("reponse_employeur", "il m'a proposé un bilan", {"reponse_employeur": "propose", "initiative": "employeur"}),
        ("reponse_employeur", "c'est elle qui veut pas", {"reponse_employeur": "refus"}),
        ("arret", "ouais non", {"arret": "aucun"}),
        ("statut", "fonctionnaire à la mairie", {"statut": "agent_fpt"}),
        ("moment", "le samedi de préférence", {"moment": "hors_temps"}),
        ("moment", "pendant mes heures de boulot", {"moment": "temps_travail"}),
        ("reponse_employeur", "il m'a dit non", {"reponse_employeur": "refus"}),
        ("reponse_employeur", "toujours rien", {"reponse_employeur": "silence"}),
        ("reponse_employeur", "j'ose pas lui demander", {"reponse_employeur": "pas_demande"}),
        ("autre_payeur", "non personne", {"autre_payeur": "aucun"}),
        ("montant_aide", "trois cents euros", {"montant_aide": 300}),
        ("date_debut", "le plus tôt possible", {"date_debut": "plus_tot"}),
        ("lettre", "je veux relancer mon patron", {"lettre": "relance_silence"}),
        ("dernier_bilan", "oui mais ça fait longtemps", {"dernier_bilan": "ancien"}),
    ],
)
def test_une_reponse_ecrite_comme_on_parle(question: str, texte: str, attendu: dict[str, Any]) -> None:
    assert dict(lire(recu(texte), question, {}, JOUR, DROIT).faits) == attendu


def test_un_agent_public_nomme_son_versant_en_un_mot() -> None:
    assert lire(recu("hopital"), "statut", {"agent_public": True}, JOUR, DROIT).faits == {"statut": "agent_fph"}


@pytest.mark.parametrize("texte", ["je ne sais pas", "jsp", "aucune idée", "je sais plus"])
def test_le_doute_est_admis(texte: str) -> None:
    assert lire(recu(texte), "solde_cpf", {}, JOUR, DROIT).inconnus == {"solde_cpf"}
    assert lire(bouton("inconnu"), "moment", {}, JOUR, DROIT).inconnus == {"moment"}


def test_un_bouton_peut_porter_une_valeur_du_droit() -> None:
    assert lire(bouton("moyen"), "prix", {}, JOUR, DROIT).faits["prix"] > 0
    assert lire(bouton("oui"), "accord_caisse", {}, JOUR, DROIT).faits == {"accord_caisse": True}


def test_ce_qui_n_est_pas_une_reponse_revient_a_sa_regle() -> None:
    assert lire(recu("combien de temps ça dure ?", "faq/duree", 0.9), "solde_cpf", {}, JOUR, DROIT).autre
    assert lire(recu("je veux faire ma demande cpf", "demander_cpf", 0.9), "solde_cpf", {}, JOUR, DROIT).autre
    assert lire(recu("je veux mourir", "exprimer_detresse", 1.0), "arret", {}, JOUR, DROIT).autre
    assert lire(recu('/faq{"sujet": "duree"}', "faq", 1.0), "arret", {}, JOUR, DROIT).autre


def test_une_reponse_et_une_question_sont_prises_toutes_les_deux() -> None:
    lu = lire(recu("je suis salarié, et ça dure combien de temps ?", "faq/duree", 0.9), "statut", {}, JOUR, DROIT)
    assert lu.faits["statut"] == "salarie_prive" and lu.question == "faq/duree"


@pytest.mark.parametrize("texte", ["zorglub plouf", "oui", "bof"])
def test_l_incompris_est_dit(texte: str) -> None:
    assert lire(recu(texte), "solde_cpf", {}, JOUR, DROIT).incompris


@pytest.mark.parametrize(
    ("texte", "faits", "attendu"),
    [
        ("Je me suis trompée, c'est 500 euros pas 5000", {"solde_cpf": 5000}, {"solde_cpf": 500}),
        ("ah non en fait il me reste 500 euros pas 900", {"solde_cpf": 900, "prix": 1800}, {"solde_cpf": 500}),
        ("c'est 1600 et pas 1800", {"solde_cpf": 900, "prix": 1800}, {"prix": 1600}),
    ],
)
def test_un_montant_oppose_a_un_autre_le_corrige(texte: str, faits: dict[str, Any], attendu: dict[str, Any]) -> None:
    assert lire(recu(texte, "corriger", 0.9), "arret", faits, JOUR, DROIT).faits == attendu


def test_une_question_ne_remplace_pas_un_montant_donne() -> None:
    lu = lire(recu("mon devis est à 750 euros, c'est beaucoup ?"), "arret", {"prix": 1800}, JOUR, DROIT)
    assert "prix" not in lu.faits


def test_chaque_choix_retient_quelque_chose_ou_se_retient_lui_meme() -> None:
    for question, codes in choix().items():
        for code, fiche in codes.items():
            assert set(fiche) <= {"retient", "mots"}, (question, code)


@pytest.mark.parametrize("texte", ["non", "nan", "il m'a proposé une autre date"])
def test_un_non_a_ou_en_etes_vous_n_est_pas_un_refus(texte: str) -> None:
    assert lire(recu(texte), "reponse_employeur", {"statut": "salarie_prive"}, JOUR, DROIT).incompris


@pytest.mark.parametrize(
    "texte",
    ["ca depend si mon patron veut bien", "ça dépend de mon patron", "si mon patron accepte oui", "l'opco peut etre"],
)
def test_un_payeur_qui_depend_d_un_accord_reste_inconnu(texte: str) -> None:
    lecture = lire(recu(texte), "autre_payeur", {"statut": "salarie_prive"}, JOUR, DROIT)
    assert (lecture.faits, lecture.inconnus) == ({}, frozenset({"autre_payeur"}))
    assert lecture.a_dire == "utter_aide_pas_acquise"


def test_jamais_fait_s_entend_parmi_d_autres_faits() -> None:
    lecture = lire(
        recu("hors de mes heures, jamais fait, pas en arret"), "arret", {"statut": "salarie_prive"}, JOUR, DROIT
    )
    assert lecture.faits == {"arret": "aucun", "dernier_bilan": "aucun", "moment": "hors_temps"}


@pytest.mark.parametrize(
    ("texte", "faits", "attendu"),
    [
        ("non j'ai l'accord de personne!! j'ai rien dit de ca", {"accord_caisse": True}, {"accord_caisse": False}),
        ("mais j'ai pas leurs accords", {"accord_caisse": True}, {"accord_caisse": False}),
        ("non c'est pas un accident", {"arret": "at_mp"}, {"arret": "maladie"}),
    ],
)
def test_un_fait_dementi_se_corrige(texte: str, faits: dict[str, Any], attendu: dict[str, Any]) -> None:
    assert lire(recu(texte), "date_debut", faits, JOUR, DROIT).faits == attendu
