"""NLP.js en français (npm), réglages d'origine, appris sur nos exemples."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from tests.evaluation.jeux import exemples
from tests.evaluation.pairs.commun import CACHE, Predictions, cle, garder, relire, tete

_ICI = Path(__file__).parent


def predire(messages: list[str]) -> Predictions:
    """Installe les paquets npm dans le cache, apprend et prédit ; demande Node."""
    chemin = CACHE / f"nlpjs-{cle(messages)}.json"
    if gardees := relire(chemin):
        return gardees
    dossier = CACHE / "nlpjs"
    dossier.mkdir(parents=True, exist_ok=True)
    for nom in ("package.json", "package-lock.json", "apprendre.js"):
        shutil.copy(_ICI / nom, dossier)
    (dossier / "exemples.json").write_text(json.dumps([*zip(*exemples(), strict=True)]), encoding="utf-8")
    (dossier / "messages.json").write_text(json.dumps(messages), encoding="utf-8")
    _lancer(dossier, "npm", "ci", "--ignore-scripts", "--silent")
    _lancer(dossier, "node", "apprendre.js", "exemples.json", "messages.json", "predictions.json")
    lues = json.loads((dossier / "predictions.json").read_text(encoding="utf-8"))
    (dossier / "messages.json").unlink()
    tetes = [tete([(nom, p) for nom, p in classement if nom != "None"]) for classement in lues["predictions"]]
    return garder(chemin, Predictions(tetes, lues["entrainement_s"], lues["message_ms"]))


def _lancer(dossier: Path, *commande: str) -> None:
    subprocess.run(commande, cwd=dossier, check=True, stdout=subprocess.DEVNULL)
