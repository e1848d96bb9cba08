"""La répétition : un retour sur chaque réponse tapée, jamais retenue."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.comprehension import ne_sait_pas
from actions.etat import faits_de, repond_a_une_question
from actions.fil import noms_du_tour_precedent
from actions.parcours.repetition import a_refaire, est_la_derniere, fin, juger

# Ce qui interrompt la répétition ; tout le reste est une réplique, même mal tournée.
_INTERROMPENT = {
    "exprimer_detresse", "signaler_harcelement", "arreter", "recommencer", "parler_a_un_humain", "effacer_donnees",
    "pourquoi_cette_question", "demander_aide", "repeter", "cocher", "repondre",
}  # fmt: skip


class ValiderFormulaireRepetition(Action):
    """Appelée par le formulaire de Rasa."""

    def name(self) -> str:
        """Nom de l'action, imposé par le formulaire."""
        return "validate_formulaire_repetition"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Commente la réplique, puis passe à l'objection suivante ou finit."""
        objection = int(tracker.get_slot("objection") or 1)
        if not repond_a_une_question(tracker):
            return [SlotSet("requested_slot", "replique")]
        texte = str(tracker.latest_message.get("text") or "")
        intention = tracker.latest_message["intent"]["name"]
        rejouee = a_refaire(texte, objection, faits_de(tracker)) if intention == "recommencer" else None
        if rejouee:
            dispatcher.utter_message(response="utter_repetition_reprise")
            return [SlotSet("objection", rejouee), SlotSet("requested_slot", "replique")]
        if intention in _INTERROMPENT or texte.startswith("/"):
            return []
        retour, dits = f"utter_repetition_retour_{objection}", juger(texte, objection)
        if dits == [retour] and ne_sait_pas(texte) and retour not in noms_du_tour_precedent(tracker):
            # « Je sais pas quoi dire » : l'exemple, puis un second essai.
            dispatcher.utter_message(response=retour)
            return [SlotSet("objection", objection), SlotSet("requested_slot", "replique")]
        for reponse in dits:
            dispatcher.utter_message(response=reponse)
        fini = est_la_derniere(objection)
        if fini:
            dispatcher.utter_message(response=fin(objection))
        return [SlotSet("objection", objection + 1), SlotSet("requested_slot", None if fini else "replique")]
