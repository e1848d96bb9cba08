"""Deux dates d'une même demande, que leurs mots distinguent : reçue le 20 octobre, commence le 12 janvier."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from actions.comprehension import dates, periodes
from actions.comprehension.motifs_dates import MOIS_RE, RANG_DU_MOIS
from actions.parcours.choix import simplifier

DEBUT, DEMANDE = "date_debut", "date_demande"
_BOUTS = re.compile(r"[,;\n]|\b(?:et|mais)\b")
# « Ma demande », « par mail » : trois au plus, et un seul découpage possible : un message hostile ne fait pas tourner.
_PAR_QUI = r"(?: (?:ma|mon|sa|la|le|ca|par|a)\b(?: (?!(?:ma|mon|sa|la|le|ca|par|a)\b)[a-z]\w*)?)"
_RECUE = re.compile(
    rf"\b(?:recue?|recu|envoyee?|deposee?|posee?|faite|remise?|donnee?|demandee?|transmise?|partie)\b"
    rf"{_PAR_QUI}{{0,3}}?(?: d'absence)? "
    r"(?P<quand>(?:le |depuis le )?\d.*|(?:il )*y a .*|(?:avant )?hier.*"
    r"|(?:lundi|mardi|mercredi|jeudi|vendredi) dernier.*)"
)
_COMMENCE = re.compile(
    rf"\b(?:commence\w*|debut\w*(?! {MOIS_RE})|demarre\w*|premier rendez[- ]?vous)\b(?: (?:c'est|est|le bilan|prevu))* "
    r"(?P<quand>(?:le |en )?\w.*)"
)
_EMPLOYEUR = re.compile(r"\b(?:patronn?e?|chefe?|employeur|boite|rh|drh|direction|agence|manager|absence|conge)\b")
_C_EST_LA_DEMANDE = re.compile(r"(?P<quand>\ble \d{1,2}\b.{0,25}?),? c'est (?:la|ma|le jour de (?:la|ma)) demande\b")
_ANNEE = re.compile(r"(?<![\d/.])(?:19|20)\d\d(?![\d/.€])")
_PAS_CELLE_LA = re.compile(r"\bpas (?:en )?(?P<faux>(?:19|20)\d\d)\b")
_CORRIGE = re.compile(r"\b(?:non|en fait|pardon|plutot|tromp\w+|faux|fausse|erreur|c'etait)\b")
_MOIS = re.compile(rf"\b{MOIS_RE}(?!\w)")
_MOTS_MAX = 12
_SEUL_JOUR = re.compile(
    r"(?:(?:oui|non|ok|alors|donc|plutot|disons|c'est|ce sera|mets|mettez|precisement|exactement|finalement|en fait)"
    r",? )*"
    r"(?P<jour>le \d{1,2}(?:er)?)(?: (?:plutot|exactement|precisement|svp|stp|merci|si possible))*[ .!]*"
)
_JOUR_NU = re.compile(r"le \d{1,2}\W*")
_EST_UNE_PERIODE = re.compile(r"\d{4}-\d\d(?:$|-\d\d/\d)")
_RECENTE = timedelta(days=330)
# Champ, ce qui le nomme, et de quel côté d'aujourd'hui il tombe.
_DATES: tuple[tuple[str, re.Pattern[str], dates.Sens], ...] = (
    (DEMANDE, _RECUE, "passe"),
    (DEMANDE, _C_EST_LA_DEMANDE, "passe"),
    (DEBUT, _COMMENCE, "futur"),
)


def lire(texte: str, jour: date) -> dict[str, Any]:
    """Dates de réception et de début que le texte nomme par leur verbe ; vide s'il n'en nomme aucune."""
    lues: dict[str, Any] = {}
    for bout in _BOUTS.split(texte):
        simple = simplifier(bout)
        for champ, motif, sens in _DATES:
            dite = motif.search(simple)
            lue = dates.chercher(dite["quand"], jour, sens) if dite else None
            if dite and isinstance(lue, dates.Periode) and _JOUR_NU.fullmatch(dite["quand"]) and lues.get(champ):
                lue = periodes.dans_le_mois_de(lue, periodes.lire(lues[champ]), jour)
            if isinstance(lue, dates.Periode) and _plausible(lue, sens, jour):
                lues[champ] = periodes.ecrire(lue)
    return lues


def jour_precise(texte: str, connu: object) -> dict[str, Any]:
    """« Le 8 », « plutôt le 8 », quand le début connu est « début février » : le jour s'y précise."""
    dit = _SEUL_JOUR.fullmatch(simplifier(texte))
    if dit is None or not connu or not _EST_UNE_PERIODE.match(str(connu)):
        return {}
    precise = periodes.au_jour_dit(dit["jour"], periodes.lire(str(connu)))
    return {DEBUT: periodes.ecrire(precise)} if precise.precision == "jour" else {}


def _plausible(lue: dates.Periode, sens: dates.Sens, jour: date) -> bool:
    """« Je demande le 15 décembre » n'est pas une demande reçue il y a un an."""
    return lue.fin >= jour if sens == "futur" else jour - _RECENTE <= lue.fin < jour


def parle_d_un_employeur(texte: str) -> bool:
    """« À mon chef », « à la RH » : une demande qui lui est faite, et non à un organisme."""
    return _EMPLOYEUR.search(simplifier(texte)) is not None


def annee_corrigee(texte: str, connue: object) -> str | None:
    """« Non, en fait 2019 », « c'est 2020 pas 2023 » : l'année du dernier bilan, déjà dite, n'était pas la bonne."""
    if not connue:
        return None
    simple = simplifier(texte)
    nie = _PAS_CELLE_LA.search(simple)
    annees = {annee for annee in _ANNEE.findall(simple) if not (nie and annee == nie["faux"])}
    corrige = nie or (_CORRIGE.search(simple) and len(simple.split()) <= _MOTS_MAX)
    if not corrige or len(annees) != 1:
        return None
    mois = _MOIS.search(simple)
    nouvelle = annees.pop() + (f"-{RANG_DU_MOIS[mois[0].rstrip('.')]:02}" if mois else "")
    return None if str(connue).startswith(nouvelle) else nouvelle
