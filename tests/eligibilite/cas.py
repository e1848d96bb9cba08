"""Outils des tests d'éligibilité : une situation par défaut, un verdict en JSON, un chemin."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from actions.droit import droit_en_place
from actions.eligibilite import Chemin, Verdict, evaluer, lire_situation
from actions.eligibilite.dates import ajouter_mois

DROIT = droit_en_place()
JOUR = "2026-11-23"
STATUTS = (
    "salarie_prive",
    "agent_fpe",
    "agent_fpt",
    "agent_fph",
    "independant",
    "demandeur_emploi",
    "retraite_taux_plein",
    "etudiant_sans_activite",
)
AGENTS = ("agent_fpe", "agent_fpt", "agent_fph")
FINANCEURS_COMPTES = ("cpf", "opco", "transitions_pro", "etat", "region", "france_travail", "agefiph", "faf")
# Rien ne manque et rien ne ferme.
COMPLET: dict[str, Any] = {
    "date_evaluation": JOUR,
    "statut": "salarie_prive",
    "contrat": "cdi",
    "initiative": "salarie",
    "solde_cpf": 2000,
    "prix": 1600,
    "abondement_c2p_ou_atmp": False,
    "dernier_bilan": "aucun",
    "arret": "aucun",
    "accord_caisse": False,
    "conge_reclassement": False,
    "agent_prioritaire": False,
    "services_effectifs_mois": 120,
}


def juger(**champs: Any) -> Verdict:
    """Verdict de la situation complète, modifiée ; ``None`` retire un champ."""
    return evaluer(lire_situation({**COMPLET, **champs}), DROIT)


def chemin(nom: str, **champs: Any) -> Chemin:
    return next(voie for voie in juger(**champs).chemins if voie.chemin == nom)


def resume(nom: str, **champs: Any) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """(statut, motifs, manquant) d'un chemin."""
    voie = chemin(nom, **champs)
    return voie.statut, voie.motifs, voie.manquant


def bilan(jour: date | str | None, financeur: str | None = "cpf") -> dict[str, Any]:
    return {"date": jour and str(jour), "financeur": financeur}


def il_y_a(ans: int, jours: int = 0, jour: str = JOUR) -> date:
    """Le jour dont l'anniversaire de ``ans`` ans tombe ``jours`` jours après ``jour``."""
    return ajouter_mois(date.fromisoformat(jour) + timedelta(days=jours), -12 * ans)


def montant(parametre: str, jour: str | date = JOUR) -> Decimal:
    return DROIT.montant(parametre, date.fromisoformat(str(jour)))


def depuis(parametre: str, rang: int = 0) -> date:
    """Entrée en vigueur de la valeur de ce rang."""
    return DROIT.parametres[parametre].valeurs[rang].depuis


def veille(jour: date) -> date:
    return jour - timedelta(days=1)
