"""Le vocabulaire de spaCy n'apprend rien des messages : sans cela, chaque mot neuf y resterait jusqu'à l'arrêt.

spaCy range tout mot jamais vu (un nom, une maladie) dans la table de chaînes du modèle et ne l'en retire pas. Une
« zone de mémoire » rend ces mots dès le message analysé ; Rasa analyse un message d'un trait, sans rendre la main.
"""

from __future__ import annotations

from typing import Any

import yaml
from rasa.core.agent import Agent

from actions.reglages import RACINE
from composants.spacy_francais import _langue


def oublier_les_mots(agent: Agent) -> Agent:
    """Fait oublier au modèle de langue les mots de chaque message, sitôt analysé ; rend l'assistant."""
    langue = _langue(nom_du_modele())
    coureur = agent.processor.graph_runner
    executer = coureur.run

    def executer_puis_oublier(*arguments: Any, **options: Any) -> Any:
        with langue.memory_zone():
            return executer(*arguments, **options)

    coureur.run = executer_puis_oublier
    return agent


def nom_du_modele() -> str:
    """Paquet spaCy que nomme config.yml."""
    chaine = yaml.safe_load((RACINE / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    return str(next(etape["model"] for etape in chaine if etape["name"].endswith("SpacyFrancais")))
