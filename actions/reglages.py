"""Réglages lus dans l'environnement : seul endroit du code qui le lit, valeurs par défaut comprises.

Une valeur impossible arrête le programme, quel qu'il soit, par une ligne qui dit ce qui est attendu (code 1).
"""

import base64
import binascii
import ipaddress
import os
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import NoReturn
from zoneinfo import ZoneInfo

import yaml

RACINE = Path(__file__).resolve().parent.parent
DOSSIER_DONNEES = RACINE / "data"


def _refuser(nom: str, attendu: str) -> NoReturn:
    raise SystemExit(f"Réglage {nom} refusé : {attendu}. Corrigez-le ou retirez-le de l'environnement.")


def _entier(nom: str, defaut: int, mini: int, maxi: int) -> int:
    brut = os.environ.get(nom) or str(defaut)
    if not (brut.isascii() and brut.isdigit() and mini <= int(brut) <= maxi):
        _refuser(nom, f"un nombre entier de {mini} à {maxi} est attendu")
    return int(brut)


def _oui(nom: str) -> bool:
    valeur = os.environ.get(nom) or "non"
    if valeur not in ("oui", "non"):
        _refuser(nom, "« oui » ou « non » est attendu")
    return valeur == "oui"


def _texte_secret(nom: str) -> str:
    """Secret donné par la variable, ou par le fichier que nomme ``<nom>_FICHIER``."""
    fichier = os.environ.get(f"{nom}_FICHIER")
    if os.environ.get(nom) or not fichier:
        return os.environ.get(nom, "")
    try:
        lu = Path(fichier).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        lu = ""
    return lu or _refuser(f"{nom}_FICHIER", "un fichier lisible, non vide, est attendu")


def _cle(nom: str) -> str | None:
    valeur = _texte_secret(nom) or None
    try:
        if valeur is not None and len(base64.urlsafe_b64decode(valeur)) != 32:
            raise binascii.Error
    except (binascii.Error, ValueError):
        _refuser(nom, "32 octets en base64 sont attendus")
    return valeur


def _secret(nom: str) -> bytes | None:
    """32 octets en base64, dans la variable ou dans le fichier que nomme ``<nom>_FICHIER`` ; ``None`` s'il manque."""
    fichier = os.environ.get(f"{nom}_FICHIER")
    if not fichier:
        valeur = _cle(nom)
        return base64.urlsafe_b64decode(valeur) if valeur else None
    try:
        lu = base64.urlsafe_b64decode(Path(fichier).read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        lu = b""
    if len(lu) != 32:
        _refuser(f"{nom}_FICHIER", "un fichier lisible de 32 octets en base64 est attendu")
    return lu


# Secret commun à plusieurs processus (identités, chiffrement de la base, liens) ; sans lui, chacun tire les siens.
SECRET = _secret("BILAN_SECRET")
# Magasin, verrou et événements : deploiement/endpoints.yml pour plusieurs processus.
FICHIER_POINTS = Path(os.environ.get("BILAN_POINTS") or RACINE / "endpoints.yml")


@cache
def fil_en_base() -> bool:
    """Dit si les conversations sont dans une base chiffrée plutôt que dans la mémoire du processus."""
    return "MagasinPostgres" in (yaml.safe_load(FICHIER_POINTS.read_text(encoding="utf-8"))["tracker_store"]["type"])


# Adresse des serveurs d'actions (« bilan actions ») ; vide : les actions s'exécutent dans le processus.
URL_ACTIONS = os.environ.get("BILAN_URL_ACTIONS", "").rstrip("/")
# Une conversation sans message pendant ce délai est effacée de la mémoire du serveur.
INACTIVITE_MINUTES = _entier("BILAN_INACTIVITE_MINUTES", 60, 1, 1_440)
# Même active, une conversation est effacée après cette durée.
PLAFOND_HEURES = _entier("BILAN_PLAFOND_HEURES", 24, 1, 168)
# Au-delà, un message est refusé avant toute analyse ; une longue histoire racontée d'un trait y tient.
MESSAGE_LONGUEUR_MAX = _entier("BILAN_MESSAGE_LONGUEUR_MAX", 2_000, 100, 10_000)
# Un lien vers un document cesse de marcher après ce délai.
DOCUMENT_MINUTES = _entier("BILAN_DOCUMENT_MINUTES", 15, 1, 1_440)
# Clé des liens (Fernet, 32 octets en base64) : à défaut dérivée de BILAN_SECRET, ou tirée au démarrage (un redémarrage
# annule alors les liens en cours).
CLE_DOCUMENTS = _cle("BILAN_CLE_DOCUMENTS")
# Clé des codes de reprise (32 octets en base64), à garder 30 jours : à défaut dérivée de BILAN_SECRET, ou tirée
# au démarrage (un redémarrage annule alors les codes donnés, et l'assistant le dit).
CLE_REPRISE = _cle("BILAN_CLE_REPRISE")
# Fériés d'Alsace et de Moselle en plus (« oui »).
ALSACE_MOSELLE = _oui("BILAN_ALSACE_MOSELLE")
# Où le guide (« make guide ») est publié, sans quoi rien n'y mène : « https://guide.exemple.fr ».
URL_GUIDE = os.environ.get("BILAN_URL_GUIDE") or None
if URL_GUIDE and not URL_GUIDE.startswith(("https://", "http://")):
    _refuser("BILAN_URL_GUIDE", "une adresse qui commence par https:// est attendue")
# Adresse publique du serveur (https://assistant.exemple.fr), sans barre finale : liens donnés dans Teams et Slack.
URL_PUBLIQUE = os.environ.get("BILAN_URL_PUBLIQUE", "").rstrip("/")
# Page du widget qu'ouvre « Continuer en privé » : la même pour tous ; par défaut, l'accueil du serveur.
URL_WIDGET = os.environ.get("BILAN_URL_WIDGET", "")
# Canaux ouverts (docs/canaux.md) ; un autre fichier garde le dépôt intact.
FICHIER_CANAUX = Path(os.environ.get("BILAN_CANAUX") or RACINE / "credentials.yml")
# Taille d'un corps de requête, en octets.
CORPS_TAILLE_MAX = 16_384


def _reseaux(nom: str, defaut: str) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    morceaux = (os.environ.get(nom) or defaut).split(",")
    try:
        return tuple(ipaddress.ip_network(morceau.strip()) for morceau in morceaux)
    except ValueError:
        _refuser(nom, "des réseaux séparés par des virgules sont attendus (10.0.0.0/8,127.0.0.1)")


# Service ouvert à des salariés : refuse de démarrer avec un réglage d'essai (bilan/production.py).
PRODUCTION = _oui("BILAN_PRODUCTION")
# Empreinte SHA-256 (sha256sum) du seul modèle admis ; vide : celui que demandent les données en place.
MODELE_SHA256 = (os.environ.get("BILAN_MODELE_SHA256") or "").lower()
if MODELE_SHA256 and (len(MODELE_SHA256) != 64 or set(MODELE_SHA256) - set("0123456789abcdef")):
    _refuser("BILAN_MODELE_SHA256", "64 chiffres hexadécimaux sont attendus (sha256sum models/*.tar.gz)")
# D'où Prometheus peut lire /metrics, sans mandataire.
SURVEILLANCE = _reseaux("BILAN_SURVEILLANCE", "127.0.0.0/8,::1")
# Journal : « texte » (une ligne lisible) ou « json » (un objet par ligne).
JOURNAUX = os.environ.get("BILAN_JOURNAUX") or "texte"
if JOURNAUX not in ("texte", "json"):
    _refuser("BILAN_JOURNAUX", "« texte » ou « json » est attendu")
# Intervalle, en secondes, entre deux regards sur data/ et models/ ; 0 : ne rien relire.
RELECTURE_S = _entier("BILAN_RELECTURE_S", 5, 0, 3_600)


def aujourd_hui() -> date:
    """Date à laquelle le droit est lu : BILAN_DATE (AAAA-MM-JJ) si elle est posée, sinon le jour à Paris."""
    imposee = os.environ.get("BILAN_DATE")
    if not imposee:
        return datetime.now(ZoneInfo("Europe/Paris")).date()
    try:
        return date.fromisoformat(imposee)
    except ValueError:
        _refuser("BILAN_DATE", "une date AAAA-MM-JJ est attendue")


aujourd_hui()  # une date imposée impossible se dit au démarrage, pas au premier message


def _liste(nom: str) -> tuple[str, ...]:
    return tuple(valeur.strip() for valeur in os.environ.get(nom, "").split(",") if valeur.strip())


# Origines exactes (https://intranet.exemple.fr) d'où le widget peut parler ; vide : cette machine seulement.
WIDGET_ORIGINES = _liste("BILAN_WIDGET_ORIGINES")
# Jetons de la page hôte : secret partagé (32 octets au moins) ou fichier d'une clé publique PEM ; vides : témoin.
WIDGET_JETON_SECRET = _texte_secret("BILAN_WIDGET_JETON_SECRET")
WIDGET_JETON_CLE_PUBLIQUE = os.environ.get("BILAN_WIDGET_JETON_CLE_PUBLIQUE", "")
WIDGET_JETON_AUDIENCE = os.environ.get("BILAN_WIDGET_JETON_AUDIENCE", "assistant")
# Nombre de mandataires de confiance devant le serveur : au-delà, X-Forwarded-For n'est pas cru.
WIDGET_MANDATAIRES = _entier("BILAN_WIDGET_MANDATAIRES", 0, 0, 10)
WIDGET_MESSAGES_PAR_MINUTE = _entier("BILAN_WIDGET_MESSAGES_PAR_MINUTE", 30, 1, 10_000)
WIDGET_OUVERTURES_PAR_MINUTE = _entier("BILAN_WIDGET_OUVERTURES_PAR_MINUTE", 300, 1, 100_000)
# Un tour plus long est abandonné : le navigateur attend 30 s.
WIDGET_DELAI_TOUR_S = 25.0
