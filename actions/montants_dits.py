"""Ce que le fil apprend des montants : le dernier dit, et ce qu'un message court suppose ou corrige après un calcul."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from actions.comprehension.nombres import AIDES
from actions.droit import droit_en_place
from actions.etat import faits_avant
from actions.parcours import argent_dit, suppositions
from actions.parcours.calcul_en_cours import (
    adopte_la_supposition,
    corrige_un_montant,
    donne_le_montant_manquant,
    prend_un_autre_montant,
)
from actions.parcours.faits import champ_de_l_aide
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
    avant, jour = faits_avant(evenements), aujourd_hui()
    aide = _aide_en_vue(_supposes(tracker), avant)
    if repris := corrige_un_montant(texte, dernier_montant(evenements, suppose=True)):
        return _a_qui(repris, aide)  # « non 8000 pardon », après « et avec 800 » : toujours une supposition
    lus = suppositions.lire(texte, avant, dernier_montant(evenements), jour, droit_en_place(), aide)
    return _a_qui(lus, aide)


def _supposes(tracker: Any) -> dict[str, Any]:
    return dict(tracker.get_slot(_HYPOTHESE) or [])


def _aide_en_vue(supposes: Mapping[str, Any], faits: Mapping[str, Any]) -> str | None:
    """Champ de l'aide dont on parle : celle qu'on vient de supposer, sinon celle qui est notée."""
    return next((champ for champ in AIDES if supposes.get(champ)), champ_de_l_aide(faits))


def _a_qui(lus: Mapping[str, Any], aide: str | None) -> dict[str, Any]:
    """« Et 500 ? », après une aide : le montant garde son payeur."""
    return {aide if aide and champ == argent_dit.MONTANT else champ: valeur for champ, valeur in lus.items()}


def montant_repris(tracker: Any, texte: str, evenements: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """« Non 8000 pardon » corrige le dernier montant dit ; « 1700 », après un calcul incomplet, le complète."""
    if texte.startswith("/"):
        return {}
    avant, supposes = faits_avant(evenements), _supposes(tracker)
    repris = corrige_un_montant(texte, dernier_montant(evenements)) or suppositions.aide_corrigee(
        texte, champ_de_l_aide(avant)
    )
    if repris or tracker.get_slot("resultat") != argent_dit.CALCUL:
        return repris
    if adopte := adopte_la_supposition(texte, supposes) or prend_un_autre_montant(texte, dernier_montant(evenements)):
        return _a_qui(adopte, _aide_en_vue(supposes, avant))
    return donne_le_montant_manquant(texte, avant)
