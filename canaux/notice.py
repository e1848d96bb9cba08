"""Dit qui peut lire, sur un canal que l'employeur administre : au début, puis chaque fois qu'il faut le redire."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.contenus import contenus_en_place
from canaux.echange import reponse_fixe
from canaux.textes import continuer_en_prive

NOTICE = "utter_notice_canal"
REDITE_S = 24 * 3600
_CONVERSATIONS_MAX = 20_000
_DETRESSE = "utter_exprimer_detresse"

Message = dict[str, Any]


@dataclass
class _Dite:
    instant: float
    avant_le_sensible: bool = False


class Notices:
    """Retient, par conversation à clé, quand la notice a été dite ; oublié après une journée ou un effacement."""

    def __init__(self, horloge: Callable[[], float] = time.monotonic) -> None:
        self._horloge = horloge
        self._dites: OrderedDict[str, _Dite] = OrderedDict()

    def poser(self, conversation: str, messages: Sequence[Message]) -> list[Message]:
        """Ajoute la notice aux messages d'un tour, à sa place, s'il faut la dire.

        Au début et après une journée : en tête. Sur « qui peut lire ? » et avant la première question ou réponse
        sensible de la conversation : juste avant elle. Jamais avant les secours d'une personne en danger.
        """
        if any(m.get("utter_action") == _DETRESSE for m in messages):
            return list(messages)
        self._oublier_les_anciennes()
        dite = self._dites.get(conversation)
        sensible = _premier(messages, _est_sensible)
        rang = self._rang(messages, dite, sensible)
        rendus = list(messages)
        if rang is not None:
            rendus.insert(rang, composer())
            deja = dite is not None and dite.avant_le_sensible
            self._dites[conversation] = _Dite(self._horloge(), deja or sensible is not None)
            self._dites.move_to_end(conversation)
        if any(m.get("utter_action") == "utter_effacer_donnees" for m in messages):
            self.oublier(conversation)
        return rendus

    def _rang(self, messages: Sequence[Message], dite: _Dite | None, sensible: int | None) -> int | None:
        debut = any(m.get("utter_action") == "utter_bienvenue" for m in messages)
        if debut or dite is None:
            return 0
        question = _premier(messages, _demande_qui_peut_lire)
        if question is not None:
            return question
        return None if dite.avant_le_sensible else sensible

    def oublier(self, conversation: str) -> None:
        """Oublie une conversation : la notice sera redite."""
        self._dites.pop(conversation, None)

    def _oublier_les_anciennes(self) -> None:
        limite = self._horloge() - REDITE_S
        while self._dites:
            conversation, dite = next(iter(self._dites.items()))
            if dite.instant > limite and len(self._dites) <= _CONVERSATIONS_MAX:
                return
            self.oublier(conversation)


def composer() -> Message:
    """La notice et son bouton « Continuer en privé »."""
    return {**reponse_fixe(NOTICE), "custom": {"liens": [continuer_en_prive()]}}


def _premier(messages: Sequence[Message], condition: Callable[[Message], bool]) -> int | None:
    return next((rang for rang, message in enumerate(messages) if condition(message)), None)


def _regles() -> Mapping[str, Any]:
    return contenus_en_place().metadonnees(NOTICE)


def _sujets(message: Message) -> set[str]:
    nom = str(message.get("utter_action") or "")
    for prefixe in ("utter_detail_", "utter_simple_"):
        if nom.startswith(prefixe):
            return {nom.removeprefix(prefixe)}
    return {*contenus_en_place().sujets(nom), *filter(None, [message.get("sujet")])}


def _est_sensible(message: Message) -> bool:
    nom = message.get("utter_action")
    return nom in _regles()["questions_sensibles"] or bool(_sujets(message) & set(_regles()["sujets_de_sante"]))


def _demande_qui_peut_lire(message: Message) -> bool:
    return bool(_sujets(message) & set(_regles()["qui_peut_lire"]))
