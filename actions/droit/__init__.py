"""Le droit comme données datées : lecture, valeur à une date, écriture française. Aucun import de Rasa."""

from actions.droit.lecture import Droit, charger, droit_en_place, parametres_cites
from actions.droit.modele import ErreurDroit, Fait, Parametre, Porte, Valeur, ValeurAbsente

__all__ = [
    "Droit",
    "ErreurDroit",
    "Fait",
    "Parametre",
    "Porte",
    "Valeur",
    "ValeurAbsente",
    "charger",
    "droit_en_place",
    "parametres_cites",
]
