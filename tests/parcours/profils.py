"""Profils tirés au hasard (graine fixe) et personne simulée qui répond au questionnaire."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from actions.droit import droit_en_place
from actions.eligibilite.dates import anniversaire
from actions.parcours.catalogue import questions
from actions.parcours.faits import mettre_a_jour

JOUR = date(2026, 11, 27)
NOMBRE = 500
STATUTS = {
    "salarie_prive": 55,
    "agent_fpe": 8,
    "agent_fpt": 9,
    "agent_fph": 9,
    "independant": 7,
    "demandeur_emploi": 9,
    "retraite_taux_plein": 2,
    "etudiant_sans_activite": 1,
}
FINANCEURS = ["cpf", "opco", "france_travail", "employeur", "soi_meme"]
PUBLICS = ("agent_fpe", "agent_fpt", "agent_fph")


def profils(nombre: int = NOMBRE, graine: int = 2026) -> Iterator[dict[str, Any]]:
    """Vérité complète de chaque personne ; la population surreprésente l'arrêt, public visé."""
    hasard = random.Random(graine)
    for _ in range(nombre):
        statut = hasard.choices(list(STATUTS), list(STATUTS.values()))[0]
        profil: dict[str, Any] = {
            "statut": statut,
            "arret": hasard.choices(["aucun", "maladie", "at_mp"], [55, 33, 12])[0],
            "accord_caisse": hasard.random() < 0.3,
            "initiative": hasard.choices(["salarie", "employeur", "reclassement"], [75, 20, 5])[0],
            "solde_cpf": hasard.choice([0, 350, 900, 1200, 1650, 2400, 4000]),
            "abondement_c2p_ou_atmp": hasard.random() < 0.1,
            "contrat": "titulaire" if hasard.random() < 0.7 else "contractuel",
            "agent_prioritaire": hasard.random() < 0.2,
            "services_effectifs_mois": hasard.choice([8, 30, 140]),
        }
        if hasard.random() < 0.8:
            profil["dernier_bilan"] = "aucun"
        else:
            quand = JOUR - timedelta(days=hasard.randrange(60, 3600))
            # La personne clique ce qu'on lui offre : récent, ou plus ancien.
            recent = anniversaire(quand, 5) > JOUR
            profil |= {"dernier_bilan": "recent" if recent else "ancien", "dernier_bilan_date": quand.isoformat()}
            profil["dernier_bilan_financeur"] = hasard.choice(FINANCEURS)
        yield profil


def interroger(profil: dict[str, Any], sait: float = 1.0, parcours: str = "verifier_eligibilite") -> tuple[Any, ...]:
    """Joue le questionnaire jusqu'au bout : (faits appris, inconnus, questions posées).

    Args:
        profil: vérité de la personne.
        sait: part des questions dont elle connaît la réponse.
    """
    hasard = random.Random(str(sorted(profil.items())))
    faits: dict[str, Any] = {}
    inconnus: set[str] = set()
    posees: list[str] = []
    while reste := questions(parcours, faits, inconnus, JOUR, droit_en_place()):
        question = reste[0]
        assert question not in posees, posees
        posees.append(question)
        if profil.get(question) is None or hasard.random() > sait:
            inconnus.add(question)
        else:
            faits |= mettre_a_jour(faits, {question: profil[question]})
    return faits, inconnus, posees
