"""Charge l'assistant hors serveur : NLU, politiques, vraies actions, vrais textes, aucun port ouvert."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bilan.calme  # isort: skip

from rasa.core.agent import Agent, load_agent
from rasa.core.utils import AvailableEndpoints

from actions.contenus import contenus_en_place
from actions.reglages import RACINE
from bilan.actions_locales import ActionsLocales, verifier_une_seule_fois
from canaux.echange import echanger


def reglages_de_rasa() -> AvailableEndpoints:
    """Lit endpoints.yml et remplace le serveur d'actions par les actions du processus."""
    points = AvailableEndpoints.read_endpoints(str(RACINE / "endpoints.yml"))
    points.action = ActionsLocales()
    verifier_une_seule_fois()
    return points


async def charger(modele: Path) -> Agent:
    """Charge un modèle.

    Raises:
        SystemExit: modèle illisible.
    """
    bilan.calme.configurer_journaux()
    agent = await load_agent(model_path=str(modele), endpoints=reglages_de_rasa())
    if not agent.is_ready():
        raise SystemExit(f"Modèle illisible : {modele}")
    return agent


@dataclass(frozen=True)
class Tour:
    """Ce qu'un message a produit."""

    reponses: list[dict[str, Any]]
    sujets: list[str]
    clarification: bool
    propositions: list[str]
    intention: str | None
    confiance: float | None


async def faire_un_tour(agent: Agent, conversation: str, texte: str) -> Tour:
    """Envoie un message et décrit le tour : réponses, sujets traités, propositions, intention."""
    messages = await echanger(agent, conversation, texte, "dialogue")
    contenus = contenus_en_place()
    tracker = await agent.tracker_store.retrieve(conversation)
    compris = tracker.latest_message.intent if tracker and tracker.latest_message else {}
    noms = [m.get("utter_action", "") for m in messages]
    clarification = "utter_vouloir_dire" in noms
    etiquettes = (compris or {}).get("propositions") or []
    return Tour(
        reponses=[
            {
                "texte": m.get("text", ""),
                "boutons": [{"titre": b["title"], "envoi": b["payload"]} for b in m.get("buttons") or []],
                "documents": (m.get("custom") or {}).get("documents", []),
            }
            for m in messages
        ],
        sujets=list(dict.fromkeys(sujet for nom in noms for sujet in sujets_traites(nom))),
        clarification=clarification,
        propositions=[contenus.sujets_d_etiquette(e)[0] for e in etiquettes] if clarification else [],
        intention=(compris or {}).get("etiquette") or (compris or {}).get("name"),
        confiance=(compris or {}).get("confidence"),
    )


def sujets_traites(nom: str) -> list[str]:
    """Sujets auxquels répond une réponse, niveaux de détail compris."""
    for prefixe in ("utter_detail_", "utter_simple_"):
        if nom.startswith(prefixe):
            return [nom.removeprefix(prefixe)]
    return contenus_en_place().sujets(nom)
