"""De quelle place la personne parle : ce qu'elle demande de là, et ce qu'elle conclut des dates qu'elle donne."""

from __future__ import annotations

from typing import Any

from actions.contenus import contenus_en_place
from actions.droit import droit_en_place
from actions.etat import faits_de, parle_pour_un_autre
from actions.fil import cas_et_sujets, derniers_tours
from actions.parcours.choix import choix_dit, theme_du_role
from actions.parcours.delais_du_role import ROLES, Conclusion, conclure
from actions.reglages import aujourd_hui

_FAIT_DIT, _INCOMPRIS = "dire_un_fait", ("nlu_fallback", "hors_sujet")
# Un bilan que l'employeur propose : « et s'ils refusent ? » parle alors des salariés.
_PROPOSE = {"refuser_bilan", "employeur_propose", "convention_tripartite", "peur_sanction"}


def theme_dit(tracker: Any, texte: Any, dechiffre: Any = None) -> str | None:
    """Ce que demande de sa place un employeur, un élu ou un référent, s'il l'écrit ; un bouton dit ce qu'il veut."""
    if str(texte or "").startswith("/"):
        return None
    return _refus_du_propose(tracker, texte) or theme_du_role(tracker.get_slot("role"), (texte, dechiffre))


def _refus_du_propose(tracker: Any, texte: Any) -> str | None:
    """Qui refuse, d'après ce qui précède juste : le salarié un bilan proposé, ou l'employeur une absence."""
    dit = choix_dit(str(texte or ""), "refus_du_propose") if tracker.get_slot("role") in ROLES else None
    if dit is None:
        return None
    recents = (e if isinstance(e, dict) else e.as_dict() for e in reversed(tracker.events))
    return dit if cas_et_sujets(derniers_tours(recents, 1)) & _PROPOSE else None


def conclusion_dite(tracker: Any, texte: str, theme: str | None = None) -> Conclusion | None:
    """Ce que valent les dates du message, vues de sa place (tracker d'une action, ou que lit une politique)."""
    role = tracker.get_slot("role")
    if not role:
        return None
    return conclure(texte, role, faits_de(tracker), aujourd_hui(), droit_en_place(), contenus_en_place(), theme)


def se_presente(tracker: Any, texte: str, intention: str | None) -> bool:
    """« Privé », « DRH d'une PME », dit par qui ne vient pas pour soi : ni un fait à noter, ni un message incompris."""
    dit_sa_place = choix_dit(texte, "role") == tracker.get_slot("role")
    return parle_pour_un_autre(tracker) and (intention == _FAIT_DIT or (dit_sa_place and intention in _INCOMPRIS))
