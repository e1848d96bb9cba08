"""Pannes longues ou qui demandent des droits (``make pannes``) : disque plein, horloge, RabbitMQ tué, compréhension."""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.echelle.ensemble import Personne, ensemble
from tests.echelle.pannes import Reseau, Scene
from tests.echelle.services import Instance, environnement, exiger_programme, postgres_a_soi, redis_a_soi
from tests.serveur import port_libre

_HORLOGE = "/usr/lib/*/faketime/libfaketime.so.1"


@contextlib.contextmanager
def petit_disque(mo: int) -> Iterator[str]:
    """Un disque en mémoire, que l'on peut remplir."""
    dossier = tempfile.mkdtemp()
    if os.getuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={mo}m", "tmpfs", dossier]).returncode:
        pytest.skip("il faut pouvoir monter un disque en mémoire")
    try:
        yield dossier
    finally:
        subprocess.run(["umount", "-l", dossier], check=False)
        shutil.rmtree(dossier, ignore_errors=True)


@contextlib.contextmanager
def rabbitmq_a_soi(port: int) -> Iterator[Instance]:
    exiger_programme("rabbitmq-server")
    programme = next(iter(glob.glob("/usr/lib/rabbitmq/bin/rabbitmq-server")), "rabbitmq-server")
    comme = ["setpriv", "--reuid=rabbitmq", "--regid=rabbitmq", "--init-groups"] if os.getuid() == 0 else []
    with tempfile.TemporaryDirectory() as dossier:
        Path(dossier).chmod(0o777)
        reglages = Path(dossier) / "rabbitmq.conf"
        reglages.write_text(f"listeners.tcp.1 = 127.0.0.1:{port}\n", encoding="utf-8")
        instance = Instance(
            [*comme, programme],
            port,
            {
                "HOME": dossier,
                "RABBITMQ_NODENAME": f"essai{port}@localhost",
                "RABBITMQ_CONF_ENV_FILE": "/dev/null",
                "RABBITMQ_CONFIG_FILE": str(reglages.with_suffix("")),
                "RABBITMQ_DIST_PORT": str(port + 1),
                "RABBITMQ_MNESIA_BASE": dossier,
                "RABBITMQ_LOG_BASE": dossier,
                "RABBITMQ_PID_FILE": f"{dossier}/pid",
                "RABBITMQ_ENABLED_PLUGINS_FILE": f"{dossier}/aucun",
            },
        )
        instance.demarrer(180)
        try:
            yield instance
        finally:
            instance.tuer()


@contextlib.contextmanager
def scene_sur(dossier_base: str | None = None, **reglages: str) -> Iterator[tuple[Scene, Instance]]:
    with (
        postgres_a_soi(port_libre(), dossier_base) as (postgres, url),
        redis_a_soi(port_libre()) as redis,
        rabbitmq_a_soi(_port_double()) as rabbitmq,
    ):
        reseau = Reseau(postgres=postgres.port, redis=redis.port, rabbitmq=rabbitmq.port)
        services = environnement(
            f"postgresql://essai@127.0.0.1:{reseau.port('postgres')}/postgres",
            f"redis://127.0.0.1:{reseau.port('redis')}/0",
            f"amqp://guest:guest@127.0.0.1:{reseau.port('rabbitmq')}/",
            **reglages,
        )
        with ensemble(services, actions=0) as tous:
            scene = Scene(tous, postgres, redis, reseau, url)
            scene.au_calme()
            yield scene, rabbitmq
        reseau.fermer()


def _port_double() -> int:
    """Un port dont le suivant est libre aussi, hors de la plage que le système distribue."""
    return 20_000 + os.getpid() % 9_000


def test_rabbitmq_tue_et_revenu_pendant_les_conversations() -> None:
    with scene_sur() as (scene, rabbitmq):

        def tuer() -> None:
            rabbitmq.tuer()
            time.sleep(3)
            rabbitmq.demarrer(180)

        personnes = scene.pendant(tuer)
        assert all(personne.essais == personne.envoyes for personne in personnes)


def test_disque_plein_sous_la_base() -> None:
    """Le disque de PostgreSQL est plein : on le dit ; libéré, la base repart et la même question revient."""
    with petit_disque(160) as disque, scene_sur(disque) as (scene, _):
        bouchon = Path(disque) / "bouchon"
        personne = Personne(scene.tous).ouvrir()
        personne.insister("vérifier mes droits")

        def remplir() -> None:
            with contextlib.suppress(OSError), bouchon.open("wb") as fichier:
                while True:
                    fichier.write(b"\0" * (1 << 16))
            # Jusqu'au bord : le journal de PostgreSQL a un peu d'avance, les écritures finissent par être refusées.
            refus = 0
            fin = time.monotonic() + 60
            while time.monotonic() < fin and not refus:
                recue = Personne(scene.tous)
                try:
                    recue.ouvrir()
                except AssertionError:
                    refus += 1
            assert refus, "le disque plein n'a rien empêché"
            bouchon.unlink()
            # Privé de disque, PostgreSQL peut s'être arrêté : son superviseur le relance.
            if not scene.postgres.vivant():
                scene.postgres.demarrer()

        scene.pendant(remplir, delai_s=90)
        assert personne.insister("salarié du privé")


@pytest.mark.parametrize("saut", ["+2h", "-2h"])
def test_un_saut_d_horloge_d_un_assistant_ne_perd_personne(saut: str) -> None:
    """L'oubli suit l'heure de la base ; les délais de l'assistant, une horloge qui ne saute pas."""
    bibliotheques = glob.glob(_HORLOGE)
    if not bibliotheques:
        pytest.skip("libfaketime absent (apt install libfaketime)")
    with tempfile.TemporaryDirectory() as dossier:
        horloge = Path(dossier) / "horloge"
        horloge.write_text("+0", encoding="utf-8")
        reglages = {
            "LD_PRELOAD": bibliotheques[0],
            "FAKETIME_TIMESTAMP_FILE": str(horloge),
            "FAKETIME_NO_CACHE": "1",
            "DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
        with scene_sur(**reglages) as (scene, _):
            scene.pendant(lambda: horloge.write_text(saut, encoding="utf-8") and None, delai_s=60)
