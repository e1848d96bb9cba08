"""Ce qui, après un calcul du reste à payer, le refait ou en redit les montants."""

from __future__ import annotations

from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from actions.comprehension.nombres import CHAMPS as MONTANTS
from actions.etat import faits_avant, faits_de
from actions.montants_dits import montant_repris, supposition_dite
from actions.parcours import suites
from actions.parcours.calcul_en_cours import redemande_le_montant
from actions.parcours.faits import mettre_a_jour
from actions.simplification import simplifier

PEUVENT_CEDER = {"faq", "idee_recue", "pourquoi_cette_question", DEFAULT_NLU_FALLBACK_INTENT_NAME}
_CALCUL = "simuler_cout"
_CONTESTENT = ("non", "nan", "mais", "si")
_ACTES_QUI_CEDENT = {"dire_un_fait", "donner_avis_negatif", "nier", "affirmer", "hors_sujet", "insulter"}


def compare_deux_prix(tracker: DialogueStateTracker) -> bool:
    """« Entre 1800 et 1500, lequel me coûte le moins ? », après un calcul."""
    dits = {e["entity"]: e["value"] for e in tracker.latest_message.entities}
    return _CALCUL in (tracker.get_slot("resultats") or []) and "prix" in dits and "prix" in dits.get("et_si", {})


def change_le_calcul(tracker: DialogueStateTracker) -> bool:
    """« T'as pas compté les 900 de l'employeur », « un autre devis à 1500, ça change quoi » : le calcul se refait."""
    message = tracker.latest_message
    dits = {e["entity"]: e["value"] for e in message.entities if e["entity"] in MONTANTS}
    calcule = _CALCUL in (tracker.get_slot("resultats") or [])
    if not (dits and calcule and message.intent.get("name") in {*PEUVENT_CEDER, *_ACTES_QUI_CEDENT}):
        return False
    # « Non 1500 c'est le prix » : redire ce qui est noté.
    conteste = simplifier(message.text).split()[0].strip(",.!") in _CONTESTENT
    return conteste or bool(mettre_a_jour(faits_avant([e.as_dict() for e in tracker.events]), dits))


def suppose_apres_un_calcul(tracker: DialogueStateTracker) -> bool:
    """« Et sans le patron », « et en janvier ? », « et avec 1451 ? », après un calcul."""
    return bool(supposition_dite(tracker, tracker.latest_message.text, [e.as_dict() for e in tracker.events]))


def corrige_le_dernier_montant(tracker: DialogueStateTracker) -> bool:
    """« Non 8000 pardon » : le dernier montant dit se corrige ; « 1700 » donne celui qui manquait au calcul."""
    return bool(montant_repris(tracker, tracker.latest_message.text, [e.as_dict() for e in tracker.events]))


def redemande_le_calcul(tracker: DialogueStateTracker) -> bool:
    """« Donc combien ? », juste après un calcul : on le redit."""
    conclu = tracker.get_slot("resultat") == tracker.get_slot("parcours") == _CALCUL
    return conclu and redemande_le_montant(tracker.latest_message.text)


def donne_ses_montants(message: UserUttered) -> bool:
    """« Salarié du privé, 1400 euros, 800 sur le compte » : un calcul, et non la suite du sujet d'avant."""
    dits = [e for e in message.entities if e["entity"] in MONTANTS]
    return message.intent.get("name") == _CALCUL and len(dits) > 1


def redemande_ses_notes(tracker: DialogueStateTracker) -> bool:
    """« Quel solde tu avais noté ? » : on le redit."""
    return suites.demande_ce_qui_est_note(tracker.latest_message.text) and bool(faits_de(tracker))
