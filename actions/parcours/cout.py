"""Le reste à payer, ligne par ligne, à partir de deux nombres que la personne donne."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from actions.contenus import Contenus
from actions.droit import Droit, ecriture
from actions.eligibilite import Cout, Situation, evaluer
from actions.parcours.comparateur import raisons
from actions.parcours.faits import Faits, situation_de
from actions.parcours.messages import Message, enumerer, libelles

# Le reste à payer et la participation qu'il comprend ont leur propre ligne.
_DITES_A_PART = ("cpf.plafond_paiement_personnel", "participation.")


def presenter(faits: Faits, jour: date, droit: Droit, contenus: Contenus) -> list[Message]:
    """Rend le calcul, ou ce qui l'empêche : CPF fermé, agent public, montant inconnu."""
    situation = situation_de(faits, jour)
    if situation.agent_public or faits.get("agent_public"):
        return [Message("utter_cout_public")]
    cout, fermeture = _calculer(situation, droit)
    if cout is None:
        return [Message("utter_cout_sans_cpf", {"raisons": fermeture})]
    if cout.reste_a_payer is None:
        manquants = enumerer([libelles()["champs"][champ]["titre"] for champ in cout.manquant])
        return [Message("utter_cout_incomplet", {"manquants": manquants})]
    gabarits = contenus.metadonnees("utter_cout")
    payees = [ligne for ligne in cout.lignes if not ligne.reference.startswith(_DITES_A_PART)]
    comprise = cout.participation and not cout.exoneration
    lignes = [gabarits["ligne"].format(libelle=li.libelle, montant=_euros(li.montant)) for li in payees]
    mots = {
        "prix": _euros(cout.prix),
        "lignes": "\n".join(lignes),
        "reste": _euros(cout.reste_a_payer),
        "participation": gabarits["participation"].format(montant=_euros(cout.participation)) if comprise else "",
        "exoneration": gabarits["exonere"] if cout.exoneration else "",
    }
    return [Message("utter_cout", mots)]


def trace(faits: Faits, jour: date, droit: Droit, contenus: Contenus) -> Message | None:
    """Le texte de chaque ligne du calcul ; ``None`` sans calcul."""
    cout, _ = _calculer(situation_de(faits, jour), droit)
    if cout is None or cout.reste_a_payer is None:
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


def _calculer(situation: Situation, droit: Droit) -> tuple[Cout | None, str]:
    verdict = evaluer(situation, droit)
    fermes = [chemin for chemin in verdict.chemins if chemin.ferme]
    return verdict.cout, raisons(fermes[0], situation.date_evaluation, droit) if fermes else ""


def _euros(montant: Decimal | None) -> str:
    return ecriture.grandeur(montant or Decimal(0), "euros")
