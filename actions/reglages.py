"""Réglages lus dans l'environnement : seul endroit du code qui le lit, valeurs par défaut comprises."""

import os
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

RACINE = Path(__file__).resolve().parent.parent
DOSSIER_DONNEES = RACINE / "data"

# Une conversation sans message pendant ce délai est effacée de la mémoire du serveur.
INACTIVITE_MINUTES = int(os.environ.get("BILAN_INACTIVITE_MINUTES", "60"))
# Au-delà, un message est refusé avant toute analyse ; une longue histoire racontée d'un trait y tient.
MESSAGE_LONGUEUR_MAX = int(os.environ.get("BILAN_MESSAGE_LONGUEUR_MAX", "2000"))
# Un lien vers un document cesse de marcher après ce délai.
DOCUMENT_MINUTES = int(os.environ.get("BILAN_DOCUMENT_MINUTES", "15"))
# Clé des liens (Fernet, 32 octets en base64) : à fournir si plusieurs processus servent les mêmes liens ; sinon tirée
# au démarrage, et un redémarrage annule les liens en cours.
CLE_DOCUMENTS = os.environ.get("BILAN_CLE_DOCUMENTS") or None
# Fériés d'Alsace et de Moselle en plus (« oui »).
ALSACE_MOSELLE = os.environ.get("BILAN_ALSACE_MOSELLE", "non") == "oui"
# Taille d'un corps de requête, en octets.
CORPS_TAILLE_MAX = 16_384


def aujourd_hui() -> date:
    """Date à laquelle le droit est lu : BILAN_DATE (AAAA-MM-JJ) si elle est posée, sinon le jour à Paris."""
    imposee = os.environ.get("BILAN_DATE")
    return date.fromisoformat(imposee) if imposee else datetime.now(ZoneInfo("Europe/Paris")).date()


def _liste(nom: str) -> tuple[str, ...]:
    return tuple(valeur.strip() for valeur in os.environ.get(nom, "").split(",") if valeur.strip())


# Origines exactes (https://intranet.exemple.fr) d'où le widget peut parler ; vide : cette machine seulement.
WIDGET_ORIGINES = _liste("BILAN_WIDGET_ORIGINES")
# Jetons de la page hôte : secret partagé (32 octets au moins) ou fichier d'une clé publique PEM ; vides : témoin.
WIDGET_JETON_SECRET = os.environ.get("BILAN_WIDGET_JETON_SECRET", "")
WIDGET_JETON_CLE_PUBLIQUE = os.environ.get("BILAN_WIDGET_JETON_CLE_PUBLIQUE", "")
WIDGET_JETON_AUDIENCE = os.environ.get("BILAN_WIDGET_JETON_AUDIENCE", "assistant")
# Nombre de mandataires de confiance devant le serveur : au-delà, X-Forwarded-For n'est pas cru.
WIDGET_MANDATAIRES = int(os.environ.get("BILAN_WIDGET_MANDATAIRES", "0"))
WIDGET_MESSAGES_PAR_MINUTE = int(os.environ.get("BILAN_WIDGET_MESSAGES_PAR_MINUTE", "30"))
WIDGET_OUVERTURES_PAR_MINUTE = int(os.environ.get("BILAN_WIDGET_OUVERTURES_PAR_MINUTE", "300"))
# Un tour plus long est abandonné : le navigateur attend 30 s.
WIDGET_DELAI_TOUR_S = 25.0
