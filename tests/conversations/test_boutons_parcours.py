"""Chaque bouton de chaque fin de parcours, cliqué là où il est offert, fait ce que son titre dit.

Une personne par situation répond aux questions d'un parcours ; à la fin, chaque bouton se clique dans une copie de la
conversation. Aucun ne mène au menu, à « je n'ai pas compris » ou à un bouton périmé, et une personne n'est jamais loin.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from rasa.core.agent import Agent

from actions.contenus import envoi
from canaux.echange import echanger
from tests.conversations.test_matrice import noms, question_posee

Messages = list[dict[str, Any]]

PRIVE = {
    "statut": "salarie_prive", "arret": "aucun", "initiative": "salarie", "dernier_bilan": "aucun", "solde_cpf": "1200",
    "prix": "1800", "autre_payeur": "aucun", "moment": "hors_temps", "date_debut": "plus_tot", "duree_mois": "court",
    "reponse_employeur": "pas_demande", "date_demande": "le 2 novembre 2026", "accord_caisse": "non",
    "agent_prioritaire": "non", "services_effectifs_mois": "5 ans", "contrat": "titulaire", "lettre": "demande_absence",
    "montant_aide": "inconnu", "abondement_c2p_ou_atmp": "non",
}  # fmt: skip
PERSONNES: dict[str, dict[str, str]] = {
    "salariée": PRIVE,
    "salarié, sur ses heures": {**PRIVE, "moment": "temps_travail", "reponse_employeur": "refus"},
    "salarié en arrêt": {**PRIVE, "arret": "maladie"},
    "salariée sans rien sur le compte": {**PRIVE, "solde_cpf": "zero", "reponse_employeur": "silence"},
    "salarié qui ne sait pas": {
        **PRIVE,
        **dict.fromkeys(("prix", "solde_cpf", "dernier_bilan", "moment"), "inconnu"),
        "reponse_employeur": "report",
    },
    "salariée aidée": {**PRIVE, "autre_payeur": "employeur", "reponse_employeur": "oui"},
    "sans emploi": {**PRIVE, "statut": "demandeur_emploi"},
    "territoriale": {**PRIVE, "statut": "agent_fpt", "lettre": "demande_agent_public"},
    "hospitalière titulaire en arrêt": {
        **PRIVE,
        "statut": "agent_fph",
        "arret": "maladie",
        "lettre": "demande_agent_public",
    },
    "contractuel de l'État en arrêt, refusé": {
        **PRIVE,
        "statut": "agent_fpe",
        "arret": "maladie",
        "contrat": "contractuel",
        "reponse_employeur": "refus",
        "lettre": "demande_entretien",
    },
}
DEMANDES = {
    "verifier_eligibilite": "vérifie mes droits",
    "simuler_cout": "calcule mon reste à payer",
    "demander_cpf": "je veux faire ma demande cpf",
    "parler_employeur": "aide-moi à en parler à mon employeur",
    "rediger_lettre": "je veux écrire une lettre",
    "planifier": "fais-moi un calendrier des démarches",
}
VERSANTS = ("agent_fpe", "agent_fpt", "agent_fph")

# Intention d'un bouton -> début du nom de la réponse attendue ; une question du parcours convient aussi.
ATTENDUES = {
    "verifier_eligibilite": "utter_verdict",
    "simuler_cout": "utter_cout",
    "demander_cpf": "utter_cpf",
    "parler_employeur": "utter_employeur",
    "planifier": "utter_calendrier",
    "rediger_lettre": "utter_lettre",
}
ACTES = {
    "parler_a_un_humain": "utter_humains",
    "recapituler": "utter_recapitulatif",
    "repeter": "utter_repetition_debut",
    "adopter": "utter_fait_corrige",
    "effacer_donnees": "utter_effacer_donnees",
    "demander_aide": "utter_demander_aide",
    "reformuler": "utter_simple_",
    "approfondir": "utter_",
    "reprendre": "utter_",
    "pause": "utter_pause",
    "arreter": "utter_",
    "cocher": "utter_cpf",
    "repondre": "utter_",
}
# Ce que promet un titre, quel que soit l'envoi que les RH ont écrit.
PROMESSES = {
    r"^parler à quelqu'un$": "utter_humains",
    r"^garder une trace$": "utter_recapitulatif",
    r"^changer la date$": "utter_ask_date_debut",
    r"^le prix du bilan$|^donner le prix$": "utter_ask_prix",
    r"^c'est fait$": "utter_cpf_coche",
    r"^plus tard$": "utter_cpf_etape_bloquee",
    r"^m'entraîner$": "utter_repetition_debut",
}
LETTRES = {
    r"écrire à la caisse": "demande_caisse",
    r"demande d'absence": "demande_absence",
    r"demande de congé": "demande_agent_public",
    r"écrire le rappel": "relance_silence",
    r"répondre au report": "reponse_report",
    r"demander un entretien": "demande_entretien",
}
ECHECS = ("utter_bouton_perime", "utter_repli", "utter_commande_refusee", "utter_indisponible", "utter_erreur_")
MENU = ("tous les sujets",)


async def repondre(agent: Agent, fil: str, messages: Messages, personne: dict[str, str]) -> Messages:
    """Répond aux questions jusqu'à la fin du parcours."""
    for _ in range(12):
        posee = question_posee(messages)
        if posee is None or posee == "replique":
            return messages
        messages = await echanger(agent, fil, _reponse(posee, personne[posee], messages), "dialogue")
    raise AssertionError(noms(messages))


def _reponse(posee: str, voulue: str, messages: Messages) -> str:
    offerts = {b["payload"] for m in messages for b in m.get("buttons") or []}
    if voulue in VERSANTS and envoi(f"/repondre/{voulue}") not in offerts:
        voulue = "agent_public"
    if posee == "lettre" and envoi(f"/repondre/{voulue}") not in offerts:
        voulue = "autres_lettres"
    bouton = envoi(f"/repondre/{voulue}")
    return bouton if bouton in offerts else voulue


def boutons(messages: Messages) -> dict[str, str]:
    """Boutons offerts par le dernier tour : titre -> envoi."""
    return {b["title"].replace("\u00a0", " "): b["payload"] for m in messages for b in m.get("buttons") or []}


async def copier(agent: Agent, fil: str) -> str:
    """Copie une conversation pour y cliquer sans toucher à l'original."""
    tracker = await agent.tracker_store.retrieve(fil)
    assert tracker is not None
    copie = tracker.copy()
    copie.sender_id = f"copie-{uuid.uuid4()}"
    await agent.tracker_store.save(copie)
    return str(copie.sender_id)


async def cliquer(agent: Agent, fil: str, titre: str, charge: str) -> tuple[Messages, Iterator[str]]:
    copie = await copier(agent, fil)
    messages = await echanger(agent, copie, charge, "dialogue")
    tracker = await agent.tracker_store.retrieve(copie)
    slots = tracker.current_slot_values() if tracker else {}
    return messages, defauts(titre.lower(), charge, messages, slots)


def defauts(titre: str, charge: str, messages: Messages, slots: dict[str, Any]) -> Iterator[str]:
    """Ce qu'un clic n'a pas fait de ce que son titre et son envoi promettent."""
    dites, (intention, valeur) = noms(messages), lire(charge)
    if any(nom.startswith(ECHECS) for nom in dites):
        yield "échec"
    if "utter_demander_aide" in dites and titre not in MENU:
        yield "mène au menu"
    if intention in ("faq", "idee_recue", "hors_sujet") and f"utter_{intention}/{valeur}" not in dites:
        yield f"utter_{intention}/{valeur} attendue"
    if intention in ATTENDUES:
        if slots.get("parcours") != intention:
            yield f"parcours {slots.get('parcours')}"
        if not question_posee(messages) and not any(nom.startswith(ATTENDUES[intention]) for nom in dites):
            yield f"{ATTENDUES[intention]}… attendue"
    if intention in ACTES and not any(nom.startswith(ACTES[intention]) for nom in dites):
        yield f"{ACTES[intention]}… attendue"
    if intention == "rediger_lettre" and valeur and slots.get("lettre") != valeur:
        yield f"lettre {slots.get('lettre')}"
    if intention == "corriger" and f"utter_ask_{valeur}" not in dites and f"utter_corriger_{valeur}" not in dites:
        yield f"question {valeur} attendue"
    yield from _promesses(titre, dites, slots)


def _promesses(titre: str, dites: list[str], slots: dict[str, Any]) -> Iterator[str]:
    for motif, promise in PROMESSES.items():
        if re.search(motif, titre) and not any(nom.startswith(promise) for nom in dites):
            yield f"le titre promet {promise}"
    for motif, lettre in LETTRES.items():
        if re.search(motif, titre) and slots.get("lettre") != lettre:
            yield f"le titre promet la lettre {lettre}"


def lire(charge: str) -> tuple[str, str | None]:
    """« /faq{"sujet": "duree"} » : (« faq », « duree »)."""
    intention, accolade, reste = charge.removeprefix("/").partition("{")
    return intention, next(iter(json.loads(accolade + reste).values()), None) if accolade else None


def une_personne_est_proche(offerts: dict[str, str]) -> bool:
    """À deux clics au plus : son bouton, ou le menu, qui le porte."""
    return any(lire(charge)[0] in ("parler_a_un_humain", "demander_aide") for charge in offerts.values())


@pytest.mark.parametrize("parcours", sorted(DEMANDES))
@pytest.mark.parametrize("nom", sorted(PERSONNES))
async def test_chaque_bouton_d_une_fin_fait_ce_que_dit_son_titre(agent: Agent, nom: str, parcours: str) -> None:
    fil, personne, manques = f"boutons-{uuid.uuid4()}", PERSONNES[nom], []
    await echanger(agent, fil, "bonjour", "dialogue")
    fin = await repondre(agent, fil, await echanger(agent, fil, DEMANDES[parcours], "dialogue"), personne)
    offerts = boutons(fin)
    assert une_personne_est_proche(offerts), (noms(fin), list(offerts))
    for titre, charge in offerts.items():
        messages, trouves = await cliquer(agent, fil, titre, charge)
        manques += [f"« {titre} » : {defaut} ({noms(messages)})" for defaut in trouves]
        suivants = boutons(messages)
        if lire(charge)[0] in ATTENDUES and not question_posee(messages) and not une_personne_est_proche(suivants):
            manques.append(f"« {titre} » : personne à moins de deux clics ({noms(messages)}, {list(suivants)})")
    assert manques == []


async def test_chaque_etape_de_la_demande_a_ses_boutons(agent: Agent) -> None:
    """D'étape en étape jusqu'à la fin, en arrêt (l'étape de l'accord comprise)."""
    fil, manques = f"etapes-{uuid.uuid4()}", []
    await echanger(agent, fil, "bonjour", "dialogue")
    ouverture = await echanger(agent, fil, DEMANDES["demander_cpf"], "dialogue")
    messages = await repondre(agent, fil, ouverture, PERSONNES["salarié en arrêt"])
    for _ in range(6):
        for titre, charge in boutons(messages).items():
            dits, trouves = await cliquer(agent, fil, titre, charge)
            manques += [f"« {titre} » : {defaut} ({noms(dits)})" for defaut in trouves]
        messages = await echanger(agent, fil, "c'est fait", "dialogue")
    assert manques == [] and noms(messages)[-1] == "utter_cpf_fin"
