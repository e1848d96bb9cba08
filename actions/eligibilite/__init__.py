"""Le cœur d'éligibilité : une situation et une date, un verdict. Python pur, sans Rasa ni horloge."""

from itertools import chain

from actions.droit import Droit
from actions.eligibilite.chemins import CPF_EN_EUROS, chemins
from actions.eligibilite.cout import cout
from actions.eligibilite.dates import echeances
from actions.eligibilite.lecture import ErreurSituation, lire_situation
from actions.eligibilite.situation import DernierBilan, Situation
from actions.eligibilite.verdict import Chemin, Cout, Echeance, Ligne, Verdict, dans_l_ordre

__all__ = [
    "Chemin",
    "Cout",
    "DernierBilan",
    "Echeance",
    "ErreurSituation",
    "Ligne",
    "Situation",
    "Verdict",
    "evaluer",
    "lire_situation",
]


def evaluer(situation: Situation, droit: Droit) -> Verdict:
    """Rend le verdict d'une situation à sa ``date_evaluation``, selon le droit en vigueur ce jour-là."""
    voies = chemins(situation, droit)
    cpf_possible = any(voie.chemin in CPF_EN_EUROS and not voie.ferme for voie in voies)
    prix = cout(situation, droit) if cpf_possible else None
    inconnus = chain(prix.manquant if prix else (), *(voie.manquant for voie in voies))
    return Verdict(
        date_evaluation=situation.date_evaluation,
        chemins=voies,
        cout=prix,
        dates=echeances(situation, voies, droit),
        manquant=dans_l_ordre(inconnus),
    )
