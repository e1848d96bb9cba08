"""Reconnaît un message dont aucun mot n'existe : jamais vu à l'entraînement, et presque aucun mot français."""

from __future__ import annotations

import re
from collections.abc import Callable

from composants.spacy_francais import mot_connu

_MOT = re.compile(r"[^\W\d_]{3,}")
_MOTS_LUS = 12


def est_du_charabia(texte: str, vu: Callable[[str], bool]) -> bool:
    """Dit si un texte ne contient aucun mot vu, et au plus un mot français sur deux.

    Args:
        texte: message brut ; sans mot de trois lettres, ce n'est pas du charabia.
        vu: dit si un mot (minuscules) était dans les exemples d'entraînement.
    """
    mots = _MOT.findall(texte.lower())[:_MOTS_LUS]
    if not mots or any(map(vu, mots)):
        return False
    return 2 * sum(map(mot_connu, mots)) < len(mots)
