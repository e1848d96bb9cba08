"""L'échange avec l'employeur : ce qu'il faut dire, ne pas dire, et quoi faire selon sa réponse."""

from __future__ import annotations

from datetime import date

from actions.contenus import Contenus
from actions.droit import Droit, ecriture
from actions.eligibilite.dates import decaler
from actions.parcours.faits import Faits
from actions.parcours.messages import Message

_PREPARER = [Message("utter_employeur_ne_pas_dire"), Message("utter_employeur_pas_demande")]
_TOUJOURS = ("silence", "report", "refus", "oui")


def presenter(faits: Faits, volet: str | None, jour: date, droit: Droit, contenus: Contenus) -> list[Message]:
    """Rend le volet demandé, ou la marche à suivre selon la réponse de l'employeur, l'arrêt et le moment du bilan."""
    if volet in ("objections", "ne_pas_dire"):
        return [Message(f"utter_employeur_{volet}")]
    if volet == "preparer":
        return _PREPARER
    reponse = faits.get("reponse_employeur") or "pas_demande"
    if reponse == "silence":
        return [Message("utter_employeur_silence", {"echeance": _echeance(faits, jour, droit, contenus)})]
    if reponse in _TOUJOURS:
        return [Message(f"utter_employeur_{reponse}")]
    if faits.get("arret") in ("maladie", "at_mp"):
        return [Message("utter_employeur_en_arret")]
    if faits.get("moment") == "hors_temps":
        return [Message("utter_employeur_hors_temps")]
    return _PREPARER


def _echeance(faits: Faits, jour: date, droit: Droit, contenus: Contenus) -> str:
    """Date à laquelle le silence vaut accord (temps.reponse_30_jours, temps.silence_acceptation)."""
    gabarits = contenus.metadonnees("utter_employeur_silence")
    if not faits.get("date_demande"):
        return str(gabarits["inconnue"])
    demande = date.fromisoformat(faits["date_demande"])
    limite = decaler(demande, droit, "absence_reponse", jour).date
    gabarit = gabarits["passee" if limite < jour else "future"]
    return str(gabarit).format(demande=ecriture.jour(demande), limite=ecriture.jour(limite))
