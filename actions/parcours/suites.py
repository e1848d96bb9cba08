"""Ce qui se dit après un résultat, ou entre deux étapes de la demande CPF (data/suites_de_parcours.yml)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import yaml

from actions.comprehension import est_une_question
from actions.droit import Droit
from actions.en_place import lu_une_fois
from actions.parcours import a_cote
from actions.parcours.choix import simplifier
from actions.parcours.faits import Faits, mettre_a_jour
from actions.parcours.fin_arret import en_arret_au_bilan
from actions.parcours.lecture import MessageRecu
from actions.parcours.reponse import lire as lire_reponse
from actions.reglages import DOSSIER_DONNEES

# Ce qu'un message peut dire entre deux étapes, hors du nom d'une étape.
FAITE, RAPPEL, GARDEE, DEFAITE = "faite", "rappel", "gardee", "defaite"
_ACTES = (FAITE, RAPPEL, GARDEE, DEFAITE)
_MOTS_MAX, _MOTS_D_UN_BOUT = 30, 14
_BOUTS = re.compile(r"[,;.!\n]+|\b(?:mais|puis)\b|\bet (?=j'|je )")
_NEGATION = re.compile(
    r"\b(?:pas|jamais|rien|aucune?|impossible|bloquee?|sans|veux|voudrais|dois|faut|vais|perdue?|oubliee?"
    r"|problemes?|soucis?|galere|erreur)\b"
)


@lu_une_fois
def mots() -> dict[str, Any]:
    """Les mots des RH, lus une fois par version."""
    lus: dict[str, Any] = yaml.safe_load((DOSSIER_DONNEES / "suites_de_parcours.yml").read_text(encoding="utf-8"))
    return lus


def annonce_une_correction(texte: str) -> bool:
    """Vrai pour « en fait… », « pardon… »."""
    return bool(re.search(mots()["correction"], simplifier(texte)))


def sans_demande_d_effet(texte: str) -> str:
    """« En fait je suis au chômage, ça change ? » : le fait, sans ce qu'on demande qu'il change."""
    return re.sub(mots()["effet"], "", simplifier(texte))


def suppose(texte: str) -> bool:
    """Vrai pour « et si… », « imaginons que… »."""
    return bool(re.search(mots()["hypothese"], simplifier(texte)))


def demande_ce_qui_est_note(texte: str) -> bool:
    """Vrai pour « quel solde tu avais noté ? »."""
    return est_une_question(texte) and bool(re.search(mots()["notes"], simplifier(texte)))


def dit_l_accord(texte: str, faits: Faits) -> bool:
    """Vrai pour « j'ai l'accord », « j'ai l'avis favorable », dit par qui est en arrêt et l'attend."""
    attendu = en_arret_au_bilan(faits) and not faits.get("accord_caisse")
    return attendu and bool(re.search(mots()["accord"], simplifier(texte)))


def redit(texte: str, posees: Sequence[str], faits: Faits, jour: date, droit: Droit) -> dict[str, Any]:
    """« En fait c'était payé par ma boîte » : relu comme une nouvelle réponse à une question déjà posée.

    Args:
        texte: message reçu.
        posees: questions déjà répondues, de la plus ancienne à la plus récente.
        faits: ce qu'on sait.
        jour: date d'évaluation.
        droit: faits et paramètres.
    """
    if dit_l_accord(texte, faits):
        return {"accord_caisse": True}
    if corrige := a_cote.remplacer(texte, faits):
        return mettre_a_jour(faits, {**a_cote.lire([texte], None, faits, jour, montants=False), **corrige})
    datees = (a_cote.QUAND,) if faits.get(a_cote.QUAND) else ()  # une date notée hors de sa question se corrige aussi
    for champ in [] if texte.startswith("/") else (*reversed(posees), *datees):
        lecture = lire_reponse(MessageRecu(texte, "corriger", "corriger", 0.0), champ, faits, jour, droit)
        # Une autre lettre se demande, elle ne se corrige pas.
        if champ in lecture.faits and not champ.endswith("lettre"):
            return mettre_a_jour(faits, lecture.faits)
    return {}


def a_changer(texte: str) -> str | None:
    """Champ que l'on demande à changer, sans dire sa nouvelle valeur ; ``None`` s'il n'est pas nommé."""
    simple = simplifier(texte)
    if not re.search(mots()["changer"], simple):
        return None
    return champ_nomme(texte)


def champ_nomme(texte: str) -> str | None:
    """Champ que nomme un message : « quel solde… », « change le prix »."""
    simple = simplifier(texte)
    return next((champ for champ, motif in mots()["champs"].items() if re.search(motif, simple)), None)


def silence_de_l_organisme(texte: str) -> bool:
    """« L'organisme m'a pas répondu » : la demande est partie, le prestataire se tait."""
    simple = simplifier(texte)
    return any(re.search(motif, simple) for motif in mots()["silence_de_l_organisme"])


def lire(texte: str, restantes: Collection[str]) -> str | None:
    """Ce que dit un message entre deux étapes : le code d'une étape faite, un des actes, ou ``None``.

    Args:
        texte: message reçu.
        restantes: étapes à faire, celle en cours d'abord.
    """
    simple = _sans_ponctuation(simplifier(texte))
    acte = _acte(simple)
    if acte == FAITE and est_une_question(texte):
        return RAPPEL  # « C'est fini ? » demande : une question ne coche rien
    if acte or len(simple.split()) > _MOTS_MAX or est_une_question(texte) or _NEGATION.search(simple):
        return acte
    return _dans_un_bout([_sans_ponctuation(bout) for bout in _BOUTS.split(simplifier(texte))], restantes)


def _dans_un_bout(bouts: Sequence[str], restantes: Collection[str]) -> str | None:
    """« J'ai comparé, y en a un à 1650 », « j'ai 900 €, next » : un bout nomme l'étape, ou la dit faite."""
    courts = [bout for bout in bouts if len(bout.split()) <= _MOTS_D_UN_BOUT]
    nommees = [code for code in mots()["etapes"] if any(_dit_faite(bout, code) for bout in courts)]
    nommee = next((code for code in restantes if code in nommees), None)
    faite = any(_acte(bout) == FAITE for bout in courts)
    # « C'est fait, j'ai l'identité », dit d'une étape déjà cochée, ne coche pas la suivante.
    return nommee or (RAPPEL if nommees and faite else FAITE if faite else None)


def _sans_ponctuation(simple: str) -> str:
    return " ".join(re.findall(r"[\w'€]+", simple))


def _acte(simple: str) -> str | None:
    fiches = mots()["actes"]
    appui = "|".join(fiches["appui"])
    dits = {acte: f"(?:(?:{appui}) )*(?:{'|'.join(fiches[acte])})(?: (?:{appui}))*" for acte in _ACTES}
    return next((acte for acte, motif in dits.items() if re.fullmatch(motif, simple)), None)


def _dit_faite(simple: str, code: str) -> bool:
    return any(re.search(rf"(?<!\S)(?:{motif})", simple) for motif in mots()["etapes"][code])
