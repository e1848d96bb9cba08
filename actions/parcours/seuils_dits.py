"""Un nombre ou une date que l'on compare à un seuil du droit : « 249 salariés », « 30 jours », « le 1er avril »."""

from __future__ import annotations

import re
from typing import Any

from actions.comprehension import dates
from actions.comprehension.periodes import Periode
from actions.droit import ValeurAbsente, ecriture
from actions.eligibilite.dates import nombre_applicable
from actions.parcours.choix import choix_dit, simplifier
from actions.parcours.delais_calcules import PREFIXE, Calcul, Reponse
from actions.parcours.delais_communs import dire
from actions.parcours.messages import Message

_JOURS = re.compile(r"\b(\d{1,3}) (?:jours?|j)\b")
_SALARIES = re.compile(r"\b(\d{1,6}) (?:salariee?s?|employee?s?|personnes)\b")


def repondre(texte: str, calcul: Calcul) -> Reponse | None:
    """Rend la conclusion d'un seuil que le message approche ; ``None`` s'il n'en approche aucun."""
    quoi, simple = choix_dit(texte, "seuil_dit"), simplifier(texte)
    if quoi == "prereprise" and (jours := _JOURS.search(simple)):
        passe = int(jours[1]) > nombre_applicable(calcul.droit, "prereprise_arret_min", calcul.jour)
        return _conclure(f"prereprise_{'oui' if passe else 'non'}")
    if quoi == "referent" and not calcul.public and (effectif := _SALARIES.search(simple)):
        atteint = int(effectif[1]) >= nombre_applicable(calcul.droit, "referent_handicap_effectif", calcul.jour)
        return _conclure(f"referent_{'oui' if atteint else 'non'}")
    return _participation(simple, calcul) if quoi == "participation" else None


def _participation(simple: str, calcul: Calcul) -> Reponse | None:
    """La participation en vigueur le jour d'une demande déjà faite."""
    faite = dates.chercher(simple, calcul.jour, "passe")
    if not isinstance(faite, Periode) or faite.debut != faite.fin:
        return None
    try:
        valeur = calcul.droit.valeur("participation_forfaitaire", faite.jour)
    except ValeurAbsente:
        return None
    montant = ecriture.grandeur(valeur.montant, calcul.droit.parametres["participation_forfaitaire"].unite)
    return _conclure("participation", montant=montant, date=dire(faite))


def _conclure(seuil: str, **mots: Any) -> Reponse:
    return Reponse([Message(f"{PREFIXE}seuil_{seuil}", mots)], question=True, sur=True)
