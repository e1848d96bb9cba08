"""Les champs d'une lettre : d'une valeur de la conversation à ce qui s'écrit, ou le champ refusé.

Un texte libre ne reçoit que des lettres latines, des chiffres et la ponctuation d'un nom : rien qui se déguise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from actions.comprehension import periodes
from actions.documents.modeles import Champ, TypeChamp
from actions.droit import ecriture
from actions.parcours.messages import dire_periode

PREMIER_JOUR, DERNIER_JOUR = date(2000, 1, 1), date(2199, 12, 31)
NOMBRE_MAX = 100_000
_JOUR_ADMIS = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UN_JOUR = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_PERIODE_ADMISE = re.compile(rf"[0-9]{{4}}(?:-[0-9]{{2}})?|{_UN_JOUR}~|{_UN_JOUR}/(?:\.\.|{_UN_JOUR})|\.\./{_UN_JOUR}")
_TEXTE_ADMIS = re.compile(r"(?=.*[A-Za-zÀ-ÖØ-öø-ÿŒœ])[A-Za-zÀ-ÖØ-öø-ÿŒœ0-9 '’&.,()+-]{1,60}")


class ErreurChamp(ValueError):
    """Une valeur est refusée ; le message nomme le champ, jamais la valeur.

    Attributes:
        champ: nom du champ.
    """

    def __init__(self, champ: str, admis: str) -> None:
        super().__init__(f"{champ} : attendu : {admis}")
        self.champ = champ


@dataclass(frozen=True)
class Valeur:
    """Une valeur lue : ``ecrit`` va dans la lettre, ``code`` sert aux conditions, ``brute`` aux calculs."""

    ecrit: str
    code: str
    brute: date | periodes.Periode | Decimal | bool | str


def lire(champ: Champ, brut: object, oui_non: Mapping[str, str]) -> Valeur:
    """Lit la valeur d'un champ.

    Args:
        champ: le champ du modèle.
        brut: valeur de la conversation (``date`` ou AAAA-MM-JJ, nombre, booléen, code de choix, texte).
        oui_non: écriture de oui et de non.

    Raises:
        ErreurChamp: valeur hors de ce que le champ admet.
    """
    if champ.type == "choix":
        if not isinstance(brut, str) or brut not in champ.valeurs:
            raise ErreurChamp(champ.nom, ", ".join(champ.valeurs))
        return Valeur(champ.valeurs[brut], brut, brut)
    if champ.type == "oui_non":
        if not isinstance(brut, bool):
            raise ErreurChamp(champ.nom, "true, false")
        code = "oui" if brut else "non"
        return Valeur(oui_non[code], code, brut)
    return _LECTEURS[champ.type](champ.nom, brut)


def _date(nom: str, brut: object) -> Valeur:
    if not isinstance(brut, date) and not (isinstance(brut, str) and _JOUR_ADMIS.fullmatch(brut)):
        raise ErreurChamp(nom, "une date AAAA-MM-JJ")
    try:
        jour = brut if isinstance(brut, date) else date.fromisoformat(brut)
    except ValueError as erreur:
        raise ErreurChamp(nom, "une date AAAA-MM-JJ") from erreur
    if type(jour) is not date or not PREMIER_JOUR <= jour <= DERNIER_JOUR:
        raise ErreurChamp(nom, f"une date du {PREMIER_JOUR} au {DERNIER_JOUR}")
    return Valeur(ecriture.jour(jour), jour.isoformat(), jour)


def _periode(nom: str, brut: object) -> Valeur:
    """Un jour, ou ce qui en a été dit : « en avril 2027 » ; le jour, lui, n'est pas inventé."""
    if not isinstance(brut, str) or not _PERIODE_ADMISE.fullmatch(brut):
        le_jour = _date(nom, brut)
        return Valeur(dire_periode(le_jour.code, "dans_une_phrase"), le_jour.code, le_jour.brute)
    try:
        return Valeur(dire_periode(brut, "dans_une_phrase"), brut, periodes.lire(brut))
    except ValueError as erreur:
        raise ErreurChamp(nom, "une date AAAA-MM-JJ, ou une période") from erreur


def _nombre(unite: str) -> Callable[[str, object], Valeur]:
    def lire_nombre(nom: str, brut: object) -> Valeur:
        admis = f"un nombre de 0 à {NOMBRE_MAX}, deux décimales au plus"
        if isinstance(brut, bool) or not isinstance(brut, int | float | str | Decimal):
            raise ErreurChamp(nom, admis)
        try:
            nombre = Decimal(str(brut))
            convenable = 0 < nombre <= NOMBRE_MAX and nombre == round(nombre, 2)
        except InvalidOperation as erreur:
            raise ErreurChamp(nom, admis) from erreur
        if not convenable:
            raise ErreurChamp(nom, admis)
        return Valeur(ecriture.grandeur(nombre, unite), str(nombre), nombre)

    return lire_nombre


def _texte(nom: str, brut: object) -> Valeur:
    propre = " ".join(brut.split()) if isinstance(brut, str) else ""
    if not _TEXTE_ADMIS.fullmatch(propre):
        raise ErreurChamp(nom, "un nom de 60 caractères au plus, en lettres latines")
    return Valeur(propre, propre, propre)


_LECTEURS: Mapping[TypeChamp, Callable[[str, Any], Valeur]] = {
    "date": _date,
    "periode": _periode,
    "euros": _nombre("euros"),
    "heures": _nombre("heures"),
    "mois": _nombre("mois"),
    "texte": _texte,
}
