"""Les conditions légales, une par fonction : ce que chacune change, pourquoi, et ce qui manque pour le dire.

Chaque docstring cite les faits de data/droit/faits qui fondent la règle.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import get_args

from actions.droit import Droit
from actions.eligibilite.dates import MOIS_PAR_AN, anniversaire, nombre_applicable
from actions.eligibilite.situation import DernierBilan, FinanceurCompte, Situation
from actions.eligibilite.verdict import StatutChemin


@dataclass(frozen=True)
class Effet:
    """Ce qu'une condition fait à un chemin : le statut qu'elle impose au moins, et sur quels faits."""

    statut: StatutChemin = "ouvert"
    motifs: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    manquant: tuple[str, ...] = ()


SANS_EFFET = Effet()


def statut_connu(situation: Situation) -> Effet:
    """Le droit au CPF en euros dépend du statut (cpf.titulaires)."""
    if situation.statut is None:
        return Effet("a_verifier", references=("cpf.titulaires",), manquant=("statut",))
    return SANS_EFFET


def fin_des_droits(situation: Situation) -> Effet:
    """La retraite à taux plein ou l'absence d'activité ferme le CPF (cpf.fin_retraite, cpf.titulaires)."""
    if situation.statut == "retraite_taux_plein":
        return Effet("ferme", ("retraite_taux_plein",), ("cpf.fin_retraite", "statut.retraite"))
    if situation.statut == "etudiant_sans_activite":
        return Effet("ferme", ("sans_activite",), ("cpf.titulaires",))
    return SANS_EFFET


def carence(situation: Situation, droit: Droit) -> Effet:
    """Un bilan financé par la liste ferme les droits annuels jusqu'à sa date anniversaire.

    Ni dérogation ni règle transitoire ; sans statut, on ne sait pas si le délai s'applique.
    Faits : cpf.carence_5_ans, cpf.carence_financeurs, cpf.carence_non_comptes, cpf.carence_bilans_anciens.
    """
    jour, bilan = situation.date_evaluation, situation.dernier_bilan
    ans = int(droit.montant("cpf_carence_bilan", jour, Decimal(0)))
    if not ans or situation.statut in ("retraite_taux_plein", "etudiant_sans_activite"):
        return SANS_EFFET
    faits = ("cpf.carence_5_ans", "cpf.carence_financeurs")
    if bilan is None:
        return Effet("a_verifier", references=faits, manquant=("dernier_bilan",))
    if bilan == "aucun" or (bilan.date and anniversaire(bilan.date, ans) <= jour):
        return Effet(references=faits)
    if bilan.financeur in ("employeur", "soi_meme"):
        return Effet(references=("cpf.carence_5_ans", "cpf.carence_non_comptes"))
    if _peut_etre_passe(bilan, ans, jour) or bilan.financeur not in get_args(FinanceurCompte):
        return Effet("a_verifier", references=faits, manquant=("dernier_bilan",))
    if situation.statut is None:
        return Effet("a_verifier", references=faits, manquant=("statut",))
    return Effet("ferme", ("carence_5_ans",), (*faits, "cpf.carence_bilans_anciens"))


def _peut_etre_passe(bilan: DernierBilan, ans: int, jour: date) -> bool:
    """« En 2021 » peut tomber des deux côtés de la limite : la date ne tranche pas."""
    plus_ancien = bilan.au_plus_tot or bilan.date
    return plus_ancien is None or anniversaire(plus_ancien, ans) <= jour


def solde(situation: Situation) -> Effet:
    """Sans droits annuels ni aucun abondement, le CPF ne paie rien (cpf.ordre_mobilisation)."""
    if situation.solde_cpf is None or situation.solde_cpf + situation.abondements > 0:
        return SANS_EFFET
    if situation.abondement_c2p_ou_atmp is None:
        return Effet("a_verifier", references=("cpf.ordre_mobilisation",), manquant=("abondement_c2p_ou_atmp",))
    if situation.abondement_c2p_ou_atmp:
        return SANS_EFFET
    return Effet("ferme", ("solde_nul",), ("cpf.ordre_mobilisation",))


def autorisation_absence(situation: Situation) -> Effet:
    """L'absence se demande à l'employeur, mais pas pendant un arrêt (temps.*, sante.conditions)."""
    if situation.en_arret:
        return Effet("ferme", ("arret_en_cours",), ("temps.pendant_autorisation", "sante.conditions"))
    faits = ("temps.pendant_autorisation", "temps.objet_autorisation", "temps.silence_acceptation")
    return Effet("sous_accord", ("autorisation_absence",), faits)


def accord_plan(situation: Situation) -> Effet:
    """Le plan suppose l'accord de l'employeur, ou le consentement du salarié sollicité (employeur.*)."""
    if situation.initiative == "employeur":
        faits = ("employeur.cadre", "employeur.refus_salarie", "employeur.convention_tripartite")
        return Effet("sous_accord", ("consentement_salarie",), faits)
    return Effet("sous_accord", ("accord_employeur",), ("employeur.cadre", "employeur.convention_tripartite"))


def accord_pendant_arret(situation: Situation) -> Effet:
    """Pendant un arrêt, l'accord du médecin traitant et de la caisse est nécessaire.

    Un agent titulaire relève d'un avis médical (sante.bilan_pendant_arret, sante.bilan_pendant_arret_atmp,
    sante.conditions, pub.bilan_pendant_arret, pub.bilan_pendant_arret_contractuel).
    """
    if not situation.en_arret:
        return SANS_EFFET
    if situation.agent_public and situation.contrat == "titulaire":
        return Effet("sous_accord", ("avis_medical",), ("pub.bilan_pendant_arret",))
    propre = "sante.bilan_pendant_arret_atmp" if situation.arret == "at_mp" else "sante.bilan_pendant_arret"
    faits: tuple[str, ...] = (propre, "sante.conditions", "sante.information_employeur")
    if situation.agent_public:
        faits = (*faits, "pub.bilan_pendant_arret_contractuel")
    if situation.accord_caisse:
        return Effet(references=faits)
    motif = "accord_caisse" if situation.accord_caisse is None else "accord_caisse_refuse"
    return Effet("sous_accord", (motif,), (*faits, "sante.risque_sans_accord"))


def accord_conge_public() -> Effet:
    """Le congé est un droit, mais sa date suppose l'accord de l'employeur public (pub.droit_conge)."""
    return Effet("sous_accord", ("accord_employeur_public",), ("pub.droit_conge", "pub.contractuels"))


def accord_cpf_public() -> Effet:
    """Le CPF en heures suppose l'accord de l'employeur public (pub.cpf_accord, pub.cpf_pas_achat_mcf)."""
    faits = ("pub.cpf_accord", "pub.cpf_pas_achat_mcf", "pub.plafond_1600_non_vise")
    return Effet("sous_accord", ("accord_employeur_public",), faits)


def intervalle_public(situation: Situation, droit: Droit) -> Effet:
    """Délai entre deux bilans d'un agent, quel qu'en soit le payeur.

    Priorité inconnue : fermé si les deux délais courent encore, à vérifier si un seul court.
    Faits : pub.intervalle, pub.intervalle_prioritaire.
    """
    jour, bilan = situation.date_evaluation, situation.dernier_bilan
    faits = {False: "pub.intervalle", True: "pub.intervalle_prioritaire"}
    parametres = {False: "public_intervalle", True: "public_intervalle_prioritaire"}
    possibles = (False, True) if situation.agent_prioritaire is None else (situation.agent_prioritaire,)
    references = tuple(faits[prioritaire] for prioritaire in possibles)
    if bilan == "aucun":
        return Effet(references=references)
    if bilan is None or bilan.date is None:
        return Effet("a_verifier", references=references, manquant=("dernier_bilan",))
    delais = [nombre_applicable(droit, parametres[prioritaire], jour) for prioritaire in possibles]
    passes = [anniversaire(bilan.date, ans) <= jour for ans in delais]
    if all(passes):
        return Effet(references=references)
    if any(passes):
        return Effet("a_verifier", references=references, manquant=("agent_prioritaire",))
    if any(_peut_etre_passe(bilan, ans, jour) for ans in delais):
        return Effet("a_verifier", references=references, manquant=("dernier_bilan",))
    return Effet("ferme", ("intervalle_public",), references)


def anciennete_fph(situation: Situation, droit: Droit) -> Effet:
    """L'agent hospitalier doit deux ans de services effectifs (fph.anciennete)."""
    if situation.statut != "agent_fph":
        return SANS_EFFET
    mois = situation.services_effectifs_mois
    if mois is None:
        return Effet("a_verifier", references=("fph.anciennete",), manquant=("services_effectifs_mois",))
    if mois < nombre_applicable(droit, "fph_anciennete", situation.date_evaluation) * MOIS_PAR_AN:
        return Effet("ferme", ("anciennete_fph",), ("fph.anciennete",))
    return Effet(references=("fph.anciennete",))
