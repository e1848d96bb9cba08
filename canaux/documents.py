"""Canal des documents : ``GET /documents/<jeton>`` remet le fichier que le jeton décrit. Rien n'est gardé ni noté.

À déclarer dans credentials.yml : ``canaux.documents.CanalDocuments: {}``. Ce canal ne reçoit aucun message.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from actions.documents.coffre import CHEMIN, JetonExpire, JetonRefuse, coffre_en_place, produire
from actions.documents.modeles import commun_en_place
from actions.droit import droit_en_place

journal = logging.getLogger(__name__)

_JOURNAUX_DU_SERVEUR = ("sanic.access", "sanic.error", "sanic.root")
_PROTECTIONS = {
    "cache-control": "no-store",
    "content-security-policy": "sandbox; default-src 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
}


class SansJeton(logging.Filter):
    """Écarte des journaux toute ligne qui porte l'adresse d'un document : elle suffit à le lire."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rend faux pour une ligne à taire."""
        return CHEMIN not in f"{record.getMessage()} {getattr(record, 'request', '')}"


class CanalDocuments(InputChannel):
    """Sert les documents sous ``/documents/``, hors de ``/webhooks/`` : l'adresse se lit et se tape."""

    @classmethod
    def name(cls) -> str:
        """Nom du canal."""
        return "documents"

    def url_prefix(self) -> str:
        """Préfixe absolu : Rasa le joint à « /webhooks/ », et l'absolu l'emporte."""
        return CHEMIN.rstrip("/")

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Route du canal ; ``on_new_message`` est imposé par Rasa et inutilisé."""
        taire_les_jetons()
        routes = Blueprint("canal_documents", __name__)

        @routes.route("/<jeton:str>", methods=["GET"])
        async def remettre(requete: Request, jeton: str) -> HTTPResponse:
            try:
                return _remettre(jeton)
            except Exception as panne:
                journal.error("document impossible : %s", type(panne).__name__)
                return _phrase("inconnu", 404)

        return routes


def taire_les_jetons() -> None:
    """Pose le filtre sur les journaux du serveur, une fois."""
    for nom in _JOURNAUX_DU_SERVEUR:
        du_serveur = logging.getLogger(nom)
        if not any(isinstance(filtre, SansJeton) for filtre in du_serveur.filters):
            du_serveur.addFilter(SansJeton())


def _remettre(jeton: str) -> HTTPResponse:
    try:
        demande = coffre_en_place().ouvrir(jeton, int(time.time()))
    except JetonExpire:
        return _phrase("expire", 410)
    except JetonRefuse:
        return _phrase("inconnu", 404)
    fichier = produire(demande, droit_en_place())
    entetes = {**_PROTECTIONS, "content-disposition": f'attachment; filename="{fichier.nom}"'}
    return response.raw(fichier.octets, content_type=fichier.type_mime, headers=entetes)


def _phrase(cle: str, code: int) -> HTTPResponse:
    return response.text(commun_en_place()["liens"][cle], code, headers=_PROTECTIONS)
