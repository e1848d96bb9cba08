"""Mesure la compréhension : jeux jamais vus joués par le produit entier, puis validation croisée du modèle seul.

``make evaluer`` écrit docs/mesures/comprehension.md et ses tracés ; ``--rapide`` saute la validation croisée, et
``--erreurs`` écrit dans sortie/ les messages mal compris du jeu A, pour régler (jamais ceux du jeu B).
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence

import bilan.calme  # isort: skip  # noqa: F401

from actions.reglages import RACINE
from bilan.entrainement import assurer_modele
from bilan.moteur import charger
from tests.evaluation import questionnaire
from tests.evaluation.detresse import alerter
from tests.evaluation.jeux import lire_jeu
from tests.evaluation.produit import Cas, jouer
from tests.evaluation.rapport import TITRES, Resultats, ecrire

JEUX = ("jeu_a", "jeu_b", "jeu_c", "jeu_d", "jeu_e", "jeu_f", "jeu_g", "jeu_h")
DE_REGLAGE = "jeu_a"
ERREURS = RACINE / "sortie/evaluation/erreurs_jeu_a.tsv"


async def jouer_tout() -> Resultats:
    """Charge l'assistant une fois et joue tous les jeux."""
    agent = await charger(assurer_modele())
    return Resultats(
        jeux={nom: await jouer(agent, nom, lire_jeu(nom)) for nom in JEUX},
        relances=await jouer(agent, "relances", lire_jeu("relances")),
        alertes=await alerter(agent),
        alertes_de_recits=await alerter(agent, "detresse_recits"),
        alertes_voilees=await alerter(agent, "detresse_voilee"),
        questionnaire=resumer(await questionnaire.jouer(agent)),
    )


def resumer(cas: Sequence[questionnaire.Cas]) -> list[tuple[str, int, float, float, float]]:
    """(question, réponses, part de justes, de fausses, de reposées), toutes d'abord."""
    noms = sorted({c.question for c in cas})
    groupes = {"toutes": cas} | {nom: [c for c in cas if c.question == nom] for nom in noms}
    comptes = ((nom, questionnaire.compter(groupe)) for nom, groupe in groupes.items())
    return [(nom, f["reponses"], f["juste"], f["faux"], f["redemande"]) for nom, f in comptes]


def ecrire_erreurs(cas: Sequence[Cas]) -> None:
    """Écrit les messages mal compris du jeu de réglage."""
    ERREURS.parent.mkdir(parents=True, exist_ok=True)
    lignes = ["style\tattendu\tadmis\trépondu\tintention\tclassement\tmessage"]
    for c in cas:
        if not c.juste:
            tetes = " ".join(f"{sujet}={p:.2f}" for sujet, p in c.classement[:4])
            repondu = ",".join(c.tour.sujets) or ("?" if c.tour.clarification else "-")
            admis = ",".join(sorted(c.attendu.admis))
            lignes.append(
                "\t".join(
                    [c.attendu.style, c.attendu.sujet, admis, repondu, str(c.tour.intention), tetes, c.attendu.texte]
                )
            )
    ERREURS.write_text("\n".join(lignes) + "\n", encoding="utf-8")


def principal(arguments: Sequence[str] | None = None) -> None:
    """Joue, mesure, écrit."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rapide", action="store_true", help="sans validation croisée")
    options.add_argument("--erreurs", action="store_true", help="écrit aussi les erreurs du jeu A dans sortie/")
    options.add_argument("--pairs", action="store_true", help="entraîne aussi les pairs (long ; gardés dans .cache)")
    choix = options.parse_args(arguments)
    resultats = asyncio.run(jouer_tout())
    if choix.erreurs:
        ecrire_erreurs(resultats.jeux[DE_REGLAGE])
    if not choix.rapide:
        from tests.evaluation.croisee import validation_croisee

        resultats.croisee = validation_croisee()
    if choix.pairs:
        from tests.evaluation.pairs.comparer import sections

        resultats.pairs = sections(resultats.jeux, TITRES)
    ecrire(resultats)


if __name__ == "__main__":
    principal()
