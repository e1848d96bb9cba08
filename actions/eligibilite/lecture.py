"""Lecture et vérification d'une situation : d'un objet JSON à une ``Situation``, ou le champ fautif.

``null`` vaut absent, donc inconnu.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from actions.eligibilite.situation import (
    Arret,
    Contrat,
    DernierBilan,
    Financeur,
    Initiative,
    Situation,
    Statut,
)

# Bornes techniques, sans portée juridique : au-delà, c'est une faute de frappe.
PREMIER_JOUR, DERNIER_JOUR = date(1900, 1, 1), date(2199, 12, 31)
NOMBRE_MAX = 999_999_999
CENTIME = Decimal("0.01")
_Lecteur = Callable[[str, object], Any]


class ErreurSituation(ValueError):
    """Un champ de la situation est refusé.

    Attributes:
        champ: chemin du champ fautif (``dernier_bilan.date``).
        admis: ce que le champ accepte, en français.
    """

    def __init__(self, champ: str, admis: str) -> None:
        super().__init__(f"{champ} : valeurs admises : {admis}")
        self.champ = champ
        self.admis = admis


def lire_situation(brut: object) -> Situation:
    """Lit un objet JSON déjà analysé et rend la situation.

    Raises:
        ErreurSituation: champ inconnu, valeur refusée, ``date_evaluation`` absente ou bilan daté du futur.
    """
    if not isinstance(brut, Mapping):
        raise ErreurSituation("situation", "un objet JSON")
    lus = _lire(brut, "", _LECTEURS)
    if "date_evaluation" not in lus:
        raise ErreurSituation("date_evaluation", "une date AAAA-MM-JJ, obligatoire")
    situation = Situation(**lus)
    bilan = situation.dernier_bilan
    if isinstance(bilan, DernierBilan) and bilan.date and bilan.date > situation.date_evaluation:
        raise ErreurSituation("dernier_bilan.date", "une date qui ne suit pas date_evaluation")
    return situation


def _lire(objet: Mapping[str, object], prefixe: str, lecteurs: Mapping[str, _Lecteur]) -> dict[str, Any]:
    """Rend les champs connus de ``objet`` ; ``null`` vaut absent."""
    for champ in objet:
        if champ not in lecteurs:
            raise ErreurSituation(f"champ inconnu {prefixe}{ascii(champ)[:60]}", ", ".join(lecteurs))
    return {
        champ: lire(prefixe + champ, objet[champ]) for champ, lire in lecteurs.items() if objet.get(champ) is not None
    }


def _jour(champ: str, valeur: object) -> date:
    admis = f"une date AAAA-MM-JJ, du {PREMIER_JOUR} au {DERNIER_JOUR}"
    if not isinstance(valeur, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", valeur):
        raise ErreurSituation(champ, admis)
    try:
        jour = date.fromisoformat(valeur)
    except ValueError as erreur:
        raise ErreurSituation(champ, admis) from erreur
    if not PREMIER_JOUR <= jour <= DERNIER_JOUR:
        raise ErreurSituation(champ, admis)
    return jour


def _parmi(*admises: str) -> _Lecteur:
    def lire(champ: str, valeur: object) -> str:
        if not isinstance(valeur, str) or valeur not in admises:
            raise ErreurSituation(champ, ", ".join(admises))
        return valeur

    return lire


def _booleen(champ: str, valeur: object) -> bool:
    if not isinstance(valeur, bool):
        raise ErreurSituation(champ, "true, false")
    return valeur


def _nombre(champ: str, valeur: object, admis: str) -> Decimal:
    """Rend un nombre entre 0 et ``NOMBRE_MAX`` ; un booléen ou une chaîne n'est pas un nombre."""
    if isinstance(valeur, bool) or not isinstance(valeur, int | float | Decimal):
        raise ErreurSituation(champ, admis)
    nombre = Decimal(str(valeur)) if isinstance(valeur, float) else Decimal(valeur)
    if not nombre.is_finite() or not 0 <= nombre <= NOMBRE_MAX:
        raise ErreurSituation(champ, admis)
    return nombre


def _montant(champ: str, valeur: object) -> Decimal:
    admis = f"un montant en euros de 0 à {NOMBRE_MAX}, deux décimales au plus"
    nombre = _nombre(champ, valeur, admis)
    if nombre != nombre.quantize(CENTIME):
        raise ErreurSituation(champ, admis)
    return nombre.quantize(CENTIME)


def _mois(champ: str, valeur: object) -> Decimal:
    return _nombre(champ, valeur, f"un nombre de mois de 0 à {NOMBRE_MAX}")


def _entier(champ: str, valeur: object) -> int:
    admis = f"un nombre entier de mois de 0 à {NOMBRE_MAX}"
    if not isinstance(valeur, int):
        raise ErreurSituation(champ, admis)
    return int(_nombre(champ, valeur, admis))


def _bilan(champ: str, valeur: object) -> DernierBilan | str:
    if valeur == "aucun":
        return "aucun"
    if not isinstance(valeur, Mapping):
        raise ErreurSituation(champ, 'null, "aucun", {date, financeur}')
    return DernierBilan(**_lire(valeur, f"{champ}.", _LECTEURS_BILAN))


_LECTEURS_BILAN: Mapping[str, _Lecteur] = {
    "date": _jour,
    "financeur": _parmi(*get_args(Financeur)),
}
# L'ordre des champs est celui du contrat ; il ordonne aussi les informations manquantes.
_LECTEURS: Mapping[str, _Lecteur] = {
    "date_evaluation": _jour,
    "statut": _parmi(*get_args(Statut)),
    "contrat": _parmi(*get_args(Contrat)),
    "initiative": _parmi(*get_args(Initiative)),
    "solde_cpf": _montant,
    "prix": _montant,
    "dotation_employeur": _montant,
    "financement_opco": _montant,
    "autres_financements": _montant,
    "abondement_c2p_ou_atmp": _booleen,
    "dernier_bilan": _bilan,
    "arret": _parmi(*get_args(Arret)),
    "accord_caisse": _booleen,
    "conge_reclassement": _booleen,
    "agent_prioritaire": _booleen,
    "services_effectifs_mois": _entier,
    "date_debut": _jour,
    "duree_mois": _mois,
}
