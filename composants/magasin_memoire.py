"""Magasin de conversations en mémoire : rien sur disque, aucun texte de message, oubli après inactivité, effacement."""

from __future__ import annotations

import json
import math
import time
import zlib
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.conversation import Dialogue
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from actions.reglages import INACTIVITE_MINUTES, PLAFOND_HEURES

# Rasa rejoue toute la conversation à chaque tour : on l'abrège au-delà d'un nombre de messages de la personne.
TOURS_MAX = 40
_TOURS_GARDES = 20
# Les plus récentes sont gardées prêtes à servir (environ 30 ko pour 8 tours), les autres comprimées (2 ko).
CHAUDES_MAX = 500


class MagasinMemoire(InMemoryTrackerStore):
    """``InMemoryTrackerStore`` de Rasa, qui oublie vraiment et garde des événements plutôt que leur JSON."""

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
        self._ouvertures: dict[str, float] = {}
        self._conversations_max = int(conversations_max)
        self._horloge = time.monotonic
        super().__init__(domain, event_broker, **{c: v for c, v in kwargs.items() if c != "host"})
        self.store: dict[str, tuple[Event, ...] | bytes] = {}
        self._chaudes: OrderedDict[str, None] = OrderedDict()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Garde la conversation, ou l'efface si la personne l'a demandé ; oublie celles qui ont expiré."""
        conversation = tracker.sender_id
        if tracker.get_slot("effacement"):
            self.effacer(conversation)
            return
        oublier_les_textes(tracker)
        await self.stream_events(tracker)
        self.store[conversation] = tuple(abreger(derniere_session(tracker.events), self.init_tracker(conversation)))
        self._derniere_activite[conversation] = self._horloge()
        self._ouvertures.setdefault(conversation, self._horloge())
        self._derniere_activite.move_to_end(conversation)
        self._comprimer_les_froides(conversation)
        self.oublier_les_inactives()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Rend la conversation si elle est encore en mémoire ; ce que l'on fait d'elle ne change pas le magasin."""
        self.oublier_les_inactives()
        if self._horloge() - self._ouvertures.get(sender_id, math.inf) > PLAFOND_HEURES * 3600:
            self.effacer(sender_id)
        evenements = self.store.get(sender_id)
        if evenements is None:
            return None
        tracker = self.init_tracker(sender_id)
        fil = decomprimer(evenements) if isinstance(evenements, bytes) else Dialogue(sender_id, list(evenements))
        tracker.recreate_from_dialogue(fil)
        return tracker

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Rend la même chose que :meth:`retrieve` : seule la dernière session est gardée."""
        return await self.retrieve(conversation_id)

    def effacer(self, conversation: str) -> None:
        """Supprime tout ce que le magasin garde d'une conversation."""
        self.store.pop(conversation, None)
        self._derniere_activite.pop(conversation, None)
        self._chaudes.pop(conversation, None)
        self._ouvertures.pop(conversation, None)

    def _comprimer_les_froides(self, conversation: str) -> None:
        self._chaudes[conversation] = None
        self._chaudes.move_to_end(conversation)
        while len(self._chaudes) > CHAUDES_MAX:
            froide, _ = self._chaudes.popitem(last=False)
            evenements = self.store[froide]
            if not isinstance(evenements, bytes):
                self.store[froide] = comprimer(Dialogue(froide, list(evenements)))

    def oublier_les_inactives(self) -> None:
        """Efface les conversations inactives depuis trop longtemps ou en surnombre."""
        limite = self._horloge() - INACTIVITE_MINUTES * 60
        while self._derniere_activite:
            plus_ancienne, instant = next(iter(self._derniere_activite.items()))
            if instant >= limite and len(self._derniere_activite) <= self._conversations_max:
                return
            self.effacer(plus_ancienne)


def comprimer(fil: Dialogue) -> bytes:
    """Met une conversation au format JSON de Rasa, comprimé."""
    return zlib.compress(json.dumps(fil.as_dict()).encode(), 1)


def decomprimer(octets: bytes) -> Dialogue:
    """Relit une conversation comprimée."""
    return Dialogue.from_parameters(json.loads(zlib.decompress(octets)))


def derniere_session(evenements: Iterable[Event]) -> list[Event]:
    """Événements depuis la dernière ouverture de session : Rasa ne relit rien d'avant."""
    tous = list(evenements)
    for rang in range(len(tous) - 1, 0, -1):
        if isinstance(tous[rang], ActionExecuted) and tous[rang].action_name == ACTION_SESSION_START_NAME:
            return tous[rang:]
    return tous


def abreger(evenements: list[Event], vierge: DialogueStateTracker) -> list[Event]:
    """Remplace le début d'une longue conversation par l'état où il l'a laissée.

    Args:
        evenements: une session.
        vierge: conversation sans événement, avec les slots du domaine ; sert à rejouer le début.

    Returns:
        Les mêmes événements jusqu'à ``TOURS_MAX`` messages de la personne ; au-delà, une ouverture de session, les
        slots et la boucle en cours, puis les derniers tours, entiers.
    """
    messages = [rang for rang, evenement in enumerate(evenements) if isinstance(evenement, UserUttered)]
    if len(messages) <= TOURS_MAX:
        return evenements
    coupe = messages[-_TOURS_GARDES]
    initiaux = vierge.current_slot_values()
    vierge.recreate_from_dialogue(Dialogue(vierge.sender_id, evenements[:coupe]))
    instant = evenements[coupe - 1].timestamp
    etat: list[Event] = [
        ActionExecuted(ACTION_SESSION_START_NAME, timestamp=instant),
        SessionStarted(timestamp=instant),
        *(
            SlotSet(nom, valeur, timestamp=instant)
            for nom, valeur in vierge.current_slot_values().items()
            if valeur != initiaux[nom]
        ),
    ]
    if vierge.active_loop_name:
        etat.append(ActiveLoop(vierge.active_loop_name, timestamp=instant))
    return [*etat, ActionExecuted(ACTION_LISTEN_NAME, timestamp=instant), *evenements[coupe:]]


def oublier_les_textes(tracker: DialogueStateTracker) -> None:
    """Retire du fil ce que la personne a tapé : le tour est joué, seuls l'intention et les boutons servent encore."""
    for evenement in tracker.events:
        if isinstance(evenement, UserUttered) and evenement.text:
            evenement.text = None
            evenement.entities = [e for e in evenement.entities if e.get("extractor") == "RegexMessageHandler"]
            evenement.parse_data = {"intent": evenement.intent, "entities": evenement.entities, "text": None}
            evenement.metadata = {}
