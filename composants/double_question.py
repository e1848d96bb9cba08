"""Plusieurs questions dans un message : les propositions qu'il met bout à bout."""

import re

_COUPURE = re.compile(
    r"\?+\s*(?:et|puis|aussi|sinon|ensuite)?\b\s*"
    r"|[.;!\n]+\s+(?=\w)"
    r"|,\s*(?:et|mais|puis|sinon|donc)?\b\s*"
    r"|\s+(?:et puis|et aussi|et sinon|et|ou bien|puis|sinon|mais|plus|ainsi que|é|e|pi)\s+",
    re.I,
)
_MOTS_MIN = 2
_PROPOSITIONS_MAX = 8


def propositions(texte: str) -> list[str]:
    """Rend les propositions d'un message, d'au moins deux mots ; vide s'il n'en met pas plusieurs bout à bout.

    D'un long récit, les dernières : la question vient d'ordinaire après.
    """
    parties = [partie.strip(" ?!.") for partie in _COUPURE.split(texte)]
    if sum(map(bool, parties)) < 2:
        return []
    return [partie for partie in parties if len(partie.split()) >= _MOTS_MIN][-_PROPOSITIONS_MAX:]
