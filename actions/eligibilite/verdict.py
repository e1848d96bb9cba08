"""Le verdict : chemins, coût, dates et informations manquantes. Données gelées et leur écriture en JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from actions.eligibilite.situation import Situation

# Du moins au plus contraignant : quand plusieurs conditions jouent, la dernière l'emporte.
StatutChemin = Literal["ouvert", "sous_accord", "a_verifier", "ferme"]
EmployeurInforme = Literal["non", "absence_seulement", "existence_du_bilan", "inconnu"]
_CHAMPS = tuple(champ.name for champ in fields(Situation))


@dataclass(frozen=True)
class Chemin:
    """Une voie vers le bilan, et ce qu'elle demande.

    Attributes:
        motifs: codes des accords à obtenir, ou des causes de fermeture.
        references: identifiants des faits qui fondent la réponse, jamais vide.
        manquant: champs de la situation qu'il faudrait connaître.
        employeur_informe: ce que l'employeur apprend au plus.
        payeur: code de qui paie.
        remuneration: code de ce qui est payé à la personne pendant les heures de bilan.
    """

    chemin: str
    statut: StatutChemin
    motifs: tuple[str, ...]
    references: tuple[str, ...]
    manquant: tuple[str, ...]
    employeur_informe: EmployeurInforme
    payeur: str
    remuneration: str

    @property
    def ferme(self) -> bool:
        """Vrai si ce chemin est fermé."""
        return self.statut == "ferme"


@dataclass(frozen=True)
class Ligne:
    """Une ligne du calcul : ``montant`` en euros, ``reference`` identifie le fait qui la fonde."""

    libelle: str
    montant: Decimal
    reference: str


@dataclass(frozen=True)
class Cout:
    """Qui paie quoi, en euros ; ``None`` si le prix ou le solde est inconnu.

    Attributes:
        abondements: part du prix payée par les autres financeurs.
        participation: montant en vigueur à la date, même si ``exoneration`` est vrai.
    """

    prix: Decimal | None
    abondements: Decimal | None
    part_cpf: Decimal | None
    participation: Decimal
    reste_a_payer: Decimal | None
    exoneration: bool
    lignes: tuple[Ligne, ...]
    manquant: tuple[str, ...]


@dataclass(frozen=True)
class Echeance:
    """Un jour limite et le fait qui fixe le délai."""

    date: date
    reference: str


@dataclass(frozen=True)
class Verdict:
    """La réponse du cœur ; ``cout`` est ``None`` si aucun chemin CPF en euros n'est possible."""

    date_evaluation: date
    chemins: tuple[Chemin, ...]
    cout: Cout | None
    dates: Mapping[str, Mapping[str, Echeance | bool]]
    manquant: tuple[str, ...]

    def en_json(self) -> dict[str, Any]:
        """Rend l'objet JSON du contrat : mêmes clés, toujours dans le même ordre."""
        objet: dict[str, Any] = _en_json(self)
        return objet


def dans_l_ordre(champs: Iterable[str]) -> tuple[str, ...]:
    """Rend des champs de la situation sans doublon, dans l'ordre du contrat."""
    return tuple(sorted(set(champs), key=_CHAMPS.index))


def _en_json(valeur: Any) -> Any:
    if isinstance(valeur, date):
        return valeur.isoformat()
    if isinstance(valeur, Decimal):
        return int(valeur) if valeur == valeur.to_integral_value() else float(valeur)
    if isinstance(valeur, tuple):
        return [_en_json(element) for element in valeur]
    if isinstance(valeur, Mapping):
        return {cle: _en_json(element) for cle, element in valeur.items()}
    if isinstance(valeur, Verdict | Chemin | Cout | Ligne | Echeance):
        return {champ.name: _en_json(getattr(valeur, champ.name)) for champ in fields(valeur)}
    return valeur
