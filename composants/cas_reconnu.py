"""Un cas de data/precisions.yml qui passe avant le classement : « la caisse va le dire à mon chef ? »."""

from __future__ import annotations

from rasa.shared.core.trackers import DialogueStateTracker

from actions.etat import faits_de, parle_en_employeur
from actions.fil import derniers_tours, sujet_de_reponse
from actions.parcours.faits import CHAMPS
from actions.precisions import MessageDit, cas_de, passe_d_abord

_SE_DIT = "faq/role_"  # « je suis DRH, … »


def est_un_cas(tracker: DialogueStateTracker) -> bool:
    """Dit si le dernier message est un tel cas ; ses règles sont celles du salarié, pas de l'employeur."""
    message = tracker.latest_message
    if parle_en_employeur(tracker) or str(message.intent.get("etiquette")).startswith(_SE_DIT):
        return False
    textes = [str(texte) for texte in (message.text, message.parse_data.get("dechiffre")) if texte]
    noms = next(iter(derniers_tours((e.as_dict() for e in reversed(tracker.events)), 1)), [])
    precedents = set(filter(None, [*map(sujet_de_reponse, noms), *map(cas_de, noms)]))
    dits = {e["entity"]: e["value"] for e in message.entities if e["entity"] in CHAMPS}
    return passe_d_abord(MessageDit(textes, precedents, faits_de(tracker), dits))
