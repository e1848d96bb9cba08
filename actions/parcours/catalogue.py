"""Les parcours : les questions que chacun a encore à poser, dans l'ordre."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date

from actions.droit import Droit, droit_en_place
from actions.eligibilite import evaluer
from actions.parcours import lettres
from actions.parcours.employeur import SANS_EMPLOYEUR
from actions.parcours.faits import Faits, situation_de
from actions.parcours.questionnaire import restantes
from actions.reglages import aujourd_hui

Questions = Callable[[Faits, Collection[str], date, Droit], Sequence[str]]
_EN_COURS = ("silence",)


def questions(parcours: str, faits: Faits, inconnus: Collection[str], jour: date, droit: Droit) -> list[str]:
    """Champs à demander pour un parcours, le plus utile d'abord ; vide quand on peut conclure.

    Raises:
        KeyError: parcours inconnu.
    """
    return [champ for champ in PARCOURS[parcours](faits, inconnus, jour, droit) if champ not in inconnus]


def _eligibilite(faits: Faits, inconnus: Collection[str], jour: date, droit: Droit) -> list[str]:
    gains = restantes(faits, inconnus, jour, droit)
    return sorted(gains, key=lambda champ: -gains[champ])


def _cout(faits: Faits, inconnus: Collection[str], jour: date, droit: Droit) -> list[str]:
    statut = _absents(faits, "statut")
    if statut:
        return statut
    situation = situation_de(faits, jour)
    if situation.agent_public or situation.statut in ("retraite_taux_plein", "etudiant_sans_activite"):
        return []
    aide = faits.get("autre_payeur") not in (None, "aucun") and faits.get("montant_aide") is None
    return [*_absents(faits, "prix", "solde_cpf", "autre_payeur"), *(["montant_aide"] if aide else [])]


def _demande_cpf(faits: Faits, inconnus: Collection[str], jour: date, droit: Droit) -> list[str]:
    """Ce qui peut fermer la voie, puis ce qui ajoute une étape."""
    situation = situation_de(faits, jour)
    cpf = [chemin for chemin in evaluer(situation, droit).chemins if chemin.chemin == "cpf_hors_temps"]
    if faits.get("statut") and (not cpf or cpf[0].ferme):
        return []
    utiles = ("statut", "arret", "accord_caisse", "dernier_bilan", "dernier_bilan_date", "dernier_bilan_financeur")
    champs = [champ for champ in _eligibilite(faits, inconnus, jour, droit) if champ in utiles]
    if not champs and situation.statut == "salarie_prive" and not situation.en_arret:
        champs = _absents(faits, "moment")
    return champs


def _employeur(faits: Faits, inconnus: Collection[str], jour: date, droit: Droit) -> list[str]:
    # Le statut d'abord : ni les mêmes textes, ni les mêmes délais ; « agent public » suffit, sans son versant.
    champs = [] if faits.get("agent_public") else _absents(faits, "statut")
    if faits.get("statut") in SANS_EMPLOYEUR:
        return []
    champs += _absents(faits, "reponse_employeur")
    if faits.get("reponse_employeur") == "pas_demande":
        champs += _absents(faits, "arret")
        if faits.get("arret") == "aucun":
            champs += _absents(faits, "moment")
    if faits.get("reponse_employeur") in _EN_COURS:
        champs += _absents(faits, "date_demande")
    return champs


def _lettre(faits: Faits, inconnus: Collection[str], jour: date, droit: Droit) -> list[str]:
    """Quelle lettre, puis ce qu'elle doit dire."""
    return lettres.questions(str(faits["lettre"]), faits) if faits.get("lettre") else ["lettre"]


def _calendrier(faits: Faits, inconnus: Collection[str], jour: date, droit: Droit) -> list[str]:
    champs = _absents(faits, "statut", "arret")
    if faits.get("statut") == "salarie_prive" and faits.get("arret") == "aucun":
        champs += _absents(faits, "moment")
    if faits.get("moment") == "temps_travail":
        champs += _absents(faits, "duree_mois")
    return [*champs, *_absents(faits, "date_debut")]


def _absents(faits: Faits, *champs: str) -> list[str]:
    return [champ for champ in champs if faits.get(champ) is None]


PARCOURS: dict[str, Questions] = {
    "verifier_eligibilite": _eligibilite,
    "simuler_cout": _cout,
    "demander_cpf": _demande_cpf,
    "parler_employeur": _employeur,
    "rediger_lettre": _lettre,
    "planifier": _calendrier,
}


# Volets d'un parcours que l'on ouvre sans question : « les objections », « ce qu'il ne faut pas dire ».
VOLETS_DIRECTS = {"objections", "ne_pas_dire", "preparer"}


def questions_restantes(parcours: str, faits: Faits, inconnus: Collection[str], volet: str | None) -> list[str]:
    """Questions encore utiles aujourd'hui, avec le droit en place ; aucune pour un volet direct."""
    if volet in VOLETS_DIRECTS:
        return []
    return questions(parcours, faits, inconnus, aujourd_hui(), droit_en_place())
