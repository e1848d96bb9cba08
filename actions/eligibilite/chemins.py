"""Assemblage des chemins : ceux qui ont un sens pour le statut, et ce que donnent leurs conditions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import chain
from typing import get_args

from actions.droit import Droit
from actions.eligibilite import conditions
from actions.eligibilite.conditions import Effet
from actions.eligibilite.dates import nombre_applicable
from actions.eligibilite.situation import Situation
from actions.eligibilite.verdict import Chemin, EmployeurInforme, StatutChemin, dans_l_ordre

# Du moins au plus contraignant : ferme > a_verifier > sous_accord > ouvert.
_PRIORITE: tuple[StatutChemin, ...] = get_args(StatutChemin)
CPF_EN_EUROS = ("cpf_hors_temps", "cpf_temps_travail")


def chemins(situation: Situation, droit: Droit) -> tuple[Chemin, ...]:
    """Rend les chemins qui ont un sens pour le statut ; l'autofinancement n'est jamais fermé."""
    return tuple(construire(situation, droit) for construire in _constructeurs(situation))


def _constructeurs(situation: Situation) -> tuple[Callable[[Situation, Droit], Chemin], ...]:
    if situation.agent_public:
        return (_conge_public, _cpf_public, _autofinancement)
    if situation.statut != "salarie_prive":
        return (_cpf_hors_temps, _autofinancement)
    reclassement = (_conge_reclassement,) if situation.conge_reclassement else ()
    return (_cpf_hors_temps, _cpf_temps_travail, _plan_employeur, *reclassement, _autofinancement)


def _cpf_hors_temps(situation: Situation, droit: Droit) -> Chemin:
    """CPF en euros, hors temps de travail (temps.hors_travail, temps.hors_travail_paie)."""
    informe, fait = _employeur_cpf(situation, "non", "conf.employeur_cpf_hors_temps")
    effets = (
        _faits("temps.hors_travail", "temps.hors_travail_paie", fait),
        *_conditions_cpf(situation, droit),
    )
    return _chemin("cpf_hors_temps", effets, informe, payeur="cpf", remuneration="aucune")


def _cpf_temps_travail(situation: Situation, droit: Droit) -> Chemin:
    """CPF en euros, pendant le temps de travail (temps.pendant_autorisation, temps.salaire_maintenu)."""
    informe, fait = _employeur_cpf(situation, "absence_seulement", "conf.employeur_cpf_temps")
    effets = (
        _faits("temps.salaire_maintenu", fait),
        *_conditions_cpf(situation, droit),
        conditions.autorisation_absence(situation),
    )
    return _chemin("cpf_temps_travail", effets, informe, payeur="cpf", remuneration="maintenue")


def _plan_employeur(situation: Situation, droit: Droit) -> Chemin:
    """Plan de développement des compétences (employeur.cout, employeur.temps_travail…)."""
    fait, paie = "employeur.temps_travail", "maintenue"
    if situation.en_arret:
        fait, paie = "sante.ij_maintenues", "indemnites_journalieres"
    effets = (
        conditions.accord_plan(situation),
        _faits("employeur.cout", fait, "conf.employeur_plan"),
        conditions.accord_pendant_arret(situation),
    )
    return _chemin("plan_employeur", effets, "existence_du_bilan", payeur="employeur", remuneration=paie)


def _conge_reclassement(situation: Situation, droit: Droit) -> Chemin:
    """Congé de reclassement (reclassement.bilan, reclassement.financement, reclassement.convention…)."""
    effets = (
        _faits("reclassement.bilan", "reclassement.financement", "reclassement.convention"),
        _faits("reclassement.remuneration", "conf.conge_reclassement"),
        conditions.accord_pendant_arret(situation),
    )
    nom = "conge_reclassement"
    return _chemin(nom, effets, "existence_du_bilan", payeur="employeur", remuneration=nom)


def _conge_public(situation: Situation, droit: Droit) -> Chemin:
    """Congé pour bilan d'un agent public (pub.droit_conge, pub.duree_conge, fph.financement…)."""
    versant = str(situation.statut).removeprefix("agent_")
    payeur = "anfh_facultatif" if versant == "fph" else "employeur_public_facultatif"
    heures, fait = _heures_de_conge(situation.agent_prioritaire, situation.date_evaluation, droit)
    paie = f"maintenue_{heures}_heures"
    effets = (
        conditions.accord_conge_public(),
        _faits(fait, f"{versant}.financement", "pub.consentement_confidentialite"),
        conditions.intervalle_public(situation, droit),
        conditions.anciennete_fph(situation, droit),
        conditions.accord_pendant_arret(situation),
    )
    return _chemin("conge_public", effets, "existence_du_bilan", payeur=payeur, remuneration=paie)


def _cpf_public(situation: Situation, droit: Droit) -> Chemin:
    """CPF en heures, sans plafond en euros ni délai de cinq ans (pub.cpf_accord, pub.cpf_frais)."""
    effets = (
        conditions.accord_cpf_public(),
        _faits("pub.cpf_frais", "pub.consentement_confidentialite"),
        conditions.accord_pendant_arret(situation),
    )
    payeur = "employeur_public"
    return _chemin("cpf_public", effets, "existence_du_bilan", payeur=payeur, remuneration="inconnue")


def _autofinancement(situation: Situation, droit: Droit) -> Chemin:
    """Payer soi-même, hors temps de travail (fin.autofinancement)."""
    effets = (_faits("fin.autofinancement"), conditions.accord_pendant_arret(situation))
    return _chemin("autofinancement", effets, "non", payeur="soi_meme", remuneration="aucune")


def _conditions_cpf(situation: Situation, droit: Droit) -> tuple[Effet, ...]:
    """Conditions communes aux deux chemins CPF en euros."""
    return (
        conditions.statut_connu(situation),
        conditions.carence(situation, droit),
        conditions.fin_des_droits(situation),
        conditions.solde(situation),
        conditions.accord_pendant_arret(situation),
    )


def _employeur_cpf(situation: Situation, sans_dotation: EmployeurInforme, fait: str) -> tuple[EmployeurInforme, str]:
    """Ce que l'employeur apprend d'un CPF en euros, et le fait qui le dit (conf.dotation_visible)."""
    if situation.dotation_employeur > 0:
        return "existence_du_bilan", "conf.dotation_visible"
    return sans_dotation, fait


def _heures_de_conge(prioritaire: bool | None, jour: date, droit: Droit) -> tuple[int, str]:
    """Heures de congé assurées et leur fait ; priorité inconnue : la durée de tous les agents."""
    if prioritaire:
        return nombre_applicable(droit, "public_conge_heures_prioritaire", jour), "pub.duree_conge_prioritaire"
    return nombre_applicable(droit, "public_conge_heures", jour), "pub.duree_conge"


def _faits(*references: str) -> Effet:
    """Des faits qui fondent un chemin sans y mettre de condition."""
    return Effet(references=references)


def _chemin(
    nom: str, effets: tuple[Effet, ...], informe: EmployeurInforme, *, payeur: str, remuneration: str
) -> Chemin:
    """Combine les effets : le plus contraignant donne le statut ; un chemin fermé ne garde que ses causes."""
    statut = max((effet.statut for effet in effets), key=_PRIORITE.index)
    if statut == "ferme":
        effets = tuple(effet for effet in effets if effet.statut == "ferme")
    return Chemin(
        chemin=nom,
        statut=statut,
        motifs=tuple(dict.fromkeys(chain.from_iterable(effet.motifs for effet in effets))),
        references=tuple(dict.fromkeys(chain.from_iterable(effet.references for effet in effets))),
        manquant=dans_l_ordre(chain.from_iterable(effet.manquant for effet in effets)),
        employeur_informe=informe,
        payeur=payeur,
        remuneration=remuneration,
    )
