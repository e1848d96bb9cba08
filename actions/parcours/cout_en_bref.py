"""Le reste à payer en une phrase : un prix trouvé hors du calcul, ou ce qu'il manque si l'employeur aide."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from actions.droit import Droit, ecriture
from actions.eligibilite import evaluer
from actions.parcours.cout import ZERO, incomplet, sur
from actions.parcours.faits import Faits, situation_de
from actions.parcours.messages import Message


def en_bref(faits: Faits, jour: date, droit: Droit) -> list[Message]:
    """Un prix trouvé hors du calcul : ce qu'il laisse à payer, en une phrase ; vide si rien n'est sûr."""
    if cout := sur(faits, jour, droit):
        return [Message("utter_cout_bref", {"reste": _euros(cout.reste_a_payer)})]
    mots = incomplet(faits, jour, droit) if faits.get("prix") is not None else {}
    return [Message("utter_cout_bref_selon_solde", mots)] if mots else []


def manque(faits: Faits, jour: date, droit: Droit) -> list[Message]:
    """« Combien il doit mettre ? » : ce qui reste après le CPF si l'employeur aide ; vide sans montants."""
    cout = evaluer(replace(situation_de(faits, jour), abondement_c2p_ou_atmp=True), droit).cout
    if cout is None or cout.reste_a_payer is None:
        return []
    return [Message("utter_cout_manque", {"reste": _euros(cout.reste_a_payer)})]


def _euros(montant: Decimal | None) -> str:
    return ecriture.grandeur(montant or ZERO, "euros")
