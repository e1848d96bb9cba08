"""Revenir sur une réponse : la précédente, une question nommée par un bouton, ou un fait redit après un résultat."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.comprehension.nombres import CHAMPS
from actions.contenus import contenus_en_place
from actions.etat import (
    QUESTIONNAIRE,
    Evenements,
    dire,
    dits_de,
    etat_de,
    faits_avant,
    faits_de,
    formulaire_ouvert,
    lettre_perimee,
    liste,
    redit,
    retenir,
    retouche_dite,
)
from actions.fil import entite
from actions.lettre_donnee import reprendre_la_lettre
from actions.montants_dits import montant_repris
from actions.parcours import a_cote, suites
from actions.parcours.conclusions import corriger, inchange
from actions.parcours.faits import dependants, mettre_a_jour
from actions.parcours.messages import Message, dire_faits
from actions.reglages import aujourd_hui

_SUR = 0.5
# Bouton « changer… » -> la démarche qui pose cette question.
_DEMARCHE_DE = {
    "date_debut": "planifier",
    "prix": "simuler_cout",
    "solde_cpf": "simuler_cout",
    "autre_payeur": "simuler_cout",
    "montant_aide": "simuler_cout",
}
MONTANTS = "montants"
# Une lettre se redemande : la récrire d'office enverrait une page que personne n'attend.
_LETTRE = "rediger_lettre"
_DATES_D_UNE_LETTRE = {"date_debut", "date_demande", "duree_mois"}


class ActionCorriger(Action):
    """Un fait dit dans le message est déjà retenu ; sans fait, on repose la question nommée, sinon la dernière."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_corriger"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Dit ce qui est corrigé et ce que cela change, ou revient à une question."""
        if (refaite := reprendre_la_lettre(dispatcher, tracker)) is not None:
            return refaite
        ouvert, texte = formulaire_ouvert(tracker) == QUESTIONNAIRE, str(tracker.latest_message.get("text") or "")
        if suites.demande_ce_qui_est_note(texte):
            dire(dispatcher, [ce_qui_est_note(texte, faits_de(tracker))])
            return []
        retouches = {} if ouvert else retouche_dite(tracker, texte)
        repris = {} if ouvert else montant_repris(tracker, texte, tracker.events)
        dits = {**dits_de(tracker), **repris, **a_cote.remplacer(texte, faits_de(tracker)), **retouches}
        voulu = entite(tracker, "precision") or (None if dits else suites.a_changer(texte))
        if voulu == MONTANTS:
            dispatcher.utter_message(response="utter_corriger_montants")
            return []
        if voulu in _DEMARCHE_DE:
            return [SlotSet("parcours", _DEMARCHE_DE[voulu]), *reposer(tracker, voulu, ouvert)]
        changes = mettre_a_jour(faits_avant(tracker.events), dits) if dits else redit(tracker, texte)
        if ouvert or not (dits or changes):
            return _revenir(dispatcher, tracker, ouvert)
        if changes:
            return _corriger(dispatcher, tracker, changes)
        dispatcher.utter_message(response="utter_fait_deja_note", faits_notes=dire_faits(dits))
        return []


def ce_qui_est_note(texte: str, faits: dict[str, Any]) -> Message:
    """« Quel solde tu avais noté ? » : le fait nommé, sinon tous les montants, sinon tout."""
    montants = {c: v for c, v in faits.items() if c in CHAMPS or (c in _DEMARCHE_DE and c != "date_debut")}
    nomme = suites.champ_nomme(texte)
    vus = {c: v for c, v in faits.items() if c == nomme} or montants or faits
    return Message("utter_fait_deja_note", {"faits_notes": dire_faits(vus)})


def _corriger(dispatcher: CollectingDispatcher, tracker: Tracker, changes: dict[str, Any]) -> Evenements:
    avant = faits_avant(tracker.events)
    nom = "utter_fait_corrige" if set(changes) & set(avant) else "utter_fait_note"
    dispatcher.utter_message(response=nom, faits_notes=dire_faits(changes))
    inconnus = [champ for champ in liste(tracker, "inconnus") if changes.get(champ) is None]
    if not tracker.get_slot("resultat"):
        dispatcher.utter_message(response="utter_affirmer")  # rien à refaire : on demande la suite
    else:
        dire(dispatcher, _ce_qui_change(tracker, avant, changes, inconnus))
    dire(dispatcher, lettre_perimee(tracker, changes))
    if tracker.get_slot("lettre") and _LETTRE in liste(tracker, "resultats") and _DATES_D_UNE_LETTRE & set(changes):
        dire(dispatcher, [_a_refaire(str(tracker.get_slot("lettre")))])
    historique = [pose for pose in liste(tracker, "historique") if changes.get(pose, pose) is not None]
    return [*retenir(changes), SlotSet("inconnus", inconnus), SlotSet("historique", historique)]


def _a_refaire(lettre: str) -> Message:
    """Une lettre garde la date d'avant : le dire, et offrir de la refaire."""
    titre = contenus_en_place().metadonnees("utter_lettre_a_refaire")["bouton"]
    return Message("utter_lettre_a_refaire", boutons=((titre, f"/{_LETTRE}/{lettre}"),))


def _ce_qui_change(
    tracker: Tracker, avant: dict[str, Any], changes: dict[str, Any], inconnus: list[str]
) -> list[Message]:
    """Le dernier résultat que le fait change, sinon que rien ne change dans le tout dernier."""
    resultats = [*(r for r in liste(tracker, "resultats") if r != tracker.get_slot("resultat"))]
    ordre = [tracker.get_slot("resultat"), *reversed(resultats)]
    etat, jour = etat_de(tracker), aujourd_hui()
    dits = [corriger(resultat, avant, changes, inconnus, etat, jour) for resultat in ordre if resultat != _LETTRE]
    return next((messages for messages in dits if not inchange(messages)), dits[0] if dits else [])


def _revenir(dispatcher: CollectingDispatcher, tracker: Tracker, ouvert: bool) -> Evenements:
    historique = liste(tracker, "historique")
    # Après un résultat, défaire une réponse sur un mot mal compris coûterait plus que de redemander.
    if not ouvert and float(tracker.latest_message["intent"].get("confidence") or 0) < _SUR:
        historique = []
    if not historique:
        dispatcher.utter_message(response="utter_retour_impossible" if ouvert else "utter_corriger")
        return []
    dispatcher.utter_message(response="utter_retour")
    return reposer(tracker, historique[-1], ouvert)


def reposer(tracker: Tracker, champ: str, ouvert: bool) -> Evenements:
    """Oublie une réponse et repose sa question."""
    oublies = (champ, *dependants(champ))
    return [
        *retenir(dict.fromkeys(oublies)),
        SlotSet("inconnus", [inconnu for inconnu in liste(tracker, "inconnus") if inconnu not in oublies]),
        SlotSet("historique", [pose for pose in liste(tracker, "historique") if pose != champ]),
        SlotSet("a_redemander", champ),
        SlotSet("etape_numero", 0),  # le rang se recompte : la question d'avant porte son numéro d'avant
        *([] if ouvert else [FollowupAction(QUESTIONNAIRE)]),
    ]
