"""Le message demande-t-il de calculer son reste à payer, même lu comme une question d'argent ?"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME

from actions.comprehension import est_une_question
from actions.comprehension.nombres import CHAMPS

CALCUL = "simuler_cout"
QUESTIONS_D_ARGENT = ("faq/prix", "faq/reste_a_charge", "faq/plafond_cpf", "faq/financement", "faq/cpf_solde")
# Une fiche cède au calcul de qui donne ses trois montants.
_CEDENT = ("faq", "idee_recue", "hors_sujet", DEFAULT_NLU_FALLBACK_INTENT_NAME)
_DEUX_MONTANTS = {"prix", "solde_cpf"}
# « Donc il me reste 1500 à payer ? », « qui paye le reste » : le sien, et non la règle.
_EN_PLUS = "idee_recue/participation_en_plus"
_SON_RESTE = re.compile(
    r"\breste\w* .{0,20}\d{3}|\bpa[iy]\w* (?:\w+ )?le reste\b|\breste [aà] (?:ma )?(?:payer|charge)", re.I
)
# Qui parle de la participation, ou d'une somme qui s'ajoute, veut la règle.
_S_AJOUTE = re.compile(
    r"\b(?:plus (?:les|la|le|\d)|en plus|de plus|ajout|addition|cumul|forfait|participation|oblig)|\+", re.I
)


def demande_un_calcul(texte: str, intention: Mapping[str, Any], champs: Collection[str]) -> bool:
    """« J'ai 700 sur mon CPF, le bilan coûte 1500, je paie combien ? » : deux montants dits demandent un calcul.

    Trois (prix, solde, aide) le demandent seuls ; un prix aussi, si le message demande le calcul en second.

    Args:
        texte: le message.
        intention: ce qu'en dit le classement.
        champs: champs que dit le message.
    """
    dits, etiquette = {*CHAMPS} & {*champs}, intention.get("etiquette")
    deux, d_argent = dits >= _DEUX_MONTANTS, etiquette in QUESTIONS_D_ARGENT
    if d_argent and ((deux and est_une_question(texte)) or ("prix" in dits and intention.get("seconde") == CALCUL)):
        return True
    reste = (deux or etiquette == _EN_PLUS) and _SON_RESTE.search(texte) and not _S_AJOUTE.search(texte)
    return intention.get("name") in _CEDENT and bool(reste or len(dits) > len(_DEUX_MONTANTS))
