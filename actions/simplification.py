"""Écriture ramenée à ce que l'orthographe ne change pas."""

import re
import unicodedata

_REPETITION = re.compile(r"(.)\1{2,}")
_NON_MOT = re.compile(r"[^\w€' ]+")


def simplifier(texte: str) -> str:
    """Rend un texte en minuscules, sans accents, sans ponctuation ni lettres étirées."""
    decompose = unicodedata.normalize("NFKD", texte.lower().replace("’", "'").replace("œ", "oe"))
    sans_accent = "".join(lettre for lettre in decompose if not unicodedata.combining(lettre))
    return " ".join(_NON_MOT.sub(" ", _REPETITION.sub(r"\1\1", sans_accent)).split())
