"""Efface la conversation : le magasin supprime tout ce qu'il garde d'elle en fin de tour."""

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, AllSlotsReset, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.simplification import simplifier

_CONFIANCE, _MOTS_MAX = 0.9, 8
# « Faut pas effacer », « comment effacer ? », « c'est bien effacé ? » n'ordonnent rien ; « je garde la date ou je peux
# effacer », « efface la date » ne parlent pas de toute la conversation.
_N_ORDONNE_PAS = re.compile(
    r"\b(?:pas|n'\w+|comment|sur|sure|est ce que|vraiment|bien|ou|garde\w*|quand"
    r"|(?:peux|peut|pouvez|puis|faut|dois|doit)(?! (?:tout|supprimer tout|effacer tout)\b)|effacee?s?$"
    r"|(?:une|la|ma|cette|le|mon|ce|les|mes|ces|l) (?:derniere? |premiere? )?(?:reponses?|dates?|montants?|prix"
    r"|solde|lettres?|courriers?|questions?|erreurs?|statut|calendrier|etapes?|choix|mots?|chiffres?))\b"
)


class ActionEffacerDonnees(Action):
    """Dit ce qui est effacé et demande l'effacement au magasin (slot ``effacement``)."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_effacer_donnees"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Vide les slots puis marque la conversation à effacer ; une demande mal assurée est d'abord confirmée."""
        if not _est_un_ordre(tracker.latest_message):
            dispatcher.utter_message(response="utter_confirmer_effacement")
            return []
        dispatcher.utter_message(response="utter_effacer_donnees")
        return [AllSlotsReset(), ActiveLoop(None), SlotSet("effacement", True)]


def _est_un_ordre(message: dict[str, Any]) -> bool:
    """Un bouton, ou quelques mots dont le sens est sûr : « jai peur kel me vire » ne doit rien effacer."""
    texte = message.get("text") or ""
    sur = (message.get("intent") or {}).get("confidence", 0.0) >= _CONFIANCE
    if texte.startswith("/"):
        return True
    return sur and len(texte.split()) <= _MOTS_MAX and not _N_ORDONNE_PAS.search(simplifier(texte))
