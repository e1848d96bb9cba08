"""Deux questions dans un message : les endroits où l'on pourrait le couper en deux."""

import re

_COUPURE = re.compile(
    r"\?+\s*(?:et|puis|aussi|sinon|ensuite)?\b\s*"
    r"|[.;!\n]+\s+(?=\w)"
    r"|,\s*(?:et|ou|mais|puis|sinon|donc)?\b\s*"
    r"|\s+(?:et puis|et aussi|et sinon|et|ou bien|ou|puis|sinon|mais|plus|ainsi que|é|e|pi)\s+",
    re.I,
)
_MOTS_MIN = 2
_COUPES_MAX = 3


def coupes(texte: str) -> list[tuple[str, str]]:
    """Rend les façons de couper un message en deux parties d'au moins deux mots ; vide s'il n'y en a pas."""
    parties = [(texte[: c.start()].strip(), texte[c.end() :].strip()) for c in _COUPURE.finditer(texte)]
    return [(avant, apres) for avant, apres in parties if min(len(avant.split()), len(apres.split())) >= _MOTS_MIN][
        :_COUPES_MAX
    ]
