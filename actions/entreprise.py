"""La couche de l'entreprise (data/entreprise.yml) : elle ajoute des contacts et des droits, sans contredire la loi."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from actions.droit import Droit, Fait, Valeur, droit_en_place, ecriture
from actions.eligibilite.dates import applicable
from actions.en_place import lu_une_fois
from actions.reglages import DOSSIER_DONNEES, aujourd_hui

# Le salarié ne peut pas avoir à demander plus tôt, ni attendre plus longtemps, que la loi ne le dit…
_AU_PLUS = ("absence_demande", "absence_demande_longue", "absence_reponse")
# … ni disposer de moins de temps.
_AU_MOINS = ("convention_delai_salarie",)
# Identifiant du fait qui fonde un délai venu de l'accord, plutôt que de la loi.
_FAIT = "entreprise.{parametre}"
# Ce qu'aucun accord ne peut prévoir, et le fait qui le dit.
_INTERDITS = {
    "accord_exige_hors_temps": "temps.hors_travail",
    "cpf_impose": "employeur.cpf_non_imposable",
    "bilan_impose": "def.consentement",
    "synthese_transmise": "conf.tiers",
    "anciennete_exigee_cpf": "temps.anciennete",
}


class ErreurEntreprise(ValueError):
    """Le fichier de l'entreprise est mal formé ou moins favorable que la loi ; le message dit quoi corriger."""


@dataclass(frozen=True)
class Contact:
    """Comment joindre un service de l'entreprise ; ``None`` : non renseigné."""

    qui: str
    telephone: str | None = None
    courriel: str | None = None
    lieu: str | None = None
    horaires: str | None = None

    @property
    def coordonnees(self) -> tuple[str, ...]:
        """Ce qui est renseigné, dans l'ordre de lecture."""
        lignes = (self.qui, self.telephone, self.courriel, self.lieu, self.horaires)
        return tuple(ligne for ligne in lignes if ligne)


@dataclass(frozen=True)
class Entreprise:
    """Contacts et accord de l'entreprise.

    Attributes:
        contacts: par rôle (``rh``, ``referent_handicap``, ``cse``, ``medecin_travail``, ``service_social``, ``opco``).
        accord: valeurs plus favorables, par nom ; vide sans accord.
    """

    contacts: Mapping[str, Contact] = field(default_factory=dict)
    accord: Mapping[str, int | bool | Decimal] = field(default_factory=dict)

    def delai(self, parametre: str, jour: date, droit: Droit) -> int:
        """Rend un délai en jours : celui de l'accord s'il existe, sinon celui de la loi à cette date."""
        return int(self.accord.get(parametre, applicable(droit, parametre, jour).montant))

    def appliquer(self, droit: Droit, jour: date) -> Droit:
        """Rend le droit où chaque délai plus favorable de l'accord remplace celui de la loi, et se cite lui-même.

        Pour des dates à tenir, jamais pour dire la loi.
        """
        faits, parametres = dict(droit.faits), dict(droit.parametres)
        for nom in (*_AU_PLUS, *_AU_MOINS):
            legal = applicable(droit, nom, jour)
            if self.delai(nom, jour, droit) == legal.montant:
                continue
            source = str(_mots()["accord_entreprise"])
            fait = Fait(_FAIT.format(parametre=nom), source, "sur", jour, source, (), legal.fait.porte)
            faits[fait.id] = fait
            valeur = Valeur(date.min, Decimal(self.delai(nom, jour, droit)), fait)
            parametres[nom] = replace(droit.parametres[nom], valeurs=(valeur,))
        return Droit(faits, parametres)

    def accorde(self, reference: str) -> bool:
        """Vrai si ce fait est un délai de l'accord."""
        return any(reference == _FAIT.format(parametre=nom) for nom in self.accord)


def charger(fichier: Path, droit: Droit, jour: date) -> Entreprise:
    """Lit et vérifie la couche de l'entreprise à une date.

    Raises:
        ErreurEntreprise: forme refusée, ou valeur moins favorable que la loi.
    """
    try:
        brut = yaml.load(fichier.read_text(encoding="utf-8"), yaml.CSafeLoader)
        schema = yaml.load(
            Path(__file__).with_name("entreprise_schema.yml").read_text(encoding="utf-8"), yaml.CSafeLoader
        )
        jsonschema.validate(brut, schema)
    except (OSError, yaml.YAMLError) as erreur:
        raise ErreurEntreprise(f"{fichier.name} : illisible ({erreur})") from erreur
    except jsonschema.ValidationError as erreur:
        chemin = ".".join(str(element) for element in erreur.absolute_path)
        raise ErreurEntreprise(f"{fichier.name} : {chemin} : {erreur.message}") from erreur
    accord: dict[str, Any] = brut["accord"] or {}
    for nom, valeur in accord.items():
        _verifier(nom, valeur, droit, jour, fichier.name)
    contacts = {role: Contact(**contact) for role, contact in brut["contacts"].items() if contact}
    return Entreprise(contacts, {nom: valeur for nom, valeur in accord.items() if nom not in _INTERDITS})


@lu_une_fois
def entreprise_en_place() -> Entreprise:
    """La couche de l'entreprise, lue une fois par version."""
    return charger(DOSSIER_DONNEES / "entreprise.yml", droit_en_place(), aujourd_hui())


@lu_une_fois
def _mots() -> Mapping[str, Any]:
    mots: Mapping[str, Any] = yaml.load(
        (DOSSIER_DONNEES / "libelles.yml").read_text(encoding="utf-8"), yaml.CSafeLoader
    )
    return mots


def _verifier(nom: str, valeur: Any, droit: Droit, jour: date, fichier: str) -> None:
    """Refuse une valeur moins favorable que la loi, avec la règle et sa source."""
    if nom in _INTERDITS:
        if valeur:
            fait = droit.faits[_INTERDITS[nom]]
            raise ErreurEntreprise(f"{fichier} : accord.{nom} est contraire à la loi : {fait.enonce} ({fait.source})")
        return
    if nom not in _AU_PLUS + _AU_MOINS:
        return
    legale = applicable(droit, nom, jour)
    montant = Decimal(legale.montant)
    if valeur > montant if nom in _AU_PLUS else valeur < montant:
        borne = "au plus" if nom in _AU_PLUS else "au moins"
        ecrit = ecriture.grandeur(montant, droit.parametres[nom].unite)
        raise ErreurEntreprise(
            f"{fichier} : accord.{nom} : {valeur} est moins favorable que la loi, qui dit {ecrit} ; "
            f"écrivez {borne} {montant} ({legale.fait.source})"
        )
