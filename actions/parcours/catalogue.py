"""Les parcours : les questions que chacun a encore à poser, dans l'ordre."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from actions.droit import Droit, droit_en_place
from actions.eligibilite import evaluer
from actions.eligibilite.situation import HORS_DES_CHEMINS
from actions.parcours import fin_arret, lettres
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
    if faits.get("statut") in HORS_DES_CHEMINS:
        return []
    return [champ for champ in PARCOURS[parcours](faits, inconnus, jour, droit) if champ not in inconnus]


def _eligibilite(faits: Faits, inconnus: Collection[str], jour: date, droit: Droit) -> list[str]:
    gains = restantes(faits, inconnus, jour, droit)
    return sorted(gains, key=lambda champ: -gains[champ])


def _cout(faits: Faits, inconnus: Collection[str], jour: date, droit: Droit) -> list[str]:
    statut = _absents(faits, "statut")
    if statut:
        return statut
    situation = situation_de(faits, jour)
    fermes = [chemin for chemin in evaluer(situation, droit).chemins if chemin.ferme]
    if situation.agent_public or any(c.chemin == "cpf_hors_temps" and c.motifs != ("solde_nul",) for c in fermes):
        return []  # rien à calculer : le CPF en euros ne paie pas
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
    # Qui a dit que son employeur propose n'a rien à lui demander.
    champs += [] if faits.get("initiative") == "employeur" else _absents(faits, "reponse_employeur")
    if faits.get("reponse_employeur") == "pas_demande":
        champs += _absents(faits, "arret")
        if fin_arret.arret_au_bilan(faits) == "aucun":
            champs += _absents(faits, "moment")
    if faits.get("reponse_employeur") in _EN_COURS:
        champs += _absents(faits, "date_demande")
    return champs


def _lettre(faits: Faits, inconnus: Collection[str], jour: date, droit: Droit) -> list[str]:
    """Quelle lettre, puis ce qu'elle doit dire."""
    return lettres.questions(str(faits["lettre"]), faits) if faits.get("lettre") else ["lettre"]


def _calendrier(faits: Faits, inconnus: Collection[str], jour: date, droit: Droit) -> list[str]:
    champs = _absents(faits, "statut", "arret")
    if faits.get("fin_arret") and faits.get("date_debut") is None and "date_debut" not in inconnus:
        return [*champs, "date_debut"]  # avant ou après cette fin : l'accord en dépend
    if fin_arret.en_arret_au_bilan(faits):
        # L'accord vient d'abord : un titulaire relève d'un avis médical, les autres de la caisse.
        public = situation_de(faits, jour).agent_public
        champs += _absents(faits, "contrat") if public else []
        champs += [] if public and faits.get("contrat") != "contractuel" else _absents(faits, "accord_caisse")
    if faits.get("statut") == "salarie_prive" and fin_arret.arret_au_bilan(faits) == "aucun":
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


# Questions qui précisent la réponse à une autre : elles gardent son rang dans « question 2 sur 5 ».
_PRECISIONS = (
    "accord_caisse",
    "contrat",
    "dernier_bilan_date",
    "dernier_bilan_financeur",
    "abondement_c2p_ou_atmp",
    "montant_aide",
    "duree_mois",
    "date_demande",
)
# Réponses de qui n'a rien de particulier à dire : elles donnent le nombre de questions à annoncer.
_REPONSES_ORDINAIRES: Faits = {
    "arret": "aucun",
    "initiative": "salarie",
    "dernier_bilan": "aucun",
    "solde_cpf": 1000,
    "prix": 1500,
    "autre_payeur": "aucun",
    "moment": "hors_temps",
    "agent_prioritaire": False,
    "services_effectifs_mois": 999,
    "reponse_employeur": "pas_demande",
    "lettre": "demande_absence",
    "date_debut": "plus_tot",
}


@dataclass(frozen=True)
class Etape:
    """Où en est un questionnaire : ``numero`` sur ``total`` ; total nul tant qu'on ne sait pas l'annoncer."""

    numero: int = 0
    total: int = 0


def etape(parcours: str, faits: Faits, inconnus: Collection[str], posees: Sequence[str], avant: Etape) -> Etape:
    """Rang de la question à poser. Annoncé, le total ne change plus ; le rang ne recule pas et ne le dépasse pas.

    Args:
        parcours: parcours ouvert.
        faits: ce qu'on sait.
        inconnus: ce que la personne a dit ne pas savoir.
        posees: questions déjà répondues.
        avant: rang de la question précédente.
    """
    reste = questions_restantes(parcours, faits, inconnus, None)
    repondues = len([champ for champ in posees if champ not in _PRECISIONS])
    if not avant.total and "statut" in reste:
        return avant  # tout dépend du statut : rien à annoncer avant lui
    total = avant.total or repondues + _a_poser(parcours, faits, inconnus)
    rang = repondues + (not reste or reste[0] not in _PRECISIONS)
    return Etape(min(max(rang, avant.numero, 1), total), total)


def _a_poser(parcours: str, faits: Faits, inconnus: Collection[str]) -> int:
    """Nombre de questions, précisions exceptées, pour qui répond comme tout le monde."""
    connus, sus, nombre = dict(faits), set(inconnus), 0
    while reste := questions_restantes(parcours, connus, sus, None):
        nombre += reste[0] not in _PRECISIONS
        if reste[0] in _REPONSES_ORDINAIRES:
            connus[reste[0]] = _REPONSES_ORDINAIRES[reste[0]]
        else:
            sus.add(reste[0])
    return nombre


# Volets d'un parcours que l'on ouvre sans question : « les objections », « ce qu'il ne faut pas dire ».
VOLETS_DIRECTS = {"objections", "ne_pas_dire", "preparer"}


def questions_restantes(parcours: str, faits: Faits, inconnus: Collection[str], volet: str | None) -> list[str]:
    """Questions encore utiles aujourd'hui, avec le droit en place ; aucune pour un volet direct."""
    if volet in VOLETS_DIRECTS:
        return []
    return questions(parcours, faits, inconnus, aujourd_hui(), droit_en_place())
