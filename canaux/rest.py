"""Canal REST (``/webhooks/rest/webhook``) : même contrat que celui de Rasa, sans ses défauts.

Un refus est une phrase ou une erreur HTTP claire, jamais une liste vide ; un texte tapé n'est jamais une commande.
L'identité vient du corps de la requête : ce canal est fait pour l'essai local et les tests, pas pour un navigateur.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from actions.reglages import CORPS_TAILLE_MAX
from canaux.echange import echanger, reponse_fixe

journal = logging.getLogger(__name__)

_IDENTIFIANT = re.compile(r"[\w.:@-]{1,64}", re.ASCII)


class RequeteRefusee(ValueError):
    """Requête mal formée : code HTTP et raison."""

    def __init__(self, code: int, raison: str) -> None:
        super().__init__(raison)
        self.code = code


class CanalRest(InputChannel):
    """Reçoit ``{"sender": …, "message": …}``, rend ``[{"recipient_id": …, "text": …, "buttons": […]}]``."""

    @classmethod
    def name(cls) -> str:
        """Nom du canal dans l'URL."""
        return "rest"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Routes du canal."""
        routes = Blueprint("canal_rest", __name__)

        @routes.route("/", methods=["GET"])
        async def etat(requete: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @routes.route("/webhook", methods=["POST"])
        async def recevoir(requete: Request) -> HTTPResponse:
            if _vient_d_un_navigateur(requete):
                return response.json({"erreur": "ce canal n'est pas ouvert aux navigateurs"}, 403)
            try:
                conversation, texte = lire_requete(requete.headers.get("content-type", ""), requete.body)
            except RequeteRefusee as refus:
                return response.json({"erreur": str(refus)}, refus.code)
            try:
                messages = await echanger(requete.app.ctx.agent, f"rest:{conversation}", texte, self.name())
            except Exception as panne:
                journal.error("tour impossible : %s", type(panne).__name__)
                return response.json([_rendre(reponse_fixe("utter_indisponible"), conversation)], 503)
            return response.json([_rendre(message, conversation) for message in messages])

        return routes


def _vient_d_un_navigateur(requete: Request) -> bool:
    """Tout navigateur envoie l'un de ces en-têtes avec un POST ; une page ne peut pas les retirer."""
    return "origin" in requete.headers or "sec-fetch-site" in requete.headers


def lire_requete(type_contenu: str, corps: bytes) -> tuple[str, str]:
    """Vérifie une requête et rend (conversation, texte).

    Raises:
        RequeteRefusee: type (415), taille (413) ou forme (400) refusés.
    """
    if type_contenu.split(";")[0].strip().lower() != "application/json":
        raise RequeteRefusee(415, "le corps doit être du JSON (content-type: application/json)")
    if len(corps) > CORPS_TAILLE_MAX:
        raise RequeteRefusee(413, f"corps de plus de {CORPS_TAILLE_MAX} octets")
    try:
        donnees = json.loads(corps)
    except (ValueError, RecursionError) as erreur:
        raise RequeteRefusee(400, "JSON illisible") from erreur
    if not isinstance(donnees, dict) or not isinstance(donnees.get("message"), str):
        raise RequeteRefusee(400, "champ « message » attendu : du texte")
    conversation = donnees.get("sender")
    if not isinstance(conversation, str) or not _IDENTIFIANT.fullmatch(conversation):
        raise RequeteRefusee(400, "champ « sender » attendu : 1 à 64 lettres, chiffres, ou . : @ _ -")
    return conversation, donnees["message"]


def _rendre(message: dict[str, Any], conversation: str) -> dict[str, Any]:
    rendu = {"recipient_id": conversation, "text": message.get("text", "")}
    if message.get("buttons"):
        rendu["buttons"] = [{"title": b["title"], "payload": b["payload"]} for b in message["buttons"]]
    if message.get("custom"):
        rendu["custom"] = message["custom"]
    return rendu
