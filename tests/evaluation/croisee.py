"""Validation croisée du modèle seul, sur les exemples d'entraînement."""

from __future__ import annotations

from sklearn.model_selection import StratifiedKFold

from actions.contenus import contenus_en_place
from composants.encodeur_phrases import encoder
from composants.modele_sujets import ModeleSujets
from tests.evaluation.jeux import exemples
from tests.evaluation.mesures import Part, part


def validation_croisee(plis: int = 5) -> dict[str, Part]:
    """Étiquette exacte, et bon sujet, sur des exemples tenus à l'écart à tour de rôle."""
    textes, etiquettes = exemples()
    vecteurs, contenus = encoder(textes), contenus_en_place()
    etiquette_juste: list[bool] = []
    sujet_juste: list[bool] = []
    for appris, testes in StratifiedKFold(plis, shuffle=True, random_state=0).split(textes, etiquettes):
        modele = ModeleSujets()
        lot = [textes[i] for i in appris]
        modele.apprendre(lot, lot, vecteurs[appris], [etiquettes[i] for i in appris])
        essai = [textes[i] for i in testes]
        rangs = modele.probabilites(essai, essai, vecteurs[testes]).argmax(axis=1)
        for i, rang in zip(testes, rangs, strict=True):
            prevue = modele.etiquettes[rang]
            etiquette_juste.append(prevue == etiquettes[i])
            sujets = [contenus.sujets_d_etiquette(e)[0] for e in (prevue, etiquettes[i])]
            sujet_juste.append(sujets[0] == sujets[1])
    return {"étiquette exacte": part(etiquette_juste), "bon sujet": part(sujet_juste)}
