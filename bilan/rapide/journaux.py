"""Journaux de débogage : Rasa copie ce qu'il y écrirait, même quand ils sont éteints."""

from __future__ import annotations

import copy
import types
from typing import Any

import rasa.core.actions.forms
import rasa.core.policies.rule_policy
import rasa.core.processor


class CopieSansCopier(types.ModuleType):
    """Module ``copy`` dont ``deepcopy`` rend l'objet même : pour des journaux de débogage qui ne s'écrivent jamais."""

    @staticmethod
    def deepcopy(objet: Any, memo: Any = None) -> Any:
        """Rend l'objet."""
        return objet

    def __getattr__(self, nom: str) -> Any:
        """Le reste est celui du module ``copy``."""
        return getattr(copy, nom)


COPIE_SANS_COPIER = CopieSansCopier("copy")
# Modules de Rasa où toute copie profonde est un argument de journal (vérifié par les tests).
MODULES_AUX_COPIES_POUR_JOURNAL = (rasa.core.processor, rasa.core.policies.rule_policy, rasa.core.actions.forms)
