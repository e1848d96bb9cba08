"""Juge une réplique de la répétition : parle-t-elle de santé, va-t-elle dans le bon sens ?"""

from __future__ import annotations

import re

from actions.documents.garde_sante import mots_de_sante
from actions.parcours.choix import choix, simplifier

OBJECTIONS = 3


def juger(texte: str, objection: int) -> list[str]:
    """Noms des réponses à dire : la santé d'abord, puis le retour sur l'objection (1 à ``OBJECTIONS``)."""
    if mots_de_sante(texte):
        return ["utter_repetition_sante", f"utter_repetition_retour_{objection}"]
    motifs = choix()["replique"][f"objection_{objection}"]["mots"]
    bien = any(re.search(motif, simplifier(texte)) for motif in motifs)
    return [*(["utter_repetition_bien"] if bien else []), f"utter_repetition_retour_{objection}"]
