"""Ce qu'un message dit d'un autre : « mon mari est fonctionnaire », « mon amie a payé 1700 euros »."""

from __future__ import annotations

import re

from actions.comprehension import nombres
from actions.comprehension.devis import PRIX_MIN
from actions.comprehension.modele import Carnet
from actions.comprehension.sommes import N, premiere
from actions.comprehension.vocabulaire import Vocabulaire

# Code d'un prix payé par un autre : à confirmer.
TIERS = "tiers"
_AUTRUI = re.compile(r"^(?:\w+ )?(?:mon|ma|mes|un|une|le|la|son|sa)\b")
# « Mon amie a payé 1700, je crois » : ce « je » doute, et ne parle pas de soi.
_JE_DOUTE = re.compile(r"\bje (?:crois|pense|suppose|dirais|ne sais plus|sais plus|sais pas)\b")
_A_PAYE = re.compile(rf"\b(?:paye\w*|regle|coute|facture\w*|depense)\b[^.!?\d]{{0,20}}?{N}")


def d_autrui(lu: str, voc: Vocabulaire) -> bool:
    """« mon mari est fonctionnaire » ne répond pas pour soi."""
    return bool(_AUTRUI.match(lu) and voc.motifs["proches"].search(lu[:30])) and not re.search(
        r"\b(?:je|j'|moi)\b", _JE_DOUTE.sub(" ", lu)
    )


def noter_son_prix(lu: str, voc: Vocabulaire, carnet: Carnet) -> None:
    """« Mon amie a payé 1700 » donne une idée du prix, et rien de son propre solde."""
    if d_autrui(lu, voc) and (paye := premiere(_A_PAYE, lu)) and float(paye["n"]) >= PRIX_MIN:
        carnet.dits.pop("prix", None)
        nombres.noter("prix", paye["n"], carnet, approximation=TIERS)
