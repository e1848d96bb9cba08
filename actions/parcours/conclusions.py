"""La fin de chaque parcours : les messages de son résultat."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from actions.contenus import contenus_en_place
from actions.droit import droit_en_place
from actions.eligibilite.situation import ESAT, HORS_DES_CHEMINS, MILITAIRE
from actions.parcours import calendrier, changements, comparateur, cout, demande_cpf, employeur, lettres
from actions.parcours.messages import Message

Faits = Mapping[str, Any]
# Statut hors des chemins du cœur -> ce qui se dit à la place du résultat, quel que soit le parcours.
_A_LA_PLACE = {MILITAIRE: "utter_faq/public_militaire", ESAT: "utter_cas_esat_droit"}
_COUT_EN_ESAT, _COUT = "utter_cas_esat_cout", "simuler_cout"


def conclure(
    parcours: str, faits: Faits, inconnus: Collection[str], etat: Mapping[str, Any], jour: date
) -> list[Message]:
    """Rend le résultat d'un parcours avec le droit et les textes en place.

    Args:
        parcours: nom du parcours.
        faits: ce qu'on sait de la personne.
        inconnus: ce qu'elle a dit ne pas savoir.
        etat: ``volet`` demandé et ``etapes_faites``.
        jour: date d'évaluation.

    Raises:
        KeyError: parcours inconnu.
    """
    if faits.get("statut") in HORS_DES_CHEMINS:
        en_esat = (faits["statut"], parcours) == (ESAT, _COUT)
        return [Message(_COUT_EN_ESAT if en_esat else _A_LA_PLACE[str(faits["statut"])])]
    if parcours == "rediger_lettre" and not faits.get("lettre"):
        return [Message("utter_lettre_a_choisir")]
    droit, contenus = droit_en_place(), contenus_en_place()
    rendus = {
        "verifier_eligibilite": lambda: comparateur.presenter(faits, inconnus, jour, droit, contenus),
        "simuler_cout": lambda: cout.presenter(faits, jour, droit, contenus),
        "demander_cpf": lambda: demande_cpf.presenter(faits, etat["etapes_faites"], jour, droit, contenus),
        "parler_employeur": lambda: employeur.presenter(faits, etat["volet"], jour, droit, contenus),
        "rediger_lettre": lambda: lettres.presenter(str(faits["lettre"]), faits, jour, droit, contenus, etat["volet"]),
        "planifier": lambda: calendrier.presenter(faits, jour, droit, contenus),
    }
    return rendus[parcours]()


def corriger(
    parcours: str,
    avant: Faits,
    changes: Mapping[str, Any],
    inconnus: Collection[str],
    etat: Mapping[str, Any],
    jour: date,
) -> list[Message]:
    """Rend ce qu'un fait corrigé change à un résultat déjà dit, sans le redire.

    Args:
        parcours: parcours conclu.
        avant: ce qu'on savait.
        changes: champs corrigés ; ``None`` : fait devenu caduc.
        inconnus: ce que la personne a dit ne pas savoir.
        etat: ``volet`` demandé et ``etapes_faites``.
        jour: date d'évaluation.
    """
    droit, contenus = droit_en_place(), contenus_en_place()
    apres = {champ: valeur for champ, valeur in {**avant, **changes}.items() if valeur is not None}
    dans_les_chemins = {avant.get("statut"), apres.get("statut")}.isdisjoint(HORS_DES_CHEMINS)
    if parcours == "verifier_eligibilite" and dans_les_chemins:
        return changements.corriger(avant, changes, jour, droit, contenus)
    if parcours == "simuler_cout" and dans_les_chemins:
        return cout.corriger(avant, apres, jour, droit, contenus)
    neufs = conclure(parcours, apres, inconnus, etat, jour)
    return [Message("utter_resultat_inchange")] if neufs == conclure(parcours, avant, inconnus, etat, jour) else neufs


def inchange(messages: list[Message]) -> bool:
    """Vrai si ``corriger`` dit que rien ne change."""
    return messages[0].reponse.endswith("_inchange")
