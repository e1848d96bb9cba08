"""« Et si… » : recalcule avec un autre fait et ne dit que ce qui change."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.contenus import contenus_en_place
from actions.droit import droit_en_place
from actions.etat import (
    QUESTIONNAIRE,
    approches_de,
    autre_prix_dit,
    dire,
    dits_de,
    faits_avant,
    faits_de,
    formulaire_ouvert,
    precision_de,
    retenir,
)
from actions.fil import etiquette_demandee
from actions.montants_dits import supposition_dite
from actions.parcours import changements as changements_de
from actions.parcours import cout
from actions.parcours.faits import CHAMPS, mettre_a_jour
from actions.parcours.messages import dire_faits
from actions.parcours.suppositions import attend_le_credit
from actions.reglages import aujourd_hui
from actions.repondre import dire_les_reponses


class ActionComparer(Action):
    """Sans résultat à comparer, l'hypothèse est une question comme une autre."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_comparer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Compare, puis garde l'hypothèse sous la main (bouton « C'est ma vraie situation »)."""
        entites = tracker.latest_message.get("entities", [])
        suppose: dict[str, Any] | None = next((e["value"] for e in entites if e["entity"] == "et_si"), None)
        # Lue comme une demande de calcul, l'hypothèse a été retenue comme un fait : on la défait.
        retenus = {e["entity"]: e["value"] for e in entites if e["entity"] in CHAMPS} if suppose is None else {}
        dits, faits = (retenus, faits_avant(tracker.events)) if retenus else (suppose or {}, faits_de(tracker))
        jour, droit, contenus = aujourd_hui(), droit_en_place(), contenus_en_place()
        resultat = tracker.get_slot("resultat")
        reponse = contenus.reponse_d_etiquette(etiquette_demandee(tracker))
        if not resultat and formulaire_ouvert(tracker) != QUESTIONNAIRE and reponse:
            # « Si la caisse refuse, quel recours ? » : le cas répond mieux que son sujet.
            precision = precision_de(tracker, reponse)
            dire_les_reponses(dispatcher, tracker, precision.reponse if precision else reponse)
            return []
        if abrege := supposition_dite(tracker, str(tracker.latest_message.get("text") or ""), tracker.events):
            retenus, dits, faits = dits_de(tracker), abrege, faits_avant(tracker.events)
            if attend_le_credit(str(tracker.latest_message.get("text") or ""), abrege):
                dispatcher.utter_message(response="utter_cout_versement")
        if autre_prix_dit(tracker):
            notes = dire_faits(dits_de(tracker), approches_de(tracker))
            dispatcher.utter_message(response="utter_fait_note", faits_notes=notes)
        changements = mettre_a_jour(faits, dits)
        comparer = cout.comparer if resultat == "simuler_cout" else changements_de.comparer
        dire(dispatcher, comparer(faits, changements or dits, jour, droit, contenus))
        hypothese = SlotSet("hypothese", [[champ, valeur] for champ, valeur in changements.items()])
        # Avec ce qu'il avait entraîné : un autre payeur, une date oubliée.
        defaits = {champ: faits.get(champ) for champ in {*retenus, *changements}} if retenus else {}
        return [*retenir(defaits), hypothese]
