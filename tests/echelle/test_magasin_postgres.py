"""Le magasin PostgreSQL : ce que rend celui de Rasa, chiffré, oublié, jamais écrasé par un autre processus."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

import asyncpg
import pytest
from hypothesis import HealthCheck, assume, given, settings
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.events import Event, Restarted, SlotSet

from actions import reglages
from composants.magasin_memoire import TOURS_MAX
from composants.magasin_postgres import ConversationModifiee, MagasinPostgres, SecretAbsent
from tests.bilan.fils import DOMAINE, FILS, etat, fil, ouverture, tour

CANARI = "secret-médical-42"


async def ligne(magasin: MagasinPostgres, conversation: str) -> bytes | None:
    contenu = await magasin.base.valeur("SELECT contenu FROM bilan_conversations WHERE cle = $1", conversation)
    return None if contenu is None else bytes(contenu)


async def test_une_conversation_continue_sur_un_autre_processus(
    magasin: MagasinPostgres, autre: MagasinPostgres
) -> None:
    await magasin.save(fil("a", *tour(CANARI), SlotSet("metier", "soudeur")))
    relue = await autre.retrieve("a")
    assert relue is not None and relue.get_slot("metier") == "soudeur"
    relue.update_with_events(tour(), DOMAINE)
    await autre.save(relue)
    # Le premier garde les événements lus, mais voit que la ligne a changé.
    assert etat(await magasin.retrieve("a"))["evenements"] == etat(relue)["evenements"]


async def test_rien_de_lisible_en_base(magasin: MagasinPostgres) -> None:
    await magasin.save(fil("a", *tour(CANARI), SlotSet("metier", "soudeur")))
    contenu = await ligne(magasin, "a")
    assert contenu is not None
    for mot in (CANARI, "soudeur", "faq", "action_repondre"):
        assert mot.encode() not in contenu
    assert CANARI not in str(magasin.ouvrir("a", contenu)[0].as_dict())


async def test_une_ligne_deplacee_ou_abimee_ne_s_ouvre_pas_et_ne_touche_personne_d_autre(
    magasin: MagasinPostgres, autre: MagasinPostgres
) -> None:
    await magasin.save(fil("a", *tour(), SlotSet("metier", "soudeur")))
    await magasin.save(fil("b", *tour(), SlotSet("metier", "boulanger")))
    await magasin.save(fil("c", *tour(), SlotSet("metier", "juriste")))
    deplacer = "UPDATE bilan_conversations SET contenu = (SELECT contenu FROM bilan_conversations WHERE cle = 'a')"
    await magasin.base.valeur(deplacer + " WHERE cle = 'b'")
    await magasin.base.valeur("UPDATE bilan_conversations SET contenu = 'abimee' WHERE cle = 'c'")
    assert await autre.retrieve("b") is None and await autre.retrieve("c") is None
    intacte = await autre.retrieve("a")
    assert intacte is not None and intacte.get_slot("metier") == "soudeur"
    assert await ligne(magasin, "b") is None


async def test_un_autre_secret_n_ouvre_rien(
    magasin: MagasinPostgres, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await magasin.save(fil("a", *tour(CANARI)))
    monkeypatch.setattr(reglages, "SECRET", b"x" * 32)
    etranger = MagasinPostgres(DOMAINE, host=postgres)
    assert await etranger.retrieve("a") is None
    await etranger.base.fermer()


def test_sans_secret_rien_ne_s_ecrit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reglages, "SECRET", None)
    with pytest.raises(SecretAbsent):
        MagasinPostgres(DOMAINE, host="postgresql://127.0.0.1/x")


async def test_deux_ecritures_sur_la_meme_lecture_une_seule_passe(
    magasin: MagasinPostgres, autre: MagasinPostgres
) -> None:
    await magasin.save(fil("a", *tour()))
    ici, la = await magasin.retrieve("a"), await autre.retrieve("a")
    assert ici is not None and la is not None
    la.update(SlotSet("metier", "soudeur"), DOMAINE)
    await autre.save(la)
    ici.update(SlotSet("metier", "boulanger"), DOMAINE)
    with pytest.raises(ConversationModifiee):
        await magasin.save(ici)
    relue = await magasin.retrieve("a")
    assert relue is not None and relue.get_slot("metier") == "soudeur"


async def test_deux_cents_ecritures_concurrentes_aucune_perdue(
    magasin: MagasinPostgres, autre: MagasinPostgres
) -> None:
    """Sans verrou du tout : chaque écriture acceptée se retrouve, les autres sont refusées et rejouées."""
    await magasin.save(fil("a", *ouverture(), SlotSet("metier", [])))

    async def ajouter(depot: MagasinPostgres, rang: int) -> None:
        while True:
            lue = await depot.retrieve("a")
            assert lue is not None
            lue.update(SlotSet("metier", [*lue.get_slot("metier"), rang]), DOMAINE)
            try:
                return await depot.save(lue)
            except ConversationModifiee:
                await asyncio.sleep(0)

    # Chaque processus fait passer une personne message par message ; deux processus se disputent ici la même.
    async def suite(depot: MagasinPostgres, rangs: range) -> None:
        for rang in rangs:
            await ajouter(depot, rang)

    await asyncio.gather(suite(magasin, range(0, 200, 2)), suite(autre, range(1, 200, 2)))
    fin = await magasin.retrieve("a")
    assert fin is not None and sorted(fin.get_slot("metier")) == list(range(200))


async def test_effacer_ne_laisse_rien_et_un_tour_en_cours_ne_ressuscite_pas(
    magasin: MagasinPostgres, autre: MagasinPostgres
) -> None:
    await magasin.save(fil("a", *tour(CANARI)))
    en_cours = await autre.retrieve("a")
    assert en_cours is not None
    await magasin.effacer("a")
    assert await ligne(magasin, "a") is None and await magasin.reste("a") is None
    with pytest.raises(ConversationModifiee):
        await autre.save(en_cours)
    assert await ligne(magasin, "a") is None
    await magasin.save(fil("a", *tour(), SlotSet("effacement", True)))
    assert await ligne(magasin, "a") is None


async def test_l_oubli_suit_l_heure_de_la_base_et_le_plafond(magasin: MagasinPostgres, autre: MagasinPostgres) -> None:
    await magasin.save(fil("a", *tour()))
    reste = await magasin.reste("a")
    assert reste is not None and 0 < reste <= reglages.INACTIVITE_MINUTES * 60
    # Active, mais ouverte depuis presque toute la durée permise : le plafond l'emporte.
    vieillir = "UPDATE bilan_conversations SET ouverte = now() - $1::interval"
    await magasin.base.valeur(vieillir, timedelta(hours=reglages.PLAFOND_HEURES) - timedelta(seconds=30))
    active = await magasin.retrieve("a")
    assert active is not None
    await magasin.save(active)
    reste = await magasin.reste("a")
    assert reste is not None and reste <= 30
    await magasin.base.valeur("UPDATE bilan_conversations SET expire = now() - interval '1 second'")
    assert await magasin.retrieve("a") is None and await autre.retrieve("a") is None
    await magasin.save(fil("a", *tour()))  # l'expirée ne gêne pas une neuve
    assert await magasin.reste("a") is not None


async def test_la_purge_supprime_les_expirees_seulement(magasin: MagasinPostgres) -> None:
    for nom in "ab":
        await magasin.save(fil(nom, *tour()))
    await magasin.base.valeur("UPDATE bilan_conversations SET expire = now() - interval '1 second' WHERE cle = 'a'")
    await magasin.oublier_les_inactives()
    assert await ligne(magasin, "a") is None and await ligne(magasin, "b") is not None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FILS)
async def test_rend_ce_que_rendrait_le_magasin_de_rasa(
    magasin: MagasinPostgres, autre: MagasinPostgres, evenements: list[Event]
) -> None:
    assume(not any(isinstance(evenement, Restarted) for evenement in evenements))
    leur = InMemoryTrackerStore(DOMAINE)
    await magasin.effacer("a")
    await magasin.save(fil("a", *evenements))
    await leur.save(fil("a", *evenements))
    attendu = etat(await leur.retrieve("a"))
    assert etat(await magasin.retrieve("a")) == attendu
    if evenements:
        assert etat(await autre.retrieve("a")) == attendu


async def test_une_longue_conversation_ne_grossit_pas(magasin: MagasinPostgres) -> None:
    conversation = fil("a", *ouverture(), SlotSet("metier", "soudeur"))
    tailles = []
    for _ in range(3 * TOURS_MAX):
        conversation.update_with_events(tour(), DOMAINE)
        await magasin.save(conversation)
        relue = await magasin.retrieve("a")
        assert relue is not None
        conversation = relue
        tailles.append(len(await ligne(magasin, "a") or b""))
    assert max(tailles[TOURS_MAX:]) <= 1.1 * max(tailles[:TOURS_MAX])
    assert conversation.get_slot("metier") == "soudeur"


@pytest.mark.parametrize("nom", ["a\x00b", "\ud800", "x" * 300])
async def test_un_nom_impossible_est_refuse_sans_arreter_le_processus(magasin: MagasinPostgres, nom: str) -> None:
    with pytest.raises((asyncpg.PostgresError, UnicodeError)):
        await magasin.save(fil(nom, *tour()))
    await magasin.save(fil("'; DROP TABLE bilan_conversations; --", *tour()))
    assert await magasin.retrieve("'; DROP TABLE bilan_conversations; --") is not None


async def test_la_boucle_reste_libre_quand_la_base_attend(magasin: MagasinPostgres) -> None:
    await magasin.save(fil("a", *tour()))
    lente = asyncio.create_task(magasin.base.valeur("SELECT pg_sleep(1)"))
    await asyncio.sleep(0.1)
    debut = time.perf_counter()
    assert await magasin.retrieve("a") is not None
    assert time.perf_counter() - debut < 0.3
    await lente
