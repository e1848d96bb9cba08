"""Le dialogue d'une messagerie, le même pour Teams et Slack : identité à clé, boutons scellés, tour, notice."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Collection
from functools import partial
from typing import Any

from rasa.core.agent import Agent
from rasa.shared.core.trackers import DialogueStateTracker

from canaux.echange import faire_un_tour, reponse_fixe
from canaux.garde import Controle, Lecture, boutons_offerts, controler
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
        return await self._jouer(agent, conversation, partial(controler, texte))

    async def cliquer(
        self, agent: Agent, conversation: str, sceau: str, toujours_offerts: Collection[str] = ()
    ) -> list[Message]:
        """Joue un bouton : celui que l'assistant a offert dans cette conversation, ou un du menu permanent du canal."""

        def desceller(tracker: DialogueStateTracker | None) -> Controle:
            for envoi in {*toujours_offerts, *(boutons_offerts(tracker) if tracker else ())}:
                if hmac.compare_digest(self.sceau(conversation, envoi).encode(), sceau.encode()):
                    return Controle(envoi)
            return Controle(refus="utter_bouton_perime")

        return await self._jouer(agent, conversation, desceller)

    async def oublier(self, agent: Agent, conversation: str) -> None:
        """Efface ce que le serveur garde d'une conversation (assistant désinstallé)."""
        self.notices.oublier(conversation)
        await effacer_du_magasin(agent, conversation)

    async def _jouer(self, agent: Agent, conversation: str, lire: Lecture) -> list[Message]:
        try:
            messages = await faire_un_tour(agent, conversation, lire, self._canal)
        except Exception as panne:
            journal.error("tour impossible : %s", type(panne).__name__)
            messages = [reponse_fixe("utter_indisponible")]
        return self.notices.poser(conversation, messages)
