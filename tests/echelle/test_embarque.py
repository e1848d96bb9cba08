"""L'assistant embarqué n'a besoin d'aucun service, et n'en charge pas les pilotes."""

from __future__ import annotations

import subprocess
import sys

import yaml

from actions.reglages import RACINE
from bilan.entrainement import _SERVICES

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
                assert rubrique["type"].split(".")[1] + ".py" in _SERVICES
