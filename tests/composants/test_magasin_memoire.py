"""Le magasin oublie, rend ce que rendrait celui de Rasa, et abrège sans rien perdre."""

import json

import pytest
from hypothesis import assume, given, settings
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.conversation import Dialogue
from rasa.shared.core.events import ActiveLoop, BotUttered, Event, Restarted, SlotSet

from actions.reglages import INACTIVITE_MINUTES, PLAFOND_HEURES
from composants import magasin_memoire
from composants.magasin_memoire import TOURS_MAX, MagasinMemoire, comprimer, decomprimer
from tests.bilan.fils import DOMAINE, FILS, etat, fil, ouverture, tour

CANARI = "secret-médical-42"


@pytest.mark.parametrize("chaudes", [0, 10])
async def test_le_texte_de_la_personne_n_est_pas_garde(monkeypatch: pytest.MonkeyPatch, chaudes: int) -> None:
    monkeypatch.setattr(magasin_memoire, "CHAUDES_MAX", chaudes)
    magasin = MagasinMemoire(DOMAINE)
    await magasin.save(fil("a", *tour(CANARI)))
    gardes = magasin.store["a"]
    assert isinstance(gardes, bytes) == (chaudes == 0)
    evenements = decomprimer(gardes).events if isinstance(gardes, bytes) else gardes
    assert len(evenements) == 5
    assert CANARI not in json.dumps([evenement.as_dict() for evenement in evenements], ensure_ascii=False)
    relu = await magasin.retrieve("a")
    assert relu is not None and relu.latest_message is not None and relu.latest_message.intent["name"] == "faq"
    assert [e.data["buttons"] for e in relu.events if isinstance(e, BotUttered)]


async def test_une_conversation_inactive_est_oubliee() -> None:
    magasin = MagasinMemoire(DOMAINE)
    instant = 0.0
    magasin._horloge = lambda: instant
    await magasin.save(fil("a", *tour(CANARI)))
    instant = INACTIVITE_MINUTES * 60
    assert await magasin.retrieve("a") is not None
    instant += 1
    assert await magasin.retrieve("a") is None
    assert not magasin.store and not magasin._derniere_activite


async def test_une_conversation_toujours_active_est_oubliee_au_plafond() -> None:
    magasin = MagasinMemoire(DOMAINE)
    instant = 0.0
    magasin._horloge = lambda: instant
    await magasin.save(fil("a", *tour()))
    while instant < PLAFOND_HEURES * 3600:
        relue = await magasin.retrieve("a")
        assert relue is not None
        await magasin.save(relue)
        instant += 1800
    instant += 1
    assert await magasin.retrieve("a") is None
    assert not magasin.store and not magasin._derniere_activite and not magasin._ouvertures


async def test_la_plus_ancienne_part_quand_il_y_en_a_trop() -> None:
    magasin = MagasinMemoire(DOMAINE, conversations_max=2)
    for nom in "abc":
        await magasin.save(fil(nom, *tour(CANARI)))
    assert set(magasin.store) == {"b", "c"}


async def test_effacer_ne_laisse_rien() -> None:
    magasin = MagasinMemoire(DOMAINE)
    await magasin.save(fil("a", *tour(CANARI)))
    await magasin.save(fil("a", *tour(CANARI), SlotSet("effacement", True)))
    assert not magasin.store and not magasin._derniere_activite


async def test_un_tour_abandonne_ne_change_pas_le_magasin() -> None:
    magasin = MagasinMemoire(DOMAINE)
    await magasin.save(fil("a", *tour(CANARI)))
    avant = etat(await magasin.retrieve("a"))
    perdu = await magasin.retrieve("a")
    assert perdu is not None
    perdu.update_with_events([*tour(CANARI), SlotSet("metier", "soudeur")], DOMAINE)
    assert etat(await magasin.retrieve("a")) == avant


@settings(max_examples=80, deadline=None)
@given(FILS)
async def test_rend_ce_que_rendrait_le_magasin_de_rasa(evenements: list[Event]) -> None:
    # Après un recommencement, Rasa rend deux états différents selon que la conversation a eu une ou deux sessions.
    assume(not any(isinstance(evenement, Restarted) for evenement in evenements))
    notre, leur = MagasinMemoire(DOMAINE), InMemoryTrackerStore(DOMAINE)
    await notre.save(fil("a", *evenements))
    await leur.save(fil("a", *evenements))
    attendu = etat(await leur.retrieve("a"))
    assert etat(await notre.retrieve("a")) == attendu
    notre.store["a"] = comprimer(Dialogue("a", list(notre.store["a"])))
    assert etat(await notre.retrieve("a")) == attendu


async def test_seules_les_plus_recentes_ne_sont_pas_comprimees(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(magasin_memoire, "CHAUDES_MAX", 2)
    magasin = MagasinMemoire(DOMAINE)
    for nom in ("a", "b", "c", "a", "a"):
        await magasin.save(await magasin.retrieve(nom) or fil(nom, *tour()))
    assert {nom for nom, garde in magasin.store.items() if isinstance(garde, bytes)} == {"b"}
    magasin.effacer("a")
    assert list(magasin._chaudes) == ["c"]


async def test_une_longue_conversation_est_abregee_sans_changer_d_etat() -> None:
    magasin = MagasinMemoire(DOMAINE)
    debut = [SlotSet("metier", "soudeur"), ActiveLoop("formulaire"), SlotSet("requested_slot", "metier")]
    entier = fil("a", *ouverture(), *tour(CANARI), *debut)
    await magasin.save(entier)
    longueurs = []
    for _ in range(4 * TOURS_MAX):
        suivi = await magasin.retrieve("a")
        assert suivi is not None
        for conversation in (entier, suivi):
            conversation.update_with_events(tour(), DOMAINE)
        await magasin.save(suivi)
        longueurs.append(len(magasin.store["a"]))
    relu, attendu = etat(await magasin.retrieve("a")), etat(entier)
    assert max(longueurs) <= 5 * TOURS_MAX + 10 and len(entier.events) > 3 * max(longueurs)
    for cle in ("slots", "dernier", "dit", "action", "suite", "pause"):
        assert relu[cle] == attendu[cle], cle
    assert relu["slots"]["metier"] == ("soudeur", True)
    assert relu["boucle"].name == attendu["boucle"].name == "formulaire"


async def test_une_conversation_abregee_rejouee_par_rasa_donne_les_memes_slots() -> None:
    """Les politiques rejouent les événements : l'état doit s'y trouver, pas seulement dans la conversation relue."""
    magasin = MagasinMemoire(DOMAINE)
    tours = [e for _ in range(TOURS_MAX + 1) for e in tour()]
    await magasin.save(fil("a", *tour(), SlotSet("metier", "soudeur"), *tours))
    relu = await magasin.retrieve("a")
    assert relu is not None and len(relu.events) < len(tours)
    assert relu.copy().get_slot("metier") == "soudeur"
    assert relu.past_states(DOMAINE)[-1]["prev_action"] == {"action_name": "action_listen"}
