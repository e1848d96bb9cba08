"""La situation d'une personne : ce qu'on sait d'elle à une date.

Un champ absent est inconnu (``None``), et « inconnu » n'est jamais « non ».
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

AgentPublic = Literal["agent_fpe", "agent_fpt", "agent_fph"]
Statut = Literal[
    "salarie_prive",
    AgentPublic,
    "independant",
    "demandeur_emploi",
    "retraite_taux_plein",
    "etudiant_sans_activite",
]
# Statut reconnu dont les règles ne sont pas établies (militaire.bilan_ct) : la bonne porte, jamais un verdict.
MILITAIRE = "militaire"
# De même en ESAT : un CPF en euros, à la main de la personne ou de son représentant, hors des chemins d'un salarié.
ESAT = "esat"
HORS_DES_CHEMINS = (MILITAIRE, ESAT)
Contrat = Literal[
    "cdi",
    "cdd",
    "interim",
    "apprentissage",
    "professionnalisation",
    "particulier_employeur",
    "titulaire",
    "contractuel",
]
Initiative = Literal["salarie", "employeur"]
Arret = Literal["aucun", "maladie", "at_mp"]
# Le bilan payé par l'un d'eux fait courir le délai de cinq ans (cpf.carence_financeurs).
FinanceurCompte = Literal[
    "cpf",
    "opco",
    "transitions_pro",
    "etat",
    "region",
    "france_travail",
    "agefiph",
    "faf",
]
Financeur = Literal[FinanceurCompte, "employeur", "soi_meme", "inconnu"]


# Le champ « date » masque ce nom dans la classe qui suit.
_Jour = date


@dataclass(frozen=True)
class DernierBilan:
    """Le bilan le plus récent : son jour (``None`` : inconnu) et son financeur.

    Attributes:
        date: son jour, ou le plus tardif possible.
        au_plus_tot: le plus ancien jour possible, si la date n'est dite qu'à peu près (« 2021 »).
    """

    date: date | None = None
    financeur: Financeur = "inconnu"
    au_plus_tot: _Jour | None = None


@dataclass(frozen=True)
class Situation:
    """Ce qu'on sait d'une personne à ``date_evaluation`` ; ``None`` veut dire inconnu.

    Attributes:
        solde_cpf: euros issus de l'alimentation annuelle.
        prix: euros, comme ``dotation_employeur``, ``financement_opco`` et ``autres_financements``.
        dernier_bilan: ``"aucun"`` s'il n'y en a jamais eu.
        accord_caisse: accord du médecin traitant et de la caisse obtenus.
        services_effectifs_mois: services d'un agent hospitalier, en mois.
        date_debut: jour souhaité du premier rendez-vous.
        duree_mois: étalement prévu, en mois.
    """

    date_evaluation: date
    statut: Statut | None = None
    contrat: Contrat | None = None
    initiative: Initiative | None = None
    solde_cpf: Decimal | None = None
    prix: Decimal | None = None
    dotation_employeur: Decimal = Decimal(0)
    financement_opco: Decimal = Decimal(0)
    autres_financements: Decimal = Decimal(0)
    abondement_c2p_ou_atmp: bool | None = None
    dernier_bilan: DernierBilan | Literal["aucun"] | None = None
    arret: Arret | None = None
    accord_caisse: bool | None = None
    conge_reclassement: bool | None = None
    agent_prioritaire: bool | None = None
    services_effectifs_mois: int | None = None
    date_debut: date | None = None
    duree_mois: Decimal | None = None

    @property
    def agent_public(self) -> bool:
        """Vrai pour un agent de l'un des trois versants de la fonction publique."""
        return self.statut in get_args(AgentPublic)

    @property
    def en_arret(self) -> bool:
        """Vrai si un arrêt est connu ; un arrêt inconnu est sans effet."""
        return self.arret in ("maladie", "at_mp")

    @property
    def abondements(self) -> Decimal:
        """Somme des trois financements qui s'ajoutent aux droits annuels, en euros."""
        return self.dotation_employeur + self.financement_opco + self.autres_financements
