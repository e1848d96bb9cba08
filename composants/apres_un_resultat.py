"""Après un résultat : un fait supposé, ou corrigé."""

from __future__ import annotations

from rasa.shared.core.trackers import DialogueStateTracker

from actions.comprehension import est_une_question
from actions.etat import faits_avant, faits_de, redit
from actions.parcours import a_cote, dementis, suites
from actions.parcours.faits import CHAMPS, mettre_a_jour
from composants import relances_du_calcul as du_calcul
from composants.relances_du_calcul import PEUVENT_CEDER, compare_deux_prix

_MOTS_D_UN_FAIT = 8


def suppose_un_fait(tracker: DialogueStateTracker) -> bool:
    """« Et si l'employeur payait 500 euros ? », après un résultat, même lu comme une demande de calcul."""
    message = tracker.latest_message
    if du_calcul.suppose_apres_un_calcul(tracker):
        return True
    dits = any(entite["entity"] in CHAMPS for entite in message.entities)
    return dits and bool(tracker.get_slot("resultat")) and (suites.suppose(message.text) or compare_deux_prix(tracker))


def corrige_un_fait(tracker: DialogueStateTracker) -> bool:
    """« En fait je suis salarié », « j'ai l'accord de la caisse » : un fait change après un résultat, sans question."""
    message = tracker.latest_message
    dits = {e["entity"]: e["value"] for e in message.entities if e["entity"] in CHAMPS}
    connus = faits_de(tracker)
    if dementis.lire(message.text, connus):
        return True
    if not tracker.get_slot("resultat") or est_une_question(suites.sans_demande_d_effet(message.text)):
        return False
    if a_cote.remplacer(message.text, connus) or du_calcul.corrige_le_dernier_montant(tracker):
        return True
    if suites.annonce_une_correction(message.text) or suites.dit_l_accord(message.text, connus):
        return bool(dits or redit(tracker, message.text))
    court = len(message.text.split()) <= _MOTS_D_UN_FAIT and message.intent.get("name") in PEUVENT_CEDER
    court = court or "accord_caisse" in dits  # l'accord arrivé refait le calendrier qui l'attendait
    return court and bool(dits and mettre_a_jour(faits_avant([e.as_dict() for e in tracker.events]), dits))
