"""Le calcul d'un délai en cours : de la date dite à la date limite, et à la réponse qui conclut."""

from __future__ import annotations

from actions.parcours.delais_communs import PREFIXE, Contexte, Reponse
from actions.parcours.delais_convention import Convention
from actions.parcours.delais_reponse import Attente

__all__ = ["PREFIXE", "Calcul", "Contexte", "Reponse"]


class Calcul(Convention, Attente):
    """Tous les délais d'un tour : convention, réponse attendue, jour où demander."""
