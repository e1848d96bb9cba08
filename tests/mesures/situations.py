"""500 situations au format du contrat, tirées au hasard (graine fixe) : ``python -m tests.mesures.situations``.

``.venv/bin/python -m tests.mesures.situations | .venv/bin/bilan evaluer -`` les évalue toutes.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, get_args

from actions.eligibilite.situation import Arret, Contrat, Financeur, Initiative, Statut

NOMBRE = 500
DEBUT, FIN = date(2023, 1, 1), date(2027, 6, 30)
_EUROS = (0, 0.01, 150, 499.99, 1200, 1599.99, 1600, 1600.01, 1950, 3500)


def situations(nombre: int = NOMBRE, graine: int = 2026) -> Iterator[dict[str, Any]]:
    """Chaque champ est tiré parmi ses valeurs admises, ou absent ; les dates couvrent les réformes."""
    hasard = random.Random(graine)
    for _ in range(nombre):
        jour = DEBUT + timedelta(days=hasard.randrange((FIN - DEBUT).days))
        tirages: dict[str, Any] = {
            "statut": hasard.choice(get_args(Statut)),
            "contrat": hasard.choice(get_args(Contrat)),
            "initiative": hasard.choice(get_args(Initiative)),
            **{champ: hasard.choice(_EUROS) for champ in ("solde_cpf", "prix")},
            **{
                champ: hasard.choice(_EUROS[:4])
                for champ in ("dotation_employeur", "financement_opco", "autres_financements")
            },
            "dernier_bilan": hasard.choice(["aucun", _bilan(hasard, jour), _bilan(hasard, jour)]),
            "arret": hasard.choice(get_args(Arret)),
            **{
                champ: hasard.random() < 0.5
                for champ in ("abondement_c2p_ou_atmp", "accord_caisse", "conge_reclassement", "agent_prioritaire")
            },
            "services_effectifs_mois": hasard.choice([0, 23, 24, 25, 144]),
            "date_debut": (jour + timedelta(days=hasard.choice([0, 59, 60, 61, 119, 120, 121]))).isoformat(),
            "duree_mois": hasard.choice([1, 5, 6, 7]),
        }
        connus = {champ: valeur for champ, valeur in tirages.items() if hasard.random() < 0.75}
        yield {"date_evaluation": jour.isoformat(), **connus}


def _bilan(hasard: random.Random, jour: date) -> dict[str, Any]:
    quand = jour - timedelta(days=hasard.choice([30, 1094, 1095, 1096, 1825, 1826, 1827, 3000]))
    return {"date": quand.isoformat(), "financeur": hasard.choice(get_args(Financeur))}


if __name__ == "__main__":
    print(json.dumps(list(situations()), ensure_ascii=False))
