"""Ce que Teams envoie (une « activité » du Bot Framework) : lu strictement, confronté à la preuve du jeton."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from canaux.messagerie import Refus
from canaux.teams_jetons import ECART_D_HORLOGE_S, Preuve
from canaux.teams_reglages import ReglagesTeams

CANAL = "msteams"
_IDENTIFIANT_MAX = 1024
_MENTION = re.compile(r"<at[^>]*>.*?</at>", re.I | re.S)
_FRACTION = re.compile(r"(\.\d{6})\d+")


@dataclass(frozen=True)
class Activite:
    """Une activité admise. ``bouton`` est le sceau d'un bouton choisi ; ``texte`` ce qui a été tapé."""

    genre: str
    action: str
    identifiant: str
    service_url: str
    conversation: str
    privee: bool
    personne: str
    auteur: str
    bot: str
    texte: str
    bouton: str | None


def lire(corps: bytes, preuve: Preuve, reglages: ReglagesTeams, maintenant: float) -> Activite:
    """Lit une activité dont le jeton est déjà vérifié.

    Args:
        corps: corps JSON.
        preuve: ce qu'établit le jeton.
        reglages: bot et hôtes admis.
        maintenant: heure, en secondes depuis 1970.

    Raises:
        Refus: 400 (mal formée) ou 403 (adresse, canal, entreprise ou heure qui ne vont pas avec le jeton).
    """
    objet = _analyser(corps)
    service_url = _texte(objet, "serviceUrl")
    if service_url.rstrip("/") != preuve.service_url.rstrip("/") or not reglages.admet(service_url):
        raise Refus(403, "adresse de réponse refusée")
    if objet.get("channelId") != CANAL or CANAL not in preuve.canaux:
        raise Refus(403, "canal refusé")
    conversation, auteur = _objet(objet, "conversation"), _objet(objet, "from")
    if _locataire(objet, conversation) != reglages.locataire:
        raise Refus(403, "autre entreprise")
    _verifier_heure(objet.get("timestamp"), maintenant)
    identifiant_auteur = _texte(auteur, "id")
    return Activite(
        genre=_texte(objet, "type"),
        action=str(objet.get("action") or ""),
        identifiant=_texte(objet, "id"),
        service_url=service_url,
        conversation=_texte(conversation, "id"),
        privee=conversation.get("conversationType") == "personal",
        personne=_texte(auteur, "aadObjectId") if auteur.get("aadObjectId") else identifiant_auteur,
        auteur=identifiant_auteur,
        bot=_texte(_objet(objet, "recipient"), "id"),
        texte=html.unescape(_MENTION.sub(" ", str(objet.get("text") or ""))),
        bouton=_bouton(objet.get("value")),
    )


def _analyser(corps: bytes) -> Mapping[str, Any]:
    try:
        objet = json.loads(corps)
    except (ValueError, RecursionError) as erreur:
        raise Refus(400, "JSON illisible") from erreur
    if not isinstance(objet, dict):
        raise Refus(400, "objet attendu")
    return objet


def _objet(objet: Mapping[str, Any], nom: str) -> Mapping[str, Any]:
    valeur = objet.get(nom)
    if not isinstance(valeur, dict):
        raise Refus(400, f"champ {nom} attendu")
    return valeur


def _texte(objet: Mapping[str, Any], nom: str) -> str:
    valeur = objet.get(nom)
    if not isinstance(valeur, str) or not 0 < len(valeur) <= _IDENTIFIANT_MAX:
        raise Refus(400, f"champ {nom} attendu")
    return valeur


def _locataire(objet: Mapping[str, Any], conversation: Mapping[str, Any]) -> str:
    du_canal = objet.get("channelData")
    locataire = du_canal.get("tenant") if isinstance(du_canal, dict) else None
    trouve = conversation.get("tenantId") or (locataire.get("id") if isinstance(locataire, dict) else "")
    return str(trouve).lower()


def _verifier_heure(recue: Any, maintenant: float) -> None:
    """Refuse une activité de plus de cinq minutes : rejouée, ou gardée quelque part."""
    if recue is None:
        return
    try:
        heure = datetime.fromisoformat(_FRACTION.sub(r"\1", str(recue)))
    except ValueError as erreur:
        raise Refus(400, "heure illisible") from erreur
    ecart = maintenant - heure.replace(tzinfo=heure.tzinfo or UTC).timestamp()
    if abs(ecart) > ECART_D_HORLOGE_S:
        raise Refus(403, "activité trop ancienne")


def _bouton(valeur: Any) -> str | None:
    """Sceau d'un bouton : Teams rend ``data`` entier, ou seulement sa partie ``msteams.value``, parfois en texte."""
    if isinstance(valeur, str):
        try:
            valeur = json.loads(valeur)
        except (ValueError, RecursionError):
            return ""
    if not isinstance(valeur, dict):
        return None
    sceau = valeur.get("bouton")
    return sceau if isinstance(sceau, str) else ""
