"""Coupe un texte entre ses phrases, pour qui lit peu à la fois ; rien n'est perdu ni changé."""

import re
from collections.abc import Iterator
from itertools import pairwise

PHRASES_PAR_MESSAGE = 2
# Une fin de phrase, sauf une initiale (« L. 6313-4 »), une abréviation ou un numéro de liste (« 2. ») ; une citation
# qui clôt une ligne.
_FIN = re.compile(
    r"(?:(?<=[.?!…])(?<!\b[A-Z]\.)(?<!\bart\.)(?<!^\d\.)(?<!\n\d\.)(?<![ \u00a0]p\.)\s+"
    r"|(?<=[.?!…][ \u00a0]»)\s*\n\s*)(?=[\w«\"“({-])"
)


def compter(texte: str) -> int:
    """Nombre de phrases d'un texte ; une liste qui suit deux-points en fait partie."""
    return len(list(_fins(texte.strip()))) + 1 if texte.strip() else 0


def couper(texte: str, phrases: int = PHRASES_PAR_MESSAGE) -> list[str]:
    """Rend le texte en parties d'au plus ``phrases`` phrases."""
    debuts = [0, *_fins(texte)]
    parties = (texte[debut:fin].strip() for debut, fin in pairwise([*debuts[::phrases], len(texte)]))
    return [partie for partie in parties if partie]


def _fins(texte: str) -> Iterator[int]:
    """Où commence chaque phrase, sauf la première ; « - Qui paie ? Le CPF. » n'en fait qu'une."""
    for trouve in _FIN.finditer(texte):
        ligne = texte[texte.rfind("\n", 0, trouve.start()) + 1 : trouve.start()]
        if not (ligne.startswith("- ") and ligne.endswith("?") and "\n" not in trouve[0]):
            yield trouve.end()
