"""Jours ouvrés, calendrier à rebours et fichier .ics. Aucun import de Rasa, aucune horloge."""

from actions.calendrier.ics import en_ics
from actions.calendrier.jours import FRANCE, Jours
from actions.calendrier.retroplanning import Etape, premiere_date_tenable, retroplanning, textes

__all__ = ["FRANCE", "Etape", "Jours", "en_ics", "premiere_date_tenable", "retroplanning", "textes"]
