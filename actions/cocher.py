"""Coche une étape de la demande CPF, la garde, la décoche ou la remet à plus tard."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.comprehension import est_une_question, extraire
from actions.contenus import contenus_en_place
from actions.droit import droit_en_place
from actions.etat import Evenements, approches_de, autre_prix_dit, dire, dits_de, etapes_a_faire, faits_de, liste
from actions.fil import entite
from actions.parcours import cout_en_bref, demande_cpf, suites
from actions.parcours.messages import Message, dire_faits
from actions.reglages import aujourd_hui

# « Ils m'ont répondu oui » : une demande acceptée suppose ce qui la précède sur le site.
_SUPPOSE = {"demande": ("identite", "solde", "comparer"), "validation": ("identite", "solde", "comparer", "demande")}


class ActionCocher(Action):
    """« C'est fait » passe à la suivante ; « pas encore » la garde, « retour » la décoche, « plus tard » s'arrête."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_cocher"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Lit le bouton, sinon le message, et dit l'étape où l'on en est."""
        if entite(tracker, "precision") == "plus_tard":
            return remettre(dispatcher, tracker)
        restantes, texte = etapes_a_faire(tracker), str(tracker.latest_message.get("text") or "")
        if suites.silence_de_l_organisme(texte):
            dispatcher.utter_message(response="utter_faq/organisme_silence")
            return []
        if not restantes:
            dispatcher.utter_message(response="utter_bouton_perime")
            return []
        lu = suites.FAITE if texte.startswith("/") else suites.lire(texte, restantes)
        if lu == suites.DEFAITE:
            return decocher(dispatcher, tracker)
        if lu == suites.GARDEE:
            return garder(dispatcher)
        if lu == suites.RAPPEL or (lu is None and est_une_question(texte)):
            return rappeler(dispatcher, tracker)
        if dits := dits_de(tracker):  # « j'ai comparé, un à 1650 et un autre à 1490 »
            notes = dire_faits(dits, approches_de(tracker))
            dispatcher.utter_message(response="utter_fait_note", faits_notes=notes)
            if "prix" in dits:
                dire(dispatcher, cout_en_bref.en_bref(faits_de(tracker), aujourd_hui(), droit_en_place()))
        suite = cocher(dispatcher, tracker, lu if lu in restantes else restantes[0])
        return [*suite, SlotSet("hypothese", autre)] if (autre := autre_prix_dit(tracker)) else suite


def cocher(dispatcher: CollectingDispatcher, tracker: Tracker, code: str) -> Evenements:
    """Coche une étape et dit la suivante ; avoir l'accord de la caisse, ou dire son solde, est aussi un fait."""
    appris: dict[str, Any] = {"accord_caisse": True} if code == "accord_arret" else {}
    if code == "solde":
        dits = extraire(str(tracker.latest_message.get("text") or ""), aujourd_hui(), "solde_cpf").valeurs
        appris = {champ: dits[champ] for champ in ("solde_cpf",) if champ in dits}
    deja = liste(tracker, "etapes_faites")
    supposees = [etape for etape in _SUPPOSE.get(code, ()) if etape not in deja]
    faits, faites = {**faits_de(tracker), **appris}, [*deja, *supposees, code]
    dispatcher.utter_message(response="utter_cpf_coche", titre=demande_cpf.titre(code, contenus_en_place()))
    dire(dispatcher, demande_cpf.etape_en_cours(faits, faites, aujourd_hui(), droit_en_place()))
    return [SlotSet("etapes_faites", faites), *(SlotSet(champ, valeur) for champ, valeur in appris.items())]


def decocher(dispatcher: CollectingDispatcher, tracker: Tracker) -> Evenements:
    """Revient à la dernière étape cochée."""
    faites = liste(tracker, "etapes_faites")[:-1]
    dispatcher.utter_message(response="utter_cpf_decoche")
    dire(dispatcher, demande_cpf.etape_en_cours(faits_de(tracker), faites, aujourd_hui(), droit_en_place()))
    return [SlotSet("etapes_faites", faites)]


def garder(dispatcher: CollectingDispatcher) -> Evenements:
    """L'étape attend ; une personne peut aider."""
    dire(dispatcher, [Message("utter_cpf_gardee", boutons_de="utter_cpf_boutons")])
    return []


def rappeler(dispatcher: CollectingDispatcher, tracker: Tracker) -> Evenements:
    """Redit l'étape en cours, après une question de côté."""
    dispatcher.utter_message(response="utter_cpf_rappel")
    faites = liste(tracker, "etapes_faites")
    dire(dispatcher, demande_cpf.etape_en_cours(faits_de(tracker), faites, aujourd_hui(), droit_en_place()))
    return []


def remettre(dispatcher: CollectingDispatcher, tracker: Tracker) -> Evenements:
    """S'arrête là ; « reprendre » revient à cette étape."""
    dispatcher.utter_message(response="utter_cpf_etape_bloquee")
    attente = liste(tracker, "parcours_en_attente")
    return [SlotSet("parcours_en_attente", list(dict.fromkeys([*attente, "demander_cpf"])))]
