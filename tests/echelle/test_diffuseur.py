"""Événements anonymes : rien que des comptes de dix conversations, sans texte ni identifiant, sur un vrai RabbitMQ."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator
from typing import Any

import aio_pika
import pytest
from rasa.shared.core.events import BotUttered, UserUttered

from composants.diffuseur_anonyme import SEUIL, DiffuseurAnonyme, diffuser
from tests.bilan.fils import fil
from tests.serveur import port_libre

CANARI = "secret-médical-42"


class Abonne:
    def __init__(self) -> None:
        self.recus: list[dict[str, Any]] = []
        self.bruts: list[bytes] = []

    async def attendre(self, nombre: int) -> None:
        async with asyncio.timeout(10):
            while len(self.recus) < nombre:
                await asyncio.sleep(0.02)


@pytest.fixture
async def echange(rabbitmq: str) -> AsyncIterator[tuple[str, Abonne]]:
    nom, abonne = f"bilan.essai.{secrets.token_hex(4)}", Abonne()
    async with await aio_pika.connect(rabbitmq) as connexion:
        canal = await connexion.channel()
        echange = await canal.declare_exchange(nom, aio_pika.ExchangeType.FANOUT, durable=True)
        file = await canal.declare_queue(exclusive=True)
        await file.bind(echange)

        async def recevoir(message: Any) -> None:
            abonne.bruts.append(message.body)
            abonne.recus.append(json.loads(message.body))

        await file.consume(recevoir, no_ack=True)
        yield nom, abonne
        await echange.delete()


def parler(diffuseur: DiffuseurAnonyme, personne: str, reponse: str = "utter_duree") -> None:
    texte = UserUttered(CANARI, {"name": "faq"})
    diffuser(diffuseur, fil(personne, texte, BotUttered(CANARI, metadata={"utter_action": reponse})))


async def test_dix_conversations_font_un_compte_et_rien_d_autre(rabbitmq: str, echange: tuple[str, Abonne]) -> None:
    nom, abonne = echange
    diffuseur = DiffuseurAnonyme(rabbitmq, nom)
    diffuseur.demarrer()
    for _ in range(50):
        parler(diffuseur, "widget:la-meme")
    for rang in range(SEUIL - 2):
        parler(diffuseur, f"widget:{rang}")
    await asyncio.sleep(0.5)
    assert abonne.recus == []  # neuf conversations : rien ne sort
    parler(diffuseur, "widget:dixieme")
    await abonne.attendre(1)
    assert abonne.recus == [{"jour": diffuseur._jour.isoformat(), "reponse": "utter_duree", "conversations": 10}]
    assert all(CANARI.encode() not in brut and b"widget" not in brut for brut in abonne.bruts)
    await diffuseur.close()


async def test_une_conversation_effacee_n_est_pas_comptee() -> None:
    diffuseur = DiffuseurAnonyme("amqp://127.0.0.1")
    for rang in range(SEUIL - 1):
        parler(diffuseur, f"widget:{rang}")
    diffuseur.oublier("widget:0")
    parler(diffuseur, "widget:nouvelle")
    assert not diffuseur._a_publier


async def test_rabbitmq_absent_n_arrete_rien_et_rien_n_est_perdu(
    rabbitmq: str, echange: tuple[str, Abonne], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("composants.diffuseur_anonyme._REPRISE_S", 0.2)
    nom, abonne = echange
    diffuseur = DiffuseurAnonyme(f"amqp://guest:guest@127.0.0.1:{port_libre()}/", nom)
    diffuseur.demarrer()
    for rang in range(SEUIL):
        parler(diffuseur, f"widget:{rang}")
    await asyncio.sleep(0.5)
    assert not diffuseur.is_ready()
    diffuseur._url = rabbitmq  # le service revient
    await abonne.attendre(1)
    assert diffuseur.is_ready()
    await diffuseur.close()
