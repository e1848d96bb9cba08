"""Coupe vraiment un client trop lent : Sanic 21.12 lui répond 503, puis attend sans fin le reste de sa requête."""

from __future__ import annotations

from typing import Any

from sanic.server.protocols.http_protocol import HttpProtocol

# Le temps que la réponse d'erreur parte.
_ADIEU_S = 2.0
_verifier_les_delais = HttpProtocol.check_timeouts


def installer() -> None:
    """Pose la coupure sur le protocole HTTP de Sanic, une fois."""
    HttpProtocol.check_timeouts = _verifier_puis_couper


def _verifier_puis_couper(protocole: Any) -> None:
    _verifier_les_delais(protocole)
    if getattr(protocole._http, "exception", None) is not None:  # un délai vient d'être dépassé
        protocole.loop.call_later(_ADIEU_S, _couper, protocole.transport)


def _couper(transport: Any) -> None:
    if transport is not None:
        transport.abort()
