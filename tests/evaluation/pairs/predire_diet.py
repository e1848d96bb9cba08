"""Lit messages.json, écrit predictions.json, avec le modèle du dossier courant ; Rasa seul, rien du projet."""

import asyncio
import json
import time
from pathlib import Path
from typing import Any

from rasa.core.agent import load_agent
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorflow import make_ndarray


def pertes() -> list[float]:
    """Perte de chaque époque, lue dans les journaux de TensorBoard que DIET a écrits."""
    for dossier in {fichier.parent for fichier in Path("courbe").rglob("*tfevents*")}:
        lecteur = EventAccumulator(str(dossier), size_guidance={"tensors": 0})
        lecteur.Reload()
        for nom in lecteur.Tags()["tensors"]:
            if nom.endswith("t_loss"):
                return [float(make_ndarray(e.tensor_proto)) for e in lecteur.Tensors(nom)]
    return []


async def classer() -> dict[str, Any]:
    """Classe chaque message ; durée en temps de processeur, la machine étant partagée."""
    agent = await load_agent(model_path="models")
    classements = []
    debut = time.process_time()
    for texte in json.loads(Path("messages.json").read_text(encoding="utf-8")):
        lu = await agent.parse_message(texte)
        classements.append([[e["name"], e["confidence"]] for e in lu.get("intent_ranking", [])])
    duree = 1000 * (time.process_time() - debut) / max(len(classements), 1)
    return {"classements": classements, "message_ms": duree, "pertes": pertes()}


Path("predictions.json").write_text(json.dumps(asyncio.run(classer())), encoding="utf-8")
