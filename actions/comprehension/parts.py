"""Une part du prix dite en fraction : « la moitié », « un tiers », « 30 % », « tout » ; écrite « 1/2 », « 30% »."""

from __future__ import annotations

import re
from fractions import Fraction

_FRACTIONS = {
    "1/2": r"moitie|1/2",
    "2/3": r"(?:2|deux) tiers|2/3",
    "1/3": r"tiers|1/3",
    "3/4": r"(?:3|trois) quarts?|3/4",
    "1/4": r"quart|1/4",
    "100%": r"totalite|integralite|(?<!pas )(?<!que )(?<!du )tout(?! (?:re)?commenc)",
}
# « 50 pour cent » se lit « 50 pour 100 ».
_POUR_CENT = r"(?P<pour_cent>\d{1,3}(?:\.\d+)?) ?(?:%|pour ?cents?\b|pour 100\b)"
# « La moitié du reste », « un quart d'heure », « tiers payant » ne sont pas des parts du prix.
_D_AUTRE_CHOSE = (
    r"(?! (?:(?:du|de ce qui) reste|d'heure|d'entre|payant|temps|seule?|ou|a fait|de suite|ca|le temps|moi))"
)
PART = (
    r"(?:(?:la |une |le |un |les |l')*(?P<fraction>"
    + "|".join(_FRACTIONS.values())
    + rf")(?![\w/%]){_D_AUTRE_CHOSE}|{_POUR_CENT})"
)
_PART = re.compile(rf"(?<![\w/]){PART}")
_MOITIE_MOITIE = re.compile(r"\bmoitie moitie\b")
_MAXIMUM = 100


def dite(texte: str) -> str | None:
    """Rend la part que dit un texte ; deux parts différentes n'en disent aucune."""
    lues = {part for trouve in _PART.finditer(_MOITIE_MOITIE.sub("moitie", texte)) if (part := ecrire(trouve))}
    return lues.pop() if len(lues) == 1 else None


def ecrire(trouve: re.Match[str]) -> str | None:
    """Écrit la part d'une correspondance de ``PART`` ; au-delà du prix, il n'y en a pas."""
    if trouve["pour_cent"]:
        nombre = float(trouve["pour_cent"])
        return f"{nombre:g}%" if 0 < nombre <= _MAXIMUM else None
    return next(code for code, motif in _FRACTIONS.items() if re.fullmatch(motif, trouve["fraction"]))


def fraction(valeur: object) -> Fraction | None:
    """Rend la fraction du prix qu'écrit une valeur retenue, ``None`` si c'est un montant."""
    if not isinstance(valeur, str):
        return None
    return Fraction(valeur.removesuffix("%")) / 100 if valeur.endswith("%") else Fraction(valeur)
