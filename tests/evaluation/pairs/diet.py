"""Les deux chaînes que Rasa propose d'office, entraînées sur nos exemples : par défaut, et gabarit spaCy (DIET).

Chaque chaîne vit dans .cache/pairs, hors de notre projet : ni nos composants ni nos greffes. L'étiquette « faq/duree »
y devient une intention ordinaire, sans quoi Rasa n'apprendrait que « faq ».
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from tests.evaluation.jeux import exemples
from tests.evaluation.pairs.commun import CACHE, Predictions, cle, garder, relire, tete

SEPARATEUR = "__"
EPOQUES = 100  # le nombre de la chaîne par défaut de Rasa 3.6 (« rasa init »)
_DIET = [
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {
        "name": "DIETClassifier",
        "epochs": EPOQUES,
        "constrain_similarities": True,
        "random_seed": 0,
        "ranking_length": 0,
        "tensorboard_log_directory": "courbe",
        "tensorboard_log_level": "epoch",
    },
]
CHAINES: dict[str, list[dict[str, Any]]] = {
    "rasa_defaut": [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        *_DIET,
    ],
    "rasa_spacy": [
        {"name": "SpacyNLP", "model": "fr_core_news_md"},
        {"name": "SpacyTokenizer"},
        {"name": "SpacyFeaturizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        *_DIET,
    ],
}


def preparer(chaine: str) -> Path:
    """Écrit et entraîne une chaîne ; sans effet si les exemples et la chaîne n'ont pas changé."""
    textes, etiquettes = exemples()
    configuration = {"recipe": "default.v1", "language": "fr", "pipeline": CHAINES[chaine]}
    par_etiquette: dict[str, list[str]] = {}
    for texte, etiquette in zip(textes, etiquettes, strict=True):
        par_etiquette.setdefault(etiquette.replace("/", SEPARATEUR), []).append(texte)
    nlu = [{"intent": nom, "examples": "".join(f"- {e}\n" for e in lot)} for nom, lot in par_etiquette.items()]
    contenu = yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True, width=10_000)
    empreinte = hashlib.sha256(f"{configuration}{contenu}".encode()).hexdigest()[:12]
    dossier = CACHE / f"{chaine}-{empreinte}"
    if (dossier / "fait.json").exists():
        return dossier
    (dossier / "data").mkdir(parents=True, exist_ok=True)
    (dossier / "config.yml").write_text(yaml.safe_dump(configuration), encoding="utf-8")
    (dossier / "data/nlu.yml").write_text(contenu, encoding="utf-8")
    debut = _calcul()
    _lancer(dossier, "-m", "rasa", "train", "nlu", "--nlu", "data")
    (dossier / "fait.json").write_text(json.dumps({"entrainement_s": _calcul() - debut}), encoding="utf-8")
    return dossier


def predire(chaine: str, messages: list[str]) -> Predictions:
    """Prédit avec une chaîne entraînée, dans un processus à part."""
    dossier = preparer(chaine)
    chemin = CACHE / f"{dossier.name}-{cle(messages)}.json"
    if gardees := relire(chemin):
        return gardees
    (dossier / "messages.json").write_text(json.dumps(messages), encoding="utf-8")
    _lancer(dossier, str(Path(__file__).with_name("predire_diet.py")))
    lues = json.loads((dossier / "predictions.json").read_text(encoding="utf-8"))
    (dossier / "messages.json").unlink()
    duree = json.loads((dossier / "fait.json").read_text(encoding="utf-8"))["entrainement_s"]
    classements = [[(nom.replace(SEPARATEUR, "/"), p) for nom, p in classement] for classement in lues["classements"]]
    return garder(chemin, Predictions([*map(tete, classements)], duree, lues["message_ms"], lues["pertes"]))


def _calcul() -> float:
    """Temps de processeur des processus finis, en secondes : la machine est partagée."""
    temps = os.times()
    return temps.children_user + temps.children_system


def _lancer(dossier: Path, *arguments: str) -> None:
    """Exécute Rasa de série dans le dossier d'une chaîne : rien de notre projet n'y est importable."""
    environnement = {
        **os.environ,
        "PYTHONPATH": str(dossier),
        "RASA_TELEMETRY_ENABLED": "false",
        "CUDA_VISIBLE_DEVICES": "-1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    with (dossier / "journal.txt").open("a", encoding="utf-8") as journal:
        subprocess.run(
            [sys.executable, "-W", "ignore", *arguments],
            cwd=dossier,
            env=environnement,
            check=True,
            stdout=journal,
            stderr=subprocess.STDOUT,
        )


if __name__ == "__main__":
    for nom in sys.argv[1:] or CHAINES:
        print(preparer(nom), flush=True)
