"""D'où vient l'idée du bilan, dite sans qu'on le demande, ou pour corriger : « l'idée vient du médecin »."""

from __future__ import annotations

import re

from actions.comprehension.ecriture import mots
from actions.comprehension.vocabulaire import Vocabulaire

# Qui conseille un bilan sans être l'employeur : la demande est celle de la personne.
UN_TIERS = re.compile(
    r"\b(?:moi|medecin|docteur|toubib|kine|psy\w*|infirmiere?|assistante? sociale|conseill\w+|cap emploi|cep|carsat"
    r"|caisse|secu|syndicat|cse|collegue|ami\w*|mari|femme|conjointe?|famille|soeur|frere|mere|pere|fils|fille"
    r"|perso\w*)\b"
)
_IDEE = re.compile(
    r"\bl?'?idee (?:(?:du bilan|ca|elle|c'est|est|vient|vien|venait|n'est pas|pas) )*(?:de |d'|du |des )?"
    r"(?P<qui>.{2,40})"
)


def dite(texte: str, voc: Vocabulaire) -> str | None:
    """« Du médecin du travail », d'un proche : la personne reste celle qui demande ; l'employeur n'a rien proposé."""
    trouve = _IDEE.search(texte)
    if trouve is None:
        return None
    qui, nie = trouve["qui"].replace("medecin du travail", "medecin"), " pas " in f" {trouve[0]} "
    if voc.listes["employeur"].tous(mots(qui)):
        return "salarie" if nie else "employeur"
    return "salarie" if UN_TIERS.search(qui) and not nie else None
