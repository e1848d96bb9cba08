"""Qui parle : un témoin tiré au hasard par le serveur, ou un jeton court signé par la page hôte.

Le navigateur ne choisit jamais son identité. Une conversation porte une empreinte, jamais le témoin ni le ``sub``.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

import jwt
from sanic.request import Request

from actions import cles, reglages
from canaux.acces import Refus

TEMOIN = "__Host-assistant"
_TEMOIN_FORME = re.compile(r"[\w-]{43}", re.ASCII)
_SECRET_MIN = 32
_VIE_MAX_S = 600
# Sans BILAN_SECRET, change à chaque démarrage : deux conversations d'une même personne ne se relient pas.
_SEL = cles.derivee("identites") or secrets.token_bytes(32)


class CleFaible(ValueError):
    """Clé de jeton absente, trop courte ou illisible : le serveur ne démarre pas."""


@dataclass(frozen=True)
class Jetons:
    """Vérifie les jetons de la page hôte (JWT) : ``aud``, ``exp`` et ``sub`` exigés, vie courte."""

    cle: str
    algorithmes: tuple[str, ...]
    audience: str

    def sujet(self, jeton: str) -> str:
        """Rend le ``sub`` d'un jeton valide.

        Raises:
            Refus: 401, ``jeton``.
        """
        try:
            contenu = jwt.decode(
                jeton,
                self.cle,
                algorithms=list(self.algorithmes),
                audience=self.audience,
                options={"require": ["exp", "sub", "aud"]},
            )
        except (jwt.PyJWTError, ValueError, TypeError) as erreur:
            raise Refus(401, "jeton") from erreur
        sujet = contenu["sub"]
        if not isinstance(sujet, str) or not 1 <= len(sujet) <= 256 or contenu["exp"] - time.time() > _VIE_MAX_S:
            raise Refus(401, "jeton")
        return sujet


def jetons_en_place() -> Jetons | None:
    """Lit la configuration des jetons ; ``None`` : identité par témoin.

    Raises:
        CleFaible: secret de moins de 32 octets, clé publique illisible, ou les deux à la fois.
    """
    secret, fichier = reglages.WIDGET_JETON_SECRET, reglages.WIDGET_JETON_CLE_PUBLIQUE
    if secret and fichier:
        raise CleFaible("choisissez BILAN_WIDGET_JETON_SECRET ou BILAN_WIDGET_JETON_CLE_PUBLIQUE, pas les deux")
    if secret:
        if len(secret.encode()) < _SECRET_MIN:
            raise CleFaible(f"BILAN_WIDGET_JETON_SECRET : {_SECRET_MIN} octets au moins")
        return Jetons(secret, ("HS256",), reglages.WIDGET_JETON_AUDIENCE)
    if fichier:
        try:
            pem = Path(fichier).read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError) as erreur:
            raise CleFaible(f"BILAN_WIDGET_JETON_CLE_PUBLIQUE : {fichier} illisible") from erreur
        if "PUBLIC KEY" not in pem:
            raise CleFaible("BILAN_WIDGET_JETON_CLE_PUBLIQUE : une clé publique au format PEM est attendue")
        return Jetons(pem, ("RS256", "ES256", "EdDSA"), reglages.WIDGET_JETON_AUDIENCE)
    return None


def nouveau_temoin() -> str:
    """Tire un témoin de 256 bits."""
    return secrets.token_urlsafe(32)


def entete_de_temoin(valeur: str | None) -> str:
    """En-tête ``Set-Cookie`` qui pose le témoin, ou le retire (``None``) ; il meurt avec le navigateur."""
    fin = "" if valeur else "; Max-Age=0"
    return f"{TEMOIN}={valeur or ''}; Path=/; Secure; HttpOnly; SameSite=Strict{fin}"


def conversation_de(requete: Request, jetons: Jetons | None) -> str:
    """Conversation de l'auteur d'une requête.

    Raises:
        Refus: 401, ``session`` (aucun témoin) ou ``jeton`` (absent, expiré, étranger).
    """
    if jetons:
        nature, _, jeton = requete.headers.get("authorization", "").partition(" ")
        if nature.lower() != "bearer":
            raise Refus(401, "jeton")
        return conversation_nommee(jetons.sujet(jeton.strip()))
    valeur = requete.cookies.get(TEMOIN, "")
    if not _TEMOIN_FORME.fullmatch(valeur):
        raise Refus(401, "session")
    return conversation_nommee(valeur)


def conversation_nommee(identite: str) -> str:
    """Nom de la conversation d'un témoin ou d'un ``sub`` : empreinte salée, préfixée par le canal."""
    return "widget:" + hmac.new(_SEL, identite.encode(), hashlib.sha256).hexdigest()
