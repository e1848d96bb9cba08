"""Le magasin oublie, rend ce que rendrait celui de Rasa, et abrège sans rien perdre."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    Event,
    FollowupAction,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from actions.reglages import INACTIVITE_MINUTES
from composants.magasin_memoire import TOURS_MAX, MagasinMemoire

CANARI = "secret-médical-42"
DOMAINE = Domain.from_yaml(
    """
intents: [faq, affirmer]
actions: [action_repondre]
forms: {formulaire: {required_slots: [metier]}}
slots:
  effacement: {type: bool, influence_conversation: false, mappings: [{type: custom}]}
  metier: {type: any, mappings: [{type: custom}]}
  requested_slot: {type: any, mappings: [{type: custom}]}
"""
)


def fil(nom: str, *evenements: Event) -> DialogueStateTracker:
    return DialogueStateTracker.from_events(nom, list(evenements), DOMAINE.slots)


def parole(texte: str | None = CANARI) -> list[Event]:
    return [
        UserUttered(texte, {"name": "faq"}, parse_data={"text": texte, "intent": {"name": "faq"}, "entities": []}),
        DefinePrevUserUtteredFeaturization(False),
        ActionExecuted("action_repondre"),
        BotUttered("réponse", {"buttons": [{"title": "t", "payload": "/demander_aide"}]}),
        ActionExecuted("action_listen"),
    ]


def etat(tracker: DialogueStateTracker | None) -> dict[str, Any]:
    assert tracker is not None
    return {
        "evenements": [evenement.as_dict() for evenement in tracker.events],
        "slots": tracker.current_slot_values(),
        "dernier": {**tracker.latest_message.as_dict(), "timestamp": 0} if tracker.latest_message else None,
        "action": tracker.latest_action,
        "boucle": tracker.active_loop_name,
        "suite": tracker.followup_action,
        "pause": tracker.is_paused(),
    }


async def test_le_texte_de_la_personne_n_est_pas_garde() -> None:
    magasin = MagasinMemoire(DOMAINE)
    await magasin.save(fil("a", *parole()))
    gardes = [evenement.as_dict() for evenements in magasin.store.values() for evenement in evenements]
    assert len(gardes) == 5
    assert CANARI not in json.dumps(gardes, ensure_ascii=False)
    relu = await magasin.retrieve("a")
    assert relu is not None and relu.latest_message is not None and relu.latest_message.intent["name"] == "faq"
    assert [e.data["buttons"] for e in relu.events if isinstance(e, BotUttered)]


async def test_une_conversation_inactive_est_oubliee() -> None:
    magasin = MagasinMemoire(DOMAINE)
    instant = 0.0
    magasin._horloge = lambda: instant
    await magasin.save(fil("a", *parole()))
    instant = INACTIVITE_MINUTES * 60
    assert await magasin.retrieve("a") is not None
    instant += 1
    assert await magasin.retrieve("a") is None
    assert not magasin.store and not magasin._derniere_activite


async def test_la_plus_ancienne_part_quand_il_y_en_a_trop() -> None:
    magasin = MagasinMemoire(DOMAINE, conversations_max=2)
    for nom in "abc":
        await magasin.save(fil(nom, *parole()))
    assert set(magasin.store) == {"b", "c"}


async def test_effacer_ne_laisse_rien() -> None:
    magasin = MagasinMemoire(DOMAINE)
    await magasin.save(fil("a", *parole()))
    await magasin.save(fil("a", *parole(), SlotSet("effacement", True)))
    assert not magasin.store and not magasin._derniere_activite


async def test_un_tour_abandonne_ne_change_pas_le_magasin() -> None:
    magasin = MagasinMemoire(DOMAINE)
    await magasin.save(fil("a", *parole()))
    avant = etat(await magasin.retrieve("a"))
    perdu = await magasin.retrieve("a")
    assert perdu is not None
    perdu.update_with_events([*parole(), SlotSet("metier", "soudeur")], DOMAINE)
    assert etat(await magasin.retrieve("a")) == avant


EVENEMENTS = st.one_of(
    st.sampled_from([["action_repondre"], ["action_listen"], ["action_session_start"]]).map(
        lambda noms: [ActionExecuted(n) for n in noms]
    ),
    st.sampled_from(["metier", "requested_slot"]).flatmap(
        lambda nom: st.sampled_from([None, "soudeur", 3, ["a", "b"]]).map(lambda valeur: [SlotSet(nom, valeur)])
    ),
    st.sampled_from([None, "formulaire"]).map(lambda nom: [ActiveLoop(nom)]),
    st.builds(lambda: [AllSlotsReset()]),
    st.builds(lambda: [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")]),
    st.builds(lambda: [FollowupAction("action_repondre")]),
    st.builds(lambda: parole(None)),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(EVENEMENTS, max_size=12).map(lambda listes: [e for liste in listes for e in liste]))
async def test_rend_ce_que_rendrait_le_magasin_de_rasa(evenements: list[Event]) -> None:
    notre, leur = MagasinMemoire(DOMAINE), InMemoryTrackerStore(DOMAINE)
    await notre.save(fil("a", *evenements))
    await leur.save(fil("a", *evenements))
    assert etat(await notre.retrieve("a")) == etat(await leur.retrieve("a"))


async def test_une_longue_conversation_est_abregee_sans_changer_d_etat() -> None:
    magasin = MagasinMemoire(DOMAINE)
    ouverture = [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")]
    debut = [SlotSet("metier", "soudeur"), ActiveLoop("formulaire"), SlotSet("requested_slot", "metier")]
    entier = fil("a", *ouverture, *parole(), *debut)
    await magasin.save(entier)
    longueurs = []
    for _ in range(4 * TOURS_MAX):
        suivi = await magasin.retrieve("a")
        assert suivi is not None
        for conversation in (entier, suivi):
            conversation.update_with_events(parole(None), DOMAINE)
        await magasin.save(suivi)
        longueurs.append(len(magasin.store["a"]))
    relu, attendu = etat(await magasin.retrieve("a")), etat(entier)
    assert max(longueurs) <= 5 * TOURS_MAX + 10 and len(entier.events) > 3 * max(longueurs)
    for cle in ("slots", "dernier", "action", "boucle", "suite", "pause"):
        assert relu[cle] == attendu[cle], cle
    assert relu["slots"]["metier"] == "soudeur" and relu["boucle"] == "formulaire"


async def test_une_conversation_abregee_rejouee_par_rasa_donne_les_memes_slots() -> None:
    """Les politiques rejouent les événements : l'état doit s'y trouver, pas seulement dans la conversation relue."""
    magasin = MagasinMemoire(DOMAINE)
    tours = [e for _ in range(TOURS_MAX + 1) for e in parole(None)]
    await magasin.save(fil("a", *parole(None), SlotSet("metier", "soudeur"), *tours))
    relu = await magasin.retrieve("a")
    assert relu is not None and len(relu.events) < len(tours)
    assert relu.copy().get_slot("metier") == "soudeur"
    assert relu.past_states(DOMAINE)[-1]["prev_action"] == {"action_name": "action_listen"}
