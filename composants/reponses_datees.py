"""Génération des textes (``nlg`` d'endpoints.yml) : réponses de data/responses, droit à la date du jour.

Choix déterministe : mêmes faits, même texte. Modifier une réponse ou une valeur ne demande aucun entraînement.
"""

from __future__ import annotations

import copy
import json
import logging
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from rasa.core.nlg.generator import NaturalLanguageGenerator, ResponseVariationFilter
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from actions import phrases, reglages
from actions.adresses import lien_du_guide
from actions.contenus import Contenus, contenus_en_place, envoi, typographier
from actions.droit import Droit, ValeurAbsente, droit_en_place, ecriture
from actions.en_place import lu_une_fois
from actions.parcours.faits import est_public
from actions.parcours.fin_arret import arret_au_bilan
from actions.parcours.messages import libelles
from composants.dits import deja_reposee
from composants.langues import AUTRE_LANGUE, dans_sa_langue
from composants.mention import lignes_de_source, mention

journal = logging.getLogger(__name__)

BOUTONS_MAX = 5
_REPONSE_DE_SUJET = re.compile(r"utter_(?P<niveau>faq/|detail_|simple_)(?P<sujet>[a-z0-9_]+)")
# Ce que l'on dit quand la réponse de secours manque elle-même d'une valeur à cette date.
_SECOURS = {"utter_valeur_absente": "utter_indisponible", "utter_indisponible": None}
# Le bouton que l'on n'offre plus quand on vient de l'entendre.
_NIVEAU_DIT = {"detail_": envoi("/approfondir/detail"), "simple_": "/reformuler", "texte": envoi("/approfondir/texte")}


class ReponsesDatees(NaturalLanguageGenerator):
    """Remplit n'importe quelle réponse avec les valeurs légales en vigueur, écrites en français."""

    def __init__(self, endpoint_config: EndpointConfig | None = None, domain: Domain | None = None) -> None:
        """Lit textes et droit ; ``endpoint_config`` et ``domain`` sont imposés par Rasa et inutilisés."""
        _choix()

    @property
    def contenus(self) -> Contenus:
        """Les textes en place."""
        return contenus_en_place()

    @property
    def droit(self) -> Droit:
        """Le droit en place."""
        return droit_en_place()

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """Rend le message d'une réponse, ou ``None`` si elle n'existe pas."""
        question = self.contenus.metadonnees(utter_action).get("question")
        nom = "utter_question_laissee" if question and deja_reposee(tracker, utter_action) else utter_action
        message = self.composer(nom, tracker.current_slot_values(), output_channel, **kwargs)
        recu = tracker.latest_message
        if message and recu and recu.text and utter_action == AUTRE_LANGUE:
            message["text"] = dans_sa_langue(message["text"], recu.text, message["metadata"])
        if message and message.get("suite") and recu and recu.intent.get("name") == "suite":
            # La question reposée après « la suite » : ce qui la suit vient d'être dit.
            del message["suite"]
            message["buttons"] = message["buttons"][1:]
        return message

    def composer(
        self, nom: str, slots: Mapping[str, Any] | None = None, canal: str = "", **mots: Any
    ) -> dict[str, Any] | None:
        """Rend le message d'une réponse à partir des seuls slots."""
        if nom not in self.contenus.reponses:
            journal.error("réponse inconnue : %s", nom)
            return None
        slots = {**(slots or {}), **(mots.pop("profil", None) or {})}  # de qui l'on parle : « ma sœur est à l'État »
        profil = {**slots, "public": est_public(slots), "arret": arret_au_bilan(slots)}
        courts = bool(profil.get("pause"))
        dite = self._version_courte(nom) if courts else nom
        convenables = _choix().responses_for_utter_action(dite, canal, profil)
        if not convenables:
            return None
        jour = reglages.aujourd_hui()
        message = _a_remplir(convenables[0])
        connus = {champ: valeur for champ, valeur in slots.items() if valeur is not None}
        mots = {**self._mots_du_produit(), **connus, **mots}
        metadonnees = message.get("metadata") or {}
        if "ligne_sur" in metadonnees:
            mots["lignes"] = lignes_de_source(self.droit, metadonnees, mots.get("faits", []))
        try:
            message["text"] = self.droit.remplir(message.get("text", ""), jour, mots)
            self._remplir_boutons(message, jour)
        except ValeurAbsente as absence:
            journal.warning("valeur absente : %s", absence)
            secours = _SECOURS.get(nom, "utter_valeur_absente")
            return self.composer(secours, slots, canal) if secours else None
        if courts and not metadonnees.get("entier"):
            message["text"], *reste = phrases.couper(message["text"]) or [""]
            if reste:
                message["suite"] = reste
        if metadonnees.get("question"):
            self._ajouter_etape(message, mots)
        self._ajouter_niveaux(dite, message, mots.get("sujet"), profil)
        if message.get("suite"):
            la_suite = self.contenus.variante("utter_boutons_suite")["buttons"]
            message["buttons"] = [*map(dict, la_suite), *(message.get("buttons") or [])][:BOUTONS_MAX]
        if dite != nom:
            message["metadata"] = self.contenus.metadonnees(nom, profil)
        message["text"] += mention(nom, message.get("metadata") or {}, profil, jour, self.droit, self.contenus)
        self._ajouter_lien_du_guide(nom, message)
        return message

    def _version_courte(self, nom: str) -> str:
        """Pour qui lit peu à la fois, un sujet se dit d'abord dans sa version simple."""
        simple = nom.replace("utter_faq/", "utter_simple_", 1)
        return simple if simple in self.contenus.reponses else nom

    def _ajouter_etape(self, message: dict[str, Any], mots: Mapping[str, Any]) -> None:
        """Dit où l'on en est avant la question, et le donne au canal (``custom.etape``)."""
        numero, total = int(mots.get("etape_numero") or 0), int(mots.get("etape_total") or 0)
        if total > 1:
            etape = {"numero": numero, "total": total}
            debut = self.contenus.variante("utter_etape")["text"].format(**etape)
            message["text"] = f"{debut}\n{message['text']}"
            message["custom"] = {**(message.get("custom") or {}), "etape": etape}

    def _remplir_boutons(self, message: dict[str, Any], jour: date) -> None:
        for bouton in message.get("buttons") or []:
            bouton["title"] = self.droit.remplir(bouton["title"], jour)

    def _mots_du_produit(self) -> dict[str, str]:
        return {
            "conservation_inactivite": ecriture.grandeur(reglages.INACTIVITE_MINUTES, "minutes"),
            "message_longueur_max": ecriture.nombre(reglages.MESSAGE_LONGUEUR_MAX),
            "duree_lien": ecriture.grandeur(reglages.DOCUMENT_MINUTES, "minutes"),
            "date_du_jour": ecriture.jour_court(reglages.aujourd_hui()),
            "lieu_du_fil": libelles()["lieu_du_fil"]["base" if reglages.fil_en_base() else "memoire"],
        }

    def _ajouter_niveaux(
        self, nom: str, message: dict[str, Any], sujet_du_texte: str | None, profil: Mapping[str, Any]
    ) -> None:
        """Pose « En savoir plus », « Le texte », « Plus simple » (sauf le niveau dit), puis les questions suivantes."""
        trouve = _REPONSE_DE_SUJET.fullmatch(nom)
        sujet = trouve["sujet"] if trouve else sujet_du_texte
        if not sujet or f"utter_faq/{sujet}" not in self.contenus.reponses:
            return
        deja_dit = _NIVEAU_DIT.get(trouve["niveau"], "") if trouve else _NIVEAU_DIT["texte"]
        niveaux = [
            {"title": bouton["title"], "payload": _avec_sujet(bouton["payload"], sujet)}
            for bouton in self.contenus.variante("utter_boutons_niveaux")["buttons"]
            if bouton["payload"] != deja_dit
        ]
        suivantes = self.contenus.variante(f"utter_faq/{sujet}", profil).get("buttons", [])
        message["buttons"] = [*niveaux, *(dict(bouton) for bouton in suivantes)][:BOUTONS_MAX]

    def _ajouter_lien_du_guide(self, nom: str, message: dict[str, Any]) -> None:
        """Sous « En savoir plus », la page du guide publié qui dit la même chose ; rien s'il ne l'est pas."""
        trouve = _REPONSE_DE_SUJET.fullmatch(nom)
        lien = lien_du_guide(trouve["sujet"]) if trouve and trouve["niveau"] == "detail_" else None
        if lien:
            gabarit = self.contenus.metadonnees("utter_mention")["guide"]
            message["text"] += "\n" + typographier(gabarit.format(lien_guide=lien))


@lu_une_fois
def _choix() -> ResponseVariationFilter:
    """Choix d'une variante, selon le canal et les slots."""
    return ResponseVariationFilter(dict(contenus_en_place().reponses))


def _a_remplir(variante: Mapping[str, Any]) -> dict[str, Any]:
    """Copie ce que la suite du tour modifie (texte, boutons, contenu du canal) ; les métadonnées ne le sont jamais."""
    message = dict(variante)
    if "buttons" in message:
        message["buttons"] = [dict(bouton) for bouton in message["buttons"] or []]
    if "custom" in message:
        message["custom"] = copy.deepcopy(message["custom"])
    return message


def _avec_sujet(payload: str, sujet: str) -> str:
    """Précise le sujet que porte un bouton de niveau."""
    intention, accolade, reste = payload.partition("{")
    return intention + json.dumps({**(json.loads(accolade + reste) if accolade else {}), "sujet": sujet})
