"""Un pair pour comparer : un bot Rasa de série, entraîné sur douze de nos sujets, ses actions servies par HTTP."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from actions.reglages import RACINE
from tests.mesures.banc import Jeu
from tests.mesures.serveur import Serveur

SUJETS = 12
EXEMPLES = 30
_CONFIGURATION = """\
recipe: default.v1
language: fr
assistant_id: pair
pipeline:
- name: WhitespaceTokenizer
- name: CountVectorsFeaturizer
- name: CountVectorsFeaturizer
  analyzer: char_wb
  min_ngram: 1
  max_ngram: 4
- name: DIETClassifier
  epochs: 30
  random_seed: 0
policies:
- name: RulePolicy
"""
_ACTION = """\
from rasa_sdk import Action
from rasa_sdk.events import SlotSet


class ActionCompter(Action):
    def name(self):
        return "action_compter"

    async def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="Cela fait trois jours.")
        return [SlotSet("compte", 3)]
"""


def preparer() -> tuple[Path, Jeu]:
    """Écrit et entraîne le pair dans .cache/pair ; sans effet si les données n'ont pas changé."""
    contenus = _sujets()
    fichiers = _fichiers(contenus)
    empreinte = hashlib.sha256(repr(sorted(fichiers.items())).encode()).hexdigest()[:12]
    dossier = RACINE / ".cache" / f"pair-{empreinte}"
    for nom, texte in fichiers.items():
        (dossier / nom).parent.mkdir(parents=True, exist_ok=True)
        (dossier / nom).write_text(texte, encoding="utf-8")
    if not list(dossier.glob("models/*.tar.gz")):
        print("Entraînement du pair (Rasa de série, DIET)…", file=sys.stderr, flush=True)
        _rasa(dossier, "train", "--quiet")
    questions = [exemples[0] for exemples in list(contenus.values())[:5]]
    return dossier, Jeu("bonjour", questions, ["combien de jours il me reste"])


@contextmanager
def servir(dossier: Path, port: int) -> Iterator[Serveur]:
    """Sert le pair sur ``port`` et ses actions sur ``port + 1``, comme « rasa run » et « rasa run actions »."""
    with subprocess.Popen(
        [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(port + 1)],
        cwd=dossier,
        env=_environnement(dossier),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as actions:
        try:
            (dossier / "endpoints.yml").write_text(
                f"action_endpoint:\n  url: http://127.0.0.1:{port + 1}/webhook\n", encoding="utf-8"
            )
            commande = [sys.executable, "-W", "ignore", "-m", "rasa", "run", "-i", "127.0.0.1", "-p", str(port)]
            serveur = Serveur(commande, dossier, port, _environnement(dossier))
            try:
                yield serveur
            finally:
                serveur.arreter()
        finally:
            actions.terminate()


def _sujets() -> dict[str, list[str]]:
    """Exemples d'entraînement de douze sujets de connaissance, pris dans l'ordre des fichiers."""
    trouves: dict[str, list[str]] = {}
    for fichier in sorted((RACINE / "data/nlu").glob("*.yml")):
        for bloc in yaml.load(fichier.read_text(encoding="utf-8"), yaml.CSafeLoader)["nlu"]:
            if str(bloc.get("intent", "")).startswith("faq/") and len(trouves) < SUJETS:
                lignes = [ligne.removeprefix("- ") for ligne in bloc["examples"].splitlines()]
                trouves[bloc["intent"].removeprefix("faq/")] = [e for e in lignes if e][:EXEMPLES]
    return trouves


def _fichiers(contenus: dict[str, list[str]]) -> dict[str, str]:
    politesse = {"saluer": ["bonjour", "bonsoir", "salut"], "compter": ["combien de jours il me reste", "mes jours"]}
    intentions = {**contenus, **politesse}
    suites = {nom: "action_compter" if nom == "compter" else f"utter_{nom}" for nom in intentions}
    domaine: dict[str, Any] = {
        "version": "3.1",
        "intents": list(intentions),
        "actions": ["action_compter"],
        "slots": {"compte": {"type": "any", "mappings": [{"type": "custom"}]}},
        "responses": {f"utter_{nom}": [{"text": f"Réponse sur {nom}. " * 10}] for nom in intentions},
    }
    nlu = [{"intent": nom, "examples": "".join(f"- {e}\n" for e in exemples)} for nom, exemples in intentions.items()]
    regles = [{"rule": nom, "steps": [{"intent": nom}, {"action": suite}]} for nom, suite in suites.items()]
    return {
        "config.yml": _CONFIGURATION,
        "credentials.yml": "rest:\n",
        "domain.yml": yaml.safe_dump(domaine, allow_unicode=True),
        "data/nlu.yml": yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True),
        "data/rules.yml": yaml.safe_dump({"version": "3.1", "rules": regles}, allow_unicode=True),
        "actions/__init__.py": "",
        "actions/compter.py": _ACTION,
    }


def _rasa(dossier: Path, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "rasa", *arguments],
        cwd=dossier,
        env=_environnement(dossier),
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _environnement(dossier: Path) -> dict[str, str]:
    """Rien de notre projet : ni son paquet d'actions, ni ses greffes ; pas de télémétrie."""
    return {**os.environ, "PYTHONPATH": str(dossier), "RASA_TELEMETRY_ENABLED": "false", "CUDA_VISIBLE_DEVICES": "-1"}
