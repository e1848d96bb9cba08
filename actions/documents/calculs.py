"""Ce qu'une lettre déduit de ses champs : délais du cœur d'éligibilité, dates limites, silence acquis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from actions.comprehension.periodes import Periode
from actions.documents.champs import Valeur
from actions.documents.modeles import Modele
from actions.droit import Droit, ecriture
from actions.eligibilite import Echeance, Situation
from actions.eligibilite.chemins import chemins
from actions.eligibilite.dates import applicable, echeances
from actions.entreprise import Entreprise, entreprise_en_place

_VERSANTS = ("agent_fpe", "agent_fpt", "agent_fph")
_DELAIS_DE_DEPOT = ("absence_demande", "absence_demande_longue", "fpt_demande", "fph_demande")


def deduire(
    modele: Modele, valeurs: Mapping[str, Valeur], jour: date, droit: Droit, entreprise: Entreprise | None = None
) -> dict[str, Valeur]:
    """Rend les valeurs calculées que les champs connus permettent (voir ``modeles.CALCULES``).

    L'accord de l'entreprise, plus favorable, change les délais à tenir ; le silence ne vaut accord que par la loi.
    """
    entreprise = entreprise or entreprise_en_place()
    situation, convenu = _situation(modele, valeurs, jour), entreprise.appliquer(droit, jour)
    fin = _bornes(valeurs, "date_debut")[1]
    calcules = {"date_du_jour": _ecrire(jour), **_delai(situation, fin, convenu, entreprise)}
    if entreprise.accord.get("absence_reponse") is not None and situation.statut == "salarie_prive":
        delai = entreprise.delai("absence_reponse", jour, droit)
        calcules["reponse_accord"] = _mot(ecriture.grandeur(delai, droit.parametres["absence_reponse"].unite))
    reception = _jour(valeurs, "date_reception")
    limite = reception and _date(replace(situation, date_evaluation=reception), "reponse_employeur_au_plus_tard", droit)
    if limite:
        calcules |= {"reponse_limite": _ecrire(limite.date), "silence_acquis": _dire(jour > limite.date)}
    convention = _jour(valeurs, "date_convention")
    if convention:
        delai = entreprise.delai("convention_delai_salarie", jour, droit)
        calcules["convention_limite"] = _ecrire(convention + timedelta(days=delai))
    return calcules


def _situation(modele: Modele, valeurs: Mapping[str, Valeur], jour: date) -> Situation:
    versant = valeurs.get("versant")
    duree = valeurs.get("duree_mois")
    return Situation(
        date_evaluation=jour,
        statut=versant.code if versant and versant.code in _VERSANTS else "salarie_prive",  # type: ignore[arg-type]
        date_debut=_bornes(valeurs, "date_debut")[0],
        duree_mois=duree.brute if duree and isinstance(duree.brute, Decimal) else None,
    )


def _delai(situation: Situation, fin: date | None, droit: Droit, entreprise: Entreprise) -> dict[str, Valeur]:
    """Délai de dépôt, s'il est tenu, et sinon la première date qui le tient ; vide pour l'État (fpe.demande).

    Un début dit à peu près (« en avril ») tient le délai s'il le tient dès son premier jour ; sinon, rien ne se dit.
    """
    jour, debut = situation.date_evaluation, situation.date_debut
    depot = _date(replace(situation, date_debut=debut or jour), "demande_absence_au_plus_tard", droit)
    if depot is None:
        return {}
    parametre = next(p for p in _DELAIS_DE_DEPOT if applicable(droit, p, jour).fait.id == depot.reference)
    valeur = applicable(droit, parametre, jour)
    calcules = {
        "delai_demande": _mot(ecriture.grandeur(valeur.montant, droit.parametres[parametre].unite)),
        "delai_long": _dire(parametre == "absence_demande_longue"),
        "delai_accord": _dire(entreprise.accorde(depot.reference)),
    }
    if debut is None or fin is None:
        return calcules
    if jour <= depot.date:
        return calcules | {"delai_tenu": _dire(True), "depot_limite": _ecrire(depot.date)}
    premiere = jour + timedelta(days=(debut - depot.date).days)
    return calcules | ({"delai_tenu": _dire(False), "premiere_date": _ecrire(premiere)} if fin < premiere else {})


def _date(situation: Situation, cle: str, droit: Droit) -> Echeance | None:
    """Une échéance du cœur d'éligibilité, quel que soit le chemin qui la porte."""
    for dates in echeances(situation, chemins(situation, droit), droit).values():
        echeance = dates.get(cle)
        if isinstance(echeance, Echeance):
            return echeance
    return None


def _jour(valeurs: Mapping[str, Valeur], nom: str) -> date | None:
    valeur = valeurs.get(nom)
    return valeur.brute if valeur and isinstance(valeur.brute, date) else None


def _bornes(valeurs: Mapping[str, Valeur], nom: str) -> tuple[date, date] | tuple[None, None]:
    brute = valeurs[nom].brute if nom in valeurs else None
    if isinstance(brute, Periode):
        return brute.debut, brute.fin
    return (brute, brute) if isinstance(brute, date) else (None, None)


def _ecrire(jour: date) -> Valeur:
    return Valeur(ecriture.jour(jour), jour.isoformat(), jour)


def _mot(ecrit: str) -> Valeur:
    return Valeur(ecrit, ecrit, ecrit)


def _dire(vrai: bool) -> Valeur:
    code = "oui" if vrai else "non"
    return Valeur(code, code, vrai)
