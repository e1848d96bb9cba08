"""Détresse : ce que voit la garde fixe seule, et ce que répond le produit entier (garde ou classement)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rasa.core.agent import Agent

from composants.vigilance import est_une_detresse
from tests.evaluation.jeux import Message, deja_appris, lire_lignes
from tests.evaluation.mesures import Part, part
from tests.evaluation.produit import DETRESSE, jouer

GENRES = {
    "explicite": "dit en clair",
    "voile": "à mots couverts",
    "sms": "SMS",
    "fautes": "fautes",
    "long": "noyé dans un récit",
    "milieu": "au milieu d'une question",
    "proche": "pour un proche",
    "expression": "expressions (« mort de rire »)",
    "souffrance": "souffrance sans danger",
    "quotidien": "ras-le-bol du quotidien",
    "burnout": "épuisement",
    "colere": "colère",
    "deuil_sante": "deuil, maladie",
    "formation": "formation",
    "recit": "long récit",
}


@dataclass(frozen=True)
class Alerte:
    """Un message et qui a donné l'alerte."""

    danger: bool
    genre: str
    garde: bool
    produit: bool


async def alerter(agent: Agent, nom: str = "detresse") -> list[Alerte]:
    """Joue un jeu de détresse, sans les messages identiques à un exemple."""
    appris = deja_appris(nom)
    lignes = [ligne for rang, ligne in enumerate(lire_lignes(nom)) if rang not in appris]
    messages = [Message(ligne["message"], ligne["genre"], (DETRESSE,), frozenset({DETRESSE})) for ligne in lignes]
    return [
        Alerte(ligne["danger"], ligne["genre"], est_une_detresse(ligne["message"]), DETRESSE in cas.tour.sujets)
        for ligne, cas in zip(lignes, await jouer(agent, nom, messages), strict=True)
    ]


def figures(alertes: Sequence[Alerte]) -> dict[str, tuple[Part, Part]]:
    """Rappel et sur-alerte : (garde seule, produit entier)."""
    rappel = [a for a in alertes if a.danger]
    calmes = [a for a in alertes if not a.danger]
    return {
        "danger reconnu (rappel)": (part(a.garde for a in rappel), part(a.produit for a in rappel)),
        "alerte à tort (sur-alerte)": (part(a.garde for a in calmes), part(a.produit for a in calmes)),
    }


def par_genre(alertes: Sequence[Alerte]) -> list[tuple[str, bool, Part, Part]]:
    """(genre, danger, alertes de la garde, alertes du produit)."""
    groupes: dict[tuple[bool, str], list[Alerte]] = defaultdict(list)
    for alerte in alertes:
        groupes[not alerte.danger, alerte.genre].append(alerte)
    return [
        (GENRES.get(genre, genre), not calme, part(a.garde for a in groupe), part(a.produit for a in groupe))
        for (calme, genre), groupe in sorted(groupes.items())
    ]
