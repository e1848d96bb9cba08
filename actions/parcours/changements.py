"""Un fait change : ce que cela change au résultat, et rien d'autre."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from actions.contenus import Contenus
from actions.droit import Droit
from actions.eligibilite import Chemin, Situation
from actions.parcours import conge_pour_vous
from actions.parcours.comparateur import employeur_de, etat_de, fermeture, raisons, reserves
from actions.parcours.faits import Faits, situation_de
from actions.parcours.messages import Message, dire_faits, libelles
from actions.parcours.questionnaire import evaluer_faits

_CONGE = "conge_public"
# Morceaux d'une ligne de changement (metadonnées de utter_et_si), dans l'ordre où ils se disent.
_ORDRE = ("change", "nouveau", "heures", "obtenir", "cause", "saura")


def comparer(
    faits: Faits, changements: Mapping[str, Any], jour: date, droit: Droit, contenus: Contenus
) -> list[Message]:
    """« Et si… » : seulement ce que changerait un autre fait, et ce qu'il oblige à savoir."""
    lignes = _changements(faits, changements, jour, droit, contenus)
    changes = dire_faits(changements)
    if not lignes:
        return [Message("utter_et_si_rien", {"faits_changes": changes})]
    apres = {**faits, **changements}
    return [
        *reserves_nouvelles(faits, apres, jour, droit),
        Message("utter_et_si", {"faits_changes": changes, "lignes": "\n".join(lignes)}),
    ]


def corriger(
    faits: Faits, changements: Mapping[str, Any], jour: date, droit: Droit, contenus: Contenus
) -> list[Message]:
    """« En fait je suis… » : le fait est corrigé, et l'on ne redit que ce qui change dans le résultat."""
    lignes = _changements(faits, changements, jour, droit, contenus)
    if not lignes:
        return [Message("utter_verdict_inchange")]
    apres = {**faits, **changements}
    return [
        Message("utter_verdict_change", {"lignes": "\n".join(lignes)}),
        *reserves_nouvelles(faits, apres, jour, droit),
    ]


def reserves_nouvelles(faits: Faits, apres: Faits, jour: date, droit: Droit) -> list[Message]:
    """Ce que l'on doit savoir avec le fait nouveau et que l'on ne savait pas avec l'ancien."""

    def reserves_de(connus: Faits) -> list[Message]:
        ouverts = [chemin for chemin in evaluer_faits(connus, jour, droit).chemins if not chemin.ferme]
        return reserves(ouverts, connus, situation_de(connus, jour))

    dites = reserves_de(faits)
    return [message for message in reserves_de(apres) if message not in dites]


def _changements(
    faits: Faits, changements: Mapping[str, Any], jour: date, droit: Droit, contenus: Contenus
) -> list[str]:
    """Une ligne par chemin qui change : son état, les accords à obtenir, ce que saura l'employeur."""
    autres = {**faits, **changements}
    avant = {c.chemin: c for c in evaluer_faits(faits, jour, droit).chemins}
    apres = {c.chemin: c for c in evaluer_faits(autres, jour, droit).chemins}
    gabarits, titres = contenus.metadonnees("utter_et_si"), libelles()["chemins"]
    lignes = []
    for nom, nouveau in apres.items():
        ancien = avant.get(nom)
        morceaux = _morceaux(ancien, nouveau, situation_de(faits, jour), situation_de(autres, jour))
        if (
            nom == _CONGE
            and not nouveau.ferme
            and (heures := conge_pour_vous.heures(autres, jour, droit))
            != (conge_pour_vous.heures(faits, jour, droit) if ancien else None)
        ):
            morceaux["heures"] = heures
        if not morceaux:
            continue
        accords = fermeture(nouveau, autres, jour, droit) if nouveau.ferme else raisons(nouveau, jour, droit)
        champs = {"accords": accords, **morceaux}
        texte = " ".join(gabarits[morceau].format(**champs) for morceau in _ORDRE if morceau in morceaux)
        lignes.append(gabarits["ligne"].format(chemin=titres[nom], changement=texte))
    return [*lignes, *(gabarits["ligne_disparu"].format(chemin=titres[nom]) for nom in avant if nom not in apres)]


def _morceaux(ancien: Chemin | None, nouveau: Chemin, situation: Situation, autre: Situation) -> dict[str, str]:
    """Ce qu'il faut dire d'un chemin, par gabarit de ``utter_et_si`` ; vide si rien n'y change."""
    etat, employeur = etat_de(nouveau, autre), employeur_de(nouveau, autre)
    dits: dict[str, str] = {}
    if ancien is None:
        dits |= {"nouveau": etat}
    elif etat_de(ancien, situation) != etat:
        dits |= {"change": etat, "avant": etat_de(ancien, situation)}
    if nouveau.motifs and (ancien is None or ancien.motifs != nouveau.motifs):
        dits |= {"cause" if nouveau.ferme else "obtenir": etat}
    if not nouveau.ferme and (ancien is None or employeur_de(ancien, situation) != employeur):
        dits |= {"saura": employeur}
    return dits
