"""Le déchiffrage relit l'écriture à l'oreille, laisse le français correct, et ne garde que ce qu'il a appris."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from composants.dechiffrage import Dechiffrage
from composants.spacy_francais import dictionnaire
from tests.decodeur import decodeur_appris


@pytest.fixture(scope="module")
def est_francais() -> Callable[[str], bool]:
    return dictionnaire()


@pytest.fixture(scope="module")
def decodeur() -> Dechiffrage:
    return decodeur_appris()


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [
        ("sé koi un bilan", "c'est quoi un bilan"),
        ("jpeu le fer pandan mon conjé", "je peux"),
        ("mon enployeur va le savoir", "mon employeur va le savoir"),
        ("jai peur de mon patron", "j'ai peur de mon patron"),
        ("konbien sa coute", "combien"),
        ("es ke je doi payé", "je dois payer"),
        ("lentreprise me refuse le bilan", "l'entreprise me refuse le bilan"),
        ("c obligé ou pas", "c'est"),
    ],
)
def test_ce_qui_est_ecrit_a_l_oreille_se_lit(decodeur: Dechiffrage, ecrit: str, lu: str) -> None:
    assert lu in decodeur.dechiffrer(ecrit)


@pytest.mark.parametrize(
    "texte",
    [
        "est-ce que mon employeur est au courant ?",
        "combien de temps dure un bilan de compétences ?",
        "je suis en arrêt maladie depuis trois mois",
        "qui finance le bilan quand on est en cdd ?",
    ],
)
def test_le_francais_correct_reste(decodeur: Dechiffrage, texte: str) -> None:
    attendu = texte.replace("-", " ")
    assert decodeur.dechiffrer(texte) == attendu


@pytest.mark.parametrize(
    ("ecrit", "relu"),
    [
        ("jsui en aré depui le 12/03/2026 !", "je suis en arrêt depuis le 12/03/2026 !"),
        ("Jé 1 200,50 € - wi 👍", "j'ai 1 200,50 € - oui 👍"),
        ("je suis en arrêt depuis le 3 mars", "je suis en arrêt depuis le 3 mars"),
    ],
)
def test_relu_un_message_garde_ses_nombres_et_ses_signes(decodeur: Dechiffrage, ecrit: str, relu: str) -> None:
    assert decodeur.relire(ecrit) == relu


@pytest.mark.parametrize("texte", ["", " ", "😀😀", "12 ?", "日本語", "'", "a" * 5000, "mot " * 5000])
def test_tout_texte_se_lit(decodeur: Dechiffrage, texte: str) -> None:
    assert len(decodeur.dechiffrer(texte).split()) <= 3 * 80


def test_refait_de_sa_fiche_il_lit_de_meme(decodeur: Dechiffrage) -> None:
    autre = Dechiffrage.depuis(json.loads(json.dumps(decodeur.fiche())))
    for texte in ("sé koi le cpf", "jsui en aré depui 3 moi", "mon patron veu pa"):
        assert autre.dechiffrer(texte) == decodeur.dechiffrer(texte)


def test_lire_n_apprend_rien(decodeur: Dechiffrage) -> None:
    avant = json.dumps(decodeur.fiche(), sort_keys=True)
    decodeur.dechiffrer("zygomatique de mon employeur")
    assert json.dumps(decodeur.fiche(), sort_keys=True) == avant


def test_le_dictionnaire_connait_formes_lemmes_et_mots_outils(est_francais: Callable[[str], bool]) -> None:
    assert all(map(est_francais, ("peur", "compétences", "payés", "vous", "est")))
    assert not any(map(est_francais, ("koi", "konbien", "enployeur")))
