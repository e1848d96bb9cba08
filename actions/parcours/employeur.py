"""L'échange avec l'employeur : ce qu'il faut dire, ne pas dire, et quoi faire selon sa réponse."""

from __future__ import annotations

from datetime import date

from actions.comprehension import periodes
from actions.contenus import Contenus
from actions.droit import Droit, ecriture
from actions.eligibilite.dates import decaler
from actions.entreprise import Entreprise, entreprise_en_place
from actions.parcours.faits import Faits
from actions.parcours.fin_arret import en_arret_au_bilan
from actions.parcours.messages import Message, dire_periode

_PREPARER = [Message("utter_employeur_pas_demande")]
_TOUJOURS = ("silence", "report", "refus", "oui", "propose")
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
    propose = faits.get("initiative") == "employeur"
    reponse = faits.get("reponse_employeur") or ("propose" if propose else "pas_demande")
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
