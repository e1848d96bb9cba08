"""Le journal du serveur en service : une ligne par événement, lisible ou en JSON, et aucun texte venu d'ailleurs.

Rasa, Sanic et leurs dépendances citent parfois ce que la personne a écrit dans leurs erreurs. Une fois le serveur prêt,
de leurs lignes ne reste que l'endroit du programme d'où elles viennent, et de toute panne que son nom.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import TextIO

from actions import reglages

# Ce que nos paquets écrivent est relu : des codes, des noms, jamais le contenu d'un message.
_LES_NOTRES = ("actions", "bilan", "canaux", "composants")


class SansTexteEtranger(logging.Filter):
    """Réduit toute ligne étrangère à son origine, et toute panne à son nom."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Récrit la ligne ; écarte ce qui, venu d'ailleurs, n'avertit de rien."""
        if record.name.split(".")[0] not in _LES_NOTRES and record.levelno < logging.WARNING:
            return False
        panne = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        if record.name.split(".")[0] not in _LES_NOTRES:
            record.msg, record.args = f"{record.name}, {record.filename} ligne {record.lineno}", None
        if panne:
            record.msg, record.args = f"{record.getMessage()} ({panne})", None
        record.exc_info = record.exc_text = record.stack_info = None
        return True


class EnTexte(logging.Formatter):
    """Une ligne : date, niveau, journal, événement."""

    def format(self, record: logging.LogRecord) -> str:
        """Écrit la ligne, sans retour à la ligne au milieu."""
        return f"{_instant(record)} {record.levelname} {record.name} : {' '.join(record.getMessage().split())}"


class EnJson(logging.Formatter):
    """Un objet JSON par ligne, mêmes champs."""

    def format(self, record: logging.LogRecord) -> str:
        """Écrit l'objet."""
        objet = {
            "instant": _instant(record),
            "niveau": record.levelname,
            "journal": record.name,
            "evenement": record.getMessage(),
        }
        return json.dumps(objet, ensure_ascii=False)


def poser(flux: TextIO | None = None) -> None:
    """Remplace toutes les sorties de journal par une seule : ``flux``, ou la sortie d'erreur."""
    sortie = logging.StreamHandler(flux)
    sortie.addFilter(SansTexteEtranger())
    sortie.setFormatter(EnJson() if reglages.JOURNAUX == "json" else EnTexte())
    racine = logging.getLogger()
    racine.handlers = [sortie]
    for journal in list(logging.Logger.manager.loggerDict.values()):
        if isinstance(journal, logging.Logger):
            journal.handlers, journal.propagate = [], True
    logging.captureWarnings(False)


def _instant(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
