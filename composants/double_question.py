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
    r"|\s+(?:et puis|et aussi|et sinon|et|ou bien|puis|sinon|mais|ainsi que|é|e|pi|\+|&)\s+(?=\w)"
    # « Le prix plus la durée » ; mais « de plus », « je peux plus », « plus de dix ans » ne joignent rien.
    r"|(?<!\bde)(?<!\ben)(?<!\bpeu)(?<!\bai)\s+plus\s+(?=(?:le|la|les|l'|mon|ma|mes|combien|comment|est-ce|qui|quel)\b)",
    re.I,
)
_LIAISON = r"(?:(?:et|e|mais|puis|aussi|sinon|ou|alors|bon|du coup|au fait|au passage|ah|ha|dites?(?: moi)?) )*"
_INTERROGATIF = (
    r"est ce|es ce|esk|esske|y a|ya|qui|ki|qu(?:e|oi|els?|elles?|and)|qu'\w+|koi|kels?|kan|combien|cb|comb|comment?|ou"
    r"|pourquoi|pk|faut|fo|faudrait|peu[tx]?|puis je|pourrai\w*|do(?:i[st]|it)|ai je|a t|suis je"
    r"|c'? ?(?:est )?(?:quoi|qui|koi|combien|cb)|(?:a|de|avec|pour|par|sur|en|dans) (?:quoi|qui|quel\w*|combien)"
)
_POUVOIR = (
    r"(?:je|j|on|il|elle|mon (?:chef|patron|employeur)) ?(?:peu[tx]?|doi[st]|ai droit|a (?:le )?droit|pourrai[st]?)"
    r"|jpeux?|j'ai (?:le )?droit"
)
_ORDRE = (
    r"calcul\w+|expliqu\w+|verifi\w+|guid\w+|fai(?:s|tes)|prepar\w+|montr\w+|donn\w+|resum\w+"
    r"|(?:ecri\w+|redig\w+|envoy\w+) moi|(?:tu|vous) (?:peu[tx]|pouvez|pourr\w+)"
    r"|je (?:voudrais|veu[tx]|aimerais|souhaite\w*) (?:bien |aussi )?(?:savoir|comprendre|connaitre)"
)
_DEMANDE = re.compile(
    rf"^{_LIAISON}(?:{_INTERROGATIF}|{_POUVOIR}|{_ORDRE})\b"
    r"|\b(?:dis|dites) moi\b|\b(?:quoi|koi|combien|cb|ou|comment|quand|qui|pourquoi)$"
)
# « Le cabinet peut-il appartenir à ma boîte », « mes droits vont-ils fondre ».
_INVERSION = re.compile(r"\w-(?:t-)?(?:je|tu|ils?|elles?|on|nous|ce|(?<!rendez-)vous)\b", re.I)
# « Je change de poste, c'est vrai ? » : cette fin ne dit rien seule, elle demande ce qui la précède.
_QUEUE = re.compile(
    r"(?:c'?e?s?t? ?(?:vrai|grave|possible|normal|legal|oblige|obligatoire|bon|faux)"
    r"|(?:j'?e? ?)?(?:suis|sui) (?:oblige|force|coince|foutu)\w*|j'ai (?:le )?droit"
    r"|(?:ca )?(?:marche|passe)|ou pas|non|si)"
)
# « J'ai une RQTH, ça change quoi pour un bilan ? » : « ça » renvoie à ce qui précède, il n'y a qu'une question.
_RENVOIE = re.compile(r"(?:et )?(?:est ce que )?(?:ca|cela) (?:me |m'|nous )?change\b")
# « S'il refuse, je fais quoi ? » ne pose qu'une question ; « je voudrais savoir si…, et si… » en pose deux.
_SUBORDONNEE = re.compile(
    rf"^{_LIAISON}(?:si|s'?ils?|s'?elles?|quand|qd|lorsqu\w*|une fois|apres|au cas ou|puisqu\w*|comme|vu que)\b"
)
_INDIRECTE = re.compile(
    r"\b(?:savoir|demand\w+|dire|dis moi|dites moi) (?:aussi |ensuite |surtout )?(?:si\b|s'|comment|combien"
    r"|qui|ou|quand)"
)
_SI = re.compile(rf"^{_LIAISON}(?:si\b|s')")
# La principale d'une subordonnée est là : « si je paie seul faut-il un contrat, et … ».
_PRINCIPALE = re.compile(
    r" (?:est ce|esk\w*|qu'est|faut|faudra|combien|cb|comment|koi|quoi|quel(?:le)?s?|pourquoi|puis je|peut on)\b"
)
_SUITE_DE_SI = re.compile(r"(?:que|qu'(?:il|elle|on)s?)\b")  # « si je pars, et que je reviens, … »
_LIE = re.compile(r",\s*(?:et|é|mais|puis|sinon)\b", re.I)
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
    parties: list[Proposition] = []
    debut, dernier, indirecte = 0, 0, False
    for coupure in [*_COUPURE.finditer(texte), None]:
        fin = coupure.start() if coupure else len(texte)
        morceau, segment = texte[debut:fin].strip(" ?!."), texte[dernier:fin]
        simple, questionne = simplifier(morceau), bool(coupure and coupure["demande"])
        virgule = bool(coupure and coupure[0].startswith(","))
        subordonnee = virgule and not indirecte and bool(_SUBORDONNEE.search(simple))
        principale = subordonnee and _principale_dite(simple, segment if dernier > debut else "", coupure)
        dernier = coupure.end() if coupure else dernier
        if coupure and ((subordonnee and not principale) or (virgule and _finit_par_une_queue(texte, coupure))):
            continue  # la principale suit
        if morceau:
            renvoie = bool(parties and _RENVOIE.match(simple))
            demande = (questionne or principale or _demande(morceau, simple)) and not renvoie
            parties.append(Proposition(morceau, demande or bool(indirecte and _SI.search(simple))))
            indirecte = indirecte or bool(_INDIRECTE.search(simple))
        debut = coupure.end() if coupure else debut
    if len(parties) < 2:
        return []
    return [p for p in parties if p.demande or len(p.texte.split()) >= _MOTS_MIN][-_PROPOSITIONS_MAX:]


def _demande(texte: str, simple: str) -> bool:
    return bool(_DEMANDE.search(simple) or _INDIRECTE.search(simple) or _INVERSION.search(texte))


def _principale_dite(simple: str, segment: str, coupure: re.Match[str] | None) -> bool:
    """« Si j'annule, je récupère quoi, et… » : la question que la condition annonçait est déjà posée."""
    if segment:
        dit = simplifier(segment)
        return not _SUITE_DE_SI.match(dit) and _demande(segment, dit)
    return bool(coupure and _LIE.match(coupure[0]) and _PRINCIPALE.search(simple))


def _finit_par_une_queue(texte: str, coupure: re.Match[str] | None) -> bool:
    """« … mes droits expirent, c'est vrai ? » : la fin demande ce qui précède."""
    suite = texte[coupure.end() if coupure else 0 :].partition("?")
    lie = bool(coupure and _LIE.match(coupure[0]))
    return bool(suite[1]) and not lie and bool(_QUEUE.fullmatch(simplifier(suite[0])))
