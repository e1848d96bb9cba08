"""La commande ``bilan`` : lancer, parler, dialoguer, evaluer, entrainer, manifeste."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date


def analyseur() -> argparse.ArgumentParser:
    """Décrit les sous-commandes."""
    principal = argparse.ArgumentParser(prog="bilan", description="Assistant bilan de compétences")
    commandes = principal.add_subparsers(dest="commande", required=True)

    lancer = commandes.add_parser("lancer", help="démarre le serveur")
    lancer.add_argument("--port", type=int, default=int(os.environ.get("PORT", "5005")))
    lancer.add_argument("--adresse", default=os.environ.get("ADRESSE", "127.0.0.1"))

    commandes.add_parser("parler", help="converse dans le terminal")
    commandes.add_parser("entrainer", help="entraîne le modèle si les données ont changé")

    evaluer = commandes.add_parser("evaluer", help="évalue une situation (JSON) : chemins ouverts, coût, dates")
    evaluer.add_argument("fichier", help="fichier JSON (un objet ou une liste), ou - pour l'entrée standard")

    dialoguer = commandes.add_parser("dialoguer", help="joue des conversations (JSON lines)")
    dialoguer.add_argument("fichier", help="fichier JSON lines, ou - pour l'entrée standard")
    dialoguer.add_argument("--date", type=date.fromisoformat, help="date du droit, AAAA-MM-JJ")

    manifeste = commandes.add_parser("manifeste", help="fabrique la fiche de l'application Teams ou Slack")
    manifeste.add_argument("canal", choices=["teams", "slack"])
    return principal


def principal(arguments: Sequence[str] | None = None) -> int:
    """Exécute une sous-commande et rend son code de sortie."""
    options = analyseur().parse_args(arguments)
    if getattr(options, "date", None):
        os.environ["BILAN_DATE"] = options.date.isoformat()
    if options.commande == "lancer":
        from bilan import lancer

        return lancer.principal(options.port, options.adresse)
    if options.commande == "parler":
        from bilan import parler

        return parler.principal()
    if options.commande == "evaluer":
        from bilan import evaluer

        return evaluer.principal(options.fichier)
    if options.commande == "dialoguer":
        from bilan import dialoguer

        return dialoguer.principal(options.fichier)
    if options.commande == "manifeste":
        from bilan import manifestes

        return manifestes.principal(options.canal)
    from bilan.entrainement import assurer_modele

    print(assurer_modele())
    return 0


if __name__ == "__main__":
    sys.exit(principal())
