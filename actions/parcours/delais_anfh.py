"""À l'hôpital, hors des heures : l'ANFH décide du paiement, et sa réponse s'attend avant de commencer."""

from __future__ import annotations

import re

from actions.comprehension import extraire
from actions.comprehension.delais_dits import Dits
from actions.droit import ecriture
from actions.eligibilite.dates import decaler
from actions.parcours.delais_communs import PREFIXE, Base, Reponse, debut_dit, dire
from actions.parcours.messages import Message

_ANFH = f"{PREFIXE}anfh_"
_HOPITAL, _HORS_HEURES, _DELAI = "agent_fph", "hors_temps", "fph_hors_temps_reponse"
# Le CPF et l'argent de l'agent ne passent pas par elle ; « si je le faisais sur mes heures » non plus.
_SANS_ELLE = re.compile(
    r"\b(?:cpf|de ma poche|moi meme|mon argent|mes sous)\b"
    r"|\b(?:pendant|sur|durant) (?:mes|mon|le|les) (?:heures|temps)\b"
)
_ASSEZ_TOT = re.compile(
    r"\b(?:trop (?:tard|juste|court)|a temps|assez tot|jouable|dans les temps|(?:c'est|encore) (?:possible|faisable)"
    r"|risque\w*|m'y prendre)\b"
)
_ATTENDRE = re.compile(
    r"\b(?:ils|elle|elles|on|l'?anfh|ca)\b.{0,25}\b(?:met\w*|repond\w*|pren\w+|dure\w*)\b.{0,20}\b(?:temps|quand|jours)\b"
    r"|\b(?:quand|combien de (?:temps|jours)|quel delai|delais?)\b.{0,25}\b(?:repon\w+|anfh|attend\w*)\b"
    r"|\brepon\w+\b.{0,25}\b(?:quand|combien de (?:temps|jours)|quel delai)\b"
)


def repondre(texte: str, simple: str, dits: Dits, calcul: Base) -> Reponse | None:
    """Rend la date à laquelle l'ANFH aura répondu, face au début voulu ; ``None`` si l'on parle d'autre chose."""
    faits = {**calcul.contexte.faits, **extraire(texte, calcul.jour).valeurs}
    concernee = faits.get("statut") == _HOPITAL and faits.get("moment") == _HORS_HEURES
    if not concernee or _SANS_ELLE.search(simple) or dits.demande or dits.reponse:
        return None
    assez_tot = bool(dits.demande_l_envoi or _ASSEZ_TOT.search(simple))
    debut = dits.debut or (calcul.debut_connu() if assez_tot else None)
    limite = decaler(calcul.jour, calcul.droit, _DELAI, calcul.jour).date
    if assez_tot and debut:
        nom = f"{_ANFH}{'tenu' if limite <= debut.debut else 'court'}"
        mots = {"debut": dire(debut), "limite": ecriture.jour(limite)}
        return Reponse([Message(nom, mots)], debut_dit(dits.debut), question=True, sur=True)
    if _ATTENDRE.search(simple) or dits.demande_l_envoi:
        return Reponse([Message(f"{_ANFH}reponse", {"limite": ecriture.jour(limite)})], question=True, sur=True)
    return None
