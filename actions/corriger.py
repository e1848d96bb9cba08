"""Revenir sur une réponse : la précédente dans le questionnaire, ou un fait redit après un résultat."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.droit import droit_en_place
from actions.etat import QUESTIONNAIRE, dire, etat_de, faits_de, formulaire_ouvert, liste, retenir
from actions.parcours.conclusions import conclure
from actions.parcours.faits import CHAMPS, mettre_a_jour
from actions.parcours.messages import dire_fait, enumerer
from actions.parcours.reponse import MessageRecu, lire
from actions.reglages import aujourd_hui

_SUR = 0.5


def _redit(tracker: Tracker) -> dict[str, Any]:
    """« En fait c'était payé par ma boîte » : relu comme une nouvelle réponse à une question déjà posée."""
    texte, faits = str(tracker.latest_message.get("text") or ""), faits_de(tracker)
    if texte.startswith("/"):
        return {}
    for champ in reversed(liste(tracker, "historique")):
        lecture = lire(MessageRecu(texte, "corriger", "corriger", 0.0), champ, faits, aujourd_hui(), droit_en_place())
        if champ in lecture.faits:
            return mettre_a_jour(faits, lecture.faits)
    return {}


class ActionCorriger(Action):
    """Un fait dit dans le message est déjà retenu ; sans fait, on repose la dernière question."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_corriger"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Dit ce qui est corrigé et refait le résultat, ou revient à la question précédente."""
        dits = {e["entity"]: e["value"] for e in tracker.latest_message.get("entities", []) if e["entity"] in CHAMPS}
        ouvert = formulaire_ouvert(tracker) == QUESTIONNAIRE
        dits = dits or ({} if ouvert else _redit(tracker))
        if dits and not ouvert:
            notes = enumerer([dire_fait(champ, valeur) for champ, valeur in dits.items() if valeur is not None])
            dispatcher.utter_message(response="utter_fait_corrige", faits_notes=notes)
            resultat = tracker.get_slot("resultat")
            if resultat:
                dire(
                    dispatcher,
                    conclure(
                        resultat,
                        {**faits_de(tracker), **dits},
                        liste(tracker, "inconnus"),
                        etat_de(tracker),
                        aujourd_hui(),
                    ),
                )
            return retenir(dits)
        historique = liste(tracker, "historique")
        # Après un résultat, défaire une réponse sur un mot mal compris coûterait plus que de redemander.
        if not ouvert and float(tracker.latest_message["intent"].get("confidence") or 0) < _SUR:
            historique = []
        if not historique:
            dispatcher.utter_message(response="utter_retour_impossible" if ouvert else "utter_corriger")
            return []
        dispatcher.utter_message(response="utter_retour")
        champ = historique.pop()
        efface = mettre_a_jour(faits_de(tracker), {champ: object()})
        suite = [] if ouvert else [FollowupAction(QUESTIONNAIRE)]
        return [
            *retenir({**efface, champ: None}),
            SlotSet("inconnus", [inconnu for inconnu in liste(tracker, "inconnus") if inconnu != champ]),
            SlotSet("historique", historique),
            SlotSet("a_redemander", champ),
            *suite,
        ]
