"""Évite de charger TensorFlow quand la chaîne de config.yml ne s'en sert pas.

Rasa importe TensorFlow au démarrage quels que soient les composants choisis (environ 7 s et 350 Mo). Ce module met à
sa place des modules inertes, le temps que Rasa définisse des classes dont aucune ne sera créée. Avec un composant
qui s'en sert (DIET, TED, ResponseSelector…), il ne fait rien.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Sequence
from typing import Any

import yaml

from actions.reglages import RACINE

_INUTILES = ("tensorflow", "tensorflow_hub", "tensorflow_text", "tensorflow_addons", "keras", "jax")
# Composants de Rasa qui ne touchent pas à TensorFlow ; les nôtres n'en ont pas besoin non plus.
_SANS_TENSORFLOW = {
    "SpacyNLP",
    "SpacyTokenizer",
    "WhitespaceTokenizer",
    "CountVectorsFeaturizer",
    "RulePolicy",
}


class _Inerte(type):
    """Classe dont tout attribut est une autre classe inerte, qu'on peut hériter, indexer ou appeler en décorateur."""

    def __getattr__(cls, nom: str) -> Any:
        if nom.startswith("__"):
            raise AttributeError(nom)
        return _inerte(nom)

    def __getitem__(cls, _: Any) -> Any:
        return cls

    def __or__(cls, _: Any) -> Any:
        return cls

    __ror__ = __or__


def _inerte(nom: str) -> Any:
    def decorer(self: Any, *arguments: Any, **_: Any) -> Any:
        return arguments[0] if len(arguments) == 1 and callable(arguments[0]) else self

    corps = {
        "__init__": lambda self, *arguments, **options: None,
        "__call__": decorer,
        "__init_subclass__": classmethod(lambda cls, **options: None),
    }
    return _Inerte(nom, (object,), corps)


class _ModuleInerte(types.ModuleType):
    def __getattr__(self, nom: str) -> Any:
        if nom.startswith("__"):
            raise AttributeError(nom)
        valeur = _inerte(nom)
        setattr(self, nom, valeur)
        return valeur


class _Chercheur(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, nom: str, chemin: Sequence[str] | None, cible: Any = None) -> Any:
        if nom.split(".")[0] in _INUTILES:
            return importlib.machinery.ModuleSpec(nom, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        module = _ModuleInerte(spec.name)
        module.__path__ = []
        return module

    def exec_module(self, module: types.ModuleType) -> None:
        """Rien à exécuter."""


def inutile() -> bool:
    """Dit si aucun composant de config.yml n'a besoin de TensorFlow."""
    configuration = yaml.safe_load((RACINE / "config.yml").read_text(encoding="utf-8"))
    noms = [e["name"] for cle in ("pipeline", "policies") for e in configuration.get(cle) or []]
    return all(nom in _SANS_TENSORFLOW or nom.startswith("composants.") for nom in noms)


def installer() -> None:
    """Pose les modules inertes, sauf si TensorFlow est déjà là ou si la chaîne s'en sert."""
    if "tensorflow" not in sys.modules and inutile():
        sys.meta_path.insert(0, _Chercheur())
