"""Joue des parcours entiers sur le produit et les écrit dans docs/dialogues.md (``make dialogues``)."""

from __future__ import annotations

import asyncio
from pathlib import Path

import bilan.calme  # isort: skip  # noqa: F401

import yaml

from actions.reglages import RACINE, aujourd_hui
from bilan.entrainement import assurer_modele
from bilan.moteur import charger, faire_un_tour

SORTIE = RACINE / "docs/dialogues.md"


def _envoi(ligne: str, offerts: dict[str, str]) -> str:
    if not ligne.startswith("> "):
        return ligne
    cherche = ligne.removeprefix("> ").lower()
    for titre, envoi in offerts.items():
        if cherche in titre.replace("\u00a0", " ").lower():
            return envoi
    raise ValueError(f"bouton « {cherche} » non offert ; offerts : {list(offerts)}")


async def jouer() -> list[str]:
    """Rend le Markdown des dialogues."""
    agent = await charger(assurer_modele())
    lignes = ["# Parcours entiers", "", f"Joués par le produit le {aujourd_hui():%d/%m/%Y} : `make dialogues`."]
    scenarios = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
    for numero, scenario in enumerate(scenarios, start=1):
        lignes += ["", f"## {numero}. {scenario['titre']}"]
        offerts: dict[str, str] = {}
        for dit in scenario["dit"]:
            tour = await faire_un_tour(agent, f"dialogue-{numero}", _envoi(dit, offerts))
            offerts = {b["titre"]: b["envoi"] for reponse in tour.reponses for b in reponse["boutons"]}
            lignes += ["", f"**{dit.removeprefix('> ')}**" + (" (bouton)" if dit.startswith("> ") else "")]
            for reponse in tour.reponses:
                lignes += ["", *(f"> {ligne}".rstrip() for ligne in reponse["texte"].split("\n"))]
                if reponse["boutons"]:
                    lignes += [">", "> " + " ".join(f"[{b['titre']}]" for b in reponse["boutons"])]
                if reponse["documents"]:
                    lignes += [">", "> Fichiers : " + ", ".join(d["format"] for d in reponse["documents"])]
    return lignes


if __name__ == "__main__":
    SORTIE.write_text("\n".join(asyncio.run(jouer())) + "\n", encoding="utf-8")
    print(f"Écrit : {SORTIE.relative_to(RACINE)}")
