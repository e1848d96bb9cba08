"""Entraînement : ce que Rasa prépare pour un cache que l'on ne lit pas, et ce qu'il lit deux fois."""

from __future__ import annotations

import copy
from typing import Any

from rasa.engine.training.hooks import TrainingHook
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from tarsafe import TarSafe

from bilan.rapide.journaux import CopieSansCopier

_lire_les_exemples = RasaFileImporter.get_nlu_data


class SansCache(TrainingHook):
    """Ne garde rien des étapes : l'entraînement est refait en entier, et n'a lieu que si les données ont changé."""

    def on_before_node(self, *_: Any, **__: Any) -> dict[str, Any]:
        """Sans empreinte des entrées (32 s pour 27 000 exemples)."""
        return {}

    def on_after_node(self, *_: Any, **__: Any) -> None:
        """Sans empreinte ni copie de la sortie."""


def lire_les_exemples(importeur: RasaFileImporter, language: str | None = None) -> TrainingData:
    """Remplace ``RasaFileImporter.get_nlu_data`` : une lecture, là où Rasa en fait une par langue demandée."""
    if "_exemples_lus" not in importeur.__dict__:
        importeur.__dict__["_exemples_lus"] = _lire_les_exemples(importeur, language or "fr")
    return importeur.__dict__["_exemples_lus"]


class CopieDeSurface(CopieSansCopier):
    """Module ``copy`` dont ``deepcopy`` copie la liste ou le dictionnaire, pas ce qu'il contient.

    Rasa réunit les exemples de chaque fichier en recopiant à chaque fois tous ceux d'avant, que rien ne modifie.
    """

    @staticmethod
    def deepcopy(objet: Any, memo: Any = None) -> Any:
        """Rend la copie de surface."""
        return copy.copy(objet)


COPIE_DE_SURFACE = CopieDeSurface("copy")


def hacher(message: Message) -> int:
    """Remplace ``Message.__hash__``, qui calcule l'empreinte de tout le message ; l'égalité reste celle de Rasa."""
    return hash((message.get(TEXT), message.get(INTENT)))


class ArchiveRapide(TarSafe):
    """Archive du modèle peu compressée : ce sont des nombres, que gzip ne réduit guère (8 s de moins)."""

    @classmethod
    def gzopen(cls, *arguments: Any, **options: Any) -> Any:
        """Ouvre une archive ``.tar.gz``, au premier niveau de compression."""
        return super().gzopen(*arguments, **{**options, "compresslevel": 1})
