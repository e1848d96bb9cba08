"""Plusieurs devis : « un à 1400 et l'autre à 2100 », « celui à 1490 », « l'autre est à 1500 »."""

from __future__ import annotations

import re

from actions.comprehension import nombres
from actions.comprehension.modele import Carnet
from actions.comprehension.vocabulaire import Vocabulaire

PRIX_MIN = 300  # borne technique : en dessous, ce qu'on « demande » est une participation, pas le prix d'un bilan
_PRIX = r"(?P<{}>\d{{3,5}}(?:\.\d+)?)€?(?![\w/.%])(?! ?(?:heures?|h\b|ans?\b|mois))"
_A, _B = _PRIX.format("a"), _PRIX.format("b")
# Rien, entre deux prix, qui parle d'un solde ou d'une aide.
_PUIS = r"(?:(?!\b(?:cpf|solde|compte|droits|patron|employeur|boite|opco|j'ai)\b)[^.!?\d]){1,30}?"
_OFFRES = r"(?:devis|offres?|propositions?|prix|tarifs?|bilans?|organismes?|centres?|cabinets?|formules?)"
_RANG = r"(?:2e|2eme|second|seconde|deuxieme|1er|premier|premiere|moins cher|plus cher)"
_UN = rf"(?:l'un|un|une|(?:le|la) {_RANG})"
_AUTRE = rf"(?:l'autre|un autre|une autre|{_UN})"
_COUTE = r"(?:(?:est|c'est|qui est|coute|qui coute|fait) )?(?:(?:a|de|pour) )?"
_DEUX = [
    re.compile(rf"\b(?:2|plusieurs|les) {_OFFRES}\b[^.!?\d]{{0,30}}?{_A}{_PUIS}{_B}"),
    re.compile(
        rf"\b{_UN}(?: {_OFFRES})? (?:(?:est|qui est) )?(?:a|de|pour) {_A},? (?:et )?"
        rf"{_AUTRE}(?: {_OFFRES})? {_COUTE}{_B}"
    ),
]
_CELUI = re.compile(rf"\b(?:celui|celle|l'autre|(?:le|la) {_RANG})(?: {_OFFRES})?,? {_COUTE}{_PRIX.format('n')}")
_UN_AUTRE = re.compile(rf"\b(?:un|une) (?:autre|nouveau|nouvelle|{_RANG}) {_OFFRES} {_COUTE}{_PRIX.format('n')}")
# « Et à 2200 avec 900 de solde », après un calcul : à côté d'un solde, l'autre somme est un prix.
_ET_A = re.compile(rf"^(?:(?:ok|oui|bon|et|mais) )*(?:a|pour) {_PRIX.format('n')}(?=.{{0,30}}\b(?:solde|cpf)\b)")
_AUTRE_CAS = re.compile(r"^(?:(?:ok|oui|bon|mais|alors|du coup|et) )*(?:pour|avec)\b|\bsi\b")


def lire(texte: str, suppose: bool, interrogative: bool, voc: Vocabulaire, carnet: Carnet) -> bool:
    """Note deux prix comparés, ou celui que l'on désigne ; rend vrai si le prix est ainsi dit.

    De deux prix, le plus haut est retenu et l'autre supposé : le calcul dira les deux.
    """
    for motif in _DEUX:
        deux = motif.search(texte)
        if deux and min(prix := [float(deux["a"]), float(deux["b"])]) >= PRIX_MIN:
            nombres.noter_fourchette("prix", prix, carnet, suppose)
            return True
    designe = _CELUI.search(texte) or _UN_AUTRE.search(texte)
    if designe is None and (
        (cas := _ET_A.search(texte)) and (len(texte.split()) < 5 or "solde" in texte or "cpf" in texte)
    ):
        designe = cas
    if designe is None or float(designe["n"]) < PRIX_MIN:
        return False
    autre_cas = suppose or interrogative or bool(_AUTRE_CAS.search(texte))
    nombres.noter_somme("prix", designe, carnet, autre_cas, voc)
    return True
