"""``bilan lancer`` : le serveur, en un processus, sans service à installer."""

from __future__ import annotations

import logging
import os
import socket
import sys

from actions.reglages import RACINE
from bilan.entrainement import assurer_modele


def principal(port: int, adresse: str = "127.0.0.1") -> int:
    """Vérifie le port, assure le modèle, sert jusqu'à Ctrl-C. Code 1 avec une phrase si c'est impossible."""
    if not 1 <= port <= 65535:
        print(f"Port {port} impossible : choisissez entre 1 et 65535 (PORT=5006 make lancer).", file=sys.stderr)
        return 1
    if not port_libre(adresse, port):
        print(
            f"Le port {port} est déjà pris : arrêtez l'autre programme, ou choisissez-en un autre "
            f"(PORT={port + 1} make lancer).",
            file=sys.stderr,
        )
        return 1
    modele = assurer_modele()
    _servir(str(modele), port, adresse)
    return 0


def port_libre(adresse: str, port: int) -> bool:
    """Dit si l'on peut écouter sur cette adresse."""
    with socket.socket() as prise:
        prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            prise.bind((adresse, port))
        except OSError:
            return False
    return True


def _servir(modele: str, port: int, adresse: str) -> None:
    import bilan.calme

    bilan.calme.configurer_journaux()
    import rasa.core.run as serveur
    import rasa.server

    from bilan.moteur import reglages_de_rasa
    from bilan.oubli_des_mots import oublier_les_mots
    from canaux import pages
    from canaux.identite import CleFaible, jetons_en_place

    try:
        jetons_en_place()
    except CleFaible as erreur:
        raise SystemExit(f"Clé de jeton refusée : {erreur}.") from erreur
    rasa.server.add_root_route = pages.poser
    # Le CORS de Rasa répond à toute demande préalable : chaque canal décide ici du sien.
    rasa.server.configure_cors = lambda *_: None

    charger_d_origine = serveur.load_agent_on_start

    async def charger_ou_sortir(*arguments: object) -> object:
        bilan.calme.filtrer_avertissements()
        agent = await charger_d_origine(*arguments)
        if not agent.is_ready():
            print("Le modèle ne se charge pas : supprimez models/*.tar.gz et relancez.", file=sys.stderr)
            os._exit(1)
        return oublier_les_mots(agent)

    async def annoncer(*_: object) -> None:
        print(f"Prêt : http://{adresse}:{port}/ (Ctrl-C pour arrêter)", flush=True)

    serveur.load_agent_on_start = charger_ou_sortir
    print("Démarrage de l'assistant…", flush=True)
    os.chdir(RACINE)
    logging.getLogger("sanic.root").setLevel(logging.ERROR)
    serveur.serve_application(
        modele,
        interface=adresse,
        port=port,
        credentials=str(RACINE / "credentials.yml"),
        enable_api=False,
        endpoints=reglages_de_rasa(),
        cors=None,
        server_listeners=[(annoncer, "after_server_start")],
    )
    print("Arrêté.", flush=True)
