"""Plusieurs questions dans un message : les propositions qu'il met bout à bout, et celles qui demandent."""

from __future__ import annotations

import re
from typing import NamedTuple

from actions.simplification import simplifier

_COUPURE = re.compile(
    r"(?P<demande>\?+)\s*(?:(?:et|puis|aussi|sinon|ensuite)\b)?\s*"
    r"|[.;!\n]+\s+(?=\w)"
    r"|,\s*(?:(?:et|é|mais|puis|sinon|donc)\b)?\s*"
    # « Laisse tomber c combien » : ce qui suit est demandé, sauf ce que l'on laisse (« laisse tomber le CPF »).
    r"|(?<=laisse tomber)\s+(?!(?:le|la|les|ca|[çc]a|mon|ma|mes|ce|cette|pour|avec|stp|svp)\b|l'|\S+$)"
    r"|\s+(?:et puis|et aussi|et sinon|et|ou bien|puis|sinon|mais|plus|ainsi que|é|e|pi|\+|&)\s+",
    re.I,
)
_LIAISON = r"(?:(?:et|e|mais|puis|aussi|sinon|ou|alors|bon|du coup|au fait|au passage|ah|ha|dites?(?: moi)?) )*"
_INTERROGATIF = (
    r"est ce|es ce|esk|esske|y a|ya|qui|ki|qu(?:e|oi|els?|elles?|and)|qu'\w+|koi|kels?|kan|combien|cb|comb|comment?|ou"
    r"|pourquoi|pk|faut|fo|faudrait|peu[tx]?|puis je|pourrai\w*|do(?:i[st]|it)|ai je|a t|suis je"
    r"|c'? ?(?:est )?(?:quoi|qui|koi|combien|cb)"
)
_POUVOIR = (
    r"(?:je|j|on|il|elle|mon (?:chef|patron|employeur)) ?(?:peu[tx]?|doi[st]|ai droit|a (?:le )?droit|pourrai[st]?)"
    r"|jpeux?|j'ai (?:le )?droit"
)
_ORDRE = r"calcul\w+|expliqu\w+|verifi\w+|guid\w+|fai(?:s|tes)|prepar\w+|montr\w+|donn\w+|resum\w+"
_DEMANDE = re.compile(
    rf"^{_LIAISON}(?:{_INTERROGATIF}|{_POUVOIR}|{_ORDRE})\b"
    r"|\b(?:dis|dites) moi\b|\b(?:quoi|koi|combien|cb|ou|comment|quand|qui|pourquoi)$"
)
# « S'il refuse, je fais quoi ? » ne pose qu'une question ; « je voudrais savoir si…, et si… » en pose deux.
_SUBORDONNEE = re.compile(
    rf"^{_LIAISON}(?:si|s'?ils?|s'?elles?|quand|qd|lorsqu\w*|une fois|apres|au cas ou|puisqu\w*|comme|vu que)\b"
)
_INDIRECTE = re.compile(r"\b(?:savoir|demand\w+|dire|dis moi|dites moi) (?:si\b|s'|comment|combien|qui|ou|quand)")
_SI = re.compile(rf"^{_LIAISON}(?:si\b|s')")
_MOTS_MIN = 2
_PROPOSITIONS_MAX = 8


class Proposition(NamedTuple):
    """Un morceau d'un message, et s'il demande quelque chose (sinon, il raconte)."""

    texte: str
    demande: bool


def propositions(texte: str) -> list[Proposition]:
    """Rend les propositions d'un message ; vide s'il n'en met pas plusieurs bout à bout.

    Un mot seul ne compte que suivi de « ? ». D'un long récit, les dernières : la question vient d'ordinaire après.
    """
    parties, debut, indirecte = [], 0, False
    for coupure in [*_COUPURE.finditer(texte), None]:
        morceau = texte[debut : coupure.start() if coupure else None].strip(" ?!.")
        simple, questionne = simplifier(morceau), bool(coupure and coupure["demande"])
        if coupure and coupure[0].startswith(",") and not indirecte and _SUBORDONNEE.search(simple):
            continue  # la principale suit
        if morceau:
            demande = questionne or bool(_DEMANDE.search(simple)) or bool(_INDIRECTE.search(simple))
            parties.append(Proposition(morceau, demande or bool(indirecte and _SI.search(simple))))
            indirecte = indirecte or bool(_INDIRECTE.search(simple))
        debut = coupure.end() if coupure else debut
    if len(parties) < 2:
        return []
    return [p for p in parties if p.demande or len(p.texte.split()) >= _MOTS_MIN][-_PROPOSITIONS_MAX:]
