"""Le reste à payer, à partir de ce que la personne sait : un montant s'il est sûr, sinon « si… / si… »."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from math import ceil

from actions.contenus import Contenus
from actions.droit import Droit, ecriture
from actions.eligibilite import Cout, Situation, Verdict, evaluer
from actions.eligibilite.cout import droits_utilisables, fait_exoneration
from actions.parcours import changements as changements_de_droits
from actions.parcours.comparateur import raisons
from actions.parcours.faits import Faits, est_public, situation_de
from actions.parcours.messages import Message, dire_faits, enumerer, libelles

ZERO = Decimal(0)
# Le reste à payer et la participation qu'il comprend ont leur propre ligne.
_DITES_A_PART = ("cpf.plafond_paiement_personnel", "participation.")
# Ces payeurs dispensent de la participation (participation.exo_employeur, participation.exo_opco).
_DISPENSENT = ("employeur", "opco")
_SOLDE_NUL = ("solde_nul",)


def presenter(faits: Faits, jour: date, droit: Droit, contenus: Contenus) -> list[Message]:
    """Rend le calcul, ce qui est sûr quand un montant manque, ou ce qui l'empêche (CPF fermé, agent public)."""
    if est_public(faits):
        return [Message("utter_cout_public")]
    situation = situation_de(faits, jour)
    verdict = evaluer(situation, droit)
    if _aide_sans_montant(faits, situation):
        return [_si_aide(faits, situation, droit)]
    if _rien_sur_le_compte(situation, verdict):
        return [Message("utter_cout_solde_nul", {"prix": _prix(situation)})]
    if verdict.cout is None:
        mots = {"raisons": _fermeture(verdict, jour, droit), "prix": _prix(situation)}
        return [Message("utter_cout_sans_cpf", mots)]
    if verdict.cout.reste_a_payer is None:
        return [_incomplet(situation, verdict.cout, droit, _participation(situation, droit, contenus))]
    calcul = _calcul(faits, situation, verdict.cout, contenus, droit)
    return [calcul, *_points(situation, verdict.cout.reste_a_payer, droit)]


def sur(faits: Faits, jour: date, droit: Droit) -> Cout | None:
    """Rend le calcul si le reste à payer est sûr, sinon ``None``."""
    situation = situation_de(faits, jour)
    verdict = evaluer(situation, droit)
    incertain = est_public(faits) or _aide_sans_montant(faits, situation) or _rien_sur_le_compte(situation, verdict)
    cout = None if incertain else verdict.cout
    return cout if cout and cout.reste_a_payer is not None else None


def comparer(faits: Faits, changements: Faits, jour: date, droit: Droit, contenus: Contenus) -> list[Message]:
    """« Et si le prix… » : le nouveau reste à payer, et l'ancien."""
    autres = {**faits, **changements}
    avant, apres = sur(faits, jour, droit), sur(autres, jour, droit)
    changes = {"faits_changes": dire_faits(changements)}
    if avant is None or apres is None:
        return [Message("utter_cout_avec", changes), *presenter(autres, jour, droit, contenus)]
    mots = {**changes, "reste": _euros(apres.reste_a_payer)}
    precautions = changements_de_droits.reserves_nouvelles(faits, autres, jour, droit)
    if situation_de(autres, jour).dotation_employeur and not situation_de(faits, jour).dotation_employeur:
        precautions = [*precautions, Message("utter_aide_visible")]
    if avant.reste_a_payer == apres.reste_a_payer:
        return [*precautions, Message("utter_cout_et_si_rien", mots)]
    return [*precautions, Message("utter_cout_et_si", {**mots, "avant": _euros(avant.reste_a_payer)})]


def corriger(avant: Faits, apres: Faits, jour: date, droit: Droit, contenus: Contenus) -> list[Message]:
    """Un fait corrigé : le reste à payer d'aujourd'hui, et celui d'avant."""
    ancien, nouveau = sur(avant, jour, droit), sur(apres, jour, droit)
    if ancien is None or nouveau is None:
        return presenter(apres, jour, droit, contenus)
    if ancien.reste_a_payer == nouveau.reste_a_payer:
        return [Message("utter_cout_inchange", {"reste": _euros(nouveau.reste_a_payer)})]
    mots = {"reste": _euros(nouveau.reste_a_payer), "avant": _euros(ancien.reste_a_payer)}
    return [Message("utter_cout_change", mots)]


def trace(faits: Faits, jour: date, droit: Droit, contenus: Contenus) -> Message | None:
    """Le texte de chaque ligne du calcul ; ``None`` sans calcul sûr."""
    cout = sur(faits, jour, droit)
    if cout is None:
        return None
    gabarit = contenus.metadonnees("utter_trace_cout")["ligne"]
    lignes = []
    for ligne in cout.lignes:
        fait = droit.faits[ligne.reference]
        lignes.append(
            gabarit.format(
                libelle=ligne.libelle,
                montant=_euros(ligne.montant),
                source=(fait.source or fait.porte.nom).split(" (")[0],
                verifie_le=ecriture.jour_court(fait.verifie_le),
            )
        )
    return Message("utter_trace_cout", {"lignes": "\n".join(lignes)})


def _calcul(faits: Faits, situation: Situation, cout: Cout, contenus: Contenus, droit: Droit) -> Message:
    gabarits = contenus.metadonnees("utter_cout")
    payees = [ligne for ligne in cout.lignes if not ligne.reference.startswith(_DITES_A_PART)]
    lignes = [gabarits["ligne"].format(libelle=li.libelle, montant=_euros(li.montant)) for li in payees]
    comprise = cout.participation and not cout.exoneration
    carence = gabarits["bilan_a_situer" if _bilan_a_situer(faits) else "sans_bilan"]
    mots = {
        "prix": _euros(cout.prix),
        "lignes": "\n".join(lignes),
        "reste": _euros(cout.reste_a_payer),
        "hypothese": "" if _payeur_connu(faits, situation) else gabarits["hypothese"],
        "participation": gabarits["participation"].format(montant=_euros(cout.participation)) if comprise else "",
        "exoneration": _participation(situation, droit, contenus),
        "carence": droit.remplir(carence, situation.date_evaluation),
    }
    return Message("utter_cout", mots)


def _points(situation: Situation, reste: Decimal, droit: Droit) -> list[Message]:
    """Des points dits : combien il en faudrait pour payer ce reste, et à quelles conditions."""
    if not situation.abondement_c2p_ou_atmp or not reste:
        return []
    un_point = droit.montant("c2p_euros_par_point", situation.date_evaluation)
    return [Message("utter_cout_points", {"nombre": str(ceil(reste / un_point))})]


def _bilan_a_situer(faits: Faits) -> bool:
    """Un bilan déjà fait, sans savoir qui l'a payé : le calcul ne peut pas supposer qu'il ne compte pas."""
    return faits.get("dernier_bilan") in ("oui", "recent") and not faits.get("dernier_bilan_financeur")


def _participation(situation: Situation, droit: Droit, contenus: Contenus) -> str:
    """Dit si la participation est due, et qui ne la paie pas."""
    gabarits, fait = contenus.metadonnees("utter_cout"), fait_exoneration(situation)
    if fait:
        return str(gabarits["exonere"]).format(raison=libelles()["dispenses"][fait.removeprefix("participation.")])
    return droit.remplir(gabarits["due"], situation.date_evaluation)


def _si_aide(faits: Faits, situation: Situation, droit: Droit) -> Message:
    """Une aide est prévue, sans montant : ce qu'elle dispense de payer, et ce qu'il resterait avant elle."""
    payeur = str(faits["autre_payeur"])
    aidee = replace(situation, abondement_c2p_ou_atmp=True) if payeur in _DISPENSENT else situation
    cout = evaluer(aidee, droit).cout
    mots = {"payeur": libelles()["champs"]["autre_payeur"]["valeurs"][payeur]}
    mots["selon"] = libelles()["surete_de_la_dispense"].get(payeur, "")
    nom = f"utter_cout_aide_{'dispense' if payeur in _DISPENSENT else 'simple'}"
    if cout is None or cout.reste_a_payer is None:
        return Message(f"{nom}_sans_prix", mots)
    if cout.reste_a_payer == 0:
        return Message("utter_cout_aide_rien", mots)
    return Message(nom, {**mots, "reste": _euros(cout.reste_a_payer)})


def _incomplet(situation: Situation, cout: Cout, droit: Droit, exoneration: str) -> Message:
    """Le prix ou le solde manque : ce qui est sûr, et un « si… / si… »."""
    if situation.prix is None and situation.solde_cpf is None:
        manquants = enumerer([libelles()["champs"][champ]["titre"] for champ in cout.manquant])
        return Message("utter_cout_incomplet", {"manquants": manquants})
    nom = "utter_cout_solde_inconnu" if situation.solde_cpf is None else "utter_cout_prix_inconnu"
    return Message(nom, {**_sous_condition(situation, cout, droit), "exoneration": exoneration})


def incomplet(faits: Faits, jour: date, droit: Droit) -> dict[str, str]:
    """Les nombres du « si… / si… » quand il ne manque que le prix ou le solde ; vide sinon."""
    situation = situation_de(faits, jour)
    verdict = evaluer(situation, droit)
    connu = (situation.prix is None) != (situation.solde_cpf is None)
    autre = est_public(faits) or _aide_sans_montant(faits, situation) or _rien_sur_le_compte(situation, verdict)
    return _sous_condition(situation, verdict.cout, droit) if verdict.cout and connu and not autre else {}


def _sous_condition(situation: Situation, cout: Cout, droit: Droit) -> dict[str, str]:
    jour, prix, solde = situation.date_evaluation, situation.prix, situation.solde_cpf
    due = ZERO if cout.exoneration else cout.participation
    if solde is not None:
        droits = droits_utilisables(situation, solde, droit) + situation.abondements
        moyen = droit.montant("bilan_prix_moyen", jour)
        exemple = evaluer(replace(situation, prix=moyen), droit).cout
        mots = {"droits": _euros(droits), "seuil": _euros(droits + due), "mini": _euros(due)}
        return {**mots, "reste": _euros(exemple.reste_a_payer if exemple else None)}
    assez = evaluer(replace(situation, solde_cpf=droit.montant("cpf_plafond_bilan", jour, prix)), droit).cout
    assert assez is not None and prix is not None
    return {
        "mini": _euros(assez.reste_a_payer),
        "droits": _euros(assez.part_cpf),
        "prix": _euros(prix - min(situation.abondements, prix)),
    }


def _payeur_connu(faits: Faits, situation: Situation) -> bool:
    return faits.get("autre_payeur") is not None or situation.abondements > 0


def _aide_sans_montant(faits: Faits, situation: Situation) -> bool:
    return faits.get("autre_payeur") not in (None, "aucun") and situation.abondements == 0


def _rien_sur_le_compte(situation: Situation, verdict: Verdict) -> bool:
    """Compte vide et rien pour le compléter : le CPF ne paie pas, la participation n'entre pas en jeu."""
    vide = situation.solde_cpf == 0 and situation.abondements == 0 and not situation.abondement_c2p_ou_atmp
    autres = [c.motifs for c in verdict.chemins if c.chemin == "cpf_hors_temps" and c.ferme and c.motifs != _SOLDE_NUL]
    return vide and not autres


def _fermeture(verdict: Verdict, jour: date, droit: Droit) -> str:
    return next((raisons(chemin, jour, droit) for chemin in verdict.chemins if chemin.ferme), "")


def _prix(situation: Situation) -> str:
    mots = libelles()["prix_du_bilan"]
    return str(mots["inconnu"] if situation.prix is None else mots["connu"].format(prix=_euros(situation.prix)))


def _euros(montant: Decimal | None) -> str:
    return ecriture.grandeur(montant or ZERO, "euros")
