"""Ce qu'un message qui ouvre une démarche dit déjà : sa question n'aura plus à le demander."""

import re
from typing import Any

from rasa_sdk import Tracker

from actions.etat import dits_de, faits_de
from actions.parcours import a_cote, dates_dites
from actions.reglages import aujourd_hui

LETTRE, CALCUL = "rediger_lettre", "simuler_cout"
_DU_SOLDE = re.compile(r"\b(?:cpf|compte|solde|droits|j'?ai)\b", re.I)


def dates_d_ouverture(tracker: Tracker, parcours: str) -> dict[str, Any]:
    """« La lettre pour m'absenter, mi-mars », « demandé le 12 octobre » : des dates à ne plus demander."""
    recu = tracker.latest_message
    textes = [str(texte) for texte in (recu.get("dechiffre"), recu.get("text")) if texte]
    if parcours not in (LETTRE, "planifier") or textes[-1:] == [] or textes[-1].startswith("/"):
        return {}
    lues = a_cote.lire(textes, parcours, faits_de(tracker), aujourd_hui(), montants=False)
    return {
        c: v for c, v in lues.items() if c in (dates_dites.DEBUT, dates_dites.DEMANDE) and c not in dits_de(tracker)
    }


def montant_d_ouverture(tracker: Tracker, parcours: str) -> dict[str, Any]:
    """« 1700 euros j'ai vu », qui ouvre le calcul : le prix, que sa question n'a plus à demander."""
    texte, connus = str(tracker.latest_message.get("text") or ""), faits_de(tracker)
    deja = "prix" in connus or {"prix", "solde_cpf"} & {*dits_de(tracker)}
    if parcours != CALCUL or texte.startswith("/") or deja or ("solde_cpf" in connus and _DU_SOLDE.search(texte)):
        return {}
    return a_cote.prix_d_ouverture(texte, aujourd_hui())
