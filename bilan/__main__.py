"""La commande ``bilan`` : lancer, actions, purger, parler, dialoguer, evaluer, guide, entrainer, manifeste."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from typing import NoReturn

from bilan.pannes import arreter


class Analyseur(argparse.ArgumentParser):
    """Analyseur qui dit une erreur en une ligne, sans le mode d'emploi entier."""

    def error(self, message: str) -> NoReturn:
        """Écrit l'erreur et sort, code 2."""
        self.exit(2, f"{self.prog} : {message} ({self.prog} --help)\n")


def analyseur() -> argparse.ArgumentParser:
    """Décrit les sous-commandes."""
    principal = Analyseur(prog="bilan", description="Assistant bilan de compétences")
    commandes = principal.add_subparsers(dest="commande", required=True)

    lancer = commandes.add_parser("lancer", help="démarre le serveur")
    lancer.add_argument("--port", type=_port, default=os.environ.get("PORT") or "5005")
    lancer.add_argument("--adresse", default=os.environ.get("ADRESSE", "127.0.0.1"))

    actions = commandes.add_parser("actions", help="exécute les actions pour d'autres processus")
    actions.add_argument("--port", type=_port, default=os.environ.get("PORT") or "5055")
    actions.add_argument("--adresse", default=os.environ.get("ADRESSE", "127.0.0.1"))
    commandes.add_parser("purger", help="supprime de la base les conversations expirées")

    commandes.add_parser("parler", help="converse dans le terminal")
    commandes.add_parser("entrainer", help="entraîne le modèle si les données ont changé")

    evaluer = commandes.add_parser("evaluer", help="évalue une situation (JSON) : chemins ouverts, coût, dates")
    evaluer.add_argument("fichier", help="fichier JSON (un objet ou une liste), ou - pour l'entrée standard")

    dialoguer = commandes.add_parser("dialoguer", help="joue des conversations (JSON lines)")
    dialoguer.add_argument("fichier", help="fichier JSON lines, ou - pour l'entrée standard")
    dialoguer.add_argument("--date", type=date.fromisoformat, help="date du droit, AAAA-MM-JJ")

    guide = commandes.add_parser("guide", help="écrit toutes les réponses en pages à lire sans connexion")
    guide.add_argument("dossier", help="dossier à créer, ou guide à remplacer")
    guide.add_argument("--date", type=date.fromisoformat, help="date du droit, AAAA-MM-JJ")
    preuves = commandes.add_parser("verifier-confidentialite", help="cherche les traces d'une conversation marquée")
    preuves.add_argument("--journal", action="append", default=[], help="journal du service en place, à fouiller aussi")
    dossier = commandes.add_parser("dossier", help="écrit le dossier du CSE, du DPO et du RSSI")
    dossier.add_argument("dossier", help="dossier à créer ou à remplacer")
    manifeste = commandes.add_parser("manifeste", help="fabrique la fiche de l'application Teams ou Slack")
    manifeste.add_argument("canal", choices=["teams", "slack"])
    return principal


def _port(texte: str) -> int:
    if not texte.isascii() or not texte.isdigit() or not 1 <= int(texte) <= 65535:
        raise argparse.ArgumentTypeError(f"port « {texte} » impossible : de 1 à 65535 (PORT=5006 make lancer)")
    return int(texte)


def principal(arguments: Sequence[str] | None = None) -> int:
    """Exécute une sous-commande et rend son code de sortie ; une panne se dit en une ligne, code 1."""
    options = analyseur().parse_args(arguments)
    try:
        return _executer(options)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except Exception as erreur:
        return arreter(options.commande, erreur)


def _executer(options: argparse.Namespace) -> int:
    if getattr(options, "date", None):
        os.environ["BILAN_DATE"] = options.date.isoformat()
    if options.commande == "lancer":
        from bilan import lancer

        return lancer.principal(options.port, options.adresse)
    if options.commande == "actions":
        from bilan import serveur_actions

        return serveur_actions.principal(options.port, options.adresse)
    if options.commande == "purger":
        from bilan import purger

        return purger.principal()
    if options.commande == "parler":
        from bilan import parler

        return parler.principal()
    if options.commande == "evaluer":
        from bilan import evaluer

        return evaluer.principal(options.fichier)
    if options.commande == "dialoguer":
        from bilan import dialoguer

        return dialoguer.principal(options.fichier)
    if options.commande == "guide":
        from actions.reglages import aujourd_hui
        from bilan import guide

        return guide.principal(options.dossier, aujourd_hui())
    if options.commande == "verifier-confidentialite":
        from bilan import confidentialite

        return confidentialite.principal(options.journal)
    if options.commande == "dossier":
        from bilan import dossier

        return dossier.principal(options.dossier)
    if options.commande == "manifeste":
        from bilan import manifestes

        return manifestes.principal(options.canal)
    from bilan.entrainement import assurer_modele

    print(assurer_modele())
    return 0


if __name__ == "__main__":
    sys.exit(principal())
