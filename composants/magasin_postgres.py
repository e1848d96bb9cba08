"""Magasin de conversations dans PostgreSQL, partagé par plusieurs processus : une ligne chiffrée par conversation.

``SQLTrackerStore`` de Rasa bloque la boucle d'événements, relit toute la conversation, n'efface rien et arrête le
processus sur un identifiant qui contient un octet nul : on n'en garde que le contrat (``TrackerStore``).
"""

from __future__ import annotations

import base64
import json
import logging
import time
import zlib
from collections import OrderedDict
from datetime import timedelta
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.conversation import Dialogue
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from actions import cles, reglages
from composants.base_postgres import Base
from composants.diffuseur_anonyme import DiffuseurAnonyme, diffuser
from composants.magasin_memoire import CHAUDES_MAX, abreger, derniere_session, oublier_les_textes
from composants.rejeu import refuser_un_doublon

journal = logging.getLogger(__name__)

# Version de la ligne dont vient une conversation relue, posée sur elle : absente, la conversation est neuve.
_VERSION = "version_en_base"

_LIRE = """
SELECT version, CASE WHEN version = $2 THEN NULL ELSE contenu END AS contenu
FROM bilan_conversations WHERE cle = $1 AND expire > now()"""
_RESTE = "SELECT extract(epoch FROM expire - now())::float FROM bilan_conversations WHERE cle = $1 AND expire > now()"
# Une ligne expirée mais pas encore purgée ne compte plus : elle est remplacée.
_CREER = """
INSERT INTO bilan_conversations AS en_base (cle, version, expire, contenu)
VALUES ($1, nextval('bilan_versions'), now() + $2, $3)
ON CONFLICT (cle) DO UPDATE SET version = excluded.version, ouverte = now(), expire = excluded.expire,
    contenu = excluded.contenu
WHERE en_base.expire <= now()
RETURNING version"""
_REMPLACER = """
UPDATE bilan_conversations
SET version = nextval('bilan_versions'), expire = least(now() + $2, ouverte + $5), contenu = $3
WHERE cle = $1 AND version = $4
RETURNING version"""
_EFFACER = "DELETE FROM bilan_conversations WHERE cle = $1"
_PURGER = "DELETE FROM bilan_conversations WHERE expire <= now()"


class SecretAbsent(ValueError):
    """BILAN_SECRET manque : rien ne s'écrit en base sans chiffrement."""


class ConversationModifiee(RuntimeError):
    """Un autre processus a écrit ou effacé cette conversation pendant le tour, qui est refusé en entier."""


class MagasinPostgres(TrackerStore):
    """Conversations abrégées, sans texte d'usager, chiffrées, oubliées après inactivité.

    Une écriture n'est acceptée que sur la version lue : deux processus ne peuvent pas s'écraser, même sans verrou.
    """

    partage = True

    def __init__(self, domain: Domain, event_broker: Any = None, host: str | None = None, **reglages_base: Any) -> None:
        """Prépare le magasin ; la base est jointe au premier message.

        Args:
            domain: domaine de Rasa.
            event_broker: :class:`~composants.diffuseur_anonyme.DiffuseurAnonyme`, ou rien.
            host: adresse ``postgresql://…`` (``url`` d'endpoints.yml).
            reglages_base: ``connexions_max`` et ``delai_s`` de :class:`~composants.base_postgres.Base`.

        Raises:
            SecretAbsent: BILAN_SECRET n'est pas fourni.
        """
        cle = cles.derivee("conversations")
        if cle is None:
            raise SecretAbsent("BILAN_SECRET (ou BILAN_SECRET_FICHIER) est exigé par le magasin PostgreSQL")
        self._fernet = Fernet(base64.urlsafe_b64encode(cle))
        self.base = Base(host or "", **reglages_base)
        # Dernières conversations servies ici, déjà lues : valables tant que leur version est celle de la base.
        self._lues: OrderedDict[str, tuple[int, float, tuple[Event, ...]]] = OrderedDict()
        super().__init__(domain, event_broker)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Écrit la conversation, ou l'efface si la personne l'a demandé.

        Raises:
            ConversationModifiee: la ligne a changé depuis la lecture.
            MessageDejaJoue: un autre processus a déjà joué ce message.
        """
        conversation = tracker.sender_id
        if tracker.get_slot("effacement"):
            await self.effacer(conversation)
            return
        oublier_les_textes(tracker)
        evenements = tuple(abreger(derniere_session(tracker.events), self.init_tracker(conversation)))
        refuser_un_doublon(evenements)
        contenu = self.sceller(conversation, evenements)
        inactivite, lue = timedelta(minutes=reglages.INACTIVITE_MINUTES), getattr(tracker, _VERSION, None)
        if lue is None:
            version = await self.base.valeur(_CREER, conversation, inactivite, contenu)
        else:
            plafond = timedelta(hours=reglages.PLAFOND_HEURES)
            version = await self.base.valeur(_REMPLACER, conversation, inactivite, contenu, lue, plafond)
        if version is None:
            self._lues.pop(conversation, None)
            raise ConversationModifiee
        setattr(tracker, _VERSION, version)
        self._retenir(conversation, version, evenements)
        diffuser(self.event_broker, tracker)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Rend la conversation si elle n'a pas expiré (à l'heure de la base)."""
        connue, _, evenements = self._lues.get(sender_id, (0, 0.0, ()))
        ligne = await self.base.ligne(_LIRE, sender_id, connue)
        if ligne is None:
            self._lues.pop(sender_id, None)
            return None
        if ligne["contenu"] is not None:
            try:
                evenements = self.ouvrir(sender_id, ligne["contenu"])
            except (InvalidToken, ValueError, KeyError, zlib.error):
                # Ligne abîmée, ou écrite avec un autre secret : cette conversation seule recommence.
                journal.error("conversation illisible en base, effacée")
                await self.effacer(sender_id)
                return None
        self._retenir(sender_id, ligne["version"], evenements)
        tracker = self.init_tracker(sender_id)
        tracker.recreate_from_dialogue(Dialogue(sender_id, list(evenements)))
        setattr(tracker, _VERSION, ligne["version"])
        return tracker

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Rend la même chose que :meth:`retrieve` : seule la dernière session est gardée."""
        return await self.retrieve(conversation_id)

    async def reste(self, conversation: str) -> float | None:
        """Secondes avant l'oubli de la conversation ; ``None`` si elle n'existe pas ou plus."""
        secondes = await self.base.valeur(_RESTE, conversation)
        return None if secondes is None else float(secondes)

    async def effacer(self, conversation: str) -> None:
        """Supprime tout ce que la base garde d'une conversation, et la retire des comptes en cours."""
        if isinstance(self.event_broker, DiffuseurAnonyme):
            self.event_broker.oublier(conversation)
        self._lues.pop(conversation, None)
        await self.base.valeur(_EFFACER, conversation)

    async def oublier_les_inactives(self) -> None:
        """Supprime de la base les conversations expirées, et d'ici celles que ce processus ne sert plus."""
        limite = time.monotonic() - reglages.INACTIVITE_MINUTES * 60
        while self._lues and next(iter(self._lues.values()))[1] < limite:
            self._lues.popitem(last=False)
        await self.base.valeur(_PURGER)

    def sceller(self, conversation: str, evenements: tuple[Event, ...]) -> bytes:
        """Chiffre des événements ; le nom de la conversation est dedans : une ligne déplacée ne s'ouvre pas."""
        clair = json.dumps([conversation, [evenement.as_dict() for evenement in evenements]], separators=(",", ":"))
        return self._fernet.encrypt(zlib.compress(clair.encode(), 1))

    def ouvrir(self, conversation: str, contenu: bytes) -> tuple[Event, ...]:
        """Déchiffre ce que :meth:`sceller` a écrit.

        Raises:
            InvalidToken: autre secret, ligne modifiée.
            ValueError: contenu d'une autre conversation.
        """
        nom, evenements = json.loads(zlib.decompress(self._fernet.decrypt(bytes(contenu))))
        if nom != conversation:
            raise ValueError("ligne d'une autre conversation")
        return tuple(Dialogue.from_parameters({"name": nom, "events": evenements}).events)

    def _retenir(self, conversation: str, version: int, evenements: tuple[Event, ...]) -> None:
        self._lues[conversation] = (version, time.monotonic(), evenements)
        self._lues.move_to_end(conversation)
        while len(self._lues) > CHAUDES_MAX:
            self._lues.popitem(last=False)
