"""``bilan lancer`` : le serveur, en un processus, sans service à installer."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import re
import socket
from pathlib import Path
from typing import Any

from actions import reglages
from actions.reglages import FICHIER_CANAUX, RACINE
from bilan import production
from bilan.entrainement import assurer_modele, verifier_archive
from bilan.pannes import Panne, arreter
from bilan.production import lire_les_secrets_en_fichier


def principal(port: int, adresse: str = "127.0.0.1") -> int:
    """Vérifie le port, assure le modèle, sert jusqu'à Ctrl-C.

    Raises:
        Panne: port ou adresse impossible, plusieurs processus demandés, réglage d'essai en production, modèle abîmé.
    """
    if os.environ.get("SANIC_WORKERS", "1") != "1":
        raise Panne("SANIC_WORKERS n'est pas admis : les conversations sont dans la mémoire d'un seul processus")
    verifier_port(adresse, port)
    if not FICHIER_CANAUX.is_file():
        raise Panne(f"fichier des canaux introuvable : {FICHIER_CANAUX} (BILAN_CANAUX)")
    lire_les_secrets_en_fichier(variables_absentes(FICHIER_CANAUX))
    absentes = variables_absentes(FICHIER_CANAUX)
    if absentes:
        raise Panne(f"variable d'environnement absente : {', '.join(absentes)} (voir docs/canaux.md)")
    production.verifier(adresse)
    modele = assurer_modele()
    verifier_archive(modele)
    _servir(str(modele), port, adresse)
    return 0


def verifier_port(adresse: str, port: int) -> None:
    """Vérifie que l'on peut écouter sur cette adresse.

    Raises:
        Panne: port déjà pris, réservé, ou adresse qui n'est pas à cette machine.
    """
    with socket.socket() as prise:
        prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            prise.bind((adresse, port))
        except OSError as erreur:
            autre = f"choisissez-en un autre (PORT={port + 1 if 1024 <= port < 65535 else 5005} make lancer)"
            if erreur.errno == errno.EADDRINUSE:
                raise Panne(f"le port {port} est déjà pris : arrêtez l'autre programme, ou {autre}") from None
            if erreur.errno == errno.EACCES:
                raise Panne(f"le port {port} est réservé au système : {autre}") from None
            raise Panne(
                f"l'adresse « {adresse} » n'est pas à cette machine : corrigez ADRESSE (127.0.0.1 par défaut)"
            ) from None


def variables_absentes(fichier: Path) -> list[str]:
    """Variables ``${…}`` que nomme un fichier de canaux et que l'environnement n'a pas."""
    lignes = [ligne for ligne in fichier.read_text(encoding="utf-8").splitlines() if not ligne.lstrip().startswith("#")]
    return sorted({nom for ligne in lignes for nom in re.findall(r"\$\{(\w+)\}", ligne) if nom not in os.environ})


def _servir(modele: str, port: int, adresse: str) -> None:
    import bilan.calme

    bilan.calme.configurer_journaux()
    import rasa.core.run as serveur
    import rasa.server

    import bilan.journaux
    from bilan.moteur import preparer, reglages_de_rasa
    from bilan.relecture import Relecture
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
        try:
            return await preparer(charger_d_origine(*arguments))
        except Exception as erreur:
            # Une exception d'ici serait écrite par Sanic avec sa pile, et le serveur resterait à demi ouvert.
            os._exit(arreter("lancer", erreur))

    async def annoncer(app: Any, _: object) -> None:
        bilan.journaux.poser()
        if reglages.RELECTURE_S:
            app.ctx.relecture = asyncio.create_task(Relecture(app.ctx.agent).veiller())
        print(f"Prêt : http://{adresse}:{port}/ (Ctrl-C pour arrêter)", flush=True)

    async def cesser(app: Any, _: object) -> None:
        if reglages.RELECTURE_S:
            app.ctx.relecture.cancel()

    serveur.load_agent_on_start = charger_ou_sortir
    print("Démarrage de l'assistant…", flush=True)
    os.chdir(RACINE)
    logging.getLogger("sanic.root").setLevel(logging.ERROR)
    try:
        serveur.serve_application(
            modele,
            interface=adresse,
            port=port,
            credentials=str(FICHIER_CANAUX),
            enable_api=False,
            endpoints=reglages_de_rasa(),
            cors=None,
            server_listeners=[(annoncer, "after_server_start"), (cesser, "before_server_stop")],
        )
    except SystemExit as sortie:
        if isinstance(sortie.code, str):
            raise  # un canal dit lui-même ce qui ne va pas
        if sortie.code:  # Rasa a déjà écrit ce qu'il refuse
            raise Panne("configuration refusée par Rasa (voir ci-dessus) : corrigez credentials.yml") from None
    print("Arrêté.", flush=True)
