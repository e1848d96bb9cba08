"""Joue des conversations pendant une panne et vérifie : mêmes réponses qu'au calme, chaque message joué une fois."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from rasa.shared.core.events import UserUttered

from actions import cles, reglages
from composants.magasin_postgres import MagasinPostgres
from composants.rejeu import numero_de
from tests.bilan.fils import DOMAINE
from tests.echelle.ensemble import Ensemble, Personne
from tests.echelle.services import SECRET, Instance, Relais

# Chacune finit par des réponses propres à ce qui précède : un message perdu, doublé ou d'autrui se verrait.
FILS = [
    ["vérifier mes droits", "salarié du privé", "cdi", "qui paie", "je suis en arrêt", "répéter la question"],
    ["combien de temps ça dure", "plus simple", "c'est quoi le cpf", "plus simple", "répète", "récapituler"],
    ["vérifier mes droits", "agent territorial", "c'est quoi le cpf", "répéter la question", "stop", "récapituler"],
]
_HASARD = re.compile(r"/documents/[\w-]+")


class Reseau:
    """Relais entre les assistants et leurs services, dans une boucle à eux."""

    def __init__(self, **services: int) -> None:
        self._boucle = asyncio.new_event_loop()
        threading.Thread(target=self._boucle.run_forever, daemon=True).start()
        self.relais = {nom: Relais(("127.0.0.1", port)) for nom, port in services.items()}
        for relais in self.relais.values():
            self._faire(relais.ouvrir())

    def _faire(self, action: Any) -> None:
        asyncio.run_coroutine_threadsafe(action, self._boucle).result(20)

    def port(self, nom: str) -> int:
        return self.relais[nom].port

    def couper(self, nom: str) -> None:
        self._faire(self.relais[nom].couper())

    def retablir(self, nom: str) -> None:
        self._faire(self.relais[nom].ouvrir())

    def fermer(self) -> None:
        for nom in self.relais:
            self.couper(nom)
        self._boucle.call_soon_threadsafe(self._boucle.stop)


@dataclass
class Scene:
    """L'ensemble et ses services, que l'on peut abîmer un par un."""

    tous: Ensemble
    postgres: Instance
    redis: Instance
    reseau: Reseau
    url_directe: str
    attendus: list[list[list[str]]] = field(default_factory=list)

    def au_calme(self) -> None:
        """Retient les réponses de chaque fil sans panne."""
        self.attendus = [self._jouer(fil, 0.0, lambda _: None)[1] for fil in FILS]

    def pendant(self, panne: Callable[[], None], pause_s: float = 0.4, delai_s: float = 40) -> list[Personne]:
        """Joue les fils de six personnes ensemble, déclenche la panne au milieu, et vérifie tout.

        Args:
            panne: ce qui casse, et éventuellement ce qui répare.
            pause_s: temps de réflexion entre deux messages.
            delai_s: temps laissé à chaque message pour recevoir sa réponse.
        """
        depart = threading.Event()
        avances: list[int] = []

        def avancer(rang: int) -> None:
            avances.append(rang)
            if avances.count(1) >= len(FILS):
                depart.set()

        with ThreadPoolExecutor(2 * len(FILS)) as fils:
            tours: list[Future[tuple[Personne, list[list[str]]]]] = [
                fils.submit(self._jouer, fil, pause_s, avancer, delai_s) for fil in FILS * 2
            ]
            assert depart.wait(60), "les conversations n'ont pas commencé"
            panne()
            joues = [tour.result() for tour in tours]
        for (_, recues), attendues in zip(joues, self.attendus * 2, strict=True):
            assert recues == attendues
        personnes = [personne for personne, _ in joues]
        for personne, fil in zip(personnes, FILS * 2, strict=True):
            assert self.messages_gardes(personne) == [self.numero(personne, n + 1) for n in range(len(fil))]
        return personnes

    def _jouer(
        self, fil: list[str], pause_s: float, avancer: Callable[[int], None], delai_s: float = 40
    ) -> tuple[Personne, list[list[str]]]:
        personne, recues = Personne(self.tous).ouvrir(), []
        for rang, message in enumerate(fil):
            recues.append([_HASARD.sub("", texte) for texte in personne.insister(message, delai_s)])
            avancer(rang)
            time.sleep(pause_s)
        return personne, recues

    def conversation(self, personne: Personne) -> str:
        """Nom de la conversation d'une personne, comme les assistants le calculent."""
        reglages.SECRET = base64.urlsafe_b64decode(SECRET)
        sel = cles.derivee("identites")
        assert sel is not None
        temoin = personne.temoin.partition("=")[2]
        return "widget:" + hmac.new(sel, temoin.encode(), hashlib.sha256).hexdigest()

    def numero(self, personne: Personne, rang: int) -> str:
        return numero_de(self.conversation(personne), f"message-{rang:08}")

    def messages_gardes(self, personne: Personne) -> list[str]:
        """Numéros des messages de la personne en base, dans l'ordre."""
        conversation = self.conversation(personne)

        async def lire() -> list[str]:
            magasin = MagasinPostgres(DOMAINE, host=self.url_directe)
            try:
                contenu = await magasin.base.valeur(
                    "SELECT contenu FROM bilan_conversations WHERE cle = $1", conversation
                )
                evenements = magasin.ouvrir(conversation, contenu)
            finally:
                await magasin.base.fermer()
            return [e.message_id for e in evenements if isinstance(e, UserUttered)]

        with ThreadPoolExecutor(1) as fil:
            try:
                return fil.submit(lambda: asyncio.run(lire())).result()
            finally:
                reglages.SECRET = None

    def sante_ms(self, secondes: float) -> float:
        """Pire durée de « GET /sante » sur chaque assistant pendant ``secondes``."""
        from tests.serveur import Serveur

        pire, fin = 0.0, time.monotonic() + secondes
        while time.monotonic() < fin:
            for assistant in self.tous.assistants:
                debut = time.perf_counter()
                serveur = Serveur(assistant.port, None, None)  # type: ignore[arg-type]
                assert serveur.appeler("GET", "/sante").code == 200
                pire = max(pire, 1000 * (time.perf_counter() - debut))
            time.sleep(0.1)
        return pire
