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
# Adresse publique du serveur (https://assistant.exemple.fr), sans barre finale : liens donnés dans Teams et Slack.
URL_PUBLIQUE = os.environ.get("BILAN_URL_PUBLIQUE", "").rstrip("/")
# Page du widget qu'ouvre « Continuer en privé » : la même pour tous ; par défaut, l'accueil du serveur.
URL_WIDGET = os.environ.get("BILAN_URL_WIDGET", "")
# Canaux ouverts (docs/canaux.md) ; un autre fichier garde le dépôt intact.
FICHIER_CANAUX = Path(os.environ.get("BILAN_CANAUX") or RACINE / "credentials.yml")
# Taille d'un corps de requête, en octets.
CORPS_TAILLE_MAX = 16_384


def aujourd_hui() -> date:
    """Date à laquelle le droit est lu : BILAN_DATE (AAAA-MM-JJ) si elle est posée, sinon le jour à Paris."""
    imposee = os.environ.get("BILAN_DATE")
    return date.fromisoformat(imposee) if imposee else datetime.now(ZoneInfo("Europe/Paris")).date()
