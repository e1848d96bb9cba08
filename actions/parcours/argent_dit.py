"""Ce qu'un message du calcul dit d'argent : une aide et son montant, une supposition, une demande de total."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from actions.comprehension import extraire
from actions.comprehension.aides import pas_acquise
from actions.comprehension.nombres import AIDES, CHAMPS
from actions.parcours.choix import simplifier
from actions.parcours.faits import Faits
from actions.parcours.lecture import Lecture, MessageRecu

PAYEUR, MONTANT = "autre_payeur", "montant_aide"
_CALCUL, _AUCUN = "simuler_cout", "aucun"
_TOTAL = re.compile(
    r"\b(?:au total|en tout|ca (?:fait|donne) (?:combien|quoi)|detaille|le calcul|combien (?:je|moi|il me))\b"
)

_RECALCULE = re.compile(r"\b(?:change\w*|combien|pa[iy]e\w*|reste\w*|calcul\w*|ca (?:fait|donne))\b")


def avec_le_montant(lu: Faits, texte: str, jour: date) -> Lecture:
    """« Mon employeur, 30 % » : qui paie, et combien ; « peut-être, j'ai pas demandé » n'est pas encore une aide."""
    if lu.get(PAYEUR) == _AUCUN or set(AIDES) & {*lu}:
        return Lecture(lu)
    if pas_acquise(simplifier(texte)):
        return Lecture(inconnus=frozenset({PAYEUR}), a_dire="utter_aide_pas_acquise")
    somme = extraire(texte, jour, AIDES[0]).valeurs.get(AIDES[0])
    return Lecture({**lu, MONTANT: somme} if somme else lu)


def supposee(message: MessageRecu, faits: Faits, jour: date) -> Lecture | None:
    """« Et si ma boîte met 200 », avant tout résultat : compté, et dit ; un autre prix, lui, se calculera aussi."""
    if message.parcours != _CALCUL:
        return None
    extrait = extraire(message.texte, jour, dechiffre=message.dechiffre)
    if not extrait.hypothese or not set(extrait.valeurs) <= {*CHAMPS, PAYEUR}:
        return None
    neufs = {champ: valeur for champ, valeur in extrait.valeurs.items() if faits.get(champ) is None}
    if neufs:
        return Lecture(neufs, a_dire="utter_hypothese_comptee")
    prix = extrait.valeurs.get("prix")
    if prix is None or prix == faits["prix"]:
        return None
    return Lecture(autre_prix=float(str(prix)), a_dire="utter_autre_prix_note")


def demande_le_total(message: MessageRecu, question: str) -> bool:
    """« Du coup ça fait combien au total ? », à qui demande si un autre paie : il veut le calcul sans cette réponse."""
    return message.parcours == _CALCUL and question == PAYEUR and _TOTAL.search(simplifier(message.texte)) is not None


def veut_recalculer(texte: str) -> bool:
    """« Un autre devis à 1500, ça change quoi ? » : le montant est nouveau ; « 750, c'est beaucoup ? » s'informe."""
    return _RECALCULE.search(simplifier(texte)) is not None


def redit_un_montant(valeur: Any, possibles: tuple[str, ...], faits: Faits) -> dict[str, Any]:
    """« 1800 », déjà retenu comme prix : il le redit."""
    return next(({champ: valeur} for champ in possibles if faits.get(champ) == valeur), {})
