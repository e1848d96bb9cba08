"""De quelle place la personne parle : ce qu'elle demande de là, et ce qu'elle conclut des dates qu'elle donne."""

from __future__ import annotations

from typing import Any

from actions.contenus import contenus_en_place
from actions.droit import droit_en_place
from actions.etat import faits_de, parle_pour_un_autre
from actions.parcours.choix import choix_dit, theme_du_role
from actions.parcours.delais_du_role import Conclusion, conclure
from actions.reglages import aujourd_hui

_FAIT_DIT, _INCOMPRIS = "dire_un_fait", "nlu_fallback"


def theme_dit(tracker: Any, texte: Any, dechiffre: Any = None) -> str | None:
    """Ce que demande de sa place un employeur, un élu ou un référent, s'il l'écrit ; un bouton dit ce qu'il veut."""
    return None if str(texte or "").startswith("/") else theme_du_role(tracker.get_slot("role"), (texte, dechiffre))


def conclusion_dite(tracker: Any, texte: str, theme: str | None = None) -> Conclusion | None:
    """Ce que valent les dates du message, vues de sa place (tracker d'une action, ou que lit une politique)."""
    role = tracker.get_slot("role")
    if not role:
        return None
    return conclure(texte, role, faits_de(tracker), aujourd_hui(), droit_en_place(), contenus_en_place(), theme)


def se_presente(tracker: Any, texte: str, intention: str | None) -> bool:
    """« Privé », « DRH d'une PME », dit par qui ne vient pas pour soi : ni un fait à noter, ni un message incompris."""
    dit_sa_place = choix_dit(texte, "role") == tracker.get_slot("role")
    return parle_pour_un_autre(tracker) and (intention == _FAIT_DIT or (dit_sa_place and intention == _INCOMPRIS))
