"""Événements anonymes vers RabbitMQ : « dix conversations ont reçu cette réponse », jamais un message ni une personne.

Le :class:`PikaEventBroker` de Rasa publie chaque événement, textes et identifiants compris. Celui-ci compte ici, et ne
publie un compte que lorsqu'il vaut dix : aucun événement isolé ne sort du processus.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import OrderedDict
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

from actions import reglages
from composants.dits import dits_du_dernier_tour

journal = logging.getLogger(__name__)

SEUIL = 10
_EN_ATTENTE_MAX = 1_000
_REPRISE_S = 5.0
_DELAI_S = 5.0


def diffuser(diffuseur: EventBroker | None, tracker: DialogueStateTracker) -> None:
    """Donne au diffuseur les réponses du dernier tour d'une conversation."""
    if diffuseur is None:
        return
    for dit in dits_du_dernier_tour(tracker):
        diffuseur.publish({"sender_id": tracker.sender_id, **dit.as_dict()})


class DiffuseurAnonyme(EventBroker):
    """Compte les conversations distinctes par jour et par réponse ; publie par dix, oublie le reste chaque jour."""

    def __init__(self, url: str, echange: str = "bilan.comptes") -> None:
        """Prépare le diffuseur ; RabbitMQ est joint en arrière-plan, son absence n'arrête rien.

        Args:
            url: adresse ``amqp://…``.
            echange: échange « fanout » durable où publier.
        """
        self._url, self._echange = url, echange
        self._jour = reglages.aujourd_hui()
        self._vues: dict[str, set[str]] = {}
        # L'ordre importe peu : les plus anciens sont abandonnés si RabbitMQ reste absent.
        self._a_publier: OrderedDict[int, dict[str, Any]] = OrderedDict()
        self._numero = 0
        self._reveil = asyncio.Event()
        self._tache: asyncio.Task[None] | None = None
        self._connecte = False

    @classmethod
    async def from_endpoint_config(cls, broker_config: Any, event_loop: Any = None) -> DiffuseurAnonyme:
        """Crée le diffuseur d'endpoints.yml."""
        diffuseur = cls(broker_config.url, **broker_config.kwargs)
        diffuseur.demarrer()
        return diffuseur

    def demarrer(self) -> None:
        """Lance la publication en arrière-plan."""
        self._tache = asyncio.get_running_loop().create_task(self._publier_sans_fin())

    def publish(self, event: dict[str, Any]) -> None:
        """Compte une réponse de l'assistant ; tout autre événement est ignoré."""
        reponse = (event.get("metadata") or {}).get("utter_action")
        if event.get("event") != BotUttered.type_name or not reponse:
            return
        jour = reglages.aujourd_hui()
        if jour != self._jour:
            self._jour, self._vues = jour, {}
        vues = self._vues.setdefault(reponse, set())
        vues.add(event["sender_id"])
        if len(vues) == SEUIL:
            vues.clear()
            self._numero += 1
            self._a_publier[self._numero] = {"jour": jour.isoformat(), "reponse": reponse, "conversations": SEUIL}
            while len(self._a_publier) > _EN_ATTENTE_MAX:
                self._a_publier.popitem(last=False)
            self._reveil.set()

    def oublier(self, conversation: str) -> None:
        """Retire une conversation effacée des comptes en cours."""
        for vues in self._vues.values():
            vues.discard(conversation)

    def is_ready(self) -> bool:
        """Dit si RabbitMQ est joint."""
        return self._connecte

    async def close(self) -> None:
        """Arrête la publication."""
        if self._tache:
            self._tache.cancel()

    async def _publier_sans_fin(self) -> None:
        import aio_pika  # chargé par Rasa ; n'ouvre de connexion qu'ici

        while True:
            try:
                # timeout : une connexion ouverte vers un service gelé ne répondrait jamais.
                async with await aio_pika.connect(self._url, timeout=_DELAI_S) as connexion:
                    canal = await connexion.channel()
                    echange = await canal.declare_exchange(self._echange, aio_pika.ExchangeType.FANOUT, durable=True)
                    self._connecte = True
                    while True:
                        await self._vider(aio_pika, echange)
                        self._reveil.clear()
                        await self._reveil.wait()
            except Exception as panne:
                journal.warning("RabbitMQ injoignable (%s) : repris dans %d s", type(panne).__name__, _REPRISE_S)
            self._connecte = False
            await asyncio.sleep(_REPRISE_S)

    async def _vider(self, aio_pika: Any, echange: Any) -> None:
        while self._a_publier:
            numero, compte = next(iter(self._a_publier.items()))
            message = aio_pika.Message(json.dumps(compte).encode(), delivery_mode=aio_pika.DeliveryMode.PERSISTENT)
            await echange.publish(message, "", timeout=_DELAI_S)  # confirmé par RabbitMQ
            self._a_publier.pop(numero, None)
