"""Lettres, récapitulatif et liens privés. Aucun import de Rasa, aucune horloge, rien de gardé."""
