"""L'échange avec l'employeur : ce qu'il faut dire, ne pas dire, et quoi faire selon sa réponse."""

from __future__ import annotations

from datetime import date

from actions.comprehension import periodes
from actions.contenus import Contenus
from actions.droit import Droit, ecriture
from actions.eligibilite.dates import decaler
from actions.entreprise import Entreprise, entreprise_en_place
from actions.parcours.faits import Faits, est_public
from actions.parcours.fin_arret import en_arret_au_bilan
from actions.parcours.messages import Message, dire_periode

_PREPARER = [Message("utter_employeur_pas_demande")]
_TOUJOURS = ("silence", "report", "refus", "oui")
SANS_EMPLOYEUR = ("independant", "demandeur_emploi", "retraite_taux_plein", "etudiant_sans_activite")


def presenter(faits: Faits, volet: str | None, jour: date, droit: Droit, contenus: Contenus) -> list[Message]:
    """Rend le volet demandé, ou la marche à suivre selon la réponse de l'employeur, l'arrêt et le moment du bilan."""
    if volet in ("objections", "ne_pas_dire"):
        return [Message(f"utter_employeur_{volet}")]
    if volet == "preparer":
        return _PREPARER
    if faits.get("statut") in SANS_EMPLOYEUR:
        return [Message("utter_employeur_aucun")]
    return [*_avertir(faits), *_marche(faits, jour, droit, contenus)]


def _avertir(faits: Faits) -> list[Message]:
    """Ce qui change avant tout le reste : un second employeur, ou un statut que l'on ne connaît pas."""
    if faits.get("contrat") == "interim":
        return [Message("utter_employeur_interim")]
    inconnu = not faits.get("statut") and not faits.get("agent_public")
    return [Message("utter_employeur_statut_inconnu")] if inconnu else []


def _marche(faits: Faits, jour: date, droit: Droit, contenus: Contenus) -> list[Message]:
    reponse = faits.get("reponse_employeur") or "pas_demande"
    if reponse == "silence":
        return [Message("utter_employeur_silence", {"echeance": _echeance(faits, jour, droit, contenus)})]
    if reponse in _TOUJOURS:
        return [Message(f"utter_employeur_{reponse}")]
    if en_arret_au_bilan(faits):
        return [Message("utter_employeur_en_arret")]
    if faits.get("moment") == "hors_temps":
        return [Message("utter_employeur_hors_temps")]
    return _PREPARER


def _echeance(faits: Faits, jour: date, droit: Droit, contenus: Contenus, entreprise: Entreprise | None = None) -> str:
    """Date à laquelle le silence vaut accord (temps.reponse_30_jours, temps.silence_acceptation).

    L'accord de l'entreprise peut promettre une réponse plus tôt ; il ne change pas ce que la loi tire du silence.
    """
    entreprise = entreprise or entreprise_en_place()
    gabarits = contenus.metadonnees("utter_employeur_silence")
    if not faits.get("date_demande"):
        return str(gabarits["inconnue"])
    demande = min(periodes.lire(faits["date_demande"]).fin, jour)
    limite = decaler(demande, droit, "absence_reponse", jour).date
    gabarit = gabarits["passee" if limite < jour else "future"]
    echeance = str(gabarit).format(
        demande=dire_periode(faits["date_demande"], "dans_une_phrase"), limite=ecriture.jour(limite)
    )
    promise = decaler(demande, entreprise.appliquer(droit, jour), "absence_reponse", jour).date
    if promise == limite:
        return echeance
    return f"{echeance} {gabarits['promise'].format(promise=ecriture.jour(promise))}"


def delai_de_l_employeur(faits: Faits, jour: date, droit: Droit, contenus: Contenus) -> Message | None:
    """Ce qu'un employeur conclut des dates qu'il donne : jusqu'à quand répondre, et si la demande vient assez tôt."""
    if not faits.get("date_demande") or est_public(faits):
        return None
    gabarits = contenus.metadonnees("utter_employeur_delai")
    demande = min(periodes.lire(faits["date_demande"]).jour, jour)
    limite = decaler(demande, droit, "absence_reponse", jour).date
    possible = decaler(demande, droit, "absence_demande", jour).date
    echeance = str(gabarits["passee" if limite < jour else "future"]).format(
        demande=dire_periode(faits["date_demande"], "dans_une_phrase"), limite=ecriture.jour(limite)
    )
    debut = periodes.lire(faits["date_debut"]) if faits.get("date_debut") else None
    if debut and debut.fin < possible:
        dit = dire_periode(faits["date_debut"], "dans_une_phrase")
        echeance += "\n" + str(gabarits["tard"]).format(debut=dit, debut_possible=ecriture.jour(possible))
    return Message("utter_employeur_delai", {"echeance": echeance})
