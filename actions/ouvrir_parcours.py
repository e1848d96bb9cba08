"""Ouvre un parcours, ou reprend celui qu'on avait laissé."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.a_l_ouverture import CALCUL, LETTRE, dates_d_ouverture, montant_d_ouverture
from actions.comprehension import refuse_d_en_parler
from actions.contenus import contenus_en_place
from actions.etat import (
    QUESTIONNAIRE,
    Evenements,
    approches_de,
    autre_prix_dit,
    dits_de,
    etapes_a_faire,
    faits_de,
    formulaire_ouvert,
    liste,
    parle_en_employeur,
    parle_pour_un_autre,
    retenir,
    suspendre,
    titre,
)
from actions.fil import (
    deja_dit,
    derniere_reponse,
    ecarte_d_une_lettre,
    entite,
    seconde_etiquette,
    sujets_juste_avant,
)
from actions.lettre_donnee import precisions_de
from actions.offrir import dire_la_question
from actions.parcours import a_cote, lettre_voulue
from actions.parcours.catalogue import PARCOURS, questions_restantes
from actions.parcours.choix import choix_dit
from actions.parcours.faits import mettre_a_jour
from actions.parcours.messages import dire_faits
from actions.reglages import aujourd_hui
from actions.repondre import reponse_de_sa_place, sans_se_repeter
from actions.role import theme_dit

# Choix propres à une demande : on les redemande à chaque fois.
_A_REDEMANDER = {
    "parler_employeur": ("reponse_employeur", "date_demande"),
    "rediger_lettre": ("lettre", "famille_lettre"),
}


_EN_PARLER, _HORS_HEURES = "parler_employeur", "hors_temps"
_DISENT_LE_PRIX = (lettre_voulue.PLAN, lettre_voulue.CONGE, lettre_voulue.CPF_PUBLIC)
# Les démarches sont celles du salarié : ce qu'un employeur entend à la place, sans rien lui demander.
_A_L_EMPLOYEUR = {
    LETTRE: "utter_lettre_employeur",
    "planifier": "utter_faq/temps_travail",
    CALCUL: "utter_faq/employeur_finance",
    "demander_cpf": "utter_faq/temps_travail",
}
_PROPOSITION = "utter_cas_employeur_proposition"  # « vous me l'écrivez ? », juste après en avoir parlé
_PROPOSENT = (
    _PROPOSITION,
    "utter_cas_employeur_propose_en_arret",
    "utter_faq/employeur_propose",
    "utter_detail_employeur_propose",
)
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
        en_attente = liste(tracker, "parcours_en_attente")
        # La seconde question d'un message peut être une démarche : « …, et vérifie mes droits ».
        demande = next((nom for nom in (intention, seconde_etiquette(tracker)) if nom in PARCOURS), None)
        parcours = demande or (en_attente or [_a_reprendre(tracker)])[-1]
        if (ailleurs := _ailleurs(dispatcher, tracker, demande)) is not None:
            return ailleurs
        continue_ = (
            intention == "reprendre"
            and parcours == tracker.get_slot("parcours")
            and tracker.get_slot("resultat") != parcours
        )
        dire_la_question(dispatcher, tracker, parcours)
        en_attente = _mettre_en_attente(dispatcher, tracker, parcours, en_attente)
        montant, dates = montant_d_ouverture(tracker, parcours), dates_d_ouverture(tracker, parcours)
        # Pendant un questionnaire, rien n'a encore retenu ce que dit le message.
        dits = mettre_a_jour(faits_de(tracker), dits_de(tracker)) if formulaire_ouvert(tracker) else {}
        changements = {**dits, **dates, **_a_l_ouverture(tracker, intention, parcours, volet), **montant}
        # Redemander le même résultat rouvre ce qu'on ne savait pas.
        inconnus = [] if tracker.get_slot("resultat") == parcours else liste(tracker, "inconnus")
        faits = {**faits_de(tracker), **changements}
        reste = questions_restantes(parcours, {c: v for c, v in faits.items() if v is not None}, inconnus, volet)
        self._annoncer(dispatcher, tracker, parcours, len(reste), {**dits_de(tracker), **montant, **dates})
        return [
            *retenir(changements),
            SlotSet("parcours", parcours),
            SlotSet("volet", precisions_de(tracker, changements.get("lettre")) if parcours == LETTRE else volet),
            SlotSet("role", None),
            SlotSet("parcours_en_attente", [p for p in en_attente if p != parcours]),
            SlotSet("inconnus", inconnus),
            *([] if continue_ else [SlotSet("historique", []), SlotSet("etape_numero", 0), SlotSet("etape_total", 0)]),
            SlotSet("incompris", 0),
            SlotSet("a_redemander", None),
            SlotSet("hypothese", autre_prix_dit(tracker)),
            *([FollowupAction(QUESTIONNAIRE)] if demande and demande != intention else []),
        ]

    def _annoncer(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, parcours: str, reste: int, dits: dict[str, Any]
    ) -> None:
        """Dit ce que le message vient d'apprendre, puis comment répondre s'il reste des questions."""
        if dits:
            notes = dire_faits(dits, approches_de(tracker))
            dispatcher.utter_message(response="utter_fait_note", faits_notes=notes)
        ecarte = ecarte_d_une_lettre(tracker, parcours)
        if ecarte:
            dispatcher.utter_message(response=ecarte)
        if not reste:
            return
        if formulaire_ouvert(tracker) != QUESTIONNAIRE:
            # La règle du jeu ne se dit qu'une fois ; une lettre choisie peut encore demander sa date.
            seule = reste == 1 and parcours != LETTRE
            suite = "utter_debut_une_question" if seule else "utter_debut_suite"
            nom = suite if deja_dit(tracker, "utter_debut_questionnaire") else "utter_debut_questionnaire"
            dispatcher.utter_message(response=nom, sujet=parcours, titre=titre(parcours))
        elif tracker.get_slot("parcours") != parcours:
            dispatcher.utter_message(response="utter_changement_parcours", sujet=parcours, titre=titre(parcours))


def _a_l_ouverture(tracker: Tracker, intention: str, parcours: str, volet: str | None) -> dict[str, Any]:
    """Ce que la demande change déjà : un choix à refaire, la lettre qu'elle nomme, un accord obtenu."""
    changements: dict[str, Any] = {} if intention == "reprendre" else dict.fromkeys(_A_REDEMANDER.get(parcours, ()))
    lettre = volet or _lettre_nommee(tracker)
    if parcours == LETTRE and lettre:
        changements |= {"lettre": lettre, **_pour_la_lettre(tracker, lettre)}
    if parcours == "planifier" and volet == _ACCORD_OBTENU:
        changements["accord_caisse"] = True
    return changements


def _pour_la_lettre(tracker: Tracker, lettre: str) -> dict[str, Any]:
    """Ce que dit le choix de cette lettre : des heures à libérer ; « pour la mairie », quelle fonction publique."""
    faits, texte = faits_de(tracker), str(tracker.latest_message.get("text") or "")
    des_heures = lettre in (lettre_voulue.ABSENCE, lettre_voulue.CONGE) and choix_dit(texte, "moment") != _HORS_HEURES
    if des_heures and faits.get("moment") == _HORS_HEURES:
        return {"moment": None}
    prix = a_cote.prix_nomme(texte, aujourd_hui()) if faits.get("prix") is None and lettre in _DISENT_LE_PRIX else {}
    versant = choix_dit(texte, "versant") if lettre == lettre_voulue.CONGE and not faits.get("statut") else None
    return {**prix, **({"statut": versant} if versant and not texte.startswith("/") else {})}


def _ailleurs(dispatcher: CollectingDispatcher, tracker: Tracker, demande: str | None) -> Evenements | None:
    """Ce qui se dit à la place de la démarche : à qui ne veut pas en parler au patron, et à l'employeur."""
    if demande == _EN_PARLER and refuse_d_en_parler(str(tracker.latest_message.get("text") or "")):
        dispatcher.utter_message(response="utter_faq/hors_temps")
        return [FollowupAction(formulaire_ouvert(tracker) or "action_listen")]
    if parle_pour_un_autre(tracker) and (demande in (LETTRE, "planifier") or not _clique(tracker)):
        return _repondre_a_l_employeur(dispatcher, tracker, demande)
    return None


def _mettre_en_attente(
    dispatcher: CollectingDispatcher, tracker: Tracker, parcours: str, en_attente: list[str]
) -> list[str]:
    """La démarche ouverte attend ; une seconde, demandée dans le même message, suivra."""
    en_attente, ancien = [*en_attente], tracker.get_slot("parcours")
    if formulaire_ouvert(tracker) == QUESTIONNAIRE and ancien not in (None, parcours):
        en_attente.append(ancien)
    ensuite = seconde_etiquette(tracker)
    if ensuite in PARCOURS and ensuite != parcours:
        en_attente.append(ensuite)  # « calculez, puis guidez-moi » : la seconde démarche suivra
        dispatcher.utter_message(response="utter_parcours_ensuite", titre=titre(ensuite), annonce=ensuite)
    return en_attente


def _clique(tracker: Tracker) -> bool:
    """Vrai pour un bouton : qui clique une démarche la veut pour lui."""
    return str(tracker.latest_message.get("text") or "").startswith("/")


def _repondre_a_l_employeur(dispatcher: CollectingDispatcher, tracker: Tracker, demande: str | None) -> Evenements:
    """Dit ses propres règles à l'employeur ; aucune question du salarié ne lui est posée."""
    recu = tracker.latest_message
    theme = contenus_en_place().reponse_d_etiquette(theme_dit(tracker, recu.get("text"), recu.get("dechiffre")))
    table = _A_L_EMPLOYEUR if parle_en_employeur(tracker) else {}
    proposee = _PROPOSITION if demande == LETTRE and derniere_reponse(tracker) in _PROPOSENT else None
    reponse = theme or proposee or table.get(str(demande)) or reponse_de_sa_place(tracker)
    dispatcher.utter_message(response=sans_se_repeter(tracker, reponse))
    return [*suspendre(tracker), FollowupAction("action_listen")]


def _lettre_nommee(tracker: Tracker) -> str | None:
    """La lettre que la demande nomme, celle qui vient d'être écrite, ou celle que ce qui précède appelait."""
    recu, faits = tracker.latest_message, {**faits_de(tracker), **dits_de(tracker)}
    textes = [str(texte) for texte in (recu.get("text"), recu.get("dechiffre")) if texte]
    if textes and textes[0].startswith("/"):
        return None
    if nommee := lettre_voulue.nommee(textes, faits):
        return nommee
    ecrite = tracker.get_slot("lettre") if LETTRE in liste(tracker, "resultats") else None
    if ecrite and any(choix_dit(texte, "lettre_refaite") for texte in textes):
        return str(ecrite)
    if not any(choix_dit(texte, "lettre_sans_nom") for texte in textes):
        return None
    if appelee := lettre_voulue.du_delai(derniere_reponse(tracker), faits):
        return appelee
    return lettre_voulue.du_fil(faits, tracker.get_slot("resultat"), sujets_juste_avant(tracker)) or ecrite


def _a_reprendre(tracker: Tracker) -> str:
    """Le parcours laissé en chemin ; sinon la demande CPF commencée ; sinon le dernier."""
    ancien = tracker.get_slot("parcours")
    laisse = ancien and ancien not in liste(tracker, "resultats")
    if not laisse and etapes_a_faire(tracker):
        return "demander_cpf"
    return str(ancien or "verifier_eligibilite")
