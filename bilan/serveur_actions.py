"""``bilan actions`` : exécute les actions pour d'autres processus.

Le serveur de rasa-sdk écoute partout, sans mot de passe, et rend la conversation entière quand une action échoue.
"""

from __future__ import annotations

import hmac
import logging
import os

import bilan.calme  # isort: skip

from rasa.utils.endpoints import ClientResponseError
from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bilan.actions_distantes import autorisation
from bilan.actions_locales import ActionsLocales
from bilan.lancer import verifier_port

journal = logging.getLogger(__name__)

_CORPS_MAX = 8_000_000


def principal(port: int, adresse: str) -> int:
    """Sert jusqu'à Ctrl-C.

    Raises:
        Panne: port impossible, BILAN_SECRET absent.
    """
    verifier_port(adresse, port)
    application = preparer(autorisation())
    bilan.calme.configurer_journaux()
    for bruyant in ("sanic.root", "sanic.access"):
        logging.getLogger(bruyant).setLevel(logging.ERROR)

    async def annoncer(*_: object) -> None:
        print(f"Prêt : actions sur http://{adresse}:{port}/ (Ctrl-C pour arrêter)", flush=True)

    application.register_listener(annoncer, "after_server_start")
    os.environ.pop("SANIC_WORKERS", None)
    application.run(adresse, port, workers=1, access_log=False, motd=False)
    return 0


def preparer(attendue: str) -> Sanic:
    """Fabrique le serveur : ``GET /sante``, ``POST /webhook`` avec l'autorisation attendue."""
    application = Sanic("bilan_actions", configure_logging=False)
    application.config.REQUEST_MAX_SIZE = _CORPS_MAX
    locales = ActionsLocales()

    @application.get("/sante")
    async def sante(_: Request) -> HTTPResponse:
        return response.json({"etat": "pret"})

    @application.post("/webhook")
    async def executer(requete: Request) -> HTTPResponse:
        if not hmac.compare_digest(requete.headers.get("authorization", "").encode(), attendue.encode()):
            return response.json({"erreur": "autorisation"}, 401)
        try:
            return response.json(await locales.request(json=requete.json))
        except ClientResponseError as refus:
            return response.raw(str(refus.text).encode(), refus.status, content_type="application/json")
        except Exception as panne:
            # Le nom seul : le message d'une panne peut citer la conversation.
            journal.error("action impossible : %s", type(panne).__name__)
            return response.json({"erreur": "panne"}, 500)

    return application
