"""Qui a payé un bilan : le payeur dit, celui qui compte, ou aucun si deux sont possibles ou si l'on en doute."""

from __future__ import annotations

import re
from typing import get_args

from actions.comprehension.ecriture import mots
from actions.comprehension.vocabulaire import Vocabulaire
from actions.eligibilite.situation import FinanceurCompte

PAYE = r"(?:pay\w+|financ\w+|pris\w* en charge|regl\w+|fait avec|offert\w*|sponsoris\w+)"
_PAR = re.compile(
    rf"\b(?:{PAYE} )?(?:par|avec|via|grace a|sur|chez|au frais d[eu]|aux frais d[eu]"
    rf"|dans le cadre d[eu]|au titre d[eu]|de|a|c'est|c'etait)\b"
    rf"(?: (?:(?:le|la|les|mon|ma|mes|un|une|du)\b|l'))*[ ']*(?=(?P<qui>[^,.!?]{{2,45}}))"
)
_QUI_PAYE = re.compile(
    rf"(?P<qui>[^,.!?]{{2,45}}?) (?:qui )?(?:m'a |a |avait |l'a |l'avait |m'avait |ont |avaient )?(?:tout )?{PAYE}\b"
)
_MOTS_ACCOLES = 6
_UN_PAYEUR = (
    r"(?:par |avec |via )?(?:le |la |l'|mon |ma |un )?"
    r"(?:cpf|opco|patron\w*|employeur|boite|chef|entreprise|region|france travail|pole emploi|moi)\b"
)
_OU_PAYEUR = re.compile(rf"\b(?:ou|et)(?: bien| peut etre)? (?:c'etait )?{_UN_PAYEUR}")
_DOUTE_PAYEUR = re.compile(
    r"\b(?:pte?t\w*|peut etre|sais (?:pas|plus|meme plus)|pas sure?|je crois|souviens (?:pas|plus))\b"
)
_DOUTE_DU_PAYEUR = re.compile(
    rf"\b(?:pte?t(?:re)?|peut etre) (?:que )?(?:c'etait |c'est |paye )?{_UN_PAYEUR}"
    r"|\bsais (?:pas|plus) (?:trop )?si (?:c'etait|c'est)\b"
)


def financeur(texte: str, voc: Vocabulaire) -> str | None:
    """Rend le financeur dit avec un mot qui le dit (« payé par », « avec »…) ; de plusieurs, celui qui compte."""
    codes = []
    for motif in (_PAR, _QUI_PAYE):
        for trouve in motif.finditer(texte):
            jetons = mots(trouve["qui"])
            codes += [code for debut, _, code in voc.financeurs.tous(jetons) if motif is _QUI_PAYE or debut <= 1]
    if re.search(
        r"\bj'ai (?:tout )?paye (?:moi|de ma|tout seul)|\bje l'ai (?:tout )?paye\b(?! (?:par|avec|grace|via))"
        r"|\bde ma poche\b|\ba mes frais\b|\bpaye moi meme\b",
        texte,
    ):
        codes.append("soi_meme")
    return None if payeur_incertain(texte, voc) else retenu(codes)


def payeur_incertain(texte: str, voc: Vocabulaire) -> bool:
    """« Mon patron ou le CPF », « ptet le CPF » : deux payeurs possibles, ou un doute sur le seul dit."""
    trouves = voc.financeurs.tous(mots(texte))
    if not trouves:
        return False
    codes = {code for *_, code in trouves}
    if len(codes) > 1:
        # « L'entreprise et moi » : aucun des deux ne fait courir le délai.
        return bool(codes & set(get_args(FinanceurCompte))) and bool(
            _OU_PAYEUR.search(texte) or _DOUTE_PAYEUR.search(texte)
        )
    return bool(_DOUTE_DU_PAYEUR.search(texte))


def payeur_accole(texte: str, voc: Vocabulaire) -> str | None:
    """« 2019 cpf » : en si peu de mots, un financeur ne peut être que le payeur ; « au chômage » dit quand, non qui."""
    jetons = mots(texte.replace("au chomage", " "))
    if payeur_incertain(texte, voc):
        return None
    return retenu([code for *_, code in voc.financeurs.tous(jetons)]) if len(jetons) <= _MOTS_ACCOLES else None


def retenu(codes: list[str]) -> str | None:
    """Un financeur qui fait courir le délai l'emporte sur les autres."""
    admis = [code for code in codes if code != "autre"]
    comptes = [code for code in admis if code in get_args(FinanceurCompte)]
    return next(iter(comptes or admis), None)
