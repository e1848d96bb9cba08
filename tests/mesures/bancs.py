"""Bancs d'essai (``make bancs``) : latence, débit, mémoire, démarrage, et un Rasa de série dans la même passe.

``make mesurer`` fait les mêmes mesures de l'assistant, sans le pair. Tout se passe sur la boucle locale.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
from collections.abc import Sequence

from actions.reglages import RACINE
from bilan.entrainement import assurer_modele
from tests.mesures import pair
from tests.mesures.banc import CLIENTS, LONGUEUR, Jeu, Resultats, mesurer
from tests.mesures.serveur import Serveur

PORT = int(os.environ.get("PORT", "5005")) + 100
JEU = Jeu(
    ouverture="bonjour",
    questions=[
        "combien de temps ça dure",
        "qui paie",
        "mon employeur le saura ?",
        "je suis en arrêt",
        "c'est quoi le cpf",
    ],
    # Cinq actions qui lisent la conversation, puis cinq tours de questionnaire.
    actions=[
        *("plus simple", "dites m'en plus", "quelle est la source ?", "je veux parler à quelqu'un", "plus simple"),
        *("vérifie mes droits", "salarié du privé", "non", "de moi", "jamais"),
    ],
)
Ligne = tuple[str, str, str]


def centiles(durees: Sequence[float]) -> str:
    """p50, p95 et p99, en millisecondes."""
    rangs = statistics.quantiles(durees, n=100)
    return f"p50 {statistics.median(durees):.1f}, p95 {rangs[94]:.1f}, p99 {rangs[98]:.1f} ms"


def lignes(resultats: Resultats) -> list[Ligne]:
    """(mesure, objectif, valeur) de chaque figure."""
    objectifs = {
        "FAQ, 1 client": "p50 ≤ 12 ms",
        "action, 1 client": "p50 ≤ 15 ms, p95 ≤ 60 ms",
        f"FAQ, {CLIENTS} clients": "p95 ≤ 80 ms",
        f"action, {CLIENTS} clients": "p95 ≤ 80 ms",
    }
    tours = [(f"tour {cle}", objectifs[cle], centiles(durees)) for cle, durees in resultats.tours.items()]
    calcul = [(f"calcul par message, {cle}", "", f"{valeur:.1f} ms") for cle, valeur in resultats.calcul.items()]
    debit = [(f"débit, {cle}", "", f"{v:.0f} /s") for cle, v in resultats.debit.items() if str(CLIENTS) in cle]
    rapport = resultats.longueur[LONGUEUR] / resultats.longueur[20]
    longueurs = ", ".join(f"{tour} : {duree:.1f}" for tour, duree in resultats.longueur.items())
    ordre = "dans l'ordre" if resultats.dans_l_ordre else "DÉSORDRE"
    return [
        ("prêt", "≤ 12 s", f"{resultats.pret:.1f} s"),
        *tours,
        *calcul,
        *debit,
        ("tours d'une même conversation (ms)", "", longueurs),
        (f"tour {LONGUEUR} sur tour 20", "≤ 1,5", f"{rapport:.2f}"),
        ("cinq messages ensemble", "< 0,3 s, dans l'ordre", f"{resultats.ensemble:.2f} s, {ordre}"),
        ("mémoire", "≤ 700 Mo", f"{resultats.memoire} Mo"),
    ]


def principal(arguments: Sequence[str] | None = None) -> None:
    """Démarre, mesure, arrête, imprime un tableau."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sans-pair", action="store_true", help="seulement l'assistant")
    sans_pair = options.parse_args(arguments).sans_pair
    assurer_modele()
    serveur = Serveur([sys.executable, "-m", "bilan", "lancer", "--port", str(PORT)], RACINE, PORT)
    try:
        notres = lignes(asyncio.run(mesurer(serveur, JEU)))
    finally:
        serveur.arreter()
    leurs = [("", "", "")] * len(notres)
    if not sans_pair:
        dossier, jeu = pair.preparer()
        with pair.servir(dossier, PORT + 2) as autre:
            leurs = lignes(asyncio.run(mesurer(autre, jeu)))
    print("| mesure | objectif | assistant | Rasa de série |\n|---|---|---|---|")
    for (nom, objectif, valeur), (_, _, la_leur) in zip(notres, leurs, strict=True):
        print(f"| {nom} | {objectif} | {valeur} | {la_leur} |")
    print(f"\nCharge de la machine pendant la mesure : {os.getloadavg()[0]:.1f} (2 cœurs).")


if __name__ == "__main__":
    principal()
