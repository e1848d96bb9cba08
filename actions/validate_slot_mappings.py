"""Hors du questionnaire, un fait dit est retenu, et ceux qu'il rend caducs sont oubliés."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.comprehension import priorite
from actions.etat import (
    POUR_UN_AUTRE,
    Evenements,
    dits_de,
    faits_de,
    formulaire_ouvert,
    liste,
    parle_en_employeur,
    retenir,
)
from actions.parcours import dates_dites
from actions.parcours.choix import choix_dit
from actions.parcours.faits import est_public, mettre_a_jour
from actions.reglages import aujourd_hui

# « Je ne suis pas le patron », « mon employeur » : la suite se dit au salarié.
_SOI, _SALARIE, _PRIVE = "soi", "salarie", "prive"
# D'un employeur, on ne retient que la fonction publique : « il est en arrêt », « en CDI » parlent d'un autre.
_DE_L_EMPLOYEUR = ("agent_public", "statut")
_PRIORITE, _MOITIES = "agent_prioritaire", "moities_de_priorite"


class ValiderFaitsDits(Action):
    """Appelée par Rasa à chaque message, avant la règle ; le questionnaire, lui, lit ses réponses lui-même."""

    def name(self) -> str:
        """Nom de l'action, imposé par Rasa."""
        return "action_validate_slot_mappings"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Retient les faits du message ; on ne dit plus de ceux-là que la personne ne les sait pas."""
        dits, role = {**self._demande_datee(tracker), **dits_de(tracker)}, self._role_dit(tracker)
        place = role[0]["value"] if role else tracker.get_slot("role")
        if place in POUR_UN_AUTRE:
            dits = {champ: dit for champ, dit in dits.items() if champ in _DE_L_EMPLOYEUR and est_public(dits)}
        if place:
            dits |= self._versant_dit(tracker)
        moities = [] if place or formulaire_ouvert(tracker) else self._moities_dites(tracker)
        if len(moities) > 1 and faits_de(tracker).get(_PRIORITE) is None:
            dits = {_PRIORITE: True, **dits}
        demi = [SlotSet(_MOITIES, moities)] if moities != liste(tracker, _MOITIES) else []
        if not dits or formulaire_ouvert(tracker):
            return [*role, *demi]
        changements = mettre_a_jour(faits_de(tracker), dits)
        inconnus = [champ for champ in liste(tracker, "inconnus") if champ not in changements]
        return [*role, *demi, *retenir(changements), SlotSet("inconnus", inconnus)]

    def _moities_dites(self, tracker: Tracker) -> list[str]:
        """« Catégorie C », puis « j'ai juste un CAP » : à deux, ils font un agent prioritaire."""
        texte = str(tracker.latest_message.get("text") or "")
        dites = set() if texte.startswith("/") else priorite.moities(texte)
        public = est_public({**faits_de(tracker), **dits_de(tracker)})
        return sorted({*liste(tracker, _MOITIES), *dites}) if public else liste(tracker, _MOITIES)

    def _demande_datee(self, tracker: Tracker) -> dict[str, Any]:
        """« J'ai demandé à mon chef le 20 octobre » : la date qu'une relance n'aura plus à demander."""
        texte = str(tracker.latest_message.get("text") or "")
        dites = {} if texte.startswith("/") else dates_dites.lire(texte, aujourd_hui())
        demandee = dites.get(dates_dites.DEMANDE)
        return {dates_dites.DEMANDE: demandee} if demandee and dates_dites.parle_d_un_employeur(texte) else {}

    def _versant_dit(self, tracker: Tracker) -> dict[str, Any]:
        """« RH d'une mairie », « employeur privé » : les délais et les motifs n'y sont pas les mêmes."""
        texte = str(tracker.latest_message.get("text") or "")
        versant = None if texte.startswith("/") else choix_dit(texte, "versant_du_role")
        if versant == _PRIVE:
            return {"statut": None, "agent_public": None} if est_public(faits_de(tracker)) else {}
        return {"statut": versant} if versant else {}

    def _role_dit(self, tracker: Tracker) -> Evenements:
        """« Je suis DRH », « un de mes salariés » : la réponse se dit de cette place, jusqu'à ce qu'il la démente."""
        texte, connu = str(tracker.latest_message.get("text") or ""), tracker.get_slot("role")
        dit = None if texte.startswith("/") else choix_dit(texte, "role")
        if dit == _SALARIE and not parle_en_employeur(tracker):
            return []  # « mon patron refuse tout » d'un élu : il reste élu
        role = None if dit in (_SOI, _SALARIE) else dit
        return [SlotSet("role", role)] if dit and role != connu else []
