"""Le dialogue d'une messagerie, le même pour Teams et Slack : identité à clé, boutons scellés, tour, notice."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Collection
from typing import Any

from rasa.core.agent import Agent

from canaux.echange import echanger, reponse_fixe
from canaux.garde import boutons_offerts
from canaux.messagerie import Empreintes
from canaux.notice import Notices
from canaux.sessions import effacer_du_magasin

journal = logging.getLogger(__name__)

Message = dict[str, Any]


class Dialogue:
    """Joue les tours d'un canal."""

    def __init__(self, canal: str, notices: Notices | None = None) -> None:
        self._canal = canal
        self.empreintes = Empreintes()
        self.notices = notices or Notices()

    def conversation(self, *identifiants: str) -> str:
        """Identifiant de conversation d'une personne : propre au canal, illisible, neuf à chaque démarrage."""
        return f"{self._canal}:{self.empreintes.de('conversation', *identifiants)}"

    def sceau(self, conversation: str, envoi: str) -> str:
        """Valeur que porte un bouton : elle ne vaut que dans cette conversation."""
        return self.empreintes.de("bouton", conversation, envoi)

    async def dire(self, agent: Agent, conversation: str, texte: str) -> list[Message]:
        """Joue un message tapé."""
        return await self._jouer(agent, conversation, texte, ())

    async def cliquer(
        self, agent: Agent, conversation: str, sceau: str, toujours_offerts: Collection[str] = ()
    ) -> list[Message]:
        """Joue un bouton : celui que l'assistant a offert dans cette conversation, ou un du menu permanent du canal."""
        tracker = await agent.tracker_store.retrieve(conversation)
        offerts = {*toujours_offerts, *(boutons_offerts(tracker) if tracker else ())}
        for envoi in offerts:
            if hmac.compare_digest(self.sceau(conversation, envoi).encode(), sceau.encode()):
                return await self._jouer(agent, conversation, envoi, toujours_offerts)
        return self.notices.poser(conversation, [reponse_fixe("utter_bouton_perime")])

    async def oublier(self, agent: Agent, conversation: str) -> None:
        """Efface ce que le serveur garde d'une conversation (assistant désinstallé)."""
        self.notices.oublier(conversation)
        await effacer_du_magasin(agent, conversation)

    async def _jouer(
        self, agent: Agent, conversation: str, texte: str, toujours_offerts: Collection[str]
    ) -> list[Message]:
        try:
            messages = await echanger(agent, conversation, texte, self._canal, toujours_offerts)
        except Exception as panne:
            journal.error("tour impossible : %s", type(panne).__name__)
            messages = [reponse_fixe("utter_indisponible")]
        return self.notices.poser(conversation, messages)
