"""Le dialogue des messageries, avec le vrai magasin de conversations enveloppé comme par Rasa."""

from __future__ import annotations

from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered

from canaux.dialogue import Dialogue
from composants.magasin_memoire import MagasinMemoire
from tests.canaux.faux_agent import FauxAgent


async def test_oublier_efface_du_vrai_magasin_et_perime_les_boutons() -> None:
    magasin = MagasinMemoire(Domain.empty())
    agent = FauxAgent()
    agent.tracker_store = FailSafeTrackerStore(magasin)
    dialogue = Dialogue("teams")
    conversation = dialogue.conversation("locataire", "personne")
    fil = magasin.init_tracker(conversation)
    fil.update(BotUttered("x", {"buttons": [{"title": "Suite", "payload": "/demander_aide"}]}))
    await magasin.save(fil)
    await dialogue.oublier(agent, conversation)
    assert await agent.tracker_store.retrieve(conversation) is None
    sceau = dialogue.sceau(conversation, "/demander_aide")
    (_, reponse) = await dialogue.cliquer(agent, conversation, sceau)
    assert reponse["utter_action"] == "utter_bouton_perime"


def test_un_sceau_ne_vaut_que_dans_sa_conversation_et_ce_demarrage() -> None:
    dialogue = Dialogue("slack")
    assert dialogue.sceau("a", "/x") == dialogue.sceau("a", "/x")
    assert len({dialogue.sceau("a", "/x"), dialogue.sceau("b", "/x"), Dialogue("slack").sceau("a", "/x")}) == 3
