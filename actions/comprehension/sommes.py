"""Une somme dite dans un message : son écriture, ce qui la distingue d'une année, et si elle est approchée."""

from __future__ import annotations

import re

from actions.comprehension.vocabulaire import Vocabulaire

N = (
    r"(?P<n>-?\d+(?:\.\d+)?)(?:€|(?![\w/.%]))(?! ?(?:heures?|h\b|ans?\b|mois|%|jours?|semaines?"
    r"|seances?|ou plus|personnes|salari\w+|employ\w+|enfants|points))"
)
_AVANT_ANNEE = re.compile(
    r"\b(?:en|de|depuis|annee|fin|debut|date|courant|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre"
    r"|novembre|decembre) $"
)


def premiere(motif: re.Pattern[str], texte: str) -> re.Match[str] | None:
    """Première somme que trouve un motif, hors années."""
    return next(filter(pas_une_annee, motif.finditer(texte)), None)


def pas_une_annee(trouve: re.Match[str]) -> bool:
    """« en 2021 », « 12/03/2020 » sont des dates ; « 2000 » après « j'ai » est un montant."""
    texte, debut, fin = trouve.string, trouve.start("n"), trouve.end("n")
    nue = re.fullmatch(r"(?:19|20)\d\d", trouve["n"]) and texte[fin : fin + 1] != "€"
    # « 2019 cpf » dit quand et par qui un bilan fut payé ; « 2019 sur mon cpf », un solde.
    accolee = nue and texte[fin:].startswith(" cpf")
    return not (texte[debut - 1 : debut] in ("/", "-") or accolee or (nue and _AVANT_ANNEE.search(texte[:debut])))


def environ(trouve: re.Match[str], voc: Vocabulaire) -> str | None:
    """« environ » si la somme est dite approchée."""
    autour = trouve.string[max(0, trouve.start("n") - 25) : trouve.end() + 15]
    return "environ" if voc.motifs["environ"].search(autour) else None
