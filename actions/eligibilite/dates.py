"""Le calendrier des délais légaux, et les dates à tenir pour chaque chemin."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from actions.droit import Droit, Valeur, ValeurAbsente
from actions.eligibilite.situation import Situation
from actions.eligibilite.verdict import Chemin, Echeance

MOIS_PAR_AN = 12
# Statut -> (délai de dépôt, délai de réponse) ; l'État n'impose pas de délai de dépôt (fpe.demande).
_DELAIS_PUBLICS = {
    "agent_fpe": (None, "fpe_reponse"),
    "agent_fpt": ("fpt_demande", "fpt_reponse"),
    "agent_fph": ("fph_demande", "fph_reponse"),
}


def applicable(droit: Droit, parametre: str, jour: date) -> Valeur:
    """Rend la valeur en vigueur à une date, ou la plus ancienne connue : ces règles valent à toute date."""
    try:
        return droit.valeur(parametre, jour)
    except ValeurAbsente:
        return droit.parametres[parametre].valeurs[0]


def nombre_applicable(droit: Droit, parametre: str, jour: date) -> int:
    """Rend en nombre entier, dans l'unité du paramètre, la valeur que rend ``applicable``."""
    return int(applicable(droit, parametre, jour).montant)


def ajouter_mois(jour: date, mois: int) -> date:
    """Rend le même quantième ``mois`` plus tard, ou le dernier jour du mois s'il n'existe pas."""
    annee, rang = divmod(jour.year * MOIS_PAR_AN + jour.month - 1 + mois, MOIS_PAR_AN)
    return date(annee, rang + 1, min(jour.day, monthrange(annee, rang + 1)[1]))


def anniversaire(jour: date, ans: int) -> date:
    """Rend la date anniversaire ; le 29 février arrive le 28 d'une année non bissextile."""
    return ajouter_mois(jour, ans * MOIS_PAR_AN)


def echeances(situation: Situation, chemins: Iterable[Chemin], droit: Droit) -> dict[str, dict[str, Echeance | bool]]:
    """Rend les dates à tenir des chemins qui ne sont pas fermés, pour une démarche à ``date_evaluation``."""
    calculs = {
        "cpf_temps_travail": _absence,
        "plan_employeur": _convention,
        "conge_reclassement": _convention,
        "conge_public": _conge_public,
    }
    return {
        chemin.chemin: calculs[chemin.chemin](situation, droit)
        for chemin in chemins
        if not chemin.ferme and chemin.chemin in calculs
    }


def _absence(situation: Situation, droit: Droit) -> dict[str, Echeance | bool]:
    """Autorisation d'absence (temps.delai_60_jours, temps.delai_120_jours, temps.reponse_30_jours)."""
    seuil = nombre_applicable(droit, "absence_seuil_long", situation.date_evaluation)
    long = situation.duree_mois is not None and situation.duree_mois >= seuil
    return _demande(situation, droit, "absence_demande_longue" if long else "absence_demande", "absence_reponse")


def _conge_public(situation: Situation, droit: Droit) -> dict[str, Echeance | bool]:
    """Congé d'un agent public (fpe.reponse, fpt.demande, fpt.reponse, fph.demande_temps_travail…)."""
    return _demande(situation, droit, *_DELAIS_PUBLICS[str(situation.statut)])


def _convention(situation: Situation, droit: Droit) -> dict[str, Echeance | bool]:
    """Signature de la convention tripartite par la personne (employeur.delai_10_jours)."""
    jour = situation.date_evaluation
    return {"signature_convention_au_plus_tard": decaler(jour, droit, "convention_delai_salarie", jour)}


def _demande(situation: Situation, droit: Droit, depot: str | None, reponse: str) -> dict[str, Echeance | bool]:
    jour, debut = situation.date_evaluation, situation.date_debut
    dates: dict[str, Echeance | bool] = {}
    limite = decaler(debut, droit, depot, jour, sens=-1) if depot and debut else None
    if limite:
        dates["demande_absence_au_plus_tard"] = limite
    dates["reponse_employeur_au_plus_tard"] = decaler(jour, droit, reponse, jour)
    if limite:
        dates["delai_tenu"] = jour <= limite.date
    return dates


def decaler(depart: date, droit: Droit, parametre: str, jour: date, sens: int = 1) -> Echeance:
    """Décale ``depart`` du délai en vigueur à ``jour``, dans l'unité du paramètre (jours ou mois)."""
    valeur = applicable(droit, parametre, jour)
    duree = sens * int(valeur.montant)
    if droit.parametres[parametre].unite == "mois":
        return Echeance(ajouter_mois(depart, duree), valeur.fait.id)
    return Echeance(depart + timedelta(days=duree), valeur.fait.id)
