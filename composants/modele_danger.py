"""Danger, ou langage de tous les jours : un second modèle, appris sur ce qui se ressemble le plus.

« Ce logiciel va me tuer » et « ce boulot va me tuer, tant mieux » ont les mêmes mots : des milliers d'exemples des deux
côtés (data/vigilance/exemples.yml, et les exemples d'intention) les départagent mieux qu'une liste.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import yaml

from actions.reglages import DOSSIER_DONNEES
from composants.modele_sujets import ModeleSujets
from composants.vigilance import redresser

INTENTION = "exprimer_detresse"
FICHIER = DOSSIER_DONNEES / "vigilance/exemples.yml"
_REGLAGES = {"sens": 2.0, "finesse": 4.0}
_DANGER, _ORDINAIRE = "danger", "ordinaire"
_FIN_DE_PHRASE = re.compile(r"(?<=[.!?…;\n])\s+")
_FIN_DE_PROPOSITION = re.compile(r"[.!?…;:,\n]+|\b(?:et|mais)\b")
_PHRASES_MAX = 12
_UNE_SUR = 8  # part des questions : assez pour connaître le langage du métier, sans étouffer le reste


class ModeleDanger:
    """Rend la probabilité qu'un message dise un danger pour soi ou pour un proche."""

    def __init__(self, modele: ModeleSujets | None = None) -> None:
        self._modele = modele or ModeleSujets(_REGLAGES)

    def apprendre(self, textes: Sequence[str], vecteurs: np.ndarray, dangers: Sequence[bool]) -> None:
        """Apprend de messages des deux sortes ; ``vecteurs`` est la matrice (n, d) de leurs vecteurs de phrase."""
        lus = [redresser(texte) for texte in textes]
        self._modele.apprendre(lus, lus, vecteurs, [_DANGER if danger else _ORDINAIRE for danger in dangers])

    def probabilites(self, textes: Sequence[str], vecteurs: np.ndarray) -> np.ndarray:
        """Probabilité de danger de chaque message, vecteur (n,)."""
        return self.probabilites_lues([redresser(texte) for texte in textes], vecteurs)

    def probabilites_lues(self, lus: Sequence[str], vecteurs: np.ndarray) -> np.ndarray:
        """Comme ``probabilites``, de messages déjà redressés."""
        probabilites = self._modele.probabilites(lus, lus, vecteurs)
        return np.asarray(probabilites[:, self._modele.etiquettes.index(_DANGER)])

    def enregistrer(self, dossier: Path) -> None:
        """Écrit le modèle dans un dossier qui existe."""
        self._modele.enregistrer(dossier)

    @classmethod
    def relire(cls, dossier: Path) -> ModeleDanger:
        """Relit un modèle écrit par :meth:`enregistrer`."""
        return cls(ModeleSujets.relire(dossier))


def phrases(texte: str) -> list[str]:
    """Les phrases d'un message qui en a plusieurs : une seule, au milieu d'une question, peut dire le danger."""
    parties = [partie for partie in map(str.strip, _FIN_DE_PHRASE.split(texte)) if partie]
    return parties[-_PHRASES_MAX:] if len(parties) > 1 else []


def propositions(texte: str) -> list[str]:
    """Les propositions d'un message : « agent territorial, je me mutile, ai-je droit à… » noie la sienne."""
    parties = map(str.strip, _FIN_DE_PROPOSITION.split(texte))
    return [partie for partie in parties if " " in partie][-_PHRASES_MAX:]


def exemples() -> tuple[list[str], list[bool]]:
    """Messages de data/vigilance/exemples.yml, et s'ils disent un danger."""
    listes = yaml.load(FICHIER.read_text(encoding="utf-8"), yaml.CSafeLoader)
    dangers, ordinaires = list(listes["dangers"]), list(listes["ordinaires"])
    return dangers + ordinaires, [True] * len(dangers) + [False] * len(ordinaires)


def rangs_utiles(etiquettes: Sequence[str]) -> list[int]:
    """Rangs des exemples à apprendre : détresses, actes de conversation (« j'arrête là »), une part des questions."""
    questions = [rang for rang, etiquette in enumerate(etiquettes) if "/" in etiquette]
    return sorted({*range(len(etiquettes))} - {*questions} | {*questions[::_UNE_SUR]})
