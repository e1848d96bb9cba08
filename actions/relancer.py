"""Répond à un message court d'après le dernier sujet traité : « et pour un fonctionnaire ? », « pourquoi ? »."""

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.comprehension import est_une_question
from actions.contenus import contenus_en_place
from actions.conversions import converti
from actions.delais import delai_du_tour, dire_le_delai
from actions.etat import dire, faits_du_sujet, precision_de
from actions.fil import dernier_sujet, derniere_reponse, etiquette_demandee, sujet_juste_avant, sujets_traites
from actions.lettre_donnee import redire
from actions.offrir import dire_la_seconde
from actions.rattachement import rattacher
from actions.relances import MEME_SUJET, TEXTES, relances_en_place

# Le délai vient d'être dit : ces réponses le rediraient.
_DU_DELAI = ("utter_faq/temps_travail", "utter_idee_recue/silence_vaut_refus", "utter_faq/public_conge")

# La conversion répond déjà aux questions de solde.
_DE_LA_CONVERSION = (
    "utter_faq/cpf_solde",
    "utter_faq/public_cpf",
    "utter_faq/cpf_definition",
    "utter_faq/agent_public",
    "utter_faq/prix",
)

_SANS_SE_NOMMER = re.compile(
    r"^(?!.*\b(?:caisse|s[ée]cu|cpam|m[ée]decin|docteur)\b).*\b(?:ils?|elles?|on)\b.*\br[ée]pond", re.I
)


class ActionRelancer(Action):
    """Va où mène data/relances.yml : une autre réponse, le détail du même sujet, ou ses textes."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_relancer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Relit le message et le dernier sujet, comme la politique qui a choisi cette action."""
        if delai := delai_du_tour(tracker):
            retenus = dire_le_delai(dispatcher, tracker, delai)
            dire_la_seconde(dispatcher, tracker, sauf=_DU_DELAI)
            return retenus
        if conversion := converti(str(tracker.latest_message.get("text") or "")):
            dire(dispatcher, [conversion])
            dire_la_seconde(dispatcher, tracker, sauf=_DE_LA_CONVERSION)
            return []
        if redire(dispatcher, tracker):
            return []
        sujet = dernier_sujet(tracker)
        texte = str(tracker.latest_message.get("text") or "")
        vers = _ou_mene(tracker, texte, sujet) if sujet else None
        contenus = contenus_en_place()
        if sujet and vers == TEXTES:
            dispatcher.utter_message(response="utter_le_texte", faits=faits_du_sujet(tracker, sujet), sujet=sujet)
            return []
        reponse = _du_meme_sujet(tracker, sujet) if vers == MEME_SUJET else contenus.reponse_d_etiquette(vers)
        precision = precision_de(tracker, reponse)
        reponse = precision.reponse if precision else reponse
        dispatcher.utter_message(response=reponse or "utter_repli_1", sujet=sujet)
        return []


def _du_meme_sujet(tracker: Tracker, sujet: str | None) -> str:
    """Le détail ; s'il vient d'être donné, le dire vaut mieux que le répéter."""
    return "utter_relance_tout_dit" if derniere_reponse(tracker) == f"utter_detail_{sujet}" else f"utter_detail_{sujet}"


def _ou_mene(tracker: Tracker, texte: str, precedent: str) -> str:
    """Entrée de la table qui reconnaît le message ; sinon le même sujet, nommé par aucun mot ou le plus croyable."""
    trouve = relances_en_place().trouver(texte, precedent)
    if trouve:
        return trouve
    if relances_en_place().sans_sujet_propre(texte):
        return MEME_SUJET
    vers = rattacher(texte, tracker.latest_message.get("intent_ranking") or [], precedent)
    return vers if vers and vers != f"faq/{precedent}" else MEME_SUJET


def reponse_a_cote(tracker: Tracker, question: str) -> str | None:
    """Réponse d'une question sans sujet propre, posée pendant un questionnaire : « faut demander à qui alors ? ».

    Le sujet est celui de la réponse donnée juste avant, sinon celui de la question posée.
    """
    table, contenus, recu = relances_en_place(), contenus_en_place(), tracker.latest_message
    textes = [str(texte) for texte in (recu.get("text"), recu.get("dechiffre")) if texte]
    sujet = dernier_sujet(tracker) if sujet_juste_avant(tracker) else table.des_questions.get(question)
    if question == "arret" and not sujet_juste_avant(tracker) and any(map(_SANS_SE_NOMMER.search, textes)):
        return None  # « et si elle répond pas », avant tout arrêt dit : elle n'est pas la caisse
    if not sujet or not any(map(est_une_question, textes)):
        return None
    etiquette = etiquette_demandee(tracker)
    classement = contenus.sujets_d_etiquette(etiquette)[0] if etiquette else None
    garde = any(table.garde_le_sujet(texte, sujet, classement) for texte in textes)
    vers = next(filter(None, (table.trouver(texte, sujet) for texte in textes)), MEME_SUJET if garde else None)
    if vers in (None, TEXTES):
        return None
    niveau = "utter_detail_" if sujet in sujets_traites(tracker) else "utter_faq/"
    return f"{niveau}{sujet}" if vers == MEME_SUJET else contenus.reponse_d_etiquette(vers)
