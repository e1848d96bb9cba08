"""L'assistant embarqué n'a besoin d'aucun service, et n'en charge pas les pilotes."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
import yaml
from rasa.core.agent import Agent

from actions.reglages import RACINE
from bilan.entrainement import _CODE_APPRIS
from bilan.moteur import faire_un_tour

# Rasa charge lui-même redis, pymongo et aiormq à l'import ; ceux-ci ne le sont que par la configuration à l'échelle.
_PILOTES = (
    "asyncpg",
    "psycopg2",
    "confluent_kafka",
    "composants.magasin_postgres",
    "composants.base_postgres",
    "composants.verrou_redis",
    "composants.diffuseur_anonyme",
    "bilan.serveur_actions",
)


def test_aucun_pilote_au_demarrage() -> None:
    programme = (
        "import asyncio, sys\n"
        "from bilan.entrainement import assurer_modele\n"
        "modele = assurer_modele()\n"
        "from bilan.moteur import charger, faire_un_tour\n"
        "async def tour():\n"
        "    agent = await charger(modele)\n"
        "    assert (await faire_un_tour(agent, 'a', 'qui paie')).reponses\n"
        "asyncio.run(tour())\n"
        f"print(sorted(set({_PILOTES!r}) & set(sys.modules)))\n"
    )
    sortie = subprocess.run([sys.executable, "-c", programme], cwd=RACINE, capture_output=True, text=True, timeout=120)
    assert sortie.returncode == 0, sortie.stderr
    assert sortie.stdout.strip().splitlines()[-1] == "[]"


@pytest.mark.parametrize("saut_s", [7200, -7200])
async def test_un_saut_d_horloge_ne_rouvre_pas_de_session(
    agent: Agent, monkeypatch: pytest.MonkeyPatch, saut_s: int
) -> None:
    """Rasa jugerait la conversation finie d'après l'heure de la machine, et oublierait le questionnaire."""
    calme, sautee = f"calme-{saut_s}", f"sautee-{saut_s}"
    for conversation in (calme, sautee):
        await faire_un_tour(agent, conversation, "vérifier mes droits")
    attendu = await faire_un_tour(agent, calme, "salarié du privé")
    vraie = time.time
    monkeypatch.setattr(time, "time", lambda: vraie() + saut_s)
    assert (await faire_un_tour(agent, sautee, "salarié du privé")).reponses == attendu.reponses


def test_les_deux_configurations_ne_different_que_par_les_services() -> None:
    embarquee, echelle = (
        yaml.safe_load((RACINE / nom).read_text(encoding="utf-8"))
        for nom in ("endpoints.yml", "deploiement/endpoints.yml")
    )
    assert embarquee["nlg"] == echelle["nlg"]
    assert set(echelle) == {"nlg", "tracker_store", "lock_store", "event_broker"}


def test_un_service_n_oblige_pas_a_reentrainer() -> None:
    for points in ("endpoints.yml", "deploiement/endpoints.yml"):
        for rubrique in yaml.safe_load((RACINE / points).read_text(encoding="utf-8")).values():
            if "type" in rubrique:
                assert f"composants/{rubrique['type'].split('.')[1]}.py" not in _CODE_APPRIS
