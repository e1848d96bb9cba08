"""Mesure la compréhension : jeux jamais vus joués par le produit entier, et validation croisée du modèle seul.

``make evaluer`` écrit docs/mesures/comprehension.md. Les jeux (``tests/evaluation/jeu_*.jsonl``) sont écrits par des
personnes qui n'ont pas lu les exemples d'entraînement ; ``admis`` y nomme un second sujet également défendable.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bilan.calme  # isort: skip  # noqa: F401

import numpy as np
import yaml
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold

from actions.contenus import contenus_en_place
from actions.reglages import RACINE
from bilan.entrainement import assurer_modele
from bilan.moteur import Tour, charger, faire_un_tour
from composants.encodeur_phrases import encoder
from composants.modele_sujets import ModeleSujets

RAPPORT = RACINE / "docs/mesures/comprehension.md"


@dataclass(frozen=True)
class Cas:
    """Un message d'un jeu et ce que le produit en a fait."""

    attendu: dict[str, Any]
    tour: Tour

    @property
    def admis(self) -> set[str]:
        return {*self.attendu["sujets"], *self.attendu.get("admis", [])}

    @property
    def repondu(self) -> bool:
        return not self.tour.clarification and bool(self.tour.sujets)

    @property
    def juste(self) -> bool:
        """Le sujet attendu est traité (les deux, pour une double question)."""
        if self.attendu["style"] == "double":
            return set(self.attendu["sujets"]) <= set(self.tour.sujets)
        return self.repondu and bool(self.admis & set(self.tour.sujets))

    @property
    def faux_assure(self) -> bool:
        return self.repondu and not self.admis & set(self.tour.sujets)

    @property
    def prevu(self) -> str:
        """Premier sujet traité, pour la F1 ; un sujet admis compte comme l'attendu."""
        if self.repondu and self.admis & set(self.tour.sujets):
            return self.attendu["sujets"][0]
        return self.tour.sujets[0] if self.repondu else "aucun"


def intervalle(succes: int, total: int) -> str:
    """Proportion et intervalle de confiance de Wilson à 95 %."""
    if not total:
        return "–"
    z, p = 1.96, succes / total
    centre = (p + z * z / (2 * total)) / (1 + z * z / total)
    marge = z * np.sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return f"{p:.3f} [{centre - marge:.3f} ; {centre + marge:.3f}]"


async def jouer(jeu: Path) -> list[Cas]:
    """Joue chaque message d'un jeu dans une conversation neuve."""
    agent = await charger(assurer_modele())
    attendus = [json.loads(ligne) for ligne in jeu.read_text(encoding="utf-8").splitlines() if ligne.strip()]
    return [Cas(a, await faire_un_tour(agent, f"{jeu.stem}-{i}", a["message"])) for i, a in enumerate(attendus)]


def resume(cas: list[Cas]) -> list[tuple[str, str]]:
    """Figures d'un ensemble de cas."""
    n = len(cas)
    simples = [c for c in cas if c.attendu["style"] != "double"]
    dehors = [c for c in cas if c.attendu["sujets"] == ["hors_sujet"]]
    dedans = [c for c in cas if "hors_sujet" not in c.admis]
    detresses = [c for c in cas if c.attendu["sujets"] == ["exprimer_detresse"]]
    vrais, prevus = [c.attendu["sujets"][0] for c in simples], [c.prevu for c in simples]
    bonnes = [c for c in simples if c.tour.clarification]
    utiles = sum(bool(c.admis & set(c.tour.propositions)) for c in bonnes)
    return [
        ("messages", str(n)),
        ("bon sujet traité", intervalle(sum(c.juste for c in cas), n)),
        ("macro-F1", f"{f1_score(vrais, prevus, labels=sorted(set(vrais)), average='macro', zero_division=0):.3f}"),
        ("faux avec assurance", intervalle(sum(c.faux_assure for c in cas), n)),
        ("demande de précision", intervalle(sum(c.tour.clarification for c in cas), n)),
        ("… dont le bon sujet est proposé", intervalle(utiles, len(bonnes))),
        ("non compris", intervalle(sum(not c.tour.clarification and not c.tour.sujets for c in cas), n)),
        ("rappel hors sujet", intervalle(sum("hors_sujet" in c.tour.sujets for c in dehors), len(dehors))),
        ("messages du domaine refusés", intervalle(sum("hors_sujet" in c.tour.sujets for c in dedans), len(dedans))),
        ("rappel détresse", intervalle(sum("exprimer_detresse" in c.tour.sujets for c in detresses), len(detresses))),
    ]


def par(cas: list[Cas], cle: str) -> list[str]:
    """Lignes d'un tableau : part de bons sujets par style ou par sujet."""
    groupes: dict[str, list[Cas]] = defaultdict(list)
    for c in cas:
        groupes[c.attendu["style"] if cle == "style" else c.attendu["sujets"][0]].append(c)
    return [
        f"| {nom} | {len(g)} | {sum(c.juste for c in g) / len(g):.2f} | {sum(c.faux_assure for c in g) / len(g):.2f} |"
        for nom, g in sorted(groupes.items())
    ]


def validation_croisee(plis: int = 5) -> tuple[str, str]:
    """Exactitude sur l'étiquette et sur le sujet, modèle seul, sur les exemples d'entraînement."""
    textes, etiquettes = [], []
    for fichier in sorted((RACINE / "data/nlu").glob("*.yml")):
        for bloc in yaml.load(fichier.read_text(encoding="utf-8"), yaml.CSafeLoader)["nlu"]:
            lignes = [ligne.strip()[2:].strip() for ligne in bloc["examples"].splitlines() if ligne.strip()]
            textes += lignes
            etiquettes += [bloc["intent"]] * len(lignes)
    vecteurs, contenus = encoder(textes), contenus_en_place()
    etiquette_juste = sujet_juste = 0
    for appris, testes in StratifiedKFold(plis, shuffle=True, random_state=0).split(textes, etiquettes):
        modele = ModeleSujets()
        lot = [textes[i] for i in appris]
        modele.apprendre(lot, lot, vecteurs[appris], [etiquettes[i] for i in appris])
        essai = [textes[i] for i in testes]
        rangs = modele.probabilites(essai, essai, vecteurs[testes]).argmax(axis=1)
        for i, rang in zip(testes, rangs, strict=True):
            prevue = modele.etiquettes[rang]
            etiquette_juste += prevue == etiquettes[i]
            sujet_juste += contenus.sujets_d_etiquette(prevue)[0] == contenus.sujets_d_etiquette(etiquettes[i])[0]
    return intervalle(etiquette_juste, len(textes)), intervalle(sujet_juste, len(textes))


def principal(croisee: bool) -> None:
    """Joue tous les jeux et écrit le rapport."""
    lignes = [
        "# Compréhension",
        "",
        f"`make evaluer`, {time.strftime('%d/%m/%Y')}. Chaque message est joué par le produit entier, dans une "
        "conversation neuve. Intervalles de Wilson à 95 %.",
    ]
    if croisee:
        etiquette, sujet = validation_croisee()
        lignes += ["", "## Validation croisée (5 plis, modèle seul, exemples d'entraînement)", ""]
        lignes += [
            "| figure | valeur |",
            "|---|---|",
            f"| étiquette exacte | {etiquette} |",
            f"| bon sujet | {sujet} |",
        ]
    for jeu in sorted((RACINE / "tests/evaluation").glob("jeu_*.jsonl")):
        cas = asyncio.run(jouer(jeu))
        propres = [c for c in cas if c.attendu["style"] == "propre"]
        bruites = [c for c in cas if c.attendu["style"] not in ("propre", "double", "fausse_premisse")]
        lignes += ["", f"## {jeu.stem} (jamais vu)", "", "| figure | tous | propres | bruités |", "|---|---|---|---|"]
        for (nom, tous), (_, p), (_, b) in zip(resume(cas), resume(propres), resume(bruites), strict=True):
            lignes.append(f"| {nom} | {tous} | {p} | {b} |")
        lignes += [
            "",
            "| style | messages | bon sujet | faux avec assurance |",
            "|---|---|---|---|",
            *par(cas, "style"),
        ]
        lignes += [
            "",
            "| sujet | messages | bon sujet | faux avec assurance |",
            "|---|---|---|---|",
            *par(cas, "sujet"),
        ]
        print("\n".join(f"{jeu.stem} · {nom} : {valeur}" for nom, valeur in resume(cas)), flush=True)
    RAPPORT.write_text("\n".join(lignes) + "\n", encoding="utf-8")
    print(f"Rapport : {RAPPORT.relative_to(RACINE)}")


if __name__ == "__main__":
    principal("--sans-croisee" not in sys.argv)
