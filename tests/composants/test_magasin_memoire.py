"""Le magasin oublie : inactivité, demande d'effacement, et jamais de texte d'usager."""

import json

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered
from rasa.shared.core.slots import BooleanSlot
from rasa.shared.core.trackers import DialogueStateTracker

from actions.reglages import INACTIVITE_MINUTES
from composants.magasin_memoire import MagasinMemoire

CANARI = "secret-médical-42"


def fil(nom: str, *evenements: object) -> DialogueStateTracker:
    return DialogueStateTracker.from_events(nom, list(evenements), [BooleanSlot("effacement", [{"type": "custom"}])])


def parole() -> list[object]:
    return [
        UserUttered(CANARI, {"name": "faq"}, parse_data={"text": CANARI, "intent": {"name": "faq"}, "entities": []}),
        BotUttered("réponse", {"buttons": [{"title": "t", "payload": "/demander_aide"}]}),
    ]


async def test_le_texte_de_la_personne_n_est_pas_garde() -> None:
    magasin = MagasinMemoire(Domain.empty())
    await magasin.save(fil("a", *parole()))
    assert CANARI not in json.dumps(magasin.store, ensure_ascii=False, default=str)
    relu = await magasin.retrieve("a")
    assert relu is not None and relu.latest_message is not None and relu.latest_message.intent["name"] == "faq"
    assert [e.data["buttons"] for e in relu.events if isinstance(e, BotUttered)]


async def test_une_conversation_inactive_est_oubliee() -> None:
    magasin = MagasinMemoire(Domain.empty())
    instant = 0.0
    magasin._horloge = lambda: instant
    await magasin.save(fil("a", *parole()))
    instant = INACTIVITE_MINUTES * 60
    assert await magasin.retrieve("a") is not None
    instant += 1
    assert await magasin.retrieve("a") is None
    assert not magasin.store and not magasin._derniere_activite


async def test_la_plus_ancienne_part_quand_il_y_en_a_trop() -> None:
    magasin = MagasinMemoire(Domain.empty(), conversations_max=2)
    for nom in "abc":
        await magasin.save(fil(nom, *parole()))
    assert set(magasin.store) == {"b", "c"}


async def test_effacer_ne_laisse_rien() -> None:
    magasin = MagasinMemoire(Domain.empty())
    await magasin.save(fil("a", *parole()))
    await magasin.save(fil("a", *parole(), SlotSet("effacement", True)))
    assert not magasin.store and not magasin._derniere_activite
