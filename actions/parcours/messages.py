"""Ce qu'un parcours fait dire : des noms de réponses et les mots qui les remplissent, jamais des phrases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml

from actions.comprehension import periodes
from actions.comprehension.nombres import AIDES
from actions.comprehension.parts import fraction
from actions.droit import droit_en_place, ecriture
from actions.en_place import lu_une_fois
from actions.reglages import DOSSIER_DONNEES, aujourd_hui


@dataclass(frozen=True)
class Message:
    """Une réponse à dire.

    Attributes:
        reponse: nom de la réponse dans data/responses.
        mots: valeurs de ses accolades qui ne viennent pas du droit.
        boutons: (titre, envoi raccourci) ajoutés à ceux de la réponse.
        boutons_de: nom d'une réponse dont les boutons s'ajoutent.
        documents: demandes de documents à joindre (genre, nom, format).
    """

    reponse: str
    mots: Mapping[str, Any] = field(default_factory=dict)
    boutons: tuple[tuple[str, str], ...] = ()
    boutons_de: str | None = None
    documents: tuple[Mapping[str, Any], ...] = ()


@lu_une_fois
def libelles() -> dict[str, Any]:
    """Les mots de data/libelles.yml, lus une fois par version."""
    contenu: dict[str, Any] = yaml.safe_load((DOSSIER_DONNEES / "libelles.yml").read_text(encoding="utf-8"))
    return contenu


def dire_fait(champ: str, valeur: Any, approche: str | None = None) -> str:
    """Écrit un fait retenu : « Solde du CPF : 1 200 € », « Statut : salarié du privé ».

    Args:
        champ: nom du champ.
        valeur: valeur retenue.
        approche: ce que la compréhension dit d'un montant approché (« environ », « fourchette »).
    """
    fiche, approches = libelles()["champs"][champ], libelles()["montants_approches"]
    dit = f"{fiche['titre']} : {_dire_valeur(fiche, valeur)}"
    gabarit = approches.get(f"{approche}_{champ}", approches.get(approche)) if "unite" in fiche else None
    return gabarit.format(fait=dit) if gabarit else dit


def dire_faits(faits: Mapping[str, Any], approches: Mapping[str, str] | None = None) -> str:
    """Écrit des faits retenus l'un après l'autre ; ceux que rien ne remplace ne se disent pas, une aide qu'une fois."""
    aides = [faits[champ] for champ in AIDES if faits.get(champ) is not None]
    redits = ("autre_payeur", "montant_aide") if aides and faits.get("montant_aide", aides[0]) in aides else ()
    dits = {champ: valeur for champ, valeur in faits.items() if valeur is not None and champ not in redits}
    return enumerer([dire_fait(champ, valeur, (approches or {}).get(champ)) for champ, valeur in dits.items()])


def _dire_valeur(fiche: Mapping[str, Any], valeur: Any) -> str:
    valeurs = fiche.get("valeurs", {})
    if valeur in valeurs:
        return droit_en_place().remplir(str(valeurs[valeur]), aujourd_hui())
    if "unite" in fiche and fraction(valeur):
        parts = libelles()["parts_du_prix"]
        return str(parts.get(valeur, parts["autre"])).format(pourcent=valeur.removesuffix("%").replace(".", ","))
    if "unite" in fiche:
        return ecriture.grandeur(Decimal(str(valeur)), fiche["unite"])
    return dire_periode(str(valeur), "seule")


def dire_periode(ecrite: str, forme: str) -> str:
    """Écrit une date retenue comme elle a été dite : un jour, un mois, une année, ou un bout seulement.

    Args:
        ecrite: période, telle que l'écrit ``actions.comprehension.periodes``.
        forme: « seule », ou « dans_une_phrase » avec sa préposition.
    """
    periode = periodes.lire(ecrite)
    mots = {
        "debut": ecriture.jour(periode.debut),
        "fin": ecriture.jour(periode.fin),
        "jour": ecriture.jour(periode.jour),
        "mois": ecriture.mois(periode.debut),
        "mois_fin": ecriture.mois(periode.fin),
        "annee": str(periode.debut.year),
    }
    gabarit: str = libelles()["periodes"][forme][periodes.forme(periode)]
    return gabarit.format(**mots)


def enumerer(elements: list[str]) -> str:
    """Joint des éléments par des points-virgules, sans majuscule après le premier."""
    return " ; ".join(elements)
