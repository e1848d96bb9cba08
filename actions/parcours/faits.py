"""Ce que la personne a dit d'elle : champs retenus dans la conversation, et leur lecture par le cœur d'éligibilité."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from actions.eligibilite import DernierBilan, Situation

# Champs retenus d'un tour à l'autre, un slot par champ (mêmes noms dans domain.yml et data/libelles.yml).
CHAMPS = (
    "statut",
    "agent_public",
    "contrat",
    "initiative",
    "conge_reclassement",
    "arret",
    "arret_depuis",
    "accord_caisse",
    "dernier_bilan",
    "dernier_bilan_date",
    "dernier_bilan_financeur",
    "solde_cpf",
    "prix",
    "dotation_employeur",
    "financement_opco",
    "autres_financements",
    "abondement_c2p_ou_atmp",
    "agent_prioritaire",
    "services_effectifs_mois",
    "date_debut",
    "duree_mois",
    "autre_payeur",
    "montant_aide",
    "moment",
    "reponse_employeur",
    "date_demande",
    "famille_lettre",
    "lettre",
)
_MONTANTS = ("solde_cpf", "prix", "dotation_employeur", "financement_opco", "autres_financements", "duree_mois")
_TELS_QUELS = ("statut", "contrat", "arret", "accord_caisse", "abondement_c2p_ou_atmp", "agent_prioritaire")
# Un fait nouveau rend caducs ceux qui n'avaient de sens qu'avec l'ancien.
_DEPENDANTS = {
    "statut": ("agent_public", "contrat", "agent_prioritaire", "services_effectifs_mois"),
    "arret": ("accord_caisse", "arret_depuis"),
    "dernier_bilan": ("dernier_bilan_date", "dernier_bilan_financeur"),
    "autre_payeur": ("montant_aide",),
    "reponse_employeur": ("date_demande",),
}
# Un CDD peut être public ou privé ; ces contrats-là ne laissent pas de doute.
_STATUT_DU_CONTRAT: dict[Any, dict[str, Any]] = {
    "interim": {"statut": "salarie_prive"},
    "particulier_employeur": {"statut": "salarie_prive"},
    "titulaire": {"agent_public": True},
    "contractuel": {"agent_public": True},
}
# Le montant d'une aide compte selon qui la verse.
_CHAMP_DE_L_AIDE = {"employeur": "dotation_employeur", "opco": "financement_opco", "autre": "autres_financements"}

# Bilan daté par rapport au délai légal seulement : « il y a moins de… », « plus ancien ».
_SANS_DATE = ("ancien", "recent")
# Agent public qui ne sait pas lequel : les règles communes sont celles de l'État ; le reste se dit « si… ».
VERSANT_PAR_DEFAUT = "agent_fpe"
# « Le plus tôt possible » : la date se calcule.
AU_PLUS_TOT = "plus_tot"

Faits = Mapping[str, Any]


def situation_de(faits: Faits, jour: date) -> Situation:
    """Lit des faits retenus comme une situation du cœur d'éligibilité à une date.

    Args:
        faits: valeurs simples par champ (codes, nombres, booléens, dates AAAA-MM-JJ) ; absent ou ``None`` : inconnu.
        jour: date d'évaluation.
    """
    connus = {champ: valeur for champ, valeur in faits.items() if valeur is not None}
    lus: dict[str, Any] = {champ: connus[champ] for champ in _TELS_QUELS if champ in connus}
    if connus.get("montant_aide") and connus.get("autre_payeur") in _CHAMP_DE_L_AIDE:
        connus[_CHAMP_DE_L_AIDE[connus["autre_payeur"]]] = connus["montant_aide"]
    lus |= {champ: Decimal(str(connus[champ])) for champ in _MONTANTS if champ in connus}
    if "services_effectifs_mois" in connus:
        lus["services_effectifs_mois"] = int(connus["services_effectifs_mois"])
    if connus.get("date_debut") not in (None, AU_PLUS_TOT):
        lus["date_debut"] = date.fromisoformat(connus["date_debut"])
    initiative = connus.get("initiative")
    if initiative:
        lus["initiative"] = "employeur" if initiative == "reclassement" else initiative
    reclassement = initiative == "reclassement" if initiative else None
    lus["conge_reclassement"] = connus.get("conge_reclassement") or reclassement
    if connus.get("agent_public") and not lus.get("statut"):
        lus["statut"] = VERSANT_PAR_DEFAUT
    return Situation(date_evaluation=jour, dernier_bilan=_dernier_bilan(connus, jour), **lus)


def _dernier_bilan(connus: Faits, jour: date) -> Any:
    """« Ancien » et « récent » se disent par rapport au délai légal : une date sans ambiguïté suffit au cœur."""
    dit = connus.get("dernier_bilan")
    if dit == "aucun":
        return "aucun"
    quand, payeur = connus.get("dernier_bilan_date"), connus.get("dernier_bilan_financeur")
    if quand is None and dit == "recent" and connus.get("agent_prioritaire") is not False and est_public(connus):
        return DernierBilan(None, payeur or "inconnu")  # un agent prioritaire attend moins : « récent » ne tranche pas
    if quand is None and dit in _SANS_DATE:
        quand = {"ancien": date.min, "recent": jour}[dit].isoformat()
    if not quand and not payeur:
        return None
    return DernierBilan(date.fromisoformat(quand) if quand else None, payeur or "inconnu")


def est_public(connus: Faits) -> bool:
    """Vrai si la personne s'est dite agent public, de quelque fonction publique que ce soit."""
    return bool(connus.get("agent_public")) or str(connus.get("statut")).startswith("agent_")


def mettre_a_jour(faits: Faits, nouveaux: Faits) -> dict[str, Any]:
    """Rend les champs à changer quand de nouveaux faits sont dits, y compris ceux qu'ils rendent caducs (``None``)."""
    nouveaux = _completer(nouveaux)
    changes = {champ: valeur for champ, valeur in nouveaux.items() if champ in CHAMPS and faits.get(champ) != valeur}
    for champ, suivants in _DEPENDANTS.items():
        ancien = faits.get(champ)
        if champ in changes and ancien is not None:
            changes |= {d: None for d in suivants if faits.get(d) is not None and d not in nouveaux}
    if changes.get("agent_public") and faits.get("statut") and not est_public({"statut": faits["statut"]}):
        changes.setdefault("statut", None)  # « en fait je suis fonctionnaire » remplace « salarié du privé »
    return changes


def dependants(champ: str) -> tuple[str, ...]:
    """Champs qui n'ont de sens qu'avec la réponse à celui-ci."""
    return _DEPENDANTS.get(champ, ())


def _completer(nouveaux: Faits) -> dict[str, Any]:
    """Ajoute ce qu'un fait implique : dire la date d'un bilan, c'est dire qu'il a eu lieu."""
    complets = {champ: valeur for champ, valeur in nouveaux.items() if valeur is not None}
    if "dernier_bilan" not in complets and {"dernier_bilan_date", "dernier_bilan_financeur"} & set(complets):
        complets["dernier_bilan"] = "oui"
    if complets.get("arret_depuis") and "arret" not in complets:
        complets["arret"] = "maladie"
    if "statut" not in complets and "agent_public" not in complets:
        complets |= _STATUT_DU_CONTRAT.get(complets.get("contrat"), {})
    return complets
