"""Greffes sur Rasa : ce que l'on en remplace pour servir plus vite est dans ce paquet, et nulle part ailleurs.

Chaque greffe rend ce que rendrait Rasa (``tests/bilan/test_rapide.py`` compare les deux) ; sans elles, avec
``rasa run`` et ``rasa train``, tout marche, plus lentement. Les figures sont dans docs/mesures.md.
"""

from __future__ import annotations

import inspect
from typing import Any

import rasa.core.processor
import rasa.engine.storage.local_model_storage
import rasa.engine.training.graph_trainer
from rasa.core.actions.action import RemoteAction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core.events import Event
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data import training_data
from rasa.shared.nlu.training_data.message import Message

from bilan.rapide.apprentissage import COPIE_DE_SURFACE, ArchiveRapide, SansCache, hacher, lire_les_exemples
from bilan.rapide.conversation import TypesConnus, Verificateur, copier_fil, copier_slot, decrire_appel
from bilan.rapide.journaux import COPIE_SANS_COPIER, MODULES_AUX_COPIES_POUR_JOURNAL
from bilan.rapide.modele import (
    GrapheDirect,
    StockageRelu,
    charger_domaine,
    chercher_une_regle,
    etats_utiles,
    regles_possibles,
)

# (objet de Rasa, attribut, remplacement)
GREFFES: list[tuple[Any, str, Any]] = [
    (Event, "resolve_by_type", staticmethod(TypesConnus().chercher)),
    (DialogueStateTracker, "copy", copier_fil),
    (Slot, "__copy__", copier_slot),
    (RemoteAction, "_action_call_format", decrire_appel),
    (RemoteAction, "_validate_action_result", Verificateur().verifier),
    (RulePolicy, "_get_possible_keys", regles_possibles),
    (RulePolicy, "_prediction_states", etats_utiles),
    (RulePolicy, "_find_action_from_rules", chercher_une_regle),
    (DomainProvider, "load", classmethod(charger_domaine)),
    (rasa.core.processor, "LocalModelStorage", StockageRelu),
    (rasa.core.processor, "DaskGraphRunner", GrapheDirect),
    *((module, "copy", COPIE_SANS_COPIER) for module in MODULES_AUX_COPIES_POUR_JOURNAL),
]
GREFFES_POUR_APPRENDRE: list[tuple[Any, str, Any]] = [
    (RasaFileImporter, "get_nlu_data", lire_les_exemples),
    (training_data, "copy", COPIE_DE_SURFACE),
    (Message, "__hash__", hacher),
    (rasa.engine.training.graph_trainer, "TrainingHook", SansCache),
    (rasa.engine.storage.local_model_storage, "TarSafe", ArchiveRapide),
]
# Ce que Rasa avait à ces places (``None`` : rien), dans le même ordre.
ORIGINES = [(objet, nom, inspect.getattr_static(objet, nom, None)) for objet, nom, _ in GREFFES]


def installer() -> None:
    """Pose toutes les greffes ; sans effet la seconde fois."""
    _poser(GREFFES)


def installer_pour_apprendre() -> None:
    """Pose les greffes de l'entraînement."""
    _poser(GREFFES_POUR_APPRENDRE)


def _poser(greffes: list[tuple[Any, str, Any]]) -> None:
    for objet, nom, remplacement in greffes:
        setattr(objet, nom, remplacement)
