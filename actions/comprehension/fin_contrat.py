"""La fin d'un contrat : « mon CDD finit le 31 mars », « en CDD jusqu'en juin »."""

from __future__ import annotations

import re
from datetime import date

from actions.comprehension import dates, periodes
from actions.comprehension.modele import Carnet
from actions.comprehension.propositions import Mode

_FIN = re.compile(
    r"\b(?:cdd|contrat|mission|saison)\b(?: (?!arr?et)\w+){0,3}?,? "
    r"(?:(?:qui |va |devrait )?(?:se )?(?:finir|fini|terminer?)|(?:qui )?s'(?:arrete|acheve)|prend fin"
    r"|jusqu(?:e|'|[' ]?(?:a|au|en))|fin)\b(?P<quand>[^,;!?]{2,30})"
    r"|\bfin (?:de|du|d'un|de mon) (?:cdd|contrat|mission)\b(?P<quand2>[^,;!?]{2,30})"
)
# « Je travaille jusqu'à vendredi » ne date pas un bilan ; « jusqu'en 2021 », si.
_JUSQUA = re.compile(r"\bjusqu(?:e|[' ]?(?:a|au|en))\b(?![^,;.!?]*\d{4})[^,;.!?]*")
_NIE = re.compile(r"\b(?:pas|jamais|cdi)\b")


def lire(texte: str, mode: Mode, interrogative: bool, jour: date, carnet: Carnet) -> None:
    """Note la fin du contrat dite dans un bloc ; un contrat qui a une fin est un CDD."""
    trouve = _FIN.search(texte)
    if not trouve or _NIE.search(trouve[0]) or (interrogative and mode == "dit"):
        return
    lue = dates.chercher(trouve["quand"] or trouve["quand2"], jour, "futur")
    if isinstance(lue, dates.Periode) and lue.fin >= jour:
        carnet.noter("fin_contrat", periodes.ecrire(periodes.autour(lue)), mode == "suppose")


def sans_echeance(texte: str) -> str:
    """Retire la fin d'un contrat de ce qui se lit comme une réponse à autre chose."""
    return _FIN.sub(" ", texte).strip()


def sans_avenir(texte: str) -> str:
    """Retire toute échéance de ce qui se lit comme la date d'un bilan passé."""
    return _JUSQUA.sub(" ", texte).strip()
