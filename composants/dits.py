"""Ce que l'assistant vient de dire : ce que la personne a sous les yeux."""

from __future__ import annotations

from collections.abc import Iterator

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker


def dits_du_dernier_tour(tracker: DialogueStateTracker) -> Iterator[BotUttered]:
    """Messages de l'assistant depuis le dernier message de la personne, du plus récent au plus ancien."""
    for evenement in reversed(tracker.events):
        if isinstance(evenement, UserUttered):
            return
        if isinstance(evenement, BotUttered):
            yield evenement
