"""Une question du domaine et, dans le même message, autre chose : un acte de conversation, un hors-sujet.

« T'es un robot ? Et ma RH lit ceci ? », « corrige mon CV, et quel centre choisir ? » : rien n'est passé sous silence.
"""

from __future__ import annotations

from typing import Any

from composants.decisions import intention
from composants.sens_probables import HORS_SUJET, Classement, Question, evoque, proposables, regrouper

_HARCELEMENT, _EFFACER = "signaler_harcelement", "effacer_donnees"
_SUITES_MAX = 2
# Actes dont la réponse est un texte.
# Un hors-sujet que le message entier n'évoque pas n'est que du décor.
_EVOQUE = 0.03
_ACTES = ("defi_robot", _HARCELEMENT)


def joindre_un_acte(
    decision: dict[str, Any], questions: list[Question], classement: Classement, seuil: float
) -> dict[str, Any]:
    """Joint à une réponse sans seconde ce que le message demande aussi, si sa proposition le dit à ``seuil``."""
    premiere = decision.get("etiquette") or ""
    if "/" in premiere and any(q.demande and evoque(_EFFACER, q.classement) >= seuil for q in questions):
        # Rien ne s'efface sans qu'on le dise seul : cela s'offre.
        decision = {**decision, "suites": [_EFFACER, *decision.get("suites", ())][:_SUITES_MAX]}
    if decision.get("seconde") or not ("/" in premiere or premiere in _ACTES):
        return decision
    for question in questions:
        sujet, autre, probabilite = regrouper(question.classement)[0]
        evoquee = sujet != HORS_SUJET or evoque(sujet, classement) >= _EVOQUE
        if question.demande and probabilite >= seuil and evoquee and _s_ajoute(premiere, sujet, autre):
            return _urgence_d_abord(decision, autre, probabilite)
    return decision


def _s_ajoute(premiere: str, sujet: str, autre: str) -> bool:
    if premiere in _ACTES or premiere.startswith(HORS_SUJET):
        return sujet in proposables() and "/" in autre
    return sujet == HORS_SUJET or autre in _ACTES


def _urgence_d_abord(decision: dict[str, Any], autre: str, probabilite: float) -> dict[str, Any]:
    """Un harcèlement passe avant la question qui l'accompagne."""
    if autre == _HARCELEMENT:
        return {**intention(autre, probabilite), "seconde": decision["etiquette"]}
    return {**decision, "seconde": autre}
