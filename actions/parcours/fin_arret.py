"""Le bilan face à la fin de l'arrêt : pendant, après, ou à cheval (pur, sans Rasa)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Literal

from actions.comprehension import periodes
from actions.comprehension.periodes import Periode

# ``incertain`` : « en janvier », pour un arrêt qui finit le 15.
Position = Literal["pendant", "a_cheval", "apres", "incertain"]
ARRETS = ("maladie", "at_mp")


def en_arret(faits: Mapping[str, Any]) -> bool:
    """Vrai si la personne est en arrêt aujourd'hui."""
    return faits.get("arret") in ARRETS


def en_arret_au_bilan(faits: Mapping[str, Any]) -> bool:
    """Vrai si le bilan peut commencer pendant l'arrêt ; passé sa fin, il n'y a plus d'accord à demander."""
    return en_arret(faits) and position(faits) != "apres"


def arret_au_bilan(faits: Mapping[str, Any]) -> Any:
    """Le code de l'arrêt au jour du bilan, pour le cœur d'éligibilité : « aucun » si le bilan vient après."""
    return "aucun" if en_arret(faits) and position(faits) == "apres" else faits.get("arret")


def position(faits: Mapping[str, Any]) -> Position | None:
    """Où tombe le début souhaité par rapport à la fin de l'arrêt ; ``None`` si l'une des dates manque."""
    fin, debut = lire(faits, "fin_arret"), lire(faits, "date_debut")
    return comparer(debut, fin) if fin and debut else None


def comparer(debut: Periode, fin: Periode, dernier: date | None = None) -> Position:
    """Situe un bilan, du début au dernier rendez-vous (``None`` : inconnu), par rapport à la fin d'un arrêt."""
    if debut.debut > fin.fin:
        return "apres"
    if debut.fin > fin.debut and debut.debut != fin.debut:
        return "incertain"
    return "a_cheval" if dernier and dernier > fin.fin else "pendant"


def lire(faits: Mapping[str, Any], champ: str) -> Periode | None:
    """Relit une date retenue ; ``None`` si elle manque, ou si c'est « le plus tôt possible »."""
    ecrite = str(faits.get(champ) or "")
    return periodes.lire(ecrite) if ecrite[:1].isdigit() else None


def lendemain(fin: Periode) -> date:
    """Le premier jour hors de l'arrêt, au plus tard."""
    return fin.fin + timedelta(days=1)


def sans_contredire(faits: Mapping[str, Any], dits: Mapping[str, Any]) -> dict[str, Any]:
    """« Je reprends à plein temps le 1er mars », de qui n'est pas en arrêt, n'en dit pas un."""
    ailleurs = faits.get("arret") == "aucun" and dits.get("arret") not in ARRETS
    return {champ: dit for champ, dit in dits.items() if not (champ == "fin_arret" and ailleurs)}
