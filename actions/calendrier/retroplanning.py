"""Le calendrier à rebours : du début souhaité aux démarches, chaque date avec le fait qui la fixe.

Les délais d'absence et de congé sont ceux du cœur d'éligibilité ; ceux de la demande CPF, ceux de data/droit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Any, Literal

import yaml

from actions.calendrier.jours import FRANCE, Jours
from actions.droit import Droit
from actions.eligibilite import Echeance, Situation
from actions.eligibilite.chemins import chemins
from actions.eligibilite.dates import ajouter_mois, applicable, echeances, nombre_applicable
from actions.en_place import lu_une_fois
from actions.reglages import DOSSIER_DONNEES

Origine = Literal["loi", "usage", "conseil", "souhait"]
_EN_EUROS = ("cpf_hors_temps", "cpf_temps_travail")
_AVEC_CONVENTION = ("plan_employeur", "conge_reclassement")
_RECHERCHE_MAX_JOURS = 400


@dataclass(frozen=True)
class Etape:
    """Une démarche et son jour.

    Attributes:
        code: nom de l'étape dans data/calendrier.yml.
        fait: identifiant du fait qui fixe ou éclaire la date.
        origine: ``loi``, ``usage`` (conditions de Mon Compte Formation), ``conseil`` ou ``souhait``.
        tenable: faux si ce jour est passé, ou si la réponse d'une administration de l'État peut arriver après le
            début ; un conseil passé est ramené à aujourd'hui.
    """

    code: str
    date: date
    fait: str
    origine: Origine
    tenable: bool


def retroplanning(
    situation: Situation, jour: date, droit: Droit, *, chemin: str | None = None, jours: Jours | None = None
) -> list[Etape]:
    """Rend les étapes dans l'ordre des dates ; vide sans ``date_debut``.

    Args:
        situation: ce que l'on sait de la personne ; ``date_debut`` est le premier rendez-vous souhaité.
        jour: aujourd'hui, et date du droit.
        droit: faits et paramètres.
        chemin: voie choisie ; par défaut, sur le temps de travail si elle est ouverte, sinon la première ouverte.
        jours: calendrier des fériés.
    """
    if situation.date_debut is None:
        return []
    calcul = _Calcul(replace(situation, date_evaluation=jour), droit, jours or FRANCE, chemin)
    return calcul.etapes()


def premiere_date_tenable(
    situation: Situation, jour: date, droit: Droit, *, chemin: str | None = None, jours: Jours | None = None
) -> date | None:
    """Premier jour ouvré de début dont toutes les étapes peuvent être tenues ; ``None`` au-delà d'un an environ."""
    ouvres = jours or FRANCE
    for ecart in range(_RECHERCHE_MAX_JOURS):
        debut = jour + timedelta(days=ecart)
        if not ouvres.est_ouvre(debut):
            continue
        essai = replace(situation, date_debut=debut)
        if all(etape.tenable for etape in retroplanning(essai, jour, droit, chemin=chemin, jours=ouvres)):
            return debut
    return None


@lu_une_fois
def textes() -> Mapping[str, Any]:
    """Titres, faits et marges conseillées (data/calendrier.yml)."""
    contenu: Mapping[str, Any] = yaml.load(
        (DOSSIER_DONNEES / "calendrier.yml").read_text(encoding="utf-8"), yaml.CSafeLoader
    )
    return contenu


def voie_par_defaut(situation: Situation, droit: Droit) -> str:
    """Voie qui demande le plus d'étapes parmi les ouvertes : la personne n'en oublie aucune."""
    ouvertes = [chemin.chemin for chemin in chemins(situation, droit) if not chemin.ferme]
    return next((v for v in ("cpf_temps_travail", "conge_public", "cpf_hors_temps") if v in ouvertes), ouvertes[0])


class _Calcul:
    def __init__(self, situation: Situation, droit: Droit, jours: Jours, chemin: str | None) -> None:
        assert situation.date_debut is not None
        self.situation, self.droit, self.jours = situation, droit, jours
        self.jour, self.debut = situation.date_evaluation, situation.date_debut
        self.chemin = chemin or voie_par_defaut(situation, droit)

    def etapes(self) -> list[Etape]:
        demarches = [*self._absence(), *self._convention(), *self._cpf()]
        # Premier acte daté : les conseils se comptent à rebours de lui.
        premier = min((etape.date for etape in demarches), default=self.debut)
        rendez_vous = [self._etape("debut", self.debut, "souhait")]
        # Moins d'un mois : la personne n'a pas dit de durée précise, on ne lui prête pas de date de fin.
        if self.situation.duree_mois and self.situation.duree_mois >= 1:
            mois = int(self.situation.duree_mois.to_integral_value(ROUND_CEILING))
            rendez_vous.append(
                self._etape("fin", self.jours.ouvre_precedent(ajouter_mois(self.debut, mois)), "souhait")
            )
        toutes = [*self._arret(premier), *self._preparation(premier), *demarches, *rendez_vous]
        return sorted(toutes, key=lambda etape: etape.date)

    def _etape(self, code: str, quand: date, origine: Origine, fait: str | None = None) -> Etape:
        if origine == "conseil":
            quand = max(quand, min(self.jour, self.debut))
        return Etape(code, quand, fait or str(textes()["etapes"][code]["fait"]), origine, quand >= self.jour)

    def _conseil(self, code: str, avant: date, marge: str | None = None) -> Etape:
        return self._etape(code, self.jours.decaler_ouvres(avant, -int(textes()["marges"][marge or code])), "conseil")

    def _arret(self, premier: date) -> list[Etape]:
        """Pendant un arrêt, l'accord d'abord (sante.conditions, pub.bilan_pendant_arret)."""
        if not self.situation.en_arret or self.situation.accord_caisse:
            return []
        titulaire = self.situation.agent_public and self.situation.contrat == "titulaire"
        return [self._conseil("avis_medical" if titulaire else "accord_caisse", premier, "accord_caisse")]

    def _preparation(self, premier: date) -> list[Etape]:
        entretiens = self._conseil("entretiens_prestataires", premier)
        return [entretiens, *([self._conseil("identite_numerique", premier)] if self.chemin in _EN_EUROS else [])]

    def _absence(self) -> list[Etape]:
        """Demande d'absence ou de congé, et réponse si elle part au dernier moment (cœur d'éligibilité)."""
        limite = self._echeance(self.situation, "demande_absence_au_plus_tard")
        reponse = self._echeance(
            replace(self.situation, date_evaluation=limite.date if limite else self.jour),
            "reponse_employeur_au_plus_tard",
        )
        if reponse is None:
            return []
        if limite:
            return [
                self._etape("demande_absence", limite.date, "loi", limite.reference),
                self._etape("reponse_employeur", reponse.date, "loi", reponse.reference),
            ]
        # L'État n'impose pas de délai de dépôt : on conseille celui de sa réponse (fpe.reponse).
        depot = ajouter_mois(self.debut, -nombre_applicable(self.droit, "fpe_reponse", self.jour))
        demande = self._etape("demande_conge", depot, "conseil")
        mois = nombre_applicable(self.droit, "fpe_reponse", demande.date)
        retour = self._etape("reponse_employeur", ajouter_mois(demande.date, mois), "loi", reponse.reference)
        return [demande, replace(retour, tenable=retour.date <= self.debut)]

    def _echeance(self, situation: Situation, cle: str) -> Echeance | None:
        # Un ancien bilan ferme le CPF aujourd'hui, peut-être plus au début voulu : l'absence se demande à temps.
        situation = replace(situation, dernier_bilan="aucun")
        dates = echeances(situation, chemins(situation, self.droit), self.droit).get(self.chemin, {})
        echeance = dates.get(cle)
        return echeance if isinstance(echeance, Echeance) else None

    def _convention(self) -> list[Etape]:
        """Plan de l'employeur, congé de reclassement : recevoir le projet assez tôt (employeur.delai_10_jours)."""
        if self.chemin not in _AVEC_CONVENTION:
            return []
        delai = nombre_applicable(self.droit, "convention_delai_salarie", self.jour)
        projet = self._etape("projet_convention", self.debut - timedelta(days=delai), "conseil")
        return [*([self._conseil("demande_plan", projet.date)] if self.chemin == "plan_employeur" else []), projet]

    def _cpf(self) -> list[Etape]:
        """Demande sur Mon Compte Formation, puis validation (mcf.delai_11_jours, mcf.validation_titulaire)."""
        if self.chemin not in _EN_EUROS:
            return []
        delai = self._ouvres("mcf_delai_avant_debut")
        demande = self.jours.decaler_ouvres(self.debut, -delai)
        if demande < self.jour and self.jours.decaler_ouvres(self.jour, delai) <= self.debut:
            demande = self.jour  # envoyée un samedi, elle compte ses jours ouvrés à partir du lundi
        reponse = self.jours.decaler_ouvres(demande, self._ouvres("mcf_reponse_organisme"))
        validation = self.jours.decaler_ouvres(reponse, self._ouvres("mcf_validation_titulaire"))
        return [
            self._etape("demande_cpf", demande, "usage"),
            self._etape("validation_titulaire", validation, "usage"),
        ]

    def _ouvres(self, parametre: str) -> int:
        return int(Decimal(applicable(self.droit, parametre, self.jour).montant))
