"""Ce que le fil apprend des montants : le dernier dit, et ce qu'un message court suppose ou corrige après un calcul."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from actions.droit import droit_en_place
from actions.etat import faits_avant
from actions.parcours import argent_dit, suppositions
from actions.parcours.calcul_en_cours import corrige_un_montant, donne_le_montant_manquant
from actions.reglages import aujourd_hui

_HYPOTHESE = "hypothese"


def dernier_montant(evenements: Sequence[Mapping[str, Any]], suppose: bool | None = None) -> str | None:
    """Champ du dernier montant dit avant le dernier message ; de plusieurs dits ensemble, aucun.

    Args:
        evenements: ceux du fil.
        suppose: ne le rend que s'il était supposé (vrai), ou retenu (faux).
    """
    rang = max((i for i, e in enumerate(evenements) if e.get("event") == "user"), default=0)
    vus: set[str] = set()
    supposes = False
    for evenement in reversed(evenements[:rang]):
        if evenement.get("event") == "user" and vus:
            break
        poses = argent_dit.montants_de(evenement) if evenement.get("event") == "slot" else set()
        supposes = supposes or bool(poses and evenement.get("name") == _HYPOTHESE)
        vus |= poses
    return vus.pop() if len(vus) == 1 and suppose in (None, supposes) else None


def supposition_dite(tracker: Any, texte: str, evenements: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Ce qu'un message suppose après un calcul, sans le dire en entier : « et sans le patron », « et en janvier ? »."""
    if tracker.get_slot("resultat") != argent_dit.CALCUL or texte.startswith("/"):
        return {}
    if repris := corrige_un_montant(texte, dernier_montant(evenements, suppose=True)):
        return repris  # « non 8000 pardon », après « et avec 800 » : toujours une supposition
    avant, jour = faits_avant(evenements), aujourd_hui()
    return suppositions.lire(texte, avant, dernier_montant(evenements), jour, droit_en_place())


def montant_repris(tracker: Any, texte: str, evenements: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """« Non 8000 pardon » corrige le dernier montant dit ; « 1700 », après un calcul incomplet, le complète."""
    if texte.startswith("/"):
        return {}
    repris = corrige_un_montant(texte, dernier_montant(evenements))
    calcule = tracker.get_slot("resultat") == argent_dit.CALCUL
    return repris or (donne_le_montant_manquant(texte, faits_avant(evenements)) if calcule else {})
