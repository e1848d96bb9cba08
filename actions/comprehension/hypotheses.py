"""Hypothèses dites en peu de mots : « et si j'étais prioritaire », « et si c'était y a 4 ans », « et si j'avais 1500 ».

Lues seulement dans une supposition : dites comme un fait, elles seraient trop vagues.
"""

from __future__ import annotations

import re
from datetime import date

from actions.comprehension import bilan, nombres
from actions.comprehension.modele import Carnet
from actions.comprehension.payeurs import financeur
from actions.comprehension.sommes import N, premiere
from actions.comprehension.vocabulaire import Vocabulaire

_PRIORITAIRE = re.compile(
    r"\bje? ?'?(?:etais|suis|serais)(?P<nie> (?:pas|plus))?(?: un| une)?(?: agente?)? prioritaire\b"
)
_DATE = re.compile(
    r"\b(?:c'etait|ca (?:date|datait|remonte|remontait)|il (?:date|datait)|le bilan (?:date|datait|etait))\b"
    r"(?P<quand>.+)"
)
_EST_PASSEE = re.compile(r"\b(?:il )?y a\b|\b(?:19|20)\d\d\b|\bdernier|\bpassee?\b")
_PAYEUR = re.compile(
    r"\bc'(?:etait|est) (?P<qui>.{2,30}?) qui (?:avait |a |l'avait |l'a )?(?:tout )?(?:paye|finance)\w*"
)
# « Payé par l'OPCO », « il avait été financé par ma boîte » : sans sujet, ou au passé, c'est l'ancien bilan.
_PAYE_PAR = re.compile(
    r"(?:(?:oui|non|bah|ben|euh|et|alors)[ ,]+)*(?:(?:il|c') ?(?:etait|avait ete|a ete) )?(?:tout )?"
    r"(?:paye|finance|pris en charge|regle)e?s? (?:par|avec|via|grace a|sur) [^,.!?]{2,30}[ .!]*"
)
_JAMAIS = re.compile(
    r"\b(?:j'avais|j'ai|je n'avais|je n'ai) (?:jamais|pas)(?: encore)? (?:fait|eu)"
    r"(?: (?:de|un|mon|d'autre))? ?(?:bilan|ca)?\b"
)
_DONNER = r"(?:met\w*|pa[iy]\w*|donn\w*|financ\w*|r?ajout\w*|vers\w+|particip\w*|abond\w*|complet\w*|aid\w*)"
_EUX = r"(?:patron(?:ne)?|employeur|boite|chefe?|entreprise|opco|region|il|elle|ils|on)"
_RIEN_DE_L_EMPLOYEUR = re.compile(
    rf"\b{_EUX}(?: ne)?(?: me| m'| m'en| y)? ?{_DONNER} (?:(?:finalement|du coup|en fait) )?(?:plus )?"
    r"(?:rien|que dalle)\b"
    rf"|\b{_EUX}(?: ne| n')? ?(?:me |m'|y )?{_DONNER} (?:pas|plus)"
    r"(?= ?(?:$|[,.;!?]|finalement|en fait|du tout|du coup))"
    rf"|\b{_EUX}(?: ne)? (?:veut|veulent|peut|peuvent) (?:finalement )?(?:plus|pas|rien) (?:rien )?(?:me |m'|y )?"
    rf"{_DONNER}"
    rf"|\b(?:laiss\w+ tomber|oubli\w+|enlev\w+|retir\w+|supprim\w+|annul\w+|sans) (?:compter )?(?:l'aide (?:de |du )?)?"
    r"(?:(?:le |la |mon |ma |son |cette )|l')?(?:patron(?:ne)?|employeur|boite|chefe?|entreprise|opco|region|aide)\b"
    r"|\b(?:patron(?:ne)?|employeur|boite) (?:retire|enleve|annule)\w* (?:son|l') ?aide\b"
)
_SOLDE = re.compile(rf"\bj'avais {N}$")


def lire(texte: str, jour: date, voc: Vocabulaire, carnet: Carnet) -> None:
    """Note les hypothèses d'un bloc supposé, sur ce que la personne n'a pas dit autrement."""
    if prioritaire := _PRIORITAIRE.search(texte):
        carnet.noter("agent_prioritaire", not prioritaire["nie"], suppose=True)
    if _JAMAIS.search(texte):
        carnet.noter("dernier_bilan", "aucun", suppose=True)
    elif (quand := _DATE.search(texte)) and _EST_PASSEE.search(quand["quand"]):
        bilan.noter_date(quand["quand"], jour, True, voc, carnet)
    if qui := payeur(texte, voc):
        carnet.noter("dernier_bilan_financeur", qui, suppose=True)
    if plus_d_aide(texte):
        carnet.noter("autre_payeur", "aucun", suppose=True)
    if "solde_cpf" not in carnet.supposes and (solde := premiere(_SOLDE, texte)):
        nombres.noter("solde_cpf", solde["n"], carnet, True)


def plus_d_aide(texte: str) -> bool:
    """« Finalement elle met rien du tout » : l'employeur ne paie pas."""
    return bool(_RIEN_DE_L_EMPLOYEUR.search(texte))


def payeur(texte: str, voc: Vocabulaire) -> str | None:
    """« C'était mon patron qui avait payé » : le financeur d'un bilan déjà dit."""
    dit = _PAYEUR.search(texte)
    if dit is None:
        return financeur(f" {texte}", voc) if _PAYE_PAR.fullmatch(texte) else None
    return "soi_meme" if dit["qui"] == "moi" else financeur(f" paye par {dit['qui']}", voc)
