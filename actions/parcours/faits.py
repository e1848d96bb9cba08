"""Ce que la personne a dit d'elle : champs retenus dans la conversation, et leur lecture par le cœur d'éligibilité."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from actions.comprehension import periodes
from actions.comprehension.parts import fraction
from actions.eligibilite import Situation
from actions.eligibilite.situation import HORS_DES_CHEMINS
from actions.parcours import fin_arret
from actions.parcours.dernier_bilan import SANS_DATE, dernier_bilan

Faits = Mapping[str, Any]

# Champs retenus d'un tour à l'autre, un slot par champ (mêmes noms dans domain.yml et data/libelles.yml).
CHAMPS = (
    "statut",
    "agent_public",
    "contrat",
    "fin_contrat",
    "initiative",
    "conge_reclassement",
    "arret",
    "arret_depuis",
    "fin_arret",
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
    "secteur": (
        "statut",
        "agent_public",
        "contrat",
        "fin_contrat",
        "agent_prioritaire",
        "services_effectifs_mois",
        "initiative",
        "conge_reclassement",
        "moment",
        "reponse_employeur",
        "date_demande",
    ),
    "contrat": ("fin_contrat",),
    "initiative": ("conge_reclassement",),
    "en_arret": ("accord_caisse", "arret_depuis", "fin_arret"),
    "eu_un_bilan": ("dernier_bilan_date", "dernier_bilan_financeur"),
    "autre_payeur": ("montant_aide", "dotation_employeur", "financement_opco", "autres_financements"),
    "reponse_employeur": ("date_demande",),
}
# Ce que plusieurs valeurs ont en commun : passer de l'une à l'autre ne rend rien caduc.
_COMMUN: dict[str, Callable[[Faits], Any]] = {
    "secteur": lambda faits: "public" if est_public(faits) else faits.get("statut"),
    "en_arret": lambda faits: None if faits.get("arret") is None else faits["arret"] != "aucun",
    "eu_un_bilan": lambda faits: None if faits.get("dernier_bilan") is None else faits["dernier_bilan"] != "aucun",
}
_QUI_CHANGE = {
    "statut": "secteur",
    "agent_public": "secteur",
    "arret": "en_arret",
    "dernier_bilan": "eu_un_bilan",
}
# Un CDD peut être public ou privé ; ces contrats-là ne laissent pas de doute.
_STATUT_DU_CONTRAT: dict[Any, dict[str, Any]] = {
    "interim": {"statut": "salarie_prive"},
    "particulier_employeur": {"statut": "salarie_prive"},
    "titulaire": {"agent_public": True},
    "contractuel": {"agent_public": True},
}
# Montants dits sans question : qui paie, et combien, ne se redemande pas.
_AIDES = {"dotation_employeur": "employeur", "financement_opco": "opco", "autres_financements": "autre"}
_CHAMP_DE_L_AIDE = {payeur: champ for champ, payeur in _AIDES.items()}

# Agent public qui ne sait pas lequel : les règles communes sont celles de l'État ; le reste se dit « si… ».
VERSANT_PAR_DEFAUT = "agent_fpe"
# « Le plus tôt possible » : la date se calcule.
AU_PLUS_TOT = "plus_tot"


def situation_de(faits: Faits, jour: date) -> Situation:
    """Lit des faits retenus comme une situation du cœur d'éligibilité à une date.

    Args:
        faits: valeurs simples par champ (codes, nombres, booléens, dates AAAA-MM-JJ, aide en part du prix) ; absent ou
            ``None`` : inconnu.
        jour: date d'évaluation.
    """
    connus = {champ: valeur for champ, valeur in faits.items() if valeur is not None}
    if connus.get("statut") in HORS_DES_CHEMINS:
        del connus["statut"]
    lus: dict[str, Any] = {champ: connus[champ] for champ in _TELS_QUELS if champ in connus}
    if connus.get("montant_aide") and connus.get("autre_payeur") in _CHAMP_DE_L_AIDE:
        connus[_CHAMP_DE_L_AIDE[connus["autre_payeur"]]] = connus["montant_aide"]
    if "arret" in lus:
        lus["arret"] = fin_arret.arret_au_bilan(connus)
    montants = {champ: _en_euros(connus[champ], connus.get("prix")) for champ in _MONTANTS if champ in connus}
    lus |= {champ: montant for champ, montant in montants.items() if montant is not None}
    if "services_effectifs_mois" in connus:
        lus["services_effectifs_mois"] = int(connus["services_effectifs_mois"])
    if connus.get("date_debut") not in (None, AU_PLUS_TOT):
        lus["date_debut"] = periodes.lire(connus["date_debut"]).jour
    initiative = connus.get("initiative")
    if initiative:
        lus["initiative"] = "employeur" if initiative == "reclassement" else initiative
    reclassement = initiative == "reclassement" if initiative else None
    lus["conge_reclassement"] = connus.get("conge_reclassement") or reclassement
    if connus.get("agent_public") and not lus.get("statut"):
        lus["statut"] = VERSANT_PAR_DEFAUT
    bilan = dernier_bilan(connus, jour, est_public(connus))
    return Situation(date_evaluation=jour, dernier_bilan=bilan, **lus)


def _en_euros(valeur: Any, prix: Any) -> Decimal | None:
    """Un montant, ou la part du prix qu'écrit « 1/2 » ou « 30% » : inconnue tant que le prix l'est."""
    part = fraction(valeur)
    if part is None:
        return Decimal(str(valeur))
    if prix is None:
        return None
    return (Decimal(str(prix)) * part.numerator / part.denominator).quantize(Decimal("0.01"))


def champ_de_l_aide(faits: Faits) -> str | None:
    """Champ de l'aide que verse l'autre payeur noté."""
    return _CHAMP_DE_L_AIDE.get(str(faits.get("autre_payeur")))


def est_public(connus: Faits) -> bool:
    """Vrai si la personne s'est dite agent public, de quelque fonction publique que ce soit."""
    return bool(connus.get("agent_public")) or str(connus.get("statut")).startswith("agent_")


def mettre_a_jour(faits: Faits, nouveaux: Faits) -> dict[str, Any]:
    """Rend les champs à changer quand de nouveaux faits sont dits, y compris ceux qu'ils rendent caducs (``None``)."""
    dits, anciens = _completer(fin_arret.sans_contredire(faits, nouveaux), faits), _completer(faits)
    if dits.get("contrat") in ("cdi", "cdd") and est_public(dits if "statut" in dits else {**anciens, **dits}):
        dits["contrat"] = "contractuel"
    complets = {**anciens, **dits}
    ailleurs = complets.get("statut") is not None and not est_public(complets)
    if ailleurs:
        dits.pop("agent_prioritaire", None)  # ne compte qu'au public : ailleurs, un handicap dit ne se garde pas
    changes = {champ: valeur for champ, valeur in dits.items() if champ in CHAMPS and faits.get(champ) != valeur}
    if ailleurs and faits.get("agent_prioritaire") is not None:
        changes["agent_prioritaire"] = None
    for ce_qui_change in _DEPENDANTS:
        changes |= _caducs(ce_qui_change, anciens, dits)
    if dits.get("dernier_bilan") in SANS_DATE and anciens.get("dernier_bilan_date"):
        changes.setdefault("dernier_bilan_date", None)
    return changes


def dependants(champ: str) -> tuple[str, ...]:
    """Champs qui n'ont de sens qu'avec la réponse à celui-ci."""
    return _DEPENDANTS.get(_QUI_CHANGE.get(champ, champ), ())


def _caducs(ce_qui_change: str, anciens: Faits, dits: Faits) -> dict[str, None]:
    """Champs à oublier parce que ``ce_qui_change`` n'est plus ce qu'il était."""
    avant, apres = (
        _COMMUN[ce_qui_change](faits) if ce_qui_change in _COMMUN else faits.get(ce_qui_change)
        for faits in (anciens, dits)
    )
    if avant is None or apres is None or avant == apres:
        return {}
    return {champ: None for champ in _DEPENDANTS[ce_qui_change] if anciens.get(champ) is not None and champ not in dits}


def _completer(faits: Faits, connus: Faits | None = None) -> dict[str, Any]:
    """Ajoute ce qu'un fait implique : dater un bilan, c'est dire qu'il a eu lieu ; ``connus`` : déjà dit."""
    complets = {champ: valeur for champ, valeur in faits.items() if valeur is not None}
    if "dernier_bilan" not in complets and {"dernier_bilan_date", "dernier_bilan_financeur"} & set(complets):
        complets["dernier_bilan"] = "oui"
    date_un_arret = complets.get("arret_depuis") or complets.get("fin_arret")
    if date_un_arret and "arret" not in complets and not fin_arret.en_arret(connus or {}):
        complets["arret"] = "maladie"
    if complets.get("fin_contrat") and "contrat" not in complets:
        complets["contrat"] = "cdd"
    if "statut" not in complets and "agent_public" not in complets:
        complets |= _STATUT_DU_CONTRAT.get(complets.get("contrat"), {})
    aide = next((champ for champ in _AIDES if complets.get(champ)), None)
    if aide and complets.get("autre_payeur", _AIDES[aide]) == _AIDES[aide] and "montant_aide" not in complets:
        complets |= {"autre_payeur": _AIDES[aide], "montant_aide": complets[aide]}
    return complets
