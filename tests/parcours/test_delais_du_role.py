"""Les dates que donne un employeur, une RH ou un élu : la conclusion de sa place, oui ou non d'abord."""

import time
from datetime import date
from typing import Any

import pytest

from actions.comprehension import dates_du_role
from actions.contenus import contenus_en_place
from actions.droit import droit_en_place
from actions.parcours.cout_du_salarie import cout_du_salarie
from actions.parcours.delais_du_role import Conclusion, conclure

JOUR = date(2026, 11, 28)
TERRITORIAL, ETAT = {"statut": "agent_fpt"}, {"statut": "agent_fpe"}


def conclusion(texte: str, role: str = "employeur", **faits: Any) -> Conclusion | None:
    return conclure(texte, role, faits, JOUR, droit_en_place(), contenus_en_place())


def dit(texte: str, role: str = "employeur", **faits: Any) -> str:
    conclu = conclusion(texte, role, **faits)
    assert conclu is not None
    return str(conclu.message.mots["echeance"]).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("texte", "debut"),
    [
        ("demande reçue le 5 octobre, je peux encore refuser ?", "Non, vous aviez"),
        ("demande reçue le 5 octobre, c'est trop tard ?", "Oui, vous aviez"),
        ("elle date du 5 octobre 2026, ma demande, je suis large ?", "Non, vous aviez"),
        ("j'ai reçu sa demande le 3 novembre, je peux refuser ?", "Oui, vous répondez au plus tard le 3 décembre 2026"),
        ("reçue le 3 novembre, c'est trop tard ?", "Non, vous répondez au plus tard le 3 décembre 2026"),
        ("reçue le 3 novembre, j'ai combien de jours ?", "Vous répondez au plus tard le 3 décembre 2026 "),
        ("si je réponds le 4 décembre à la demande reçue le 3 novembre c'est trop tard", "Oui, trop tard : 31 jours"),
        ("demande reçue le 29 octobre, je réponds le 28 novembre", "À temps : 30 jours"),
        ("la demande date du 5/10, je refuse aujourd'hui, trop tard ?", "Oui, trop tard : 54 jours"),
        ("demande reçue le 3 novembre pour un bilan qui commence le 15 décembre, le délai est respecté ?",
         "Non : pour un début le 15 décembre 2026, c'est trop tôt : la demande vient 42 jours avant, au lieu de"),
            ("un salarié m'a écrit le 3 novembre pour un bilan le 15 décembre, il est dans les délais ?",
             "Non : pour un début le 15 décembre 2026, c'est trop tôt : la demande vient 42 jours avant, au lieu de"),
        ("convention remise le 17 novembre, pas signée, c'est oui ?", "Non : son silence est un refus depuis le 27"),
        ("convention remise le 17 novembre, pas signée, c'est un refus ?", "Oui : son silence est un refus"),
        ("je lui ai remis la convention le 25 novembre", "Il a jusqu'au 5 décembre 2026"),
    ],
)  # fmt: skip
def test_un_employeur_a_d_abord_oui_non_ou_la_date(texte: str, debut: str) -> None:
    assert dit(texte).startswith(debut)


@pytest.mark.parametrize(
    ("texte", "debut"),
    [
        ("demande remise le 12 octobre 2026, refus reçu le 15 novembre. c'est légal ?",
         "Non, trop tard : l'absence est acceptée depuis le 11 novembre 2026"),
        ("absence refusée au bout de 34 jours, c'est légal ?", "Non, trop tard, l'absence est acceptée : 34 jours"),
        ("absence refusée au bout de 20 jours, c'est légal ?", "Oui, à temps : 20 jours"),
        ("demandée le 1er octobre, pas de réponse, c'est accepté ?", "Oui, l'absence est acceptée depuis le 31 oct"),
        ("demandée le 15 novembre, c'est accepté ?", "Non, l'absence n'est pas encore acceptée"),
    ],
)  # fmt: skip
def test_un_elu_a_la_conclusion_pour_son_collegue(texte: str, debut: str) -> None:
    assert dit(texte, "elu").startswith(debut)


def test_dans_une_collectivite_le_silence_n_est_jamais_un_accord() -> None:
    texte = dit("congé demandé, reçu le 2 novembre, début le 20 décembre, jusqu'à quand répondre ?", **TERRITORIAL)
    assert texte.startswith("Vous répondez au plus tard le 2 décembre 2026")
    assert "acceptée" not in texte
    tardive = dit("demande reçue le 2 octobre, pas répondu, c'est accepté ?", **TERRITORIAL)
    assert tardive.startswith("Non") and "Rien n'établit que votre silence vaut accord" in tardive
    assert "28 janvier 2027" in dit("demande reçue le 28 novembre, jusqu'à quand ?", **ETAT)


def test_sans_versant_ou_pour_un_elu_du_public_rien_n_est_calcule() -> None:
    assert conclusion("demande reçue le 2 novembre, jusqu'à quand ?", agent_public=True) is None
    assert conclusion("demande remise le 2 octobre, c'est accepté ?", "elu", **TERRITORIAL) is None
    assert conclusion("convention remise le 17 novembre, c'est oui ?", **TERRITORIAL) is None


def test_une_hypothese_se_calcule_et_ne_se_retient_pas() -> None:
    supposee, dite = conclusion("et si elle l'avait demandé le 15 novembre ?"), conclusion("reçue le 15 novembre")
    assert supposee is not None and supposee.demande is None
    assert dite is not None and dite.demande == "2026-11-15"


def test_la_date_deja_dite_sert_a_la_question_suivante() -> None:
    assert "il reste 5 jours" in dit("il me reste combien de jours ?", date_demande="2026-11-03")
    assert conclusion("je dois payer ?", date_demande="2026-11-03") is None
    assert conclusion("il me reste combien de jours ?") is None


@pytest.mark.parametrize(
    ("texte", "reste", "droits"),
    [
        ("payer 500 euros sur son CPF pour un bilan à 2100 euros, il paiera combien ?", "0 €", "1 600 €"),
        ("je verse 300 € et le bilan coûte 2000, il lui reste quoi", "100 €", "1 600 €"),
        ("le bilan est à 1800, il a 900 sur son cpf et je complète de 400, combien pour lui", "500 €", "900 €"),
        ("bilan 1 950 €, on abonde 600, reste à charge du salarié ?", "0 €", "1 350 €"),
    ],
)
def test_ce_que_paiera_le_salarie(texte: str, reste: str, droits: str) -> None:
    message = cout_du_salarie(texte, JOUR, droit_en_place())
    assert message is not None
    ecrits = {nom: str(valeur).replace("\u00a0", " ") for nom, valeur in message.mots.items()}
    assert (ecrits["reste"], ecrits["droits"]) == (reste, droits)


@pytest.mark.parametrize("texte", ["bilan à 2100 euros, il paie combien ?", "je verse 500, il paie combien", "bonjour"])
def test_sans_le_prix_et_l_aide_rien_n_est_compte(texte: str) -> None:
    assert cout_du_salarie(texte, JOUR, droit_en_place()) is None


@pytest.mark.parametrize("motif", ["refus recue le ", "je reponds le 4 ", "paie 300 ", "au bout de 3 jours "])
def test_un_message_hostile_ne_fait_pas_tourner(motif: str) -> None:
    texte, debut = motif * (2_000 // len(motif)), time.monotonic()
    dates_du_role.lire(texte, JOUR)
    cout_du_salarie(texte, JOUR, droit_en_place())
    assert time.monotonic() - debut < 1.0
