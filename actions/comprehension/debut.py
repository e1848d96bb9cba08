"""Le début souhaité d'un bilan : « je commence le 4 janvier », « un bilan à partir du 1er mars »."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from actions.comprehension import dates, periodes
from actions.comprehension.modele import Carnet
from actions.comprehension.motifs_dates import MOIS_RE

# Borne technique : au-delà, c'est une faute de frappe.
_ANNEES_MAX = 5
_COMMENCER = re.compile(
    r"\b(?:(?:je (?:veux|voudrais|compte|souhaite|souhaiterais|pense|prevois|vais|dois|prefere\w*)"
    r"|j'(?:aimerais|envisage|ai prevu|espere))"
    r"(?: (?!pas\b)\w+){0,3}? (?:de |d')?(?:commencer|demarrer|debuter)|je (?:commence|demarre"
    r"|debute)(?:rai|rais)?\b|on commence"
    r"|mon (?:premier|1er) rendez vous|(?:ca )?(?:commence|debute)r?(?= le \d)"
    r"|bilan (?:commence|debute)(?:ra|rait)?(?= (?:le \d|en |debut |fin |mi )))(?P<quand>.{0,40})"
)
# « Je veux faire un bilan pendant mes heures à partir du 1er mars », « mon bilan du 11 janvier au 12 mars ».
_BILAN_DATE = re.compile(
    r"\bbilan\b(?: (?!(?:fini|fait|passe|dernier|pas|je|il|elle)\b)[\w']+){0,8}? "
    r"(?:a partir d[eu]|a compter d[eu]|des le|du(?= \d{1,2}(?:er)?(?: \w+)?(?: \d{4})? (?:jusqu')?au \d))"
    r"(?P<quand>.{0,30})|\b(?:je (?:veux|voudrais|souhaite|vais|compte|prefere)|j'aimerais)(?: faire| passer| suivre)? "
    r"(?:mon|un|le|ce) bilan(?: de competences?)? "
    rf"(?P<en>(?:le|en|debut|fin|mi|courant) (?:\d{{1,2}}(?:er)? )?{MOIS_RE}.{{0,6}})"
)
_DEMANDE = re.compile(r"\b(?:peux|peut|puis|possible|droit|est ce qu\w*|faut|quand)\b")
_AUTRE_DEBUT = re.compile(r"\b(?:travail|boulot|poste|job|formation|pas)\b")


def lire(texte: str, suppose: bool, interrogative: bool, jour: date, carnet: Carnet) -> None:
    """Note le début que date un bloc ; celui d'un poste ou d'une formation n'en est pas un."""
    quand = _debut(texte, interrogative)
    if quand and not _AUTRE_DEBUT.search(quand):
        lue = dates.chercher(quand, jour, "futur")
        if isinstance(lue, dates.Periode) and lue.fin >= jour:
            noter(lue, jour, suppose, carnet)


def noter(lue: dates.Periode, jour: date, suppose: bool, carnet: Carnet) -> None:
    """Note le début souhaité : la période dite, à partir d'aujourd'hui."""
    if lue.jour.year > jour.year + _ANNEES_MAX:
        carnet.refuser("date_debut", "date_trop_loin")
        return
    approximation = None if lue.precision == "jour" else lue.precision
    if lue.jour < jour:
        lue = replace(lue, debut=jour, jour=jour)
    carnet.noter("date_debut", periodes.ecrire(periodes.autour(lue)), suppose, approximation)


def _debut(texte: str, interrogative: bool) -> str | None:
    """Les mots qui datent le début ; « un bilan à partir de mars ? » demande, et ne date rien."""
    if commence := _COMMENCER.search(texte):
        return commence["quand"]
    date_ = _BILAN_DATE.search(texte)
    quand = date_ and (date_["quand"] or date_["en"])
    demande = date_ and interrogative and ("," not in texte[date_.start() :] or _DEMANDE.search(texte[: date_.end()]))
    return None if demande else quand
