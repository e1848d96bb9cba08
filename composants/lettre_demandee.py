"""Ce qui demande une lettre, même sans la nommer."""

from __future__ import annotations

import re

from actions.parcours.choix import choix_dit
from actions.parcours.lettre_voulue import REPONSES

# « J'ai reçu la lettre de refus » raconte : seul un verbe à qui écrit la demande.
_UN_COURRIER = re.compile(
    r"\b(?:fai(?:s|tes)|[ée]cri(?:s|re|vez)|r[ée]dige[rz]?|pr[ée]pare[rz]?|donne[rz]?|veux|voudrais|veu|besoin d)\b.*"
    r"\b(?:lettre|courrier|mail|recours)\b",
    re.I | re.S,
)


def demande_une_lettre(texte: str) -> bool:
    """« Fais-moi la lettre de refus », « il a reporté, faut que je lui réponde » : une lettre, même sans le mot."""
    if _UN_COURRIER.search(texte) and choix_dit(texte, "lettre_nommee"):
        return True
    if choix_dit(texte, "lettre_demandee") and choix_dit(texte, "lettre_voulue"):
        return True
    if choix_dit(texte, "reponse_a_ecrire"):
        return choix_dit(texte, "lettre_voulue") in REPONSES
    return any(choix_dit(texte, famille) for famille in ("lettre_reclamee", "relance_demandee"))
