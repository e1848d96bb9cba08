"""Quand un chemin fermé par un bilan trop récent, ou trop peu de services, rouvre, et la lettre d'un chemin fermé."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from actions.comprehension import periodes
from actions.comprehension.periodes import Periode
from actions.droit import Droit
from actions.eligibilite import Chemin
from actions.eligibilite.dates import MOIS_PAR_AN, ajouter_mois, anniversaire, nombre_applicable
from actions.parcours.faits import Faits
from actions.parcours.messages import dire_periode

_INTERVALLES = {False: "public_intervalle", True: "public_intervalle_prioritaire"}
ANCIENNETE = "anciennete_fph"
# Chemin que suit une lettre : s'il est fermé, l'écrire quand même se dit.
CHEMIN_DE_LA_LETTRE = {
    "demande_absence": "cpf_temps_travail",
    "demande_agent_public": "conge_public",
    "demande_cpf_public": "cpf_public",
}


def quand(chemin: Chemin, faits: Faits, jour: date, droit: Droit) -> str | None:
    """Rend « le 3 mai 2029 », « en 2028 » : quand le chemin rouvre ; ``None`` si plusieurs causes le ferment.

    La date a la précision de celle que la personne a dite.
    """
    if chemin.motifs == ("carence_5_ans",):
        return _anniversaire_du_bilan("cpf_carence_bilan", faits, jour, droit)
    if chemin.motifs == ("intervalle_public",):
        return apres_le_bilan(faits, jour, droit)
    return anciennete_atteinte(faits, jour, droit) if chemin.motifs == (ANCIENNETE,) else None


def apres_le_bilan(faits: Faits, jour: date, droit: Droit) -> str | None:
    """Quand un agent public peut refaire un bilan, selon qu'il est prioritaire ou non."""
    return _anniversaire_du_bilan(_INTERVALLES[faits.get("agent_prioritaire") is True], faits, jour, droit)


def anciennete_atteinte(faits: Faits, jour: date, droit: Droit) -> str | None:
    """Le mois où un agent hospitalier aura les services demandés, s'il continue."""
    mois = faits.get("services_effectifs_mois")
    if mois is None:
        return None
    reste = nombre_applicable(droit, "fph_anciennete", jour) * MOIS_PAR_AN - int(mois)
    atteinte = ajouter_mois(jour, reste)
    return dire_periode(f"{atteinte.year}-{atteinte.month:02d}", "dans_une_phrase")


def _anniversaire_du_bilan(delai: str, faits: Faits, jour: date, droit: Droit) -> str | None:
    dit = faits.get("dernier_bilan_date")
    if not dit:
        return None
    periode = periodes.lire(str(dit))
    if periodes.est_ouverte(periode):
        return None
    return dire_periode(periodes.ecrire(fin(periode, nombre_applicable(droit, delai, jour))), "dans_une_phrase")


def fin(periode: Periode, ans: int) -> Periode:
    """Quand finit un délai de ``ans`` années qui part d'un jour de cette période."""
    debut, centre = anniversaire(periode.debut, ans), anniversaire(periode.jour, ans)
    dernier = anniversaire(periode.fin + timedelta(1), ans) - timedelta(1)  # février finit le 28 ou le 29
    return replace(periode, debut=debut, fin=dernier, jour=centre)
