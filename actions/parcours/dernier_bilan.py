"""Le dernier bilan, tel que le cœur d'éligibilité le lit, et sa place par rapport au délai légal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from actions.comprehension import periodes
from actions.droit import Droit
from actions.eligibilite import DernierBilan
from actions.eligibilite.dates import anniversaire, nombre_applicable

Faits = Mapping[str, Any]

# Bilan daté par rapport au délai légal seulement : « il y a moins de… », « plus ancien ».
SANS_DATE = ("ancien", "recent")


def dernier_bilan(connus: Faits, jour: date, public: bool) -> Any:
    """« Ancien » et « récent » se disent par rapport au délai légal : une date sans ambiguïté suffit au cœur."""
    dit = connus.get("dernier_bilan")
    if dit == "aucun":
        return "aucun"
    quand, payeur = connus.get("dernier_bilan_date"), connus.get("dernier_bilan_financeur")
    if quand is None and dit == "recent" and connus.get("agent_prioritaire") is not False and public:
        return DernierBilan(None, payeur or "inconnu")  # un agent prioritaire attend moins : « récent » ne tranche pas
    if not quand and not payeur and dit not in SANS_DATE:
        return None
    if quand:
        # « 2021 » peut tomber des deux côtés d'un délai : le cœur en veut les deux bouts.
        periode = periodes.lire(quand)
        return DernierBilan(min(periode.fin, jour), payeur or "inconnu", periode.debut)
    return DernierBilan({"ancien": date.min, "recent": jour}.get(str(dit)), payeur or "inconnu")


def situer_le_bilan(nouveaux: Faits, jour: date, droit: Droit) -> dict[str, Any]:
    """« Il y a moins de cinq ans » ne date pas un bilan : il se situe par rapport au délai légal, ou se redemande."""
    ecrite = nouveaux.get("dernier_bilan_date")
    periode = periodes.lire(ecrite) if ecrite else None
    if periode is None or not periodes.est_ouverte(periode):
        return dict(nouveaux)
    limite = anniversaire(jour, -nombre_applicable(droit, "cpf_carence_bilan", jour))
    dit = "recent" if periode.debut >= limite else "ancien" if periode.fin <= limite else "oui"
    return {champ: valeur for champ, valeur in nouveaux.items() if champ != "dernier_bilan_date"} | {
        "dernier_bilan": dit
    }
