"""« J'en ai fait un en 2018, je peux en refaire un ? » : ce qui est dit de l'ancien bilan, et le jour du prochain."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from actions.comprehension import dates, extraire, fin_arret, periodes
from actions.comprehension.bilan import raconte_un_bilan
from actions.comprehension.durees import DUREE
from actions.comprehension.motifs_dates import MOIS_RE
from actions.comprehension.periodes import Periode

_BOUTS = re.compile(r"[,;.?!\n]|\b(?:je|et|mais|pour|donc)\b|\bj'")
_DU_PASSE = re.compile(r"\b(?:fait|eu|paye\w*|finance\w*|dernier|dat\w+|c'etait|remont\w+|passe|suivi)\b")
_JOUR_DIT = re.compile(rf"\b20\d\d\b|\b\d\d? ?/ ?\d|\b{MOIS_RE}|\b(?:dans|attend\w*) \d|\bdemain\b")
_ATTEND = re.compile(r"\battend\w* (?=\d)")
_SI = re.compile(r"\b(?:si|s'il|s'ils|s'elle|imagin\w+|mettons|admettons)\b")
# « Bilan payé par l'OPCO en janvier 2022, je peux… » : sans verbe, dans une question sur le prochain, c'est le sien.
_SANS_VERBE = re.compile(
    r"(?:^|(?<=[,.;!?\n] ))(?:(?:alors|bonjour|et|un|mon|le|dernier|1er|premier)[ ,]+){0,4}bilan\b"
)
# « Infirmière depuis 5 ans, bilan payé par l'ANFH » : l'ancienneté, et non l'âge d'un bilan.
_DEPUIS = re.compile(rf"\bdepuis (?:(?:plus|moins|pres) de |environ |deja )?{DUREE}")
_ENTRE_PARENTHESES = re.compile(r"\(([^()]{2,30})\)")
# « Et s'il datait du 29 novembre 2021 ? » : le même bilan, un autre jour.
_DATAIT = re.compile(r"\b(?:dat\w+|c'etait|remont\w+|etait|avait ete|avais|fait|eu)\b")
_CHAMPS = {"dernier_bilan", "dernier_bilan_date", "dernier_bilan_financeur"}
_MOTS_D_UNE_SUITE = 14


@dataclass(frozen=True)
class Dits:
    """Ce que dit un message.

    Attributes:
        raconte: un bilan a été fait, même sans date.
        bilan: champs de ce bilan, hypothèse comprise.
        suppose: c'est une hypothèse ; rien n'est à retenir.
        au: jour visé pour la nouvelle demande, s'il en nomme un.
    """

    raconte: bool
    bilan: Mapping[str, Any]
    suppose: bool
    au: Periode | None


def lire(texte: str, simple: str, jour: date, suit: bool, questions: tuple[str, ...] = ()) -> Dits:
    """Lit un message et sa version simplifiée.

    Args:
        texte: le message.
        simple: le même, simplifié.
        jour: aujourd'hui.
        suit: la réponse d'avant parlait du délai entre deux bilans.
        questions: champs qu'elle demandait.
    """
    texte = _ENTRE_PARENTHESES.sub(r" avec \1 ", texte)  # « un bilan en 2022 (France Travail) »
    faits = extraire(texte, jour)
    dits = _du_bilan({**faits.suppositions, **faits.valeurs})
    if "dernier_bilan_date" not in dits and _SANS_VERBE.search(simple):
        dits |= _du_bilan(
            extraire(_SANS_VERBE.sub("j'ai fait un bilan", _DEPUIS.sub("", simple), count=1), jour).valeurs
        )
    if suit and len(simple.split()) <= _MOTS_D_UNE_SUITE:
        for question in (*questions, "dernier_bilan_date"):
            dits = dits or _du_bilan(extraire(texte, jour, question=question).valeurs)
        passee = dates.chercher(simple, jour, "passe") if _DATAIT.search(simple) and not dits else None
        if isinstance(passee, Periode) and passee.fin <= jour:
            dits = {"dernier_bilan_date": periodes.ecrire(passee)}
    # « Mon arrêt finit le 10 janvier » ne date pas la demande.
    au = None if dits and questions else _jour_vise(fin_arret.sans_dates(simple, jour), jour)
    suppose = faits.hypothese or bool(faits.suppositions or _SI.search(simple))
    return Dits(bool(dits) or raconte_un_bilan(simple), dits, suppose, au)


def _du_bilan(dits: Mapping[str, Any]) -> dict[str, Any]:
    return {champ: valeur for champ, valeur in dits.items() if champ in _CHAMPS}


def _jour_vise(simple: str, jour: date) -> Periode | None:
    """« Le 3 décembre 2026 », « si j'attends février 2027 » : le jour de la demande, et non celui de l'ancien bilan."""
    for bout in _BOUTS.split(simple):
        if _JOUR_DIT.search(bout) and not _DU_PASSE.search(bout):
            lue = dates.chercher(_ATTEND.sub("dans ", bout), jour, "futur")
            if isinstance(lue, Periode) and lue.fin >= jour:
                return lue
    return None
