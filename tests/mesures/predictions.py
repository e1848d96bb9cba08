"""Prédictions et réponses sur un jeu de référence, pour comparer deux environnements Python (``make python312``).

``python -m tests.mesures.predictions`` les écrit ; avec deux fichiers, les compare.
"""

from __future__ import annotations

import asyncio
import json
import platform
import sys
from pathlib import Path
from typing import Any

import bilan.calme  # noqa: F401  (avant tout import de Rasa)
from actions.reglages import RACINE
from bilan.entrainement import assurer_modele
from tests.mesures.fils import FILS

# Un exemple sur vingt-neuf, dans l'ordre des fichiers : le même jeu partout, sans hasard.
_PAS = 29
# Deux versions des bibliothèques de calcul n'additionnent pas dans le même ordre.
_ECART_DE_CONFIANCE = 0.01


def textes() -> list[str]:
    """Jeu de référence : des exemples de data/nlu, sans leurs annotations."""
    lignes = [
        ligne.strip().removeprefix("- ").strip()
        for fichier in sorted((RACINE / "data/nlu").rglob("*.yml"))
        for ligne in fichier.read_text(encoding="utf-8").splitlines()
        if ligne.startswith("    - ")
    ]
    return [ligne for ligne in lignes if ligne and "[" not in ligne][::_PAS]


async def jouer() -> dict[str, Any]:
    """(texte, étiquette, confiance) pour chaque texte de référence, et les réponses de quelques conversations."""
    from bilan.moteur import charger, faire_un_tour

    agent = await charger(assurer_modele())
    predites = []
    for texte in textes():
        compris = await agent.parse_message(texte)
        intention = compris["intent"]
        predites.append((texte, str(intention.get("etiquette") or intention["name"]), float(intention["confidence"])))
    tours = [await faire_un_tour(agent, f"fil-{rang}", dit) for rang, fil in enumerate(FILS) for dit in fil]
    reponses = [[(r["texte"], [b["titre"] for b in r["boutons"]]) for r in tour.reponses] for tour in tours]
    return {"python": platform.python_version(), "predictions": predites, "reponses": reponses}


def comparer(ici: Path, la: Path) -> int:
    """Compare deux fichiers ; rend 1 si une étiquette, une confiance ou une réponse diffère."""
    # La dernière ligne : quand il entraîne, Rasa écrit avant sur la même sortie.
    une, autre = (json.loads(f.read_text(encoding="utf-8").splitlines()[-1]) for f in (ici, la))
    etiquettes = sum(a[:2] != b[:2] for a, b in zip(une["predictions"], autre["predictions"], strict=True))
    ecart = max(abs(a[2] - b[2]) for a, b in zip(une["predictions"], autre["predictions"], strict=True))
    reponses = sum(a != b for a, b in zip(une["reponses"], autre["reponses"], strict=True))
    print(
        f"{une['python']} et {autre['python']} : {len(une['predictions'])} textes, {etiquettes} étiquette(s) "
        f"différente(s), écart de confiance au plus {ecart:.2g} ; {len(une['reponses'])} tours, {reponses} autre(s)."
    )
    return int(etiquettes > 0 or ecart > _ECART_DE_CONFIANCE or reponses > 0)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        sys.exit(comparer(Path(sys.argv[1]), Path(sys.argv[2])))
    print(json.dumps(asyncio.run(jouer())))
