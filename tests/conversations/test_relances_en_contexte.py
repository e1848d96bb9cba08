"""Les relances trouvent le sujet de ce qui précède : deux messages par conversation, contre l'assistant entier.

Un couple est ``{apres, dit, sujets}`` : après la réponse à ``apres``, ``dit`` doit mener à un sujet de ``sujets``.
Les seuils sont ceux mesurés, moins une marge pour un nouvel entraînement : ils empêchent de reculer.
"""

from __future__ import annotations

import uuid

import pytest
import yaml
from rasa.core.agent import Agent

from actions.reglages import RACINE
from bilan.moteur import faire_un_tour

DOSSIER = RACINE / "tests/composants/relances"


@pytest.mark.parametrize(("jeu", "bons_min", "faux_max"), [("reglage", 0.92, 0.07), ("controle", 0.77, 0.15)])
async def test_les_relances_trouvent_leur_sujet(agent: Agent, jeu: str, bons_min: float, faux_max: float) -> None:
    couples = yaml.safe_load((DOSSIER / f"{jeu}.yml").read_text(encoding="utf-8"))
    bons, faux = 0, []
    for couple in couples:
        conversation = f"relance-{uuid.uuid4()}"
        await faire_un_tour(agent, conversation, couple["apres"])
        tour = await faire_un_tour(agent, conversation, couple["dit"])
        if set(couple["sujets"]) & set(tour.sujets):
            bons += 1
        elif not tour.clarification and tour.intention != "nlu_fallback":
            faux.append(f"{couple['apres']} → {couple['dit']} : {tour.sujets}")
    mesure = f"{jeu} : {bons} bons, {len(faux)} faux sur {len(couples)}\n" + "\n".join(faux)
    assert bons >= bons_min * len(couples), mesure
    assert len(faux) <= faux_max * len(couples), mesure
