"""Ce qu'un agent public dit de lui en passant : « pas prioritaire », « 30 mois de services »."""

from __future__ import annotations

import re

from actions.comprehension.durees import DUREE, lire_duree
from actions.comprehension.modele import Carnet
from actions.comprehension.propositions import Mode

_PAS_PRIORITAIRE = re.compile(r"\b(?:pas|plus|non|jamais)(?: du tout| une?)?(?: agente?)? prioritaire\b")
_SERVICES = re.compile(rf"(?P<duree>{DUREE}) (?:de |d')services?\b(?! (?:civique|militaire|national))")


def lire(texte: str, mode: Mode, interrogative: bool, carnet: Carnet) -> None:
    """Note qu'on n'est pas prioritaire, et les mois de services, dits sans qu'on les demande."""
    if mode != "dit" or interrogative:
        return
    if _PAS_PRIORITAIRE.search(texte):
        carnet.noter("agent_prioritaire", False)
    services = _SERVICES.search(texte)
    duree = lire_duree(services["duree"]) if services else None
    if duree and duree.borne in ("", "plus"):
        carnet.noter("services_effectifs_mois", int(duree.mois))
