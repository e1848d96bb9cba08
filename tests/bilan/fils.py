"""Conversations tirées au hasard, pour comparer Rasa et ce qui le remplace."""

from typing import Any

from hypothesis import strategies as st
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActionReverted,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    ConversationPaused,
    DefinePrevUserUtteredFeaturization,
    Event,
    FollowupAction,
    LoopInterrupted,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

DOMAINE = Domain.from_yaml(
    """
intents: [faq, affirmer]
actions: [action_repondre]
forms: {formulaire: {required_slots: [metier]}}
slots:
  effacement: {type: bool, influence_conversation: false, mappings: [{type: custom}]}
  metier: {type: any, mappings: [{type: custom}]}
  secteur: {type: categorical, values: [prive, public], mappings: [{type: custom}]}
  requested_slot: {type: any, mappings: [{type: custom}]}
"""
)


def fil(nom: str, *evenements: Event) -> DialogueStateTracker:
    """Conversation faite de ces événements."""
    return DialogueStateTracker.from_events(nom, list(evenements), DOMAINE.slots)


def tour(texte: str | None = None, intention: str = "faq") -> list[Event]:
    """Un message de la personne et sa réponse."""
    compris = {"text": texte, "intent": {"name": intention}, "entities": []}
    return [
        UserUttered(texte, {"name": intention}, parse_data=compris),
        DefinePrevUserUtteredFeaturization(False),
        ActionExecuted("action_repondre"),
        BotUttered("réponse", {"buttons": [{"title": "t", "payload": "/demander_aide"}]}),
        ActionExecuted("action_listen"),
    ]


def ouverture() -> list[Event]:
    """Ouverture de session."""
    return [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")]


_MORCEAUX = st.one_of(
    st.sampled_from(["action_repondre", "action_listen", "formulaire"]).map(lambda nom: [ActionExecuted(nom)]),
    st.tuples(st.sampled_from(["metier", "requested_slot"]), st.sampled_from([None, "soudeur", 3, ["a", "b"]])).map(
        lambda slot: [SlotSet(*slot)]
    ),
    st.sampled_from(["prive", "public", None]).map(lambda valeur: [SlotSet("secteur", valeur)]),
    st.sampled_from([None, "formulaire"]).map(lambda nom: [ActiveLoop(nom)]),
    st.sampled_from(["faq", "affirmer"]).map(lambda intention: tour(None, intention)),
    st.builds(ouverture),
    st.sampled_from(
        [
            AllSlotsReset,
            ConversationPaused,
            Restarted,
            ActionReverted,
            UserUtteranceReverted,
            lambda: LoopInterrupted(True),
            lambda: ActionExecutionRejected("formulaire"),
            lambda: FollowupAction("action_repondre"),
        ]
    ).map(lambda creer: [creer()]),
)
FILS = st.lists(_MORCEAUX, max_size=14).map(lambda listes: [evenement for liste in listes for evenement in liste])


def etat(conversation: DialogueStateTracker | None) -> dict[str, Any]:
    """Tout ce qu'une conversation contient, comparable (sans l'heure d'un message qui n'existe pas)."""
    assert conversation is not None
    return {
        "qui": conversation.sender_id,
        "evenements": [evenement.as_dict() for evenement in conversation.events],
        "slots": {nom: (slot.value, slot.has_been_set) for nom, slot in conversation.slots.items()},
        "dernier": {**conversation.latest_message.as_dict(), "timestamp": 0} if conversation.latest_message else None,
        "dit": conversation.latest_bot_utterance.text if conversation.latest_bot_utterance else None,
        "action": conversation.latest_action,
        "boucle": conversation.active_loop,
        "suite": conversation.followup_action,
        "pause": conversation.is_paused(),
        "provenance": (conversation.model_id, conversation.assistant_id, conversation.sender_source),
    }
