"""Ce qui protège l'assistant d'un message : nettoyage, longueur, commandes tapées. Commun à tous les canaux.

Un texte qui commence par « / » est pour Rasa une commande (intention et entités imposées). Seul un bouton que
l'assistant vient d'offrir dans cette conversation a ce droit ; tout le reste est du texte.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

from actions import reglages
from actions.contenus import contenus_en_place
from actions.en_place import lu_une_fois
from actions.simplification import simplifier
from composants.dits import dits_du_dernier_tour

# Contrôles, surrogats isolés, caractères invisibles ou qui changent le sens de lecture.
_INVISIBLES = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]"
)
_BARRES = re.compile(r"^[\s/\\\u2044\u2215\u29f8\uff0f\uff3c|]+")
_ALLURE_DE_COMMANDE = re.compile(r"^[\w@.]+(?:\s*\{.*|\(.*|\s*/[\w/]+|\s*@[\d.]+.*)?$|^\w+(?: \w+)?=", re.S)
_TITRE_MAX = 60  # au-delà, ce n'est le titre d'aucun bouton
_LETTRE_OU_CHIFFRE = re.compile(r"\w")


@dataclass(frozen=True)
class Controle:
    """Issue du contrôle : ``texte`` à transmettre, ou ``refus`` (nom de la réponse à dire)."""

    texte: str = ""
    refus: str | None = None


# Dit quoi jouer, d'après la conversation lue au début du tour ; ``None`` : elle s'ouvre.
Lecture = Callable[[DialogueStateTracker | None], Controle]


def nettoyer(texte: str) -> str:
    """Retire d'un message ce qui ne se lit pas ; les espaces de bord et les formes de compatibilité aussi."""
    return unicodedata.normalize("NFC", _INVISIBLES.sub("", texte)).strip()


def controler(texte: str, tracker: DialogueStateTracker | None = None) -> Controle:
    """Contrôle un message tapé ou un bouton.

    Args:
        texte: ce que le canal a reçu.
        tracker: conversation, pour reconnaître un bouton offert ; ``None`` : aucun bouton admis.
    """
    if len(texte) > reglages.MESSAGE_LONGUEUR_MAX:
        return Controle(refus="utter_message_trop_long")
    propre = nettoyer(texte)
    if not propre:
        return Controle(refus="utter_message_vide")
    if _BARRES.match(propre):
        if tracker is not None and propre in boutons_offerts(tracker):
            return Controle(texte=propre)
        if propre in _boutons_connus():
            return Controle(refus="utter_bouton_perime")
        propre = _BARRES.sub("", propre)
        if not propre:
            return Controle(refus="utter_message_illisible")
        if _ALLURE_DE_COMMANDE.match(propre):
            return Controle(refus="utter_commande_refusee")
    if not _LETTRE_OU_CHIFFRE.search(propre):
        return Controle(refus="utter_message_illisible")
    return Controle(texte=_bouton_recopie(propre, tracker) or propre)


@lu_une_fois
def _boutons_connus() -> frozenset[str]:
    """Envois de tous les boutons écrits dans data/responses : offerts plus tôt, ou recopiés."""
    return frozenset(
        bouton["payload"]
        for variantes in contenus_en_place().reponses.values()
        for variante in variantes
        for bouton in variante.get("buttons") or []
    )


def _bouton_recopie(texte: str, tracker: DialogueStateTracker | None) -> str | None:
    """Envoi du bouton dont on a tapé le titre, parmi ceux que l'on a sous les yeux."""
    if tracker is None or len(texte) > _TITRE_MAX:
        return None
    titre = simplifier(texte)
    boutons = (bouton for dit in dits_du_dernier_tour(tracker) for bouton in dit.data.get("buttons") or [])
    return next((str(bouton["payload"]) for bouton in boutons if simplifier(bouton["title"]) == titre), None)


def boutons_offerts(tracker: DialogueStateTracker) -> set[str]:
    """Envois de tous les boutons que l'assistant a montrés dans la conversation en mémoire."""
    return {
        bouton["payload"]
        for evenement in tracker.events
        if isinstance(evenement, BotUttered)
        for bouton in evenement.data.get("buttons") or []
    }
