"""``bilan dialoguer`` : joue des conversations en lot, JSON lines en entrée et en sortie, dans l'ordre."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from typing import TextIO

from bilan.entrainement import assurer_modele


class LigneInvalide(ValueError):
    """Ligne mal formée : son numéro et la raison."""


def lire(lignes: Iterable[str]) -> list[tuple[str, str]]:
    """Lit toutes les lignes avant d'en jouer une : (conversation, message).

    Raises:
        LigneInvalide: JSON illisible, ou champs « conversation » et « message » absents ou qui ne sont pas du texte.
    """
    tours = []
    for numero, ligne in enumerate(lignes, start=1):
        if not ligne.strip():
            continue
        try:
            objet = json.loads(ligne)
        except (ValueError, RecursionError) as erreur:
            raise LigneInvalide(f"ligne {numero} : JSON illisible") from erreur
        if not isinstance(objet, dict):
            raise LigneInvalide(f"ligne {numero} : un objet est attendu")
        for champ in ("conversation", "message"):
            if not isinstance(objet.get(champ), str):
                raise LigneInvalide(f"ligne {numero} : champ « {champ} » attendu, du texte")
        tours.append((objet["conversation"], objet["message"]))
    return tours


def principal(fichier: str, sortie: TextIO | None = None) -> int:
    """Joue un fichier (« - » : entrée standard). Code 2 et numéro de ligne si une ligne est invalide."""
    try:
        if fichier == "-":
            tours = lire(sys.stdin)
        else:
            with open(fichier, encoding="utf-8") as flux:
                tours = lire(flux)
    except (LigneInvalide, OSError, UnicodeDecodeError) as erreur:
        print(f"dialoguer : {erreur}", file=sys.stderr)
        return 2
    sortie = sortie or sys.stdout
    with contextlib.redirect_stdout(sys.stderr):  # ce que Rasa ou les journaux écrivent ne se mêle pas au JSON
        return asyncio.run(_jouer(tours, sortie))


async def _jouer(tours: list[tuple[str, str]], sortie: TextIO) -> int:
    from bilan.moteur import charger, faire_un_tour

    agent = await charger(assurer_modele())
    for conversation, message in tours:
        tour = await faire_un_tour(agent, conversation, message)
        ligne = {"conversation": conversation, "message": message, **asdict(tour)}
        sortie.write(json.dumps(ligne, ensure_ascii=False) + "\n")
    sortie.flush()
    return 0
