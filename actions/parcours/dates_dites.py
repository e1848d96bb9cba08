"""Deux dates d'une même demande, que leurs mots distinguent : reçue le 20 octobre, commence le 12 janvier."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from actions.comprehension import dates, periodes
from actions.comprehension.motifs_dates import RANG_DU_MOIS
from actions.parcours.choix import simplifier

DEBUT, DEMANDE = "date_debut", "date_demande"
_BOUTS = re.compile(r"[,;\n]|\b(?:et|mais)\b")
_RECUE = re.compile(
    r"\b(?:recue?|recu|envoyee?|deposee?|remise?|donnee?|demandee?|transmise?)\b(?: (?:ma|mon|la|le|ca|par) ?\w*)*? "
    r"(?P<quand>(?:le |depuis le )?\d.*|hier.*|avant hier.*|(?:lundi|mardi|mercredi|jeudi|vendredi) dernier.*)"
)
_COMMENCE = re.compile(
    r"\b(?:commence\w*|debut\w*|demarre\w*|premier rendez[- ]?vous)\b(?: (?:c'est|est|le bilan|prevu))* "
    r"(?P<quand>(?:le |en )?\w.*)"
)
_ANNEE = re.compile(r"(?<![\d/.])(?:19|20)\d\d(?![\d/.€])")
_PAS_CELLE_LA = re.compile(r"\bpas (?:en )?(?P<faux>(?:19|20)\d\d)\b")
_CORRIGE = re.compile(r"\b(?:non|en fait|pardon|plutot|tromp\w+|faux|fausse|erreur|c'etait)\b")
_MOTS_MAX = 12


def lire(texte: str, jour: date) -> dict[str, Any]:
    """Dates de réception et de début que le texte nomme par leur verbe ; vide s'il n'en nomme aucune."""
    lues: dict[str, Any] = {}
    for bout in _BOUTS.split(texte):
        simple = simplifier(bout)
        for champ, motif, sens in ((DEMANDE, _RECUE, "passe"), (DEBUT, _COMMENCE, "futur")):
            dite = motif.search(simple)
            lue = dates.chercher(dite["quand"], jour, sens) if dite else None  # type: ignore[arg-type]
            if isinstance(lue, dates.Periode) and (sens == "futur") == (lue.fin >= jour):
                lues[champ] = periodes.ecrire(lue)
    return lues


def annee_corrigee(texte: str, connue: object) -> str | None:
    """« Non, en fait 2019 », « c'est 2020 pas 2023 » : l'année du dernier bilan, déjà dite, n'était pas la bonne."""
    simple = simplifier(texte)
    nie = _PAS_CELLE_LA.search(simple)
    annees = [annee for annee in _ANNEE.findall(simple) if not (nie and annee == nie["faux"])]
    corrige = nie or (_CORRIGE.search(simple) and len(simple.split()) <= _MOTS_MAX)
    nouvelle = annees[-1] if len(set(annees)) == 1 else None
    mois = next((rang for nom, rang in RANG_DU_MOIS.items() if re.search(rf"\b{nom}\b", simple)), None)
    if nouvelle and mois:
        nouvelle = f"{nouvelle}-{mois:02}"
    return nouvelle if connue and corrige and nouvelle and not str(connue).startswith(nouvelle) else None
