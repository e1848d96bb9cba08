"""Ouvre un parcours, ou reprend celui qu'on avait laissé."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.comprehension import refuse_d_en_parler
from actions.documents.modeles import lettre_apres, modeles_en_place
from actions.etat import (
    QUESTIONNAIRE,
    Evenements,
    dits_de,
    etapes_a_faire,
    faits_de,
    formulaire_ouvert,
    liste,
    parle_en_employeur,
    retenir,
    titre,
)
from actions.fil import (
    deja_dit,
    dernier_sujet,
    ecarte_d_une_lettre,
    entite,
    seconde_etiquette,
    sujet_juste_avant,
)
from actions.parcours import a_cote
from actions.parcours.catalogue import PARCOURS, questions_restantes
from actions.parcours.choix import choix_dit
from actions.parcours.faits import est_public
from actions.parcours.messages import dire_fait, enumerer
from actions.reglages import aujourd_hui

# Choix propres à une demande : on les redemande à chaque fois.
_A_REDEMANDER = {
    "parler_employeur": ("reponse_employeur", "date_demande"),
    "rediger_lettre": ("lettre", "famille_lettre"),
}


_LETTRE, _CALCUL, _ABSENCE, _EN_PARLER = "rediger_lettre", "simuler_cout", "demande_absence", "parler_employeur"
_A_L_EMPLOYEUR = {_LETTRE: "utter_lettre_employeur", "planifier": "utter_faq/temps_travail"}
# Bouton du calendrier d'un arrêt : l'accord de la caisse, ou l'avis médical d'un titulaire, est arrivé.
_ACCORD_OBTENU = "accord_obtenu"


class ActionOuvrirParcours(Action):
    """Retient le parcours demandé, met en attente celui qui était ouvert et dit ce qui vient d'être compris."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_ouvrir_parcours"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Prépare le questionnaire ; la première question est posée par le formulaire."""
        intention, volet = tracker.latest_message["intent"]["name"], entite(tracker, "precision")
        en_attente, ancien = liste(tracker, "parcours_en_attente"), tracker.get_slot("parcours")
        # La seconde question d'un message peut être une démarche : « …, et vérifie mes droits ».
        demande = next((nom for nom in (intention, seconde_etiquette(tracker)) if nom in PARCOURS), None)
        parcours = demande or (en_attente or [_a_reprendre(tracker)])[-1]
        if demande == _EN_PARLER and refuse_d_en_parler(str(tracker.latest_message.get("text") or "")):
            dispatcher.utter_message(response="utter_faq/hors_temps")
            return [FollowupAction(formulaire_ouvert(tracker) or "action_listen")]
        if demande in _A_L_EMPLOYEUR and parle_en_employeur(tracker):
            return _repondre_a_l_employeur(dispatcher, demande)
        continue_ = intention == "reprendre" and parcours == ancien and tracker.get_slot("resultat") != parcours
        if formulaire_ouvert(tracker) == QUESTIONNAIRE and ancien not in (None, parcours):
            en_attente.append(ancien)
        ensuite = seconde_etiquette(tracker)
        if ensuite in PARCOURS and ensuite != parcours:
            en_attente.append(ensuite)  # « calculez, puis guidez-moi » : la seconde démarche suivra
            dispatcher.utter_message(response="utter_parcours_ensuite", titre=titre(ensuite), annonce=ensuite)
        montant = _montant_d_ouverture(tracker, parcours)
        changements = {**_a_l_ouverture(tracker, intention, parcours, volet), **montant}
        # Redemander le même résultat rouvre ce qu'on ne savait pas.
        inconnus = [] if tracker.get_slot("resultat") == parcours else liste(tracker, "inconnus")
        faits = {**faits_de(tracker), **changements}
        reste = questions_restantes(parcours, {c: v for c, v in faits.items() if v is not None}, inconnus, volet)
        self._annoncer(dispatcher, tracker, parcours, len(reste), {**dits_de(tracker), **montant})
        return [
            *retenir(changements),
            SlotSet("parcours", parcours),
            SlotSet("volet", volet),
            SlotSet("role", None),
            SlotSet("parcours_en_attente", [p for p in en_attente if p != parcours]),
            SlotSet("inconnus", inconnus),
            *([] if continue_ else [SlotSet("historique", []), SlotSet("etape_numero", 0), SlotSet("etape_total", 0)]),
            SlotSet("incompris", 0),
            SlotSet("a_redemander", None),
            *([FollowupAction(QUESTIONNAIRE)] if demande and demande != intention else []),
        ]

    def _annoncer(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, parcours: str, reste: int, dits: dict[str, Any]
    ) -> None:
        """Dit ce que le message vient d'apprendre, puis comment répondre s'il reste des questions."""
        if dits:
            notes = enumerer([dire_fait(champ, valeur) for champ, valeur in dits.items()])
            dispatcher.utter_message(response="utter_fait_note", faits_notes=notes)
        ecarte = ecarte_d_une_lettre(tracker, parcours)
        if ecarte:
            dispatcher.utter_message(response=ecarte)
        if not reste:
            return
        if formulaire_ouvert(tracker) != QUESTIONNAIRE:
            # La règle du jeu ne se dit qu'une fois par conversation.
            # Une lettre choisie peut encore demander sa date.
            seule = reste == 1 and parcours != _LETTRE
            suite = "utter_debut_une_question" if seule else "utter_debut_suite"
            nom = suite if deja_dit(tracker, "utter_debut_questionnaire") else "utter_debut_questionnaire"
            dispatcher.utter_message(response=nom, sujet=parcours, titre=titre(parcours))
        elif tracker.get_slot("parcours") != parcours:
            dispatcher.utter_message(response="utter_changement_parcours", sujet=parcours, titre=titre(parcours))


def _a_l_ouverture(tracker: Tracker, intention: str, parcours: str, volet: str | None) -> dict[str, Any]:
    """Ce que la demande change déjà : un choix à refaire, la lettre qu'elle nomme, un accord obtenu."""
    changements: dict[str, Any] = {} if intention == "reprendre" else dict.fromkeys(_A_REDEMANDER.get(parcours, ()))
    lettre = volet or _lettre_nommee(tracker)
    if parcours == _LETTRE and lettre:
        changements["lettre"] = lettre
    if parcours == "planifier" and volet == _ACCORD_OBTENU:
        changements["accord_caisse"] = True
    return changements


def _montant_d_ouverture(tracker: Tracker, parcours: str) -> dict[str, Any]:
    """« 1700 euros j'ai vu », qui ouvre le calcul : le prix, que sa question n'a plus à demander."""
    texte, connus = str(tracker.latest_message.get("text") or ""), faits_de(tracker)
    if parcours != _CALCUL or texte.startswith("/") or {"prix", "solde_cpf"} & {*dits_de(tracker), *connus}:
        return {}
    return a_cote.prix_d_ouverture(texte, aujourd_hui())


def _repondre_a_l_employeur(dispatcher: CollectingDispatcher, demande: str) -> Evenements:
    """Les lettres et le calendrier sont ceux du salarié : à l'employeur, ses propres délais, sans rien demander."""
    dispatcher.utter_message(response=_A_L_EMPLOYEUR[demande])
    return [FollowupAction("action_listen")]


def _lettre_nommee(tracker: Tracker) -> str | None:
    """La lettre que la demande nomme par son destinataire, écrite juste ou à l'oreille, ou que la réponse appelait."""
    recu = tracker.latest_message
    textes = (recu.get("text"), recu.get("dechiffre"))
    nommee = next(filter(None, (choix_dit(texte, "lettre_nommee") for texte in textes if texte)), None)
    public = est_public(faits_de(tracker))
    if nommee:
        if nommee == _ABSENCE and (public or faits_de(tracker).get("arret") in ("maladie", "at_mp")):
            return None  # pendant un arrêt, la caisse d'abord ; au public, un congé
        # Une lettre à l'administration ne se devine pas pour qui ne s'est pas dit agent public.
        return nommee if public or modeles_en_place()[nommee].destinataire != "employeur_public" else None
    if "rediger_lettre" in liste(tracker, "resultats") and any(choix_dit(t, "lettre_refaite") for t in textes if t):
        return tracker.get_slot("lettre")
    sans_nom = any(choix_dit(texte, "lettre_sans_nom") for texte in textes if texte)
    return lettre_apres(dernier_sujet(tracker), public) if sans_nom and sujet_juste_avant(tracker) else None


def _a_reprendre(tracker: Tracker) -> str:
    """Le parcours laissé en chemin ; sinon la demande CPF commencée ; sinon le dernier."""
    ancien = tracker.get_slot("parcours")
    laisse = ancien and ancien not in liste(tracker, "resultats")
    if not laisse and etapes_a_faire(tracker):
        return "demander_cpf"
    return str(ancien or "verifier_eligibilite")
