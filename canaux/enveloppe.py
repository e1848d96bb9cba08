"""Ce qui entoure chaque route du widget : origine vérifiée, pannes en erreurs HTTP, en-têtes, CORS exact."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from sanic import response
from sanic.request import Request
from sanic.response import HTTPResponse

from actions import reglages
from canaux.acces import Refus, verifier_origine
from canaux.echange import reponse_fixe
from canaux.identite import Jetons
from canaux.rendu_widget import rendre

journal = logging.getLogger(__name__)

Traitement = Callable[[Request], Awaitable[HTTPResponse]]

_SANS_TRACE = {"Cache-Control": "no-store", "Vary": "Origin, Cookie", "X-Content-Type-Options": "nosniff"}


def garder(traitement: Traitement, jetons: Jetons | None) -> Traitement:
    """Entoure une route : ses :class:`Refus` et ses pannes deviennent ``{"erreur": raison}`` et un code HTTP."""

    async def gardee(requete: Request) -> HTTPResponse:
        origine = None
        try:
            origine = verifier_origine(requete, reglages.WIDGET_ORIGINES, jetons is not None)
            reponse = await traitement(requete)
        except Refus as refus:
            reponse = response.json({"erreur": refus.raison}, refus.code)
            if refus.attente:
                reponse.headers["Retry-After"] = str(refus.attente)
        except TimeoutError:
            reponse = _panne("delai")
        except Exception as panne:
            # Le nom seul : le message d'une panne peut citer ce que la personne a écrit.
            journal.error("widget : %s", type(panne).__name__)
            reponse = _panne("panne")
        reponse.headers.update({c: v for c, v in _SANS_TRACE.items() if c not in reponse.headers})
        if origine and jetons:
            reponse.headers["Access-Control-Allow-Origin"] = origine
            reponse.headers["Access-Control-Expose-Headers"] = "Retry-After"
        return reponse

    return gardee


def permettre(jetons: Jetons | None) -> Traitement:
    """Route ``OPTIONS`` : demande préalable d'un autre site, admise seulement quand l'identité est un jeton."""

    async def prealable(requete: Request) -> HTTPResponse:
        if not jetons:
            raise Refus(403, "origine")
        return response.empty(
            headers={
                "Access-Control-Allow-Methods": "GET, POST",
                "Access-Control-Allow-Headers": "authorization, content-type",
                "Access-Control-Max-Age": "600",
            }
        )

    return prealable


def _panne(raison: str) -> HTTPResponse:
    return response.json({"erreur": raison, "secours": rendre(reponse_fixe("utter_indisponible"))["texte"]}, 503)
