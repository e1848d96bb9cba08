"""Quand un chemin fermé par un bilan trop récent rouvre, et la lettre d'un chemin fermé."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from actions.comprehension import periodes
from actions.comprehension.periodes import Periode
from actions.droit import Droit
from actions.eligibilite import Chemin
from actions.eligibilite.dates import anniversaire, nombre_applicable
from actions.parcours.faits import Faits
from actions.parcours.messages import dire_periode

_INTERVALLES = {False: "public_intervalle", True: "public_intervalle_prioritaire"}
# Chemin que suit une lettre : s'il est fermé, l'écrire quand même se dit.
CHEMIN_DE_LA_LETTRE = {
    "demande_absence": "cpf_temps_travail",
    "demande_agent_public": "conge_public",
    "demande_cpf_public": "cpf_public",
}


def quand(chemin: Chemin, faits: Faits, jour: date, droit: Droit) -> str | None:
    """Rend « le 3 mai 2029 », « en 2028 » : la fin du délai entre deux bilans ; ``None`` si autre chose ferme aussi.

    La date a la précision de celle que la personne a dite.
    """
    delais: dict[tuple[str, ...], str] = {
        ("carence_5_ans",): "cpf_carence_bilan",
        ("intervalle_public",): _INTERVALLES[faits.get("agent_prioritaire") is True],
    }
    delai, dit = delais.get(tuple(chemin.motifs)), faits.get("dernier_bilan_date")
    if delai is None or not dit:
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
