"""Ce que la personne dit d'elle sans verbe : des faits bout à bout, ou un statut posé entre deux virgules."""

from __future__ import annotations

import re
from typing import Any

from actions.comprehension import est_une_question, extraire
from actions.comprehension.nus import jamais_fait, statut_nu
from actions.parcours.faits import est_public
from actions.reglages import aujourd_hui

_MOTS_D_UN_PORTRAIT = 14
_UN_AUTRE = re.compile(
    r"\b(?:mari|femme|conjointe?|compagn\w+|fils|fille|s(?:oe|œ)ur|fr[eè]re|m[eè]re|p[eè]re|coll[eè]gue|ami|amie|pote"
    r"|copine?|sa|son|ses|elle|il)\b",
    re.I,
)

_CATEGORIE = re.compile(r"[ ,]*\b(?:de |en )?cat(?:[eé]gorie|\.)? ?[abc]\b[+.]?", re.I)


def portrait(texte: str) -> dict[str, Any]:
    """« Aide-soignante, en arrêt depuis 4 mois, CDI » : des faits bout à bout, sans verbe, que lit « je suis »."""
    parties = [partie.strip(" .?!") for partie in texte.split(",")]
    if len(parties) < 2 or _UN_AUTRE.search(texte):
        return {}
    faits: dict[str, Any] = {}
    if len(texte.split()) > _MOTS_D_UN_PORTRAIT or est_une_question(texte):
        # « …, le bilan coûte 2000, salarié du privé » : un statut posé seul est le sien ; deux énumèrent.
        poses = [nu for nu in map(statut_nu, parties) if nu]
        return poses[0] if len(poses) == 1 else {}
    for partie in parties:
        faits |= extraire(partie, aujourd_hui()).valeurs or extraire(f"je suis {partie}", aujourd_hui()).valeurs
    return faits


def faits_nus(texte: str, dechiffre: str | None) -> dict[str, Any]:
    """« Jamais », « en CDI » : un seul fait, et rien d'autre."""
    jamais = jamais_fait(texte) or bool(dechiffre and jamais_fait(dechiffre))
    return {"dernier_bilan": "aucun"} if jamais else statut_nu(texte, dechiffre)


def agent_nomme(texte: str, dechiffre: str | None) -> dict[str, Any]:
    """« Contractuelle à la mairie », « agent territorial » : rien d'autre n'est dit, et c'est de soi."""
    nomme = _CATEGORIE.sub("", texte)  # « agent de mairie cat C »
    nus = statut_nu(nomme, dechiffre if nomme == texte else None) if len(texte.split()) > 1 else {}
    return nus if est_public(nus) else {}
