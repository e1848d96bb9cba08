"""Une somme dite dans un message : son écriture, ce qui la distingue d'une année, et si elle est approchée."""

from __future__ import annotations

import re

from actions.comprehension.vocabulaire import Vocabulaire

N = (
    r"(?P<n>-?\d+(?:\.\d+)?)(?:€|(?![\w/.%]))(?! ?(?:heures?|h\b|ans?\b|mois|%|jours?|semaines?"
    r"|seances?|ou plus|personnes|salari\w+|employee?s?\b|enfants|points|tiers|quarts?"
    r"|pour (?:100|cents?)\b))"
)
_AVANT_ANNEE = re.compile(
    r"\b(?:en|de|depuis|annee|fin|debut|date|courant|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre"
    r"|novembre|decembre) $"
)

_QUINZE = re.compile(r".{0,15}(?!\w)")
_UN_PRIX_DE = re.compile(r"\b(?:devis|prix|tarif|solde|cout|montant) (?:est )?de $")
_M = r"(?P<m>\d{3,5}(?:\.\d+)?)(?![\w/.%])"
# Ce qui précède la somme -> ce qui mène à l'autre bout.
_FOURCHETTES = (
    ("entre ", re.compile(rf"€? ?(?:et|a|-) ?{_M}")),
    ("de ", re.compile(rf"€? ?(?:a|-) ?{_M}")),
    ("", re.compile(rf"€? ?(?:ou|-) ?{_M}")),
)

_PRECEDE = re.compile(r"(?:\bentre (?P<m>\d{3,5}(?:\.\d+)?)€? (?:et|a)|(?<![\w/.])(?P<o>\d{3,5}(?:\.\d+)?)€? ou) $")


def premiere(motif: re.Pattern[str], texte: str) -> re.Match[str] | None:
    """Première somme que trouve un motif, hors années."""
    return next(filter(pas_une_annee, motif.finditer(texte)), None)


def pas_une_annee(trouve: re.Match[str]) -> bool:
    """« en 2021 », « 12/03/2020 » sont des dates ; « 2000 » après « j'ai » est un montant."""
    texte, debut, fin = trouve.string, trouve.start("n"), trouve.end("n")
    nue = re.fullmatch(r"(?:19|20)\d\d", trouve["n"]) and texte[fin : fin + 1] != "€"
    # « 2019 cpf » dit quand et par qui un bilan fut payé ; « 2019 sur mon cpf », un solde.
    accolee = nue and texte[fin:].startswith(" cpf")
    datee = nue and _AVANT_ANNEE.search(texte[:debut]) and not _UN_PRIX_DE.search(texte[:debut])
    return not (texte[debut - 1 : debut] in ("/", "-") or accolee or datee)


def bornes(trouve: re.Match[str]) -> list[float]:
    """La somme trouvée, et l'autre bout si elle est d'une fourchette : « entre 1500 et 2000 », « 1400 ou 2100 »."""
    avant, montant = trouve.string[: trouve.start("n")], float(trouve["n"])
    if precede := _PRECEDE.search(avant):
        return sorted((montant, float(precede["m"] or precede["o"])))
    suites = (motif.match(trouve.string, trouve.end("n")) for mot, motif in _FOURCHETTES if avant.endswith(mot))
    suite = next(filter(None, suites), None)
    return sorted((montant, float(suite["m"]))) if suite else [montant]


def environ(trouve: re.Match[str], voc: Vocabulaire) -> str | None:
    """« environ » si la somme est dite approchée."""
    avant, apres = trouve.string[: trouve.start("n")][-25:], trouve.string[trouve.end("n") :]
    # Sans couper de mot : de « verse », quinze caractères plus loin, il ne reste pas « vers ».
    suite = _QUINZE.match(apres)
    return "environ" if voc.motifs["environ"].search(f"{avant}{trouve['n']}{suite[0] if suite else ''}") else None
