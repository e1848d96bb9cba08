"""L'évaluation elle-même : rien d'appris n'y compte, et ses figures disent ce qu'elles prétendent."""

import numpy as np
import pytest
from sklearn.metrics import accuracy_score

from bilan.moteur import Tour
from tests.evaluation.jeux import (
    BRUITES,
    STYLES,
    Message,
    chemins_des_jeux,
    deja_appris,
    exemples,
    lire_jeu,
    lire_lignes,
    normaliser,
)
from tests.evaluation.mesures import Part, confusions, ecart_de_calibration, figures, macro_f1, risque_couverture
from tests.evaluation.produit import Cas

JEUX = [chemin.stem for chemin in chemins_des_jeux()]


@pytest.mark.parametrize("jeu", ["jeu_a", "jeu_b", "jeu_c", "jeu_d", "jeu_e", "jeu_f", "jeu_g", "jeu_h", "relances"])
def test_aucun_message_compte_n_est_un_exemple(jeu) -> None:
    appris = {normaliser(texte) for texte in exemples()[0]}
    assert [m.style for m in lire_jeu(jeu) if normaliser(m.texte) in appris] == []


@pytest.mark.parametrize("jeu", [jeu for jeu in JEUX if jeu != "questionnaire"])
def test_peu_de_messages_sont_ecartes(jeu) -> None:
    """Au-delà, l'entraînement aurait bu le jeu : il faudrait en écrire un autre."""
    assert len(deja_appris(jeu)) / len(lire_lignes(jeu)) <= 0.12


@pytest.mark.parametrize("jeu", JEUX)
def test_les_longs_messages_communs_sont_rares(jeu) -> None:
    longs = [r for r in deja_appris(jeu) if len(normaliser(lire_lignes(jeu)[r]["message"]).split()) >= 5]
    assert len(longs) / len(lire_lignes(jeu)) <= 0.01


def test_les_jeux_sont_assez_grands_et_disjoints() -> None:
    a, b = lire_jeu("jeu_a"), lire_jeu("jeu_b")
    assert min(len(a), len(b)) >= 800
    communs = {normaliser(m.texte) for m in a} & {normaliser(m.texte) for m in b}
    assert len(communs) <= 0.03 * len(b)
    assert {m.style for m in (*a, *b)} == set(STYLES)
    assert set(BRUITES) <= set(STYLES)


def _cas(sujets, repondus, *, style="propre", retour=(), tete=("prix", 0.9), admis=()) -> Cas:
    message = Message("", style, tuple(sujets), frozenset([*sujets, *admis]))
    tour = Tour([], list(repondus), bool(retour), list(retour), "faq", 0.9)
    return Cas(message, tour, (tete,), 0.0)


def test_un_sujet_admis_est_juste_un_autre_est_faux() -> None:
    assert _cas(["prix"], ["duree"], admis=["duree"]).juste
    assert _cas(["prix"], ["duree"]).faux_assure
    assert not _cas(["prix"], [], retour=["prix", "duree"]).faux_assure


def test_une_double_question_veut_ses_deux_sujets() -> None:
    assert _cas(["prix", "duree"], ["duree", "prix"], style="double").juste
    assert not _cas(["prix", "duree"], ["duree"], style="double").juste


def test_le_second_sujet_offert_en_bouton_compte_comme_gere() -> None:
    tour = Tour([{"boutons": [{"titre": "", "envoi": '/faq{"sujet": "prix"}'}]}], ["duree"], False, [], "faq", 0.9)
    cas = Cas(Message("", "double", ("prix", "duree"), frozenset({"prix", "duree"})), tour, (), 0.0)
    assert cas.gere and not cas.juste


def test_le_hors_sujet_dit_a_tort_est_un_refus() -> None:
    cas = [_cas(["prix"], ["hors_sujet"]), _cas(["hors_sujet"], ["hors_sujet"]), _cas(["prix"], ["prix"])]
    f = figures(cas)
    assert f["messages du domaine refusés"] == Part(1, 2)
    assert f["hors sujet : reconnu (rappel)"] == Part(1, 1)
    assert f["hors sujet : dit à raison (précision)"] == Part(1, 2)
    assert confusions(cas) == [("prix", "hors_sujet", 1)]


def test_macro_f1_compte_une_question_en_retour_comme_un_manque() -> None:
    assert macro_f1([_cas(["prix"], ["prix"]), _cas(["prix"], [], retour=["prix", "duree"])]) == pytest.approx(2 / 3)


def test_wilson_sur_un_cas_connu() -> None:
    assert Part(8, 10).bornes == pytest.approx((0.490, 0.943), abs=1e-3)
    assert Part(0, 10).bornes[0] == 0.0


def test_la_courbe_finit_sur_toutes_les_fautes() -> None:
    messages = [Message("", "propre", ("prix",), frozenset({"prix"}))] * 4
    tetes = [("prix", 0.9), ("duree", 0.8), ("prix", 0.7), ("duree", 0.1)]
    couverture, faux = risque_couverture(messages, tetes)
    assert couverture.tolist() == [0.25, 0.5, 0.75, 1.0]
    assert faux.tolist() == [0.0, 0.25, 0.25, 0.5]
    assert faux[-1] == pytest.approx(1 - accuracy_score(["prix"] * 4, [s for s, _ in tetes]))


def test_une_confiance_exacte_n_a_pas_d_ecart() -> None:
    hasard = np.random.default_rng(0)
    confiances = hasard.uniform(0.05, 0.95, 20_000)
    justes = (hasard.uniform(size=20_000) < confiances).tolist()
    assert ecart_de_calibration(justes, confiances.tolist()) < 0.02
    assert ecart_de_calibration([False] * 100, [0.95] * 100) == pytest.approx(0.95)
