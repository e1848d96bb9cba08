"""Les jeux d'évaluation et les exemples d'entraînement, lus de la même façon pour l'assistant et pour ses pairs.

Un jeu est écrit par des personnes qui n'ont pas lu les exemples ; ``admis`` y nomme un second sujet défendable.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from actions.reglages import RACINE
from actions.simplification import simplifier

DOSSIER = RACINE / "tests/evaluation"
STYLES = {
    "propre": "propre",
    "sans_accents": "sans accents",
    "fautes": "fautes",
    "sms": "SMS",
    "phonetique": "phonétique",
    "histoire": "longue histoire",
    "un_mot": "un mot",
    "fausse_premisse": "fausse prémisse",
    "double": "double question",
}
BRUITES = ("sans_accents", "fautes", "sms", "phonetique", "histoire", "un_mot")
_MOTS = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Message:
    """Un message d'un jeu : ce qu'on attend, et les sujets qu'on admet aussi."""

    texte: str
    style: str
    sujets: tuple[str, ...]
    admis: frozenset[str]
    conversation: tuple[str, ...] = ()

    @property
    def sujet(self) -> str:
        return self.sujets[0]


@cache
def lire_lignes(nom: str) -> list[dict[str, Any]]:
    """Lignes brutes d'un fichier JSON lines de ce dossier."""
    lignes = (DOSSIER / f"{nom}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(ligne) for ligne in lignes if ligne.strip()]


@cache
def lire_jeu(nom: str) -> list[Message]:
    """Messages d'un jeu de sujets (jeu_a, jeu_b, relances), sans ceux qu'un exemple dit déjà (:func:`deja_appris`)."""
    appris = deja_appris(nom)
    return [
        Message(
            texte=ligne["message"],
            style=ligne.get("style", "relance"),
            sujets=tuple(ligne["sujets"]),
            admis=frozenset([*ligne["sujets"], *ligne.get("admis", [])]),
            conversation=tuple(ligne.get("conversation", ())),
        )
        for rang, ligne in enumerate(lire_lignes(nom))
        if rang not in appris
    ]


@cache
def deja_appris(nom: str) -> frozenset[int]:
    """Rangs des messages identiques à un exemple d'entraînement : « prix ? » s'écrit partout pareil."""
    appris = {normaliser(texte) for texte in exemples()[0]}
    return frozenset(r for r, ligne in enumerate(lire_lignes(nom)) if normaliser(ligne["message"]) in appris)


@cache
def exemples() -> tuple[list[str], list[str]]:
    """Exemples d'entraînement et leurs étiquettes."""
    textes: list[str] = []
    etiquettes: list[str] = []
    for fichier in sorted((RACINE / "data/nlu").glob("*.yml")):
        for bloc in yaml.load(fichier.read_text(encoding="utf-8"), yaml.CSafeLoader)["nlu"]:
            lignes = [ligne.strip()[2:].strip() for ligne in bloc["examples"].splitlines() if ligne.strip()]
            textes += lignes
            etiquettes += [bloc["intent"]] * len(lignes)
    return textes, etiquettes


def normaliser(texte: str) -> str:
    """Forme sous laquelle deux messages sont le même : sans accents, majuscules, ponctuation ni espaces en trop."""
    return " ".join(_MOTS.findall(simplifier(texte)))


def chemins_des_jeux() -> list[Path]:
    """Tous les fichiers d'évaluation."""
    return sorted(DOSSIER.glob("*.jsonl"))
