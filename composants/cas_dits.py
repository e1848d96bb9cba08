"""Un cas que ses mots et ce qu'on sait de la personne suffisent à choisir, avant le classement."""

from __future__ import annotations

from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT_RANKING_KEY

from actions.delais import delai_demande
from actions.etat import faits_de, parle_en_employeur
from actions.fil import cas_et_sujets, derniers_tours
from actions.parcours.faits import CHAMPS
from actions.pour_vous import conclusion
from actions.precisions import MessageDit, dite_partout, probabilites

_RECOURS = "recours"


def dit_un_cas(tracker: DialogueStateTracker) -> bool:
    """« Je suis en ESAT, ma curatrice signe ? », « bilan il y a 4 ans, j'y ai droit ? » : la réponse est connue."""
    message = tracker.latest_message
    # « Écris le recours », dans le privé : il n'y en a pas, et aucune lettre ne l'écrit.
    lettre = message.intent.get("lettre_demandee") and _RECOURS not in message.text.lower()
    if parle_en_employeur(tracker) or lettre:
        return False
    avant = cas_et_sujets(derniers_tours((e.as_dict() for e in reversed(tracker.events)), 1))
    dits = {e["entity"]: e["value"] for e in message.entities if e["entity"] in CHAMPS}
    textes = [texte for texte in (message.text, message.parse_data.get("dechiffre")) if texte]
    vus = probabilites(message.parse_data.get(INTENT_RANKING_KEY) or [])
    if dite_partout(MessageDit(textes, avant, faits_de(tracker), dits, vus)):
        return True
    return conclusion(tracker, message.text, dits, message.intent.get("etiquette"), avant) is not None


def situe_face_a_l_arret(tracker: DialogueStateTracker) -> bool:
    """« En mars, sans avis médical ? », l'arrêt finissant en janvier : les dates concluent avant un cas général."""
    if "fin_arret" not in faits_de(tracker):
        return False
    rendue = delai_demande(tracker, tracker.latest_message.text, None)
    return rendue is not None and rendue.sur
