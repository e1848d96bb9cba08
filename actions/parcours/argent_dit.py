"""Ce qu'un message du calcul dit d'argent : une aide et son montant, une supposition, une demande de total."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from actions.comprehension import extraire
from actions.comprehension.aides import pas_acquise
from actions.comprehension.nombres import AIDES, CHAMPS
from actions.parcours.choix import simplifier
from actions.parcours.faits import Faits
from actions.parcours.lecture import Lecture, MessageRecu

PAYEUR, MONTANT = "autre_payeur", "montant_aide"
CALCUL = "simuler_cout"
_AUCUN, _EMPLOYEUR = "aucun", "employeur"

_RECALCULE = re.compile(r"\b(?:change\w*|combien|pa[iy]e\w*|reste\w*|calcul\w*|ca (?:fait|donne))\b")


def avec_le_montant(lu: Faits, texte: str, jour: date) -> Lecture:
    """« Mon employeur, 30 % » : qui paie, et combien ; « peut-être, j'ai pas demandé » n'est pas encore une aide."""
    visible = "utter_aide_visible" if lu.get(PAYEUR) == _EMPLOYEUR else None
    if lu.get(PAYEUR) == _AUCUN or set(AIDES) & {*lu}:
        return Lecture(lu, a_dire=visible)
    if pas_acquise(simplifier(texte)):
        return Lecture(inconnus=frozenset({PAYEUR}), a_dire="utter_aide_pas_acquise")
    somme = extraire(texte, jour, AIDES[0]).valeurs.get(AIDES[0])
    return Lecture({**lu, MONTANT: somme} if somme else lu, a_dire=visible)


def supposee(message: MessageRecu, faits: Faits, jour: date) -> Lecture | None:
    """« Et si ma boîte met 200 », avant tout résultat : compté, et dit ; un autre prix, lui, se calculera aussi."""
    if message.parcours != CALCUL:
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


def montants_de(evenement: Mapping[str, Any]) -> set[str]:
    """Montants que pose un slot : le sien, ou ceux d'une hypothèse."""
    nom, valeur = evenement.get("name"), evenement.get("value")
    if valeur is None or not (nom == "hypothese" or nom in (*CHAMPS, MONTANT)):
        return set()
    noms = [champ for champ, _ in valeur] if nom == "hypothese" else [str(nom)]
    return {MONTANT if champ in AIDES else champ for champ in noms if champ in (*CHAMPS, MONTANT)}


def veut_recalculer(texte: str) -> bool:
    """« Un autre devis à 1500, ça change quoi ? » : le montant est nouveau ; « 750, c'est beaucoup ? » s'informe."""
    return _RECALCULE.search(simplifier(texte)) is not None


def redit_un_montant(valeur: Any, possibles: tuple[str, ...], faits: Faits) -> dict[str, Any]:
    """« 1800 », déjà retenu comme prix : il le redit."""
    return next(({champ: valeur} for champ in possibles if faits.get(champ) == valeur), {})
