"""« 18 mois à l'hôpital » : moins que les services exigés d'un agent hospitalier, la conclusion se dit d'abord."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from actions.comprehension import extraire
from actions.comprehension.durees import lire_duree
from actions.droit import Droit, ecriture
from actions.eligibilite.dates import applicable, nombre_applicable
from actions.parcours.choix import simplifier
from actions.parcours.delais_calcules import Reponse
from actions.parcours.messages import Message

_CHAMP, _MOIS_PAR_AN = "services_effectifs_mois", 12
_A_L_HOPITAL = r"(?:a l'|au |dans l'|dans un |en )(?:hopital|chu?|chr|ehpad|etablissement)\b"
_DUREE = r"(?P<duree>\d{1,3} (?:mois|ans?))"
_SERVICES = re.compile(
    rf"^(?:\w+ ){{0,2}}?(?:j'ai |ca fait |je n'ai |je suis a |depuis |que |seulement |juste |fait )*{_DUREE}"
    rf" (?:(?:de|d'|que|je|suis|bosse|travaille|service|services|anciennete) ?)*(?:{_A_L_HOPITAL}|$)"
    rf"|\b(?:que |seulement |juste ){_DUREE.replace('duree', 'duree2')} (?:d'anciennete|de services?|{_A_L_HOPITAL})"
)
_DROIT = re.compile(
    r"\bdroit (?:au|a un|a mon) (?:conge|bilan)\b|\b(?:ca|c'est) (?:me )?suffi\w*"
    r"|\bassez d(?:e |')(?:anciennete|services?)\b"
)


def repondre(texte: str, faits: Mapping[str, Any], jour: date, droit: Droit) -> Reponse | None:
    """Rend la conclusion d'un agent hospitalier qui dit trop peu de services ; ``None`` s'il n'en dit pas trop peu."""
    if faits.get("statut") != "agent_fph" or texte.startswith("/"):
        return None
    simple = simplifier(texte)
    dit = _SERVICES.search(simple)
    duree = lire_duree(dit["duree"] or dit["duree2"]) if dit else None
    dits = extraire(texte, jour).valeurs.get(_CHAMP) or (faits.get(_CHAMP) if _DROIT.search(simple) else None)
    mois = int(duree.mois) if duree else int(str(dits)) if dits else None
    exiges = nombre_applicable(droit, "fph_anciennete", jour) * _MOIS_PAR_AN
    if mois is None or mois >= exiges:
        return None
    valeur = applicable(droit, "fph_anciennete", jour)
    mots = {
        "services": ecriture.grandeur(mois, "mois"),
        "exiges": ecriture.grandeur(valeur.montant, droit.parametres["fph_anciennete"].unite),
        "reste": ecriture.grandeur(int(exiges - mois), "mois"),
    }
    return Reponse([Message("utter_cas_anciennete_hospitaliere", mots)], {_CHAMP: mois})
