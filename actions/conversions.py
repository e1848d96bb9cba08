"""Des heures de CPF du public en euros, ou l'inverse : « 90 heures de la mairie, ça fait combien ? »."""

from __future__ import annotations

import re
from decimal import ROUND_FLOOR, Decimal

from actions.comprehension.vocabulaire import vocabulaire_en_place
from actions.droit import droit_en_place, ecriture
from actions.parcours.messages import Message
from actions.reglages import aujourd_hui

_HEURES = re.compile(r"(?<![\d.,/])(?P<n>\d{1,3}) ?(?:heures?|h)\b")
_EUROS = re.compile(r"(?<![\d.,/])(?P<n>\d{2,5})€")
_EN_EUROS = re.compile(r"\b(?:en|d'|des|combien d'|l'|l)? ?euros?\b|\bconverti\w*|\bca (?:fait|vaut|donne) combien\b")
_EN_HEURES = re.compile(r"\b(?:combien d'heures?|en heures?)\b")
_DU_CPF = re.compile(
    r"\b(?:cpf|droits?|compte|mairie|public\w*|contractuel\w*|fonctionnaire|agente?|hopital|disponibilite|dispo|conver\w+"
    r"|titulaire)\b"
)
_A_QUITTE = re.compile(r"\b(?:ancien\w*|ex|chomage|prive|quitte\w*|disponibilite|dispo)\b")
_RIEN_QUE_CELA = 8
# Une durée de travail, un salaire, la durée d'un bilan : d'autres heures.
_D_AUTRES_HEURES = re.compile(
    r"\b(?:semaines?|supp?\w*|salaire|pa[iy]e\w*|smic|brut|net|mois|taux|contrat|temps partiel|seances?|dure\w*|bilan"
    r"|absence|conge|(?:travaill?|boss)(?!\w* (?:dans le|au) prive)\w*|indemni\w*|chomage technique)\b"
)


def converti(texte: str) -> Message | None:
    """Rend la conversion demandée, au taux en vigueur ; ``None`` si le message ne demande pas cela."""
    lu = vocabulaire_en_place().normaliseur.lire(texte)
    if texte.startswith("/") or _D_AUTRES_HEURES.search(lu):
        return None
    heures, euros = _HEURES.search(lu), _EUROS.search(lu)
    du_cpf, court = _DU_CPF.search(lu), len(lu.split()) <= _RIEN_QUE_CELA
    taux = droit_en_place().montant("public_cpf_conversion", aujourd_hui())
    demande = _EN_EUROS.search(lu) and (du_cpf or court)
    if heures and not euros and (demande or (du_cpf and _A_QUITTE.search(lu))):
        nombre = Decimal(heures["n"])
        return _dire("utter_conversion_en_euros", nombre, "heures", nombre * taux, "euros")
    if euros and not heures and _EN_HEURES.search(lu) and (du_cpf or court):
        nombre = Decimal(euros["n"])
        entieres = (nombre / taux).to_integral_value(ROUND_FLOOR)
        return _dire("utter_conversion_en_heures", nombre, "euros", entieres, "heures")
    return None


def _dire(reponse: str, avant: Decimal, unite: str, apres: Decimal, autre: str) -> Message:
    return Message(reponse, {"avant": ecriture.grandeur(avant, unite), "apres": ecriture.grandeur(apres, autre)})
