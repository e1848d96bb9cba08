"""Greffes sur Rasa : ce que l'on remplace de Rasa pour servir plus vite est ici, et nulle part ailleurs.

Chaque greffe rend ce que rendrait Rasa (``tests/bilan/test_rapide.py`` compare les deux) ; sans elles, avec
``rasa run``, tout marche, plus lentement. Elles servent à répondre, jamais à entraîner. Les figures sont dans
docs/mesures.md.
"""

from __future__ import annotations

import copy
import inspect
import types
from collections import defaultdict, deque
from graphlib import TopologicalSorter
from typing import Any

import rasa.core.actions.forms
import rasa.core.policies.rule_policy
import rasa.core.processor
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.constants import PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import AnySlotDict, DialogueStateTracker

from bilan.actions_locales import ActionsLocales

_chercher_type = Event.resolve_by_type
_decrire_appel = RemoteAction._action_call_format
_regles_possibles = RulePolicy._get_possible_keys


class TypesConnus:
    """Retient la classe de chaque type d'événement, que Rasa cherche parmi toutes à chaque événement relu."""

    def __init__(self) -> None:
        self._classes: dict[str, type[Event]] = {}

    def chercher(self, type_name: str, default: type[Event] | None = None) -> type[Event] | None:
        """Remplace ``Event.resolve_by_type``."""
        if type_name not in self._classes:
            classe = _chercher_type(type_name, default)
            if classe is None or classe is default:
                return classe
            self._classes[type_name] = classe
        return self._classes[type_name]


def copier_fil(fil: DialogueStateTracker) -> DialogueStateTracker:
    """Remplace ``DialogueStateTracker.copy``, qui rejoue tous les événements : copie l'état qu'ils ont produit.

    Seule différence : une action de suite déjà consommée hors événement (``clear_followup_action``) le reste.
    """
    copie = copy.copy(fil)
    copie.events = deque(fil.events, fil.events.maxlen)
    slots = {nom: copy.copy(slot) for nom, slot in fil.slots.items()}
    copie.slots = AnySlotDict(slots) if isinstance(fil.slots, AnySlotDict) else slots
    copie.active_loop = copy.copy(fil.active_loop)
    copie.model_id = copie.assistant_id = copie.sender_source = None
    return copie


def decrire_appel(action: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
    """Remplace ``RemoteAction._action_call_format`` pour une action du processus : les événements restent tels quels.

    :class:`ActionsLocales` les copie à la demande. Une action servie par HTTP garde l'appel de Rasa.
    """
    if not isinstance(action.action_endpoint, ActionsLocales):
        return _decrire_appel(action, tracker, domain)
    return _decrire_appel(action, _FilTelQuel(tracker), domain)


class _FilTelQuel:
    """Ce que Rasa lit d'une conversation pour appeler une action, sans écrire chaque événement en dictionnaire."""

    def __init__(self, fil: DialogueStateTracker) -> None:
        self._fil, self.sender_id = fil, fil.sender_id

    def current_state(self, _: Any) -> dict[str, Any]:
        return {**self._fil.current_state(), "events": tuple(self._fil.events)}


class Verificateur:
    """Compile une fois le schéma des réponses d'action, que Rasa recompile à chaque appel (environ 20 ms).

    Un événement n'est comparé qu'au schéma de son type : ils sont exclusifs, et Rasa les essaie tous.
    """

    def __init__(self) -> None:
        schema = RemoteAction.action_response_format_spec()
        classe = validator_for(schema)
        classe.check_schema(schema)
        self._entier = classe(schema)
        commun = dict(schema["properties"]["events"]["items"])
        self._par_type = {
            branche["properties"]["event"]["const"]: classe({**commun, "allOf": [branche]})
            for branche in commun.pop("oneOf")
        }

    def verifier(self, resultat: Any) -> bool:
        """Remplace ``RemoteAction._validate_action_result``.

        Raises:
            jsonschema.ValidationError: la réponse n'a pas la forme attendue.
        """
        if not self._surement_valide(resultat):
            self._entier.validate(resultat)
        return True

    def _surement_valide(self, resultat: Any) -> bool:
        if not isinstance(resultat, dict):
            return False
        evenements, messages = resultat.get("events"), resultat.get("responses")
        return (
            isinstance(evenements, list)
            and isinstance(messages, list)
            and all(isinstance(message, dict) for message in messages)
            and all(isinstance(evenement, dict) and self._evenement_valide(evenement) for evenement in evenements)
        )

    def _evenement_valide(self, evenement: dict[str, Any]) -> bool:
        schema = self._par_type.get(str(evenement.get("event")))
        return schema is not None and bool(schema.is_valid(evenement))


def regles_possibles(politique: RulePolicy, regles: dict[str, str], etats: list[dict[str, Any]]) -> set[str]:
    """Remplace ``RulePolicy._get_possible_keys`` : ne compare que les règles de même action et même intention."""
    if not etats:
        return _regles_possibles(politique, regles, etats)
    connus = politique.__dict__.setdefault("_classements_de_regles", {})
    if id(regles) not in connus:
        connus[id(regles)] = (regles, _classer(politique, regles))
    _, classement = connus[id(regles)]
    action, intention = _repere(etats[-1])
    proches = {
        regle: regles[regle]
        for repere in {(action, intention), (action, None), (None, intention), (None, None)}
        for regle in classement.get(repere, ())
    }
    return _regles_possibles(politique, proches, etats)


def _classer(politique: RulePolicy, regles: dict[str, str]) -> dict[tuple[str | None, str | None], list[str]]:
    classement = defaultdict(list)
    for regle in regles:
        classement[_repere(politique._rule_key_to_state(regle)[-1])].append(regle)
    return dict(classement)


def _repere(etat: dict[str, Any]) -> tuple[str | None, str | None]:
    """(action précédente, intention) d'un état ; ``None`` : n'importe laquelle."""
    valeurs = ((etat.get(PREVIOUS_ACTION) or {}).get("action_name"), (etat.get(USER) or {}).get("intent"))
    action, intention = (None if not v or v == SHOULD_NOT_BE_SET else str(v) for v in valeurs)
    return action, intention


class GrapheDirect(DaskGraphRunner):
    """Exécute le graphe du modèle dans un ordre calculé une fois, sans l'ordonnanceur de dask."""

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """Remplace ``DaskGraphRunner.run``.

        Args:
            inputs: valeur de chaque nœud d'entrée.
            targets: nœuds dont on veut la sortie, ou ``None`` pour ceux du graphe.
        """
        cibles = tuple(targets or self._graph_schema.target_names)
        sorties = {nom: (nom, valeur) for nom, valeur in (inputs or {}).items()}
        for nom, besoins in self._ordre(cibles):
            if nom not in sorties:
                sorties[nom] = self._instantiated_nodes[nom](*(sorties.get(besoin, besoin) for besoin in besoins))
        return dict(sorties[cible] for cible in cibles)

    def _ordre(self, cibles: tuple[str, ...]) -> list[tuple[str, list[str]]]:
        ordres = self.__dict__.setdefault("_ordres", {})
        if cibles not in ordres:
            noeuds = self._graph_schema.minimal_graph_schema(list(cibles)).nodes
            besoins = {nom: list(noeud.needs.values()) for nom, noeud in noeuds.items()}
            tri = TopologicalSorter(besoins).static_order()
            ordres[cibles] = [(nom, besoins[nom]) for nom in tri if nom in besoins]
        return ordres[cibles]


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

# (objet de Rasa, attribut, remplacement)
GREFFES: list[tuple[Any, str, Any]] = [
    (Event, "resolve_by_type", staticmethod(TypesConnus().chercher)),
    (DialogueStateTracker, "copy", copier_fil),
    (RemoteAction, "_action_call_format", decrire_appel),
    (RemoteAction, "_validate_action_result", Verificateur().verifier),
    (RulePolicy, "_get_possible_keys", regles_possibles),
    (rasa.core.processor, "DaskGraphRunner", GrapheDirect),
    *((module, "copy", COPIE_SANS_COPIER) for module in MODULES_AUX_COPIES_POUR_JOURNAL),
]
# Ce que Rasa avait à ces places, dans le même ordre.
ORIGINES = [(objet, nom, inspect.getattr_static(objet, nom)) for objet, nom, _ in GREFFES]


def installer() -> None:
    """Pose toutes les greffes ; sans effet la seconde fois."""
    for objet, nom, remplacement in GREFFES:
        setattr(objet, nom, remplacement)
