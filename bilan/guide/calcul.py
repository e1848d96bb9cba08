"""La page du reste à payer : la règle, des exemples du cœur d'éligibilité, et de quoi calculer dans la page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from markupsafe import Markup

from actions.droit import ecriture
from actions.eligibilite import Situation
from actions.eligibilite.cout import cout
from actions.parcours.messages import enumerer, libelles
from bilan.guide.pages import Page, Section, Tableau
from bilan.guide.redacteur import Redacteur

_CENTIMES = 100
_MONTANTS = ("prix", "solde_cpf", "dotation_employeur", "financement_opco", "autres_financements")
_REGLE = "utter_cout_incomplet"


def page(r: Redacteur) -> Page:
    """Rend la page ; sans script, la règle et les exemples suffisent."""
    mots = r.mots["calcul"]
    champs = libelles()["champs"]
    manquants = enumerer([champs[champ]["titre"] for champ in ("prix", "solde_cpf")])
    sections = (
        Section(mots["regle"], r.reponse(_REGLE, manquants=manquants), reponse=_REGLE),
        Section(mots["exemples"], tableau=_exemples(r, "cas_ordinaire", "salarie_prive")),
        Section(tableau=_exemples(r, "cas_dispense", "demandeur_emploi")),
        Section(mots["public"], r.reponse("utter_cout_public"), reponse="utter_cout_public"),
    )
    donnees = {
        "regles": regles(r),
        "champs": [{"id": champ, "titre": champs[champ]["titre"]} for champ in _MONTANTS],
        "participation": r.remplir(mots["participation"]),
    }
    suites = r.suites(_REGLE)
    return Page(
        "calcul", mots["titre"], sections, r.html(mots["intro"]), suites[:-1], gabarit="calcul", donnees=donnees
    )


def regles(r: Redacteur) -> dict[str, Any]:
    """Ce que la calculette reçoit du droit, en centimes ; plafond ``None`` s'il n'est pas en vigueur."""
    plafond = r.droit.montant("cpf_plafond_bilan", r.jour, Decimal(-1))
    participation = r.droit.montant("participation_forfaitaire", r.jour, Decimal(0))
    return {
        "plafond": int(plafond * _CENTIMES) if plafond >= 0 else None,
        "participation": int(participation * _CENTIMES),
    }


def _exemples(r: Redacteur, cas: str, statut: Any) -> Tableau:
    mots = r.mots["calcul"]
    soldes = [Decimal(solde) for solde in mots["solde_exemples"]]
    lignes = []
    for prix in map(Decimal, mots["prix_exemples"]):
        restes = [cout(Situation(r.jour, statut=statut, prix=prix, solde_cpf=s), r.droit).reste_a_payer for s in soldes]
        lignes.append((_euros(prix), *(_euros(reste or Decimal(0)) for reste in restes)))
    entetes = (mots["prix"], *(mots["solde"].format(solde=ecriture.grandeur(s, "euros")) for s in soldes))
    return Tableau(mots["legende"].format(cas=mots[cas]), entetes, tuple(lignes))


def _euros(montant: Decimal) -> Markup:
    return Markup(ecriture.grandeur(montant, "euros"))
