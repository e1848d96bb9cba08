"""Conversations et appels d'action : ce que Rasa refait à chaque événement."""

from __future__ import annotations

import copy
from collections import deque
from typing import Any

from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import AnySlotDict, DialogueStateTracker

from bilan.actions_locales import ActionsLocales

_chercher_type = Event.resolve_by_type
_decrire_appel = RemoteAction._action_call_format


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


def copier_slot(slot: Slot) -> Slot:
    """Ajoute ``Slot.__copy__`` : la copie de ``copy.copy``, sans ``__reduce_ex__`` (quatre fois plus lent)."""
    copie: Slot = object.__new__(type(slot))
    copie.__dict__.update(slot.__dict__)
    return copie


def copier_fil(fil: DialogueStateTracker) -> DialogueStateTracker:
    """Remplace ``DialogueStateTracker.copy``, qui rejoue tous les événements : copie l'état qu'ils ont produit.

    Seule différence : une action de suite déjà consommée hors événement (``clear_followup_action``) le reste.
    """
    copie = copy.copy(fil)
    copie.events = deque(fil.events, fil.events.maxlen)
    slots = {nom: copier_slot(slot) for nom, slot in fil.slots.items()}
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
