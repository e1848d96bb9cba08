"""Le message demande-t-il de calculer son reste à payer, même lu comme une question d'argent ?"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME

from actions.comprehension import est_une_question
from actions.comprehension.nombres import CHAMPS
from actions.comprehension.vocabulaire import vocabulaire_en_place

CALCUL, _FAIT_SEUL = "simuler_cout", "dire_un_fait"
QUESTIONS_D_ARGENT = ("faq/prix", "faq/reste_a_charge", "faq/plafond_cpf", "faq/financement", "faq/cpf_solde")
# Une fiche cède au calcul de qui donne ses trois montants.
_CEDENT = ("faq", "idee_recue", "hors_sujet", DEFAULT_NLU_FALLBACK_INTENT_NAME)
_DEUX_MONTANTS, _LE_PRIX = {"prix", "solde_cpf"}, "faq/prix"
# « Donc il me reste 1500 à payer ? », « qui paye le reste » : le sien, et non la règle.
_EN_PLUS = "idee_recue/participation_en_plus"
_SON_RESTE = re.compile(
    r"\breste\w* .{0,20}\d{3}|\bpa[iy]\w* (?:\w+ )?le reste\b|\breste [aà] (?:ma )?(?:payer|charge)", re.I
)
# Qui parle de la participation, ou d'une somme qui s'ajoute, veut la règle.
_S_AJOUTE = re.compile(
    r"\b(?:plus (?:les|la|le|\d)|en plus|de plus|ajout|addition|cumul|forfait|participation|oblig)|\+", re.I
)

# « Je suis salarié combien je paie », « ça me coûte combien » : ce qu'il paiera, lui.
_COMBIEN = re.compile(
    r"\bcombien (?:est ce que |ca va |que )?(?:je|j'|moi|ca me|ca m'|on me|il me|me|vais je|dois je)\b.{0,20}"
    r"\b(?:pa[iy]\w*|cout\w*|rest\w*|debours\w*|regl\w*)"
    r"|\b(?:je |moi |j ?)(?:vais |dois |devrais )?pa[iy]\w* (?:combien|quoi)\b"
    r"|\bca (?:va )?me (?:cout\w*|revien\w*|reviendrait) (?:a )?combien\b"
)
_PAYER_OU_PAS = re.compile(
    r"(?:(?:et|mais|du coup|donc|alors|au final|moi) )*(?:est ce que )?"
    r"(?:je dois|j ?dois|dois je|il faut que je|je vais) pa(?:yer|ie|ye)"
    r"(?: (?:ou (?:pas|non)|quelque chose|un truc|moi meme|de ma poche|du coup))+[ ?.!]*"
)
_MOTS_D_UN_PRIX, _HESITE = 9, 0.5
_SITUATION = {"statut", "contrat", "agent_public"}


def demande_un_calcul(texte: str, intention: Mapping[str, Any], champs: Collection[str]) -> bool:
    """« J'ai 700 sur mon CPF, le bilan coûte 1500, je paie combien ? » : deux montants dits demandent un calcul.

    Trois (prix, solde, aide) le demandent seuls ; un prix aussi, si le message demande le calcul en second.

    Args:
        texte: le message.
        intention: ce qu'en dit le classement.
        champs: champs que dit le message.
    """
    dits, etiquette, nom = {*CHAMPS} & {*champs}, intention.get("etiquette"), intention.get("name")
    if _demande_ce_qu_il_paiera(texte, intention, champs) or _dit_son_prix(texte, str(nom), dits):
        return True
    deux, d_argent = dits >= _DEUX_MONTANTS, etiquette in QUESTIONS_D_ARGENT
    if d_argent and ((deux and est_une_question(texte)) or ("prix" in dits and intention.get("seconde") == CALCUL)):
        return True
    reste = (deux or etiquette == _EN_PLUS) and _SON_RESTE.search(texte) and not _S_AJOUTE.search(texte)
    complet = len(dits) > len(_DEUX_MONTANTS) or (deux and "autre_payeur" in champs)
    return nom in _CEDENT and bool(reste or complet)


def _demande_ce_qu_il_paiera(texte: str, intention: Mapping[str, Any], champs: Collection[str]) -> bool:
    """Un message incompris, ou lu comme un seul fait, demande pourtant « combien je paie »."""
    lu, nom = vocabulaire_en_place().normaliseur.lire(texte), intention.get("name")
    hesite = float(intention.get("confidence") or 0) < _HESITE and bool(_SITUATION & {*champs})
    perdu = nom in (DEFAULT_NLU_FALLBACK_INTENT_NAME, _FAIT_SEUL) or (nom == "hors_sujet" and hesite)
    # « Combien ça me coûte, je suis salarié » : le prix moyen ne dit pas ce qu'il paiera, lui.
    perdu = perdu or (intention.get("etiquette") == _LE_PRIX and bool(_SITUATION & {*champs}))
    return bool((perdu and _COMBIEN.search(lu)) or (nom in _CEDENT and _PAYER_OU_PAS.fullmatch(lu)))


def _dit_son_prix(texte: str, nom: str, dits: Collection[str]) -> bool:
    """« J'ai trouvé un à 1900 » : un prix seul, que rien d'autre n'explique, se calcule."""
    perdu = nom in (DEFAULT_NLU_FALLBACK_INTENT_NAME, "hors_sujet")
    return perdu and set(dits) == {"prix"} and len(texte.split()) <= _MOTS_D_UN_PRIX
