"""Joue un message, ou la fin d'une conversation, par le produit entier : contrôle, Rasa, actions, textes."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import bilan.calme  # isort: skip  # noqa: F401

from rasa.core.agent import Agent

from bilan.moteur import Tour, faire_un_tour
from composants.sens_probables import regrouper
from tests.evaluation.jeux import Message

HORS_SUJET, DETRESSE = "hors_sujet", "exprimer_detresse"


@dataclass(frozen=True)
class Cas:
    """Un message et ce que le produit en a fait."""

    attendu: Message
    tour: Tour
    classement: tuple[tuple[str, float], ...]  # (sujet, probabilité cumulée), avant l'abstention
    duree: float

    @cached_property
    def repondu(self) -> bool:
        return not self.tour.clarification and bool(self.tour.sujets)

    @cached_property
    def juste(self) -> bool:
        """Le sujet attendu est traité (les deux, pour une double question)."""
        if self.attendu.style == "double":
            return set(self.attendu.sujets) <= set(self.tour.sujets)
        return self.repondu and bool(self.attendu.admis & set(self.tour.sujets))

    @cached_property
    def gere(self) -> bool:
        """Juste ; ou, pour une double question, un sujet traité et l'autre offert en bouton ou en proposition."""
        if self.attendu.style != "double":
            return self.juste
        return set(self.attendu.sujets) <= {*self.tour.sujets, *self.offerts} and (self.repondu or self.juste)

    @cached_property
    def offerts(self) -> set[str]:
        """Sujets vers lesquels mène un bouton de la réponse."""
        return set(self.tour.propositions) | {s for r in self.tour.reponses for b in r["boutons"] for s in _vise(b)}

    @cached_property
    def faux_assure(self) -> bool:
        return self.repondu and not self.attendu.admis & set(self.tour.sujets)

    @cached_property
    def prevu(self) -> str:
        """Premier sujet traité ; un sujet admis compte comme l'attendu."""
        if self.repondu and self.attendu.admis & set(self.tour.sujets):
            return self.attendu.sujet
        if self.tour.clarification:
            return "question en retour"
        return self.tour.sujets[0] if self.tour.sujets else "non compris"

    @cached_property
    def refuse(self) -> bool:
        """« Ce n'est pas mon sujet » répondu à un message du domaine."""
        return HORS_SUJET in self.tour.sujets and HORS_SUJET not in self.attendu.admis

    @property
    def tete(self) -> tuple[str, float]:
        """Sujet en tête du classement et sa probabilité, avant l'abstention."""
        return self.classement[0] if self.classement else ("", 0.0)


def _vise(bouton: dict[str, str]) -> list[str]:
    """Sujet qu'ouvre un bouton : « /faq{"sujet": "prix"} » ou « /planifier »."""
    nom, accolade, reste = bouton["envoi"].removeprefix("/").partition("{")
    return [json.loads(accolade + reste).get("sujet", "")] if accolade else [nom]


async def jouer(agent: Agent, nom: str, messages: Sequence[Message]) -> list[Cas]:
    """Joue chaque message dans une conversation neuve, après ceux qui la commencent."""
    cas = []
    for rang, message in enumerate(messages):
        conversation = f"{nom}-{rang}"
        for precedent in message.conversation:
            await faire_un_tour(agent, conversation, precedent)
        debut = time.perf_counter()
        tour = await faire_un_tour(agent, conversation, message.texte)
        duree = time.perf_counter() - debut
        cas.append(Cas(message, tour, await classer(agent, message.texte), duree))
    return cas


async def classer(agent: Agent, texte: str) -> tuple[tuple[str, float], ...]:
    """Classement d'un message seul ; relu à part, car le fil de la conversation ne le garde pas."""
    lu = await agent.parse_message(texte)
    return tuple((sujet, cumul) for sujet, _, cumul in regrouper(lu.get("intent_ranking") or []))
