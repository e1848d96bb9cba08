"""Pannes, lenteurs, courses et oublis du canal, sur un vrai serveur HTTP et un moteur de substitution."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Sanic

from actions import reglages
from canaux.acces import Debit, DebitParAdresse, Refus
from canaux.sessions import Sessions, effacer_du_magasin, magasins
from canaux.widget import CanalWidget
from composants.magasin_memoire import MagasinMemoire
from tests.canaux.faux_agent import FauxProcesseur
from tests.serveur import CANAL, port_libre

Moteur = Callable[[UserMessage], Awaitable[None]]


class Banc:
    """Le canal servi en HTTP, avec un moteur que le test choisit et un vrai magasin."""

    def __init__(self, canal: CanalWidget) -> None:
        self.canal = canal
        self.moteur: Moteur = self.repondre
        self.joues: list[str] = []
        domaine = Domain.empty()
        self.magasin = MagasinMemoire(domaine)
        self.agent = SimpleNamespace(
            tracker_store=FailSafeTrackerStore(self.magasin),
            lock_store=InMemoryLockStore(),
            processor=FauxProcesseur(self._accueillir, self._jouer, self._garder),
        )
        self.origine = ""
        self.client = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        self.temoin = ""

    async def _jouer(self, message: UserMessage) -> None:
        self.joues.append(message.text or "")
        await self.moteur(message)

    async def repondre(self, message: UserMessage) -> None:
        await message.output_channel.send_response(message.sender_id, {"text": "Réponse.", "utter_action": "utter_x"})

    async def _accueillir(self, conversation: str, sortie: Any) -> DialogueStateTracker:
        ouverte = await self.agent.tracker_store.retrieve(conversation)
        if ouverte:
            return ouverte
        await sortie.send_response(conversation, {"text": "Notice.", "utter_action": "utter_bienvenue"})
        return DialogueStateTracker.from_events(conversation, [BotUttered("Notice.")], [], domain=self.magasin.domain)

    async def _garder(self, fil: DialogueStateTracker) -> None:
        await self.agent.tracker_store.save(fil)

    async def appeler(self, route: str, corps: Any = None, methode: str = "POST") -> tuple[int, Any]:
        entetes = {"Origin": self.origine, "Cookie": self.temoin}
        async with self.client.request(methode, self.origine + CANAL + route, json=corps, headers=entetes) as recue:
            if "Set-Cookie" in recue.headers:
                self.temoin = recue.headers["Set-Cookie"].split(";")[0]
            return recue.status, await recue.json() if recue.status != 204 else None

    async def dire(self, texte: str, message_id: str = "identifiant-1") -> tuple[int, Any]:
        return await self.appeler("/message", {"id": message_id, "texte": texte})


@pytest.fixture(scope="module")
async def service() -> AsyncIterator[tuple[Sanic, CanalWidget, str]]:
    """Un seul serveur Sanic : la version 21.12 ne sait pas en préparer deux dans un processus."""
    canal, port = CanalWidget(), port_libre()
    app = Sanic(f"banc-{port}", configure_logging=False)
    app.ctx.agent = None
    app.blueprint(canal.blueprint(_inutile), url_prefix=CANAL)
    serveur = await app.create_server(host="127.0.0.1", port=port, return_asyncio_server=True, access_log=False)
    await serveur.startup()
    yield app, canal, f"http://127.0.0.1:{port}"
    serveur.close()
    await serveur.wait_closed()


async def _inutile(_: UserMessage) -> None:
    raise AssertionError("le canal passe par canaux/echange.py")


@pytest.fixture
async def banc(service: tuple[Sanic, CanalWidget, str]) -> AsyncIterator[Banc]:
    app, canal, origine = service
    canal.sessions = Sessions()
    banc = Banc(canal)
    app.ctx.agent, banc.origine = banc.agent, origine
    assert (await banc.appeler("/session", {}))[0] == 200
    yield banc
    await banc.client.close()


async def test_une_panne_est_une_erreur_http_avec_des_contacts_et_sans_rien_de_la_panne(banc: Banc) -> None:
    async def casser(_: UserMessage) -> None:
        raise RuntimeError("détail interne : zygomatique")

    banc.moteur = casser
    code, corps = await banc.dire("bonjour")
    assert code == 503 and corps["erreur"] == "panne" and "15 ou 112" in corps["secours"]
    assert "zygomatique" not in str(corps)


async def test_un_renvoi_apres_une_panne_est_rejoue(banc: Banc) -> None:
    pannes = iter([True, True, False])

    async def hesiter(message: UserMessage) -> None:
        if next(pannes):
            raise RuntimeError
        await banc.repondre(message)

    banc.moteur = hesiter
    assert [(await banc.dire("bonjour"))[0] for _ in range(4)] == [503, 503, 200, 200]
    assert len(banc.joues) == 3


async def test_une_reponse_vide_est_une_erreur(banc: Banc) -> None:
    async def se_taire(_: UserMessage) -> None:
        return

    banc.moteur = se_taire
    assert await banc.dire("bonjour") == (502, {"erreur": "panne"})

    async def dire_du_vide(message: UserMessage) -> None:
        await message.output_channel.send_response("", {"text": "", "utter_action": "utter_x"})

    banc.moteur = dire_du_vide
    assert await banc.dire("bonjour") == (502, {"erreur": "vide"})


async def test_un_tour_trop_long_est_abandonne(banc: Banc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reglages, "WIDGET_DELAI_TOUR_S", 0.1)

    async def dormir(_: UserMessage) -> None:
        await asyncio.sleep(30)

    banc.moteur = dormir
    code, corps = await banc.dire("bonjour")
    assert (code, corps["erreur"]) == (503, "delai")
    banc.moteur = banc.repondre
    assert (await banc.dire("bonjour"))[0] == 200  # la file n'est pas bloquée


async def test_un_navigateur_qui_raccroche_retrouve_sa_reponse(banc: Banc) -> None:
    suite = asyncio.Event()

    async def attendre(message: UserMessage) -> None:
        await suite.wait()
        await banc.repondre(message)

    banc.moteur = attendre
    with pytest.raises(asyncio.TimeoutError):
        await asyncio.wait_for(banc.dire("bonjour"), 0.2)
    suite.set()
    code, corps = await banc.dire("bonjour")
    assert code == 200 and corps["messages"][0]["texte"] == "Réponse." and banc.joues == ["bonjour"]


async def test_effacer_l_emporte_sur_un_tour_en_cours(banc: Banc) -> None:
    """Le tour interrompu ne réécrit pas la conversation après son effacement."""

    async def trainer(message: UserMessage) -> None:
        await asyncio.sleep(0.3)
        fil = DialogueStateTracker.from_events(message.sender_id, [BotUttered("tard")], [], domain=banc.magasin.domain)
        await banc.agent.tracker_store.save(fil)

    banc.moteur = trainer
    en_cours = [asyncio.create_task(banc.dire("bonjour", f"identifiant-{n}")) for n in range(3)]
    await asyncio.sleep(0.1)
    assert banc.magasin.store
    assert (await banc.appeler("/effacer", {}))[0] == 200
    assert {(await tour)[0] for tour in en_cours} == {401}
    await asyncio.sleep(0.5)
    assert banc.magasin.store == {} and banc.canal.sessions.nombre() == 0 and len(banc.joues) == 1


async def test_la_conversation_expiree_est_refusee_et_oubliee(banc: Banc) -> None:
    decalage = [0.0]
    for registre in (banc.canal.sessions, banc.magasin):
        horloge = registre._horloge
        registre._horloge = lambda horloge=horloge: horloge() + decalage[0]
    await banc.dire("bonjour")
    assert banc.magasin.store
    decalage[0] = reglages.INACTIVITE_MINUTES * 60 - 5
    assert (await banc.appeler("/session", methode="GET"))[1]["expire_dans"] <= 5
    assert (await banc.appeler("/session", {}))[1] == {"messages": [], "nouvelle": False, "expire_dans": 3600}
    decalage[0] += reglages.INACTIVITE_MINUTES * 60 + 1
    assert await banc.dire("bonjour", "identifiant-2") == (401, {"erreur": "session"})
    banc.magasin.oublier_les_inactives()
    assert banc.magasin.store == {}


async def test_tous_les_magasins_oublient_le_secours_compris(banc: Banc) -> None:
    enveloppe = banc.agent.tracker_store
    fil = DialogueStateTracker.from_events("widget:x", [BotUttered("a")], [], domain=banc.magasin.domain)
    await banc.magasin.save(fil)
    await enveloppe.fallback_tracker_store.save(fil)
    assert [type(m) for m in magasins(banc.agent)] == [MagasinMemoire, InMemoryTrackerStore]
    await effacer_du_magasin(banc.agent, "widget:x")
    assert all("widget:x" not in m.store for m in magasins(banc.agent))


async def test_un_magasin_qui_ne_sait_pas_effacer_le_dit(banc: Banc) -> None:
    banc.agent.tracker_store = SimpleNamespace()
    code, corps = await banc.appeler("/effacer", {})
    assert code == 503 and corps["erreur"] == "panne"


async def test_une_page_en_clair_hors_de_cette_machine_est_refusee(banc: Banc, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans TLS, le navigateur jetterait le témoin : on le dit au lieu d'ouvrir des conversations perdues."""
    monkeypatch.setattr(reglages, "WIDGET_ORIGINES", ("http://intranet.exemple",))
    entetes = {"Origin": "http://intranet.exemple"}
    async with banc.client.post(banc.origine + CANAL + "/session", json={}, headers=entetes) as recue:
        assert (recue.status, await recue.json()) == (403, {"erreur": "https"})


def test_le_seau_se_remplit_avec_le_temps() -> None:
    maintenant = [0.0]
    debit = Debit(6, lambda: maintenant[0])
    for _ in range(6):
        debit.prendre()
    with pytest.raises(Refus) as refus:
        debit.prendre()
    assert (refus.value.code, refus.value.attente) == (429, 10)
    maintenant[0] = 10.0
    debit.prendre()


def test_le_debit_des_ouvertures_est_par_adresse() -> None:
    debit = DebitParAdresse(2)
    debit.prendre("a")
    debit.prendre("a")
    debit.prendre("b")
    with pytest.raises(Refus):
        debit.prendre("a")


async def test_le_registre_est_borne(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("canaux.sessions._SESSIONS_MAX", 3)
    sessions = Sessions()
    ouvertes = [sessions.ouvrir(f"widget:{n}") for n in range(5)]
    assert sessions.nombre() == 3 and [s.fermee for s in ouvertes] == [True, True, False, False, False]
