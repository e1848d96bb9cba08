"""Magasin de conversations en mémoire : rien sur disque, aucun texte de message, oubli après inactivité, effacement."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import Any

from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from actions.reglages import INACTIVITE_MINUTES


class MagasinMemoire(InMemoryTrackerStore):
    """``InMemoryTrackerStore`` de Rasa, qui oublie vraiment."""

    def __init__(
        self, domain: Domain, event_broker: Any = None, conversations_max: int = 20_000, **kwargs: Any
    ) -> None:
        """Crée un magasin vide.

        Args:
            domain: domaine de Rasa.
            event_broker: imposé par Rasa, aucun par défaut.
            conversations_max: au-delà, la conversation la plus anciennement active est oubliée.
        """
        self._derniere_activite: OrderedDict[str, float] = OrderedDict()
        self._conversations_max = int(conversations_max)
        self._horloge = time.monotonic
        super().__init__(domain, event_broker, **{c: v for c, v in kwargs.items() if c != "host"})

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Garde la conversation, ou l'efface si la personne l'a demandé ; oublie celles qui ont expiré."""
        conversation = tracker.sender_id
        if tracker.get_slot("effacement"):
            self.effacer(conversation)
            return
        oublier_les_textes(tracker)
        await super().save(tracker)
        self._derniere_activite[conversation] = self._horloge()
        self._derniere_activite.move_to_end(conversation)
        self.oublier_les_inactives()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Rend la conversation si elle est encore en mémoire."""
        self.oublier_les_inactives()
        return await super().retrieve(sender_id)

    def effacer(self, conversation: str) -> None:
        """Supprime tout ce que le magasin garde d'une conversation."""
        self.store.pop(conversation, None)
        self._derniere_activite.pop(conversation, None)

    def oublier_les_inactives(self) -> None:
        """Efface les conversations inactives depuis trop longtemps ou en surnombre."""
        limite = self._horloge() - INACTIVITE_MINUTES * 60
        while self._derniere_activite:
            plus_ancienne, instant = next(iter(self._derniere_activite.items()))
            if instant >= limite and len(self._derniere_activite) <= self._conversations_max:
                return
            self.effacer(plus_ancienne)


def oublier_les_textes(tracker: DialogueStateTracker) -> None:
    """Retire du fil ce que la personne a tapé : le tour est joué, seuls l'intention et les boutons servent encore."""
    for evenement in tracker.events:
        if isinstance(evenement, UserUttered) and evenement.text:
            evenement.text = None
            evenement.entities = [e for e in evenement.entities if e.get("extractor") == "RegexMessageHandler"]
            evenement.parse_data = {"intent": evenement.intent, "entities": evenement.entities, "text": None}
            evenement.metadata = {}
