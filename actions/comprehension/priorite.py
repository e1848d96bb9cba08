"""La priorité d'un agent public, dite ou démentie : catégorie C sans le bac, handicap, usure (pub.prioritaires)."""

from __future__ import annotations

import re

from actions.comprehension.modele import Carnet
from actions.comprehension.propositions import Proposition, propositions
from actions.comprehension.vocabulaire import Terme, vocabulaire_en_place

_CHAMP = "agent_prioritaire"
_SANS_BAC = re.compile(r"\bcat(?:egorie)? c\b.{0,40}?\b(?:sans|pas|jamais eu) (?:de |le |mon |d')?(?:bac|diplome)\b")
CATEGORIE_C, SANS_BAC = "categorie_c", "sans_bac"
_CATEGORIE_C = re.compile(r"(?<!pas en )(?<!pas )(?<!pas de )\bcat(?:egorie)? c\b")
_PAS_LE_BAC = re.compile(
    r"\bj'?(?:e n')?ai (?:pas|jamais eu|meme pas|aucun|ni) (?:le |mon |de |un )?(?:bac|baccalaureat|diplomes?)\b"
    r"|\b(?:sans|pas de|pas le) bac\b"
    r"|\b(?:juste|que|qu'|seulement|uniquement|simple) ?(?:un |le |mon |d'un )?(?:cap|bep|brevet(?! de technicien))\b"
)
_A_PEINE = r"(?:bien |quand meme |finalement |deja |aussi |en fait |pourtant |eu |obtenu |passe )*"
# Un diplôme de niveau bac : la règle vise qui n'en a pas. « J'ai pas le bac » ne convient pas.
_LE_BAC = re.compile(
    rf"\bj'ai {_A_PEINE}(?:le |mon |un )?(?:bac\b(?! ?(?:a sable|blanc))|baccalaureat\b|niveau bac\b)|\bj'ai {_A_PEINE}"
    r"(?:une? |le |la |des )?(?:licence|bts|dut|deug|master|bac pro)\b"
)
_NIVEAU_4 = re.compile(r"\b(?:diplomes?|titre|brevet|bp|certificat)\b.{0,40}?\bniveau (?:4|iv|bac)\b(?! ?(?:-|moins))")
_PAS_PRIORITAIRE = re.compile(
    r"\b(?:je (?:ne )?suis|suis|reste) (?:pas|plus)(?: du tout| donc| en fait)?(?: un| une)?(?: agente?)? prioritaire\b"
    r"|^(?:\w+ ){0,2}(?:pas|plus|non) prioritaire\b"
)
_DEMANDENT = ("est ce", "suis je", "pourquoi")
_AUTRE_TITRE = re.compile(r"\b(?:rqth|handicap\w*|invalid\w*|aah|usure)\b")


def lire(liste: list[Proposition], presentee: bool, carnet: Carnet) -> None:
    """Note la priorité dite de soi ; qui se corrige (« en fait j'ai le bac ») la perd, sauf autre titre dit."""
    soi = " ".join(p.texte for p in liste if p.mode == "dit")
    if _NIVEAU_4.search(soi) and not _AUTRE_TITRE.search(soi):
        carnet.refuser(_CHAMP, "")  # « pas le bac, un diplôme de niveau 4 » : le second l'emporte
        carnet.erreurs.pop(_CHAMP)
        carnet.noter(_CHAMP, False)
    elif presentee and (_SANS_BAC.search(soi) or _moities(soi) == {CATEGORIE_C, SANS_BAC}):
        carnet.noter(_CHAMP, True)
    elif _dementie(liste) or (carnet.corrige and _LE_BAC.search(soi) and not _AUTRE_TITRE.search(soi)):
        carnet.noter(_CHAMP, False)


def moities(texte: str) -> set[str]:
    """« Catégorie C », « juste un CAP », dits en deux messages : chacun est la moitié d'une priorité."""
    lues = [p for p in propositions(vocabulaire_en_place().normaliseur.lire(texte)) if p.mode == "dit"]
    dites = _moities(" ".join(p.texte for p in lues if not p.interrogative))
    # « J'ai pas le bac, ça change quoi ? » : la question porte sur la suite.
    demandees = _moities(" ".join(p.texte for p in lues if not p.texte.startswith(_DEMANDENT)))
    return dites | (demandees & {SANS_BAC})


def _moities(soi: str) -> set[str]:
    dites = {CATEGORIE_C} if _CATEGORIE_C.search(soi) else set()
    sans_bac = _PAS_LE_BAC.search(soi) and not _LE_BAC.search(soi) and not _NIVEAU_4.search(soi)
    return dites | ({SANS_BAC} if sans_bac else set())


def noter(champ: str, suppose: bool, carnet: Carnet) -> None:
    """Note ce que dit un terme (« RQTH », « catégorie C sans le bac »), sauf diplôme qui l'écarte."""
    if champ != _CHAMP or carnet.dits.get(_CHAMP) is not False:
        carnet.noter(champ, True, suppose)


def bac_dit(lu: str) -> bool:
    """« Non, j'ai le bac », « diplôme de niveau 4 » : une réponse à « êtes-vous prioritaire ? »."""
    return bool(_LE_BAC.search(lu) or _NIVEAU_4.search(lu)) and not _AUTRE_TITRE.search(lu)


def au_public(terme: Terme) -> bool:
    """« Apprenti à la mairie », « fonctionnaire », « titulaire » : le terme dit un employeur public."""
    public = "agent_public" in terme.faits or str(terme.faits.get("statut", "")).startswith("agent_")
    return public or terme.nature == "contrat_public"


def _dementie(liste: list[Proposition]) -> bool:
    """« Je ne suis pas prioritaire », affirmé."""
    dites = [p for p in liste if p.mode == "dit" and not (p.interrogative and p.texte.startswith(_DEMANDENT))]
    return any(_PAS_PRIORITAIRE.search(p.texte) for p in dites)
