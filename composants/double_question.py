"""Deux questions dans un message : coupe le texte là où une seconde question commence."""

import re

_MOT_DE_QUESTION = (
    r"comment|combien|quand|qui|que|quoi|quel(?:le)?s?|pourquoi|pk|est[- ]?ce|es[- ]?ce|c'?est|ça|ca|sa|mon|ma|je|j'|on"
    r"|faut|il faut|peut|puis|dois|y a|il y a"
)
_COUPURE = re.compile(
    r"\?+\s*(?:et|puis|aussi|sinon|ensuite)?\s*|[.;\n]+\s*(?=\w)"
    rf"|,?\s+(?:et|puis|et puis|et aussi|et sinon|sinon)\s+(?=(?:{_MOT_DE_QUESTION})\b)",
    re.I,
)
_MOTS_MIN = 2


def questions(texte: str) -> list[str]:
    """Rend les questions d'un message (deux ou trois), ou une liste vide s'il n'en pose qu'une."""
    parties = [partie.strip() for partie in _COUPURE.split(texte) if partie and len(partie.split()) >= _MOTS_MIN]
    return parties if 2 <= len(parties) <= 3 else []
