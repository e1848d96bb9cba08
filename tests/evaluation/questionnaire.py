"""Mesure la lecture des réponses au questionnaire, sur des réponses jamais vues (tests/evaluation/questionnaire.jsonl).

Chaque réponse est classée par le modèle, puis lue comme dans une conversation où sa question vient d'être posée.
``python -m tests.evaluation.questionnaire`` imprime le résumé, par question.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import bilan.calme  # isort: skip  # noqa: F401

from rasa.core.agent import Agent

from actions.comprehension import periodes
from actions.droit import droit_en_place
from actions.parcours.faits import mettre_a_jour
from actions.parcours.lecture import Lecture, MessageRecu
from actions.parcours.reponse import lire
from bilan.entrainement import assurer_modele
from bilan.moteur import charger
from composants.classifieur_sujets import DECHIFFRE

JEU = Path(__file__).with_suffix(".jsonl")
JOUR = date(2026, 11, 23)
PARCOURS = "verifier_eligibilite"

Issue = Literal["juste", "faux", "redemande"]


@dataclass(frozen=True)
class Cas:
    """Une réponse du jeu et ce qui en a été lu."""

    question: str
    attendu: dict[str, Any]
    lecture: Lecture

    @property
    def issue(self) -> Issue:
        """``faux`` : une valeur retenue n'est pas l'attendue ; ``redemande`` : la question est reposée."""
        obtenu = mettre_a_jour({}, self.lecture.faits)
        if self.attendu.get("inconnu"):
            if self.question in obtenu:
                return "faux"
            return "juste" if self.question in self.lecture.inconnus else "redemande"
        manque = [champ for champ in self.attendu if obtenu.get(champ) is None]
        if any(not _egal(self.attendu[champ], obtenu[champ]) for champ in self.attendu if champ not in manque):
            return "faux"
        return "redemande" if manque else "juste"


def _egal(attendu: Any, obtenu: Any) -> bool:
    """Une date attendue « 2021 » ou « 2021-03 » admet tout jour de cette période ; d'une période lue, le dernier."""
    if isinstance(attendu, str):
        return any(str(lu).startswith(attendu) for lu in (obtenu, _dernier_jour(obtenu)))
    return bool(attendu == obtenu)


def _dernier_jour(obtenu: Any) -> date | None:
    try:
        return periodes.lire(str(obtenu)).fin
    except ValueError:
        return None


async def jouer(agent: Agent, jeu: Path = JEU) -> list[Cas]:
    """Classe et lit chaque réponse d'un jeu."""
    lignes = [json.loads(ligne) for ligne in jeu.read_text(encoding="utf-8").splitlines() if ligne.strip()]
    return [Cas(ligne["question"], ligne["attendu"], await _lire(agent, **ligne)) for ligne in lignes]


async def _lire(agent: Agent, question: str, message: str, attendu: Any) -> Lecture:
    lu = await agent.parse_message(message)
    intention = lu["intent"]
    recu = MessageRecu(
        texte=message,
        intention=str(intention["name"]),
        etiquette=str(intention.get("etiquette") or intention["name"]),
        confiance=float(intention["confidence"]),
        parcours=PARCOURS,
        dechiffre=lu.get(DECHIFFRE),
    )
    return lire(recu, question, {}, JOUR, droit_en_place())


def compter(cas: Iterable[Cas]) -> dict[str, Any]:
    """Nombre et part de réponses justes, fausses (une autre valeur retenue) et redemandées."""
    issues = Counter(c.issue for c in cas)
    total = sum(issues.values())
    return {"reponses": total, **{nom: round(issues[nom] / total, 3) for nom in ("juste", "faux", "redemande")}}


def resume(agent: Agent | None = None) -> dict[str, Any]:
    """Figures du jeu entier et, sous ``questions``, de chaque question."""

    async def tout() -> list[Cas]:
        return await jouer(agent or await charger(modele))

    modele = assurer_modele()
    cas = asyncio.run(tout())
    questions = sorted({c.question for c in cas})
    return {**compter(cas), "questions": {q: compter(c for c in cas if c.question == q) for q in questions}}


if __name__ == "__main__":
    figures = resume()
    questions = figures.pop("questions")
    print("| question | réponses | justes | fausses | redemandées |\n|---|---|---|---|---|")
    for nom, f in [("toutes", figures), *questions.items()]:
        print(f"| {nom} | {f['reponses']} | {f['juste']:.3f} | {f['faux']:.3f} | {f['redemande']:.3f} |")
