"""Ce que Slack envoie (événements, boutons, commandes) : signature vérifiée, lu strictement."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from slack_sdk.signature import SignatureVerifier

from canaux.messagerie import Refus
from canaux.slack_blocs import ACTION_LIEN

_IDENTIFIANT = re.compile(r"[A-Z0-9]{1,32}", re.ASCII)
_MENTION = re.compile(r"<[@!#][^>]*>")
_LIEN = re.compile(r"<(?:mailto:|tel:)?([^|>]+)(?:\|([^>]*))?>")


@dataclass(frozen=True)
class Recu:
    """Un envoi de Slack admis.

    Attributes:
        genre: ``message``, ``bouton``, ``accueil``, ``mention``, ``commande``, ``defi`` ou ``rien``.
        cle: identifiant de l'envoi, pour reconnaître une reprise.
        fil: horodatage du fil où répondre, vide hors d'un fil.
        valeur: texte tapé, sceau du bouton, ou défi à rendre.
    """

    genre: str
    cle: str = ""
    equipe: str = ""
    personne: str = ""
    canal: str = ""
    fil: str = ""
    valeur: str = ""


def verifier(verificateur: SignatureVerifier, corps: bytes, entetes: Mapping[str, str]) -> None:
    """Vérifie signature et heure (cinq minutes).

    Raises:
        Refus: 401.
    """
    try:
        admis = verificateur.is_valid_request(corps, dict(entetes))
    except (ValueError, TypeError, OverflowError) as erreur:
        raise Refus(401, "signature illisible") from erreur
    if not admis:
        raise Refus(401, "signature ou heure refusée")


def lire(type_contenu: str, corps: bytes) -> Recu:
    """Lit un envoi déjà vérifié.

    Raises:
        Refus: 415 ou 400.
    """
    genre = type_contenu.split(";")[0].strip().lower()
    if genre == "application/json":
        return _evenement(_analyser(corps))
    if genre != "application/x-www-form-urlencoded":
        raise Refus(415, "JSON ou formulaire attendu")
    try:
        champs = {nom: valeurs[0] for nom, valeurs in parse_qs(corps.decode("utf-8"), max_num_fields=50).items()}
    except ValueError as erreur:
        raise Refus(400, "formulaire illisible") from erreur
    if "payload" in champs:
        return _interaction(_analyser(champs["payload"].encode()))
    if "command" in champs:
        return Recu("commande")
    raise Refus(400, "formulaire inconnu")


def _analyser(corps: bytes) -> Mapping[str, Any]:
    try:
        objet = json.loads(corps)
    except (ValueError, RecursionError) as erreur:
        raise Refus(400, "JSON illisible") from erreur
    if not isinstance(objet, dict):
        raise Refus(400, "objet attendu")
    return objet


def _evenement(objet: Mapping[str, Any]) -> Recu:
    if objet.get("type") == "url_verification":
        return Recu("defi", valeur=str(objet.get("challenge") or "")[:200])
    evenement = objet.get("event")
    if objet.get("type") != "event_callback" or not isinstance(evenement, dict):
        return Recu("rien")
    genre = _genre(evenement)
    if genre == "rien":
        return Recu("rien")
    cle = objet.get("event_id")
    if not isinstance(cle, str) or not 0 < len(cle) <= 64:
        raise Refus(400, "event_id attendu")
    return Recu(
        genre,
        cle=f"evenement {cle}",
        equipe=_identifiant(objet.get("team_id")),
        personne=_identifiant(evenement.get("user")),
        canal=_identifiant(evenement.get("channel")) if genre != "accueil" else "",
        fil=_fil(evenement.get("thread_ts")),
        valeur=en_clair(str(evenement.get("text") or "")),
    )


def _genre(evenement: Mapping[str, Any]) -> str:
    """Genre d'un événement ; ce qui vient d'un robot, une modification ou une suppression ne compte pas."""
    if evenement.get("bot_id") or evenement.get("subtype") not in (None, "file_share"):
        return "rien"
    if evenement.get("type") == "message" and evenement.get("channel_type") == "im":
        return "message"
    if evenement.get("type") == "app_mention" and evenement.get("channel_type") != "im":
        return "mention"
    if evenement.get("type") == "app_home_opened" and evenement.get("tab") == "home":
        return "accueil"
    return "rien"


def _interaction(objet: Mapping[str, Any]) -> Recu:
    actions = objet.get("actions")
    if objet.get("type") != "block_actions" or not isinstance(actions, list) or not actions:
        return Recu("rien")
    action = actions[0] if isinstance(actions[0], dict) else {}
    if str(action.get("action_id") or "").startswith(ACTION_LIEN):
        return Recu("rien")  # Slack prévient aussi quand un lien s'ouvre
    choisi = action.get("selected_option")
    valeur = choisi.get("value") if isinstance(choisi, dict) else action.get("value")
    personne, canal = _objet(objet, "user"), _objet(objet, "channel")
    return Recu(
        "bouton",
        cle=f"bouton {str(objet.get('trigger_id') or '')[:200]} {str(action.get('action_ts') or '')[:40]}",
        equipe=_identifiant(_objet(objet, "team").get("id") or personne.get("team_id")),
        personne=_identifiant(personne.get("id")),
        canal=_identifiant(canal["id"]) if canal else "",
        fil=_fil(_objet(objet, "message").get("thread_ts")),
        valeur=valeur if isinstance(valeur, str) else "",
    )


def _objet(objet: Mapping[str, Any], nom: str) -> Mapping[str, Any]:
    valeur = objet.get(nom)
    return valeur if isinstance(valeur, dict) else {}


def _identifiant(valeur: Any) -> str:
    if not isinstance(valeur, str) or not _IDENTIFIANT.fullmatch(valeur):
        raise Refus(400, "identifiant attendu")
    return valeur


def _fil(valeur: Any) -> str:
    return valeur if isinstance(valeur, str) and re.fullmatch(r"\d{1,16}\.\d{1,10}", valeur, re.ASCII) else ""


def en_clair(texte: str) -> str:
    """Rend un texte de Slack tel qu'il a été tapé : mentions retirées, liens dépliés, « &amp; » décodé."""
    sans_mention = _MENTION.sub(" ", texte)
    return html.unescape(_LIEN.sub(lambda lien: lien[2] or lien[1], sans_mention)).strip()
