"""Le modèle de danger : ce dont il apprend, et ce qu'il en garde."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from actions.simplification import simplifier
from composants.modele_danger import INTENTION, ModeleDanger, exemples, rangs_utiles
from tests.contenus.test_exemples import EXEMPLES

DANGERS = ["je veux mourir", "j'ai envie de mourir", "je vais me tuer ce soir", "plus envie de vivre"]
ORDINAIRES = ["mort de rire", "ce logiciel va me tuer", "qui paie le bilan", "j'ai plus envie de ce métier"]


def test_toutes_les_detresses_les_actes_et_une_part_des_questions_sont_apprises() -> None:
    etiquettes = ["faq/duree"] * 6 + [INTENTION, "arreter"] + ["hors_sujet/paie"] * 3
    assert rangs_utiles(etiquettes) == [0, 6, 7, 10]


def test_aucun_message_n_est_appris_deux_fois() -> None:
    textes, dangers = exemples()
    lus = [simplifier(texte) for texte in textes]
    assert len(lus) == len(set(lus)) and min(sum(dangers), len(lus) - sum(dangers)) >= 2000
    assert set(lus) & {simplifier(texte) for liste in EXEMPLES.values() for texte in liste} == set()


def test_le_modele_relu_separe_ce_qu_il_a_appris(tmp_path: Path) -> None:
    textes = DANGERS + ORDINAIRES
    vecteurs = np.random.default_rng(3).normal(size=(len(textes), 300)).astype(np.float32)
    appris = ModeleDanger()
    appris.apprendre(textes, vecteurs, [texte in DANGERS for texte in textes])
    appris.enregistrer(tmp_path)
    probabilites = ModeleDanger.relire(tmp_path).probabilites(textes, vecteurs)
    assert probabilites.shape == (len(textes),)
    assert probabilites[: len(DANGERS)].min() > probabilites[len(DANGERS) :].max()
