"""Ce que l'assistant a dit : ce que la personne a sous les yeux, et s'il lui a donné des secours."""

from __future__ import annotations

from collections.abc import Iterator

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from actions.parcours.insistance import POSEE_ASSEZ, fois_posee

SECOURS, FIN_DU_RAPPEL = "utter_exprimer_detresse", "utter_fin_de_veille"
APAISEMENT = "utter_apaisement"
_TOURS_DE_VEILLE, _TOURS_DE_RAPPEL = 4, 2


def rappel_a_dire(tracker: DialogueStateTracker) -> bool:
    """Le numéro se redit deux fois, pas à chaque tour : l'attention au danger, elle, dure plus longtemps."""
    return secours_recents(tracker, _TOURS_DE_RAPPEL)


def secours_recents(tracker: DialogueStateTracker, tours_lus: int = _TOURS_DE_VEILLE) -> bool:
    """Dit si des secours ont été donnés dans les derniers tours : un retrait, un adieu peuvent suivre un danger.

    Qui a demandé de ne plus les redire n'est pas contredit, sauf nouveau danger.
    """
    tours = 0
    for evenement in reversed(tracker.events):
        tours += isinstance(evenement, UserUttered)
        if tours >= tours_lus:
            return False
        dit = (evenement.metadata or {}).get("utter_action") if isinstance(evenement, BotUttered) else None
        if dit in (SECOURS, FIN_DU_RAPPEL, APAISEMENT):
            return dit == SECOURS
    return False


def rappel_fini(tracker: DialogueStateTracker) -> bool:
    """Dit si l'assistant s'est déjà excusé d'avoir donné des secours, et a cessé de les redire."""
    return any(
        (e.metadata or {}).get("utter_action") == FIN_DU_RAPPEL for e in tracker.events if isinstance(e, BotUttered)
    )


def dits_du_dernier_tour(tracker: DialogueStateTracker) -> Iterator[BotUttered]:
    """Messages de l'assistant depuis le dernier message de la personne, du plus récent au plus ancien."""
    for evenement in reversed(tracker.events):
        if isinstance(evenement, UserUttered):
            return
        if isinstance(evenement, BotUttered):
            yield evenement


def deja_reposee(tracker: DialogueStateTracker, question: str) -> bool:
    """Vrai d'une question que l'on vient de reposer : la recoller encore sous une réponse n'aide pas."""
    return fois_posee((evenement.as_dict() for evenement in reversed(tracker.events)), question) >= POSEE_ASSEZ
