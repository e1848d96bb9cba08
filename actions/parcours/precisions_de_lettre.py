"""Ce qu'une lettre dit de plus, demandé en phrases : « mets que c'est un bilan », « j'ai déjà la convention »."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from actions.comprehension import dates, periodes
from actions.documents.modeles import modeles_en_place
from actions.parcours.choix import choix_dits, simplifier

# Mots de data/vocabulaire_parcours.yml -> champs d'une lettre ; le dernier dit l'emporte.
_DISENT: tuple[tuple[str, dict[str, Any]], ...] = (
    ("bilan_aborde", {"aborder_bilan": True}),
    ("bilan_nomme", {"nommer_bilan": True, "aborder_bilan": True}),
    ("bilan_tu", {"nommer_bilan": False, "aborder_bilan": False}),
    ("convention_recue", {"convention_recue": True}),
    ("paiement_demande", {"financement": True}),
    ("paiement_tu", {"financement": False}),
    ("accepte", {"accepte": True}),
    ("refuse", {"accepte": False}),
)
# « Ça me va », « je préfère », tant que la lettre reste à choisir, ne disent rien d'elle.
_D_UNE_SEULE = {"accepte", "refuse"}
_BOUTS = re.compile(r"[.;,\n]|\b(?:et|mais)\b")
# « 24 h », « 16 heures » : ni une heure du jour (14 h 30, de 9 h à 12 h), ni un horaire de travail.
_HEURES = re.compile(r"(?<![\d:])(?<!\ba )(?<!vers )(\d{1,2}) ?(?:h|heures?)\b(?! ?\d)(?! a \d)")
_D_UN_HORAIRE = re.compile(
    r"\b(?:semaine|hebdo\w*|(?:temps|mi) (?:partiel|plein|complet|temps)|contrat|cdi|cdd|interim\w*|salariee?"
    r"|travaille|bosse|cesu|particuliers?|chez|employeurs?|horaires?|poste|chaque|par (?:jour|mois)|mensuel\w*"
    r"|matin|midi|soir|nuit|lundi|mardi|mercredi|jeudi|vendredi|samedi)\b"
)
# « Chez deux particuliers, 10 h et 18 h » : le second nombre suit l'horaire du premier.
_QUE_DES_HEURES = re.compile(r"(?:chez |pour |l'autre |une? |autre )*\d{1,2} ?(?:h|heures?)(?: .{0,12})?")
_DU_BILAN = re.compile(r"\b(?:bilan|absence|absenter|seances?|rendez vous|soit|au total|en tout|duree?|dure)\b")
_FIN = re.compile(r"\b(?:au|jusqu'au|finit le|dernier (?:rendez[- ]vous|rdv) (?:est )?le) (?P<quand>\d.*)")
_DEUX_DATES = re.compile(r"\bdu \d.*\b(?:au|jusqu'au) \d")
_ETALE = re.compile(
    r"\b(?:bilan (?:dure\w* |de |s'etale )?|etal\w+ |reparti\w* |ca dure\w* )(?:sur |environ )*(\d{1,2}) mois\b"
)
_DE_L_EMPLOYEUR = re.compile(r"\b(?:il|elle|ils|patronn?e?|chefe?|employeur|boite|rh|drh|direction|agence)\b")
_DE_MOI = re.compile(r"\b(?:je|j'|moi)")
_AU_LIEU_DE = re.compile(r"\b(?:au lieu d[eu']|et pas|plutot que) ?.*")


def lire(texte: str, lettre: str | None, jour: date) -> dict[str, Any]:
    """Champs d'une lettre qu'un message demande de remplir ; vide s'il ne dit rien de ce qu'elle peut dire.

    Args:
        texte: message reçu, pendant ou juste après cette lettre.
        lettre: nom d'un modèle ; ``None`` si elle reste à choisir.
        jour: date du message.
    """
    champs, simple = modeles_en_place()[lettre].champs if lettre else None, simplifier(texte)
    dits = choix_dits(texte, "precision_lettre") - (set() if lettre else _D_UNE_SEULE)
    lus = {champ: valeur for code, effet in _DISENT if code in dits for champ, valeur in effet.items()}
    horaire = False
    for bout in _BOUTS.split(simple):
        heures = _HEURES.search(bout)
        suite = horaire and _QUE_DES_HEURES.fullmatch(bout.strip())
        horaire = bool(heures and (suite or (_D_UN_HORAIRE.search(bout) and not _DU_BILAN.search(bout))))
        if heures and not horaire:
            lus["heures"] = int(heures[1])
        lus |= _dates_d_un_report(bout, jour) if champs and "date_report" in champs else {}
    if lus.get("date_proposee") and "accepte" not in dits:
        lus["accepte"] = False
    if "convention_recue" in dits and (recue := _jour(simple, jour, "passe")):
        lus["date_convention"] = recue
    if duree := _ETALE.search(simple):
        lus["duree_mois"] = int(duree[1])
    if _DEUX_DATES.search(simple) and (fin := _FIN.search(simple)) and (le := _jour(fin["quand"], jour, "futur")):
        lus["date_fin"] = le
    return {champ: valeur for champ, valeur in lus.items() if champs is None or champ in champs}


def ecrire(precisions: Mapping[str, Any]) -> str | None:
    """Écrit des précisions comme on les retient d'un tour à l'autre, dans le volet du parcours."""
    return json.dumps(precisions, sort_keys=True) if precisions else None


def relire(volet: str | None, champs: Collection[str] | None = None) -> dict[str, Any]:
    """Relit les précisions d'un volet ; vide s'il dit autre chose."""
    if not (volet or "").startswith("{"):
        return {}
    return {champ: v for champ, v in json.loads(str(volet)).items() if champs is None or champ in champs}


def _dates_d_un_report(bout: str, jour: date) -> dict[str, Any]:
    """« Il veut juin au lieu de mars » : sa date ; « moi, plutôt septembre » : la mienne."""
    lue = dates.chercher(_AU_LIEU_DE.sub("", bout), jour, "futur")
    if not isinstance(lue, dates.Periode) or lue.fin < jour or re.search(r"\bpas avant\b", bout):
        return {}
    if _DE_MOI.search(bout):
        return {"date_proposee": periodes.ecrire(lue)}
    return {"date_report": periodes.ecrire(lue)} if _DE_L_EMPLOYEUR.search(bout) else {}


def _jour(texte: str, jour: date, sens: dates.Sens) -> str | None:
    lue = dates.chercher(texte, jour, sens)
    return lue.jour.isoformat() if isinstance(lue, dates.Periode) and lue.precision == "jour" else None
