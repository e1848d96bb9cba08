"""De qui parle une question de délai, et de quelle fonction publique : « ma sœur est à l'État », « territorial »."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from actions.comprehension import extraire
from actions.parcours.choix import choix_dit, simplifier
from actions.parcours.faits import Faits

_QUALITES = ("statut", "agent_public")
_D_UNE_DEMARCHE = ("date_demande", "date_debut", "duree_mois", "moment")
_NIE = re.compile(
    r"\b(?:pas|plus|ni|jamais) (?:du tout |une? |d'un |dans (?:la |le )?|de la |du |au |en )?"
    r"(?:fonctionnaires?|fonction publique|agente?s?(?: \w+)?|titulaires?|public\b|territorial\w*|hospitali\w+"
    r"|a (?:la mairie|l'hopital|l'etat))"
)


def qualites(texte: str, jour: date) -> dict[str, Any]:
    """Statut que dit une phrase, de soi ou d'un proche ; vide si elle n'en dit aucun."""
    dit = choix_dit(_NIE.sub(" ", simplifier(texte)), "versant_dit")
    if dit is None:
        return {}
    if not parle_d_un_proche(texte):
        # Ce que la personne dit d'elle est déjà lu avec plus de soin : « salariée dans un hôpital privé ».
        statut = extraire(texte, jour).valeurs.get("statut")
        dit = str(statut) if statut and dit != "agent_public" else dit
    return {"statut": None, "agent_public": True} if dit == "agent_public" else {"statut": dit, "agent_public": None}


def parle_d_un_proche(texte: str) -> bool:
    """« Ma sœur a demandé… » : ses dates ne sont pas celles de la personne."""
    return choix_dit(texte, "proche_dit") is not None


def situer(texte: str, faits: Faits, jour: date) -> tuple[dict[str, Any], dict[str, Any]]:
    """Rend les faits de qui l'on parle, et ce qu'ils changent au profil connu (pour choisir les textes)."""
    dites, proche = qualites(texte, jour), parle_d_un_proche(texte)
    if dites.get("agent_public") and not proche and str(faits.get("statut")).startswith("agent_"):
        dites = {}  # « fonctionnaire », redit, ne fait pas oublier lequel
    if proche and not dites:
        dites = dict.fromkeys(_QUALITES)
    autres = {champ: v for champ, v in faits.items() if not (proche and champ in _D_UNE_DEMARCHE)}
    ici = {champ: v for champ, v in {**autres, **dites}.items() if v is not None}
    profil = {champ: v for champ, v in dites.items() if faits.get(champ) != v}
    return ici, profil
