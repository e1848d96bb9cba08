"""Charge l'assistant hors serveur : NLU, politiques, vraies actions, vrais textes, aucun port ouvert."""

from __future__ import annotations

import logging
from collections.abc import Awaitable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bilan.calme  # isort: skip

from rasa.core.agent import Agent, load_agent
from rasa.core.utils import AvailableEndpoints
from rasa.shared.utils.common import class_from_module_path

from actions import reglages
from actions.contenus import contenus_en_place
from actions.en_place import tout_lire
from bilan import rapide
from bilan.actions_distantes import ActionsDistantes
from bilan.actions_locales import ActionsLocales
from bilan.entrainement import verifier_archive
from bilan.oubli_des_mots import oublier_les_mots
from bilan.pannes import Panne, phrase
from canaux.echange import echanger


def reglages_de_rasa() -> AvailableEndpoints:
    """Lit endpoints.yml (ou BILAN_POINTS), choisit où s'exécutent les actions et pose les greffes.

    Raises:
        Panne: fichier absent, classe introuvable, secret exigé.
    """
    if not reglages.FICHIER_POINTS.is_file():
        raise Panne(f"fichier de configuration introuvable : {reglages.FICHIER_POINTS} (BILAN_POINTS)")
    points = AvailableEndpoints.read_endpoints(str(reglages.FICHIER_POINTS))
    verifier_classes(points)
    points.action = ActionsDistantes(reglages.URL_ACTIONS) if reglages.URL_ACTIONS else ActionsLocales()
    rapide.installer()
    return points


def verifier_classes(points: AvailableEndpoints) -> None:
    """Vérifie que chaque classe nommée dans endpoints.yml existe.

    Rasa remplace en silence un magasin introuvable par le sien, qui garde les textes et n'oublie rien.

    Raises:
        Panne: classe introuvable, ou secret qu'elle exige absent.
    """
    for rubrique in ("nlg", "tracker_store", "lock_store", "event_broker"):
        genre = getattr(getattr(points, rubrique), "type", None)
        if not genre or "." not in genre:
            continue
        try:
            classe = class_from_module_path(genre)
        except (ImportError, AttributeError) as erreur:
            raise Panne(f"endpoints.yml : {rubrique} nomme « {genre} », qui n'existe pas") from erreur
        if getattr(classe, "partage", False) and reglages.SECRET is None:
            raise Panne(
                "BILAN_SECRET (ou BILAN_SECRET_FICHIER) est exigé par un magasin partagé (docs/exploitation.md)"
            )


async def charger(modele: Path) -> Agent:
    """Charge un modèle.

    Raises:
        Panne: modèle illisible.
    """
    verifier_archive(modele)
    bilan.calme.configurer_journaux()
    return await preparer(load_agent(model_path=str(modele), endpoints=reglages_de_rasa()))


async def preparer(chargement: Awaitable[Agent]) -> Agent:
    """Attend un chargement de Rasa, qui écrit sa panne avec une pile et rend un assistant vide : la lève à la place.

    Raises:
        Panne: le modèle ne se charge pas, avec la raison.
    """
    retenue = _Retenue()
    journaux = [logging.getLogger(nom) for nom in ("rasa.core.agent", "rasa.engine.graph")]
    for journal in journaux:
        journal.addFilter(retenue)
    try:
        agent = await chargement
    finally:
        for journal in journaux:
            journal.removeFilter(retenue)
    if not agent.is_ready():
        raison = f" ({phrase(retenue.erreur)})" if retenue.erreur else ""
        raise Panne(f"le modèle ne se charge pas{raison} ; au besoin supprimez models/*.tar.gz, il sera refait")
    tout_lire()
    bilan.calme.calculer_sur_un_fil()
    bilan.calme.figer_la_memoire()
    echouer_franchement(agent)
    laisser_l_oubli_au_magasin(agent)
    return oublier_les_mots(agent)


def echouer_franchement(agent: Agent) -> None:
    """Rend visible une panne du magasin.

    Rasa répondrait comme à une personne nouvelle, et garderait la suite dans une mémoire jamais relue.
    """

    def lever(panne: Exception) -> None:
        raise panne

    agent.tracker_store._on_tracker_store_error = lever


def laisser_l_oubli_au_magasin(agent: Agent) -> None:
    """Empêche Rasa de rouvrir lui-même une session d'après l'heure de la machine.

    Il oublierait un questionnaire en cours quand l'horloge saute, et au bout de 60 minutes quel que soit le réglage.
    """
    session = agent.processor.domain.session_config
    agent.processor.domain.session_config = session._replace(session_expiration_time=0)


class _Retenue(logging.Filter):
    """Garde l'exception qu'un journal allait écrire, et n'en laisse rien passer."""

    erreur: BaseException | None = None

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[1]:
            self.erreur = record.exc_info[1]
        return False


# Ces messages disent quel parcours s'ouvre, dans leur mot « sujet ».
_OUVRENT_UN_PARCOURS = (
    "utter_debut_questionnaire",
    "utter_debut_suite",
    "utter_debut_une_question",
    "utter_changement_parcours",
)


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
    noms = [m.get("utter_action", "") for m in messages]
    compris = await _compris(agent, conversation) if not messages[0].get("hors_conversation") else {}
    clarification = "utter_vouloir_dire" in noms
    etiquettes = compris.get("propositions") or []
    proposes = [contenus.sujets_d_etiquette(e)[0] for e in etiquettes] if clarification else []
    return Tour(
        reponses=[
            {
                "texte": m.get("text", ""),
                "boutons": [{"titre": b["title"], "envoi": b["payload"]} for b in m.get("buttons") or []],
                "documents": (m.get("custom") or {}).get("documents", []),
            }
            for m in messages
        ],
        sujets=list(dict.fromkeys(sujet for m in messages for sujet in sujets_traites(m))),
        clarification=clarification,
        propositions=proposes + [m["annonce"] for m in messages if m.get("annonce")],
        intention=compris.get("etiquette") or compris.get("name"),
        confiance=compris.get("confidence"),
    )


async def _compris(agent: Agent, conversation: str) -> dict[str, Any]:
    """Intention décidée pour le dernier message ; vide si la conversation vient d'être effacée."""
    tracker = await agent.tracker_store.retrieve(conversation)
    return dict(tracker.latest_message.intent) if tracker and tracker.latest_message else {}


def sujets_traites(message: dict[str, Any]) -> list[str]:
    """Sujets auxquels répond un message ; un niveau compte l'acte et le sujet ; un thème, le rôle qui le demande."""
    if message.get("role"):
        return [*sujets_traites({**message, "role": None}), f"role_{message['role']}"]
    nom = message.get("utter_action", "")
    for prefixe, acte in (("utter_detail_", "approfondir"), ("utter_simple_", "reformuler")):
        if nom.startswith(prefixe):
            return [acte, *contenus_en_place().sujets(f"utter_faq/{nom.removeprefix(prefixe)}")]
    if nom in _OUVRENT_UN_PARCOURS:
        return [message["sujet"]]
    if nom == "utter_le_texte":
        return ["approfondir", message["sujet"]]
    return contenus_en_place().sujets(nom)
