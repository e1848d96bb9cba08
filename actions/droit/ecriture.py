"""Écriture française des valeurs : « 1 600 € », « 60 jours calendaires », « 26 février 2026 »."""

from datetime import date
from decimal import Decimal

INSECABLE = "\u00a0"
_MOIS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
)
# unité -> (singulier, pluriel)
_UNITES: dict[str, tuple[str, str]] = {
    "euros": ("€", "€"),
    "heures": ("heure", "heures"),
    "jours": ("jour", "jours"),
    "jours_calendaires": (f"jour{INSECABLE}calendaire", f"jours{INSECABLE}calendaires"),
    "jours_ouvres": (f"jour{INSECABLE}ouvré", f"jours{INSECABLE}ouvrés"),
    "jours_ouvrables": (f"jour{INSECABLE}ouvrable", f"jours{INSECABLE}ouvrables"),
    "semaines": ("semaine", "semaines"),
    "mois": ("mois", "mois"),
    "ans": ("an", "ans"),
    "ans_age": ("an", "ans"),
    "pourcent": ("%", "%"),
    "salaries": ("salarié", "salariés"),
    "nombre": ("", ""),
    "minutes": ("minute", "minutes"),
}


def nombre(valeur: Decimal | int) -> str:
    """Écrit un nombre à la française : milliers séparés, virgule, centimes entiers."""
    decimal = Decimal(valeur)
    brut = f"{decimal:,.0f}" if decimal == decimal.to_integral_value() else f"{decimal:,.2f}"
    return brut.replace(",", INSECABLE).replace(".", ",")


def grandeur(valeur: Decimal | int | str, unite: str) -> str:
    """Écrit une valeur avec son unité ; un téléphone ou un lien est rendu tel quel."""
    if isinstance(valeur, str):
        return valeur.replace(" ", INSECABLE)
    singulier, pluriel = _UNITES[unite]
    mot = singulier if abs(Decimal(valeur)) < 2 else pluriel
    return f"{nombre(valeur)}{INSECABLE}{mot}".rstrip(INSECABLE)


def jour(valeur: date) -> str:
    """Écrit une date en toutes lettres : « 1er avril 2026 »."""
    quantieme = "1er" if valeur.day == 1 else str(valeur.day)
    return f"{quantieme}{INSECABLE}{_MOIS[valeur.month - 1]}{INSECABLE}{valeur.year}"


def mois(valeur: date) -> str:
    """Écrit un mois en toutes lettres : « avril 2026 »."""
    return f"{_MOIS[valeur.month - 1]}{INSECABLE}{valeur.year}"


def jour_court(valeur: date) -> str:
    """Écrit une date en chiffres : « 22/11/2026 »."""
    return valeur.strftime("%d/%m/%Y")
