"""Chaque déploiement pose ce qu'un service ouvert exige, et ses sondes interrogent ce qui dit vrai."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.reglages import RACINE
from tests.deploiement.test_deploiement import rendre
from tests.echelle.services import SECRET, exiger_programme, redis_a_soi
from tests.serveur import Serveur, port_libre

DEPLOIEMENT = RACINE / "deploiement"
# Sans l'un d'eux, le service ne démarre pas, ne partage pas les conversations, ou ne se surveille pas.
OBLIGATOIRES = {
    "BILAN_PRODUCTION", "BILAN_CANAUX", "BILAN_POINTS", "BILAN_SECRET_FICHIER", "BILAN_POSTGRES", "BILAN_REDIS",
    "BILAN_RABBITMQ", "BILAN_WIDGET_ORIGINES", "BILAN_WIDGET_MANDATAIRES", "BILAN_SURVEILLANCE",
}  # fmt: skip
# Ceux dont l'absence arrête le démarrage même quand tout le reste est juste.
REFUSES_SANS = {"BILAN_CANAUX", "BILAN_WIDGET_ORIGINES"}
ORIGINE = "https://assistant.entreprise.fr"


def variables(texte: str) -> dict[str, str]:
    return dict(re.findall(r"^(BILAN_\w+)=(.*)$", texte, re.M))


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Les secrets que tire deploiement/secrets.sh."""
    dossier = tmp_path_factory.mktemp("deploiement")
    shutil.copy(DEPLOIEMENT / "secrets.sh", dossier)
    subprocess.run([dossier / "secrets.sh"], check=True, stdout=subprocess.DEVNULL)
    return dossier / "secrets"


@pytest.fixture
def service(request: pytest.FixtureRequest, secrets: Path) -> dict[str, str]:
    """Environnement d'un assistant, secrets tirés, tel que le donne un déploiement."""
    tires = variables((secrets / "services.env").read_text(encoding="utf-8"))
    if request.param == "systemd":
        donnees = variables((DEPLOIEMENT / "bilan.env.exemple").read_text(encoding="utf-8"))
        unite = (DEPLOIEMENT / "systemd/bilan-assistant@.service").read_text(encoding="utf-8")
        donnees |= variables(unite.replace("Environment=", ""))
        return {nom: valeur.replace("<mot de passe>", SECRET) for nom, valeur in donnees.items()}
    image = dict(re.findall(r"(\w+)=(\S+)", (DEPLOIEMENT / "Dockerfile").read_text(encoding="utf-8")))
    if request.param == "compose":
        compose = (DEPLOIEMENT / "compose.yml").read_text(encoding="utf-8")
        donnees = yaml.safe_load(compose)["services"]["assistant-1"]["environment"]
        donnees = {nom: re.sub(r"\$\{ORIGINE:.*\}", ORIGINE, valeur) for nom, valeur in donnees.items()}
        return image | tires | {nom: re.sub(r"\$\{\w+:-(.*)\}", r"\1", v) for nom, v in donnees.items()}
    donnees = {v["name"]: v.get("value") or tires[v["name"]] for v in conteneur_helm()["env"]}
    return image | donnees


def conteneur_helm() -> dict[str, Any]:
    rendu = rendre(origine=ORIGINE)
    assert rendu.returncode == 0, rendu.stderr
    objets = {(o["kind"], o["metadata"]["name"].rsplit("-", 1)[-1]): o for o in json.loads(rendu.stdout)}
    return objets["Deployment", "bilan"]["spec"]["template"]["spec"]["containers"][0]


def controler(service: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Joue le contrôle de production dans un processus neuf, dépôt à sa place."""
    adresse = service.get("ADRESSE", "127.0.0.1")
    environnement = {n: v.replace("/opt/bilan", str(RACINE)) for n, v in service.items() if n.startswith("BILAN_")}
    environnement.pop("BILAN_SECRET_FICHIER", None)
    return subprocess.run(
        [sys.executable, "-c", f"from bilan.production import verifier; verifier({adresse!r}); print('admis')"],
        cwd=RACINE,
        env={**os.environ, "BILAN_DATE": "", "BILAN_SECRET": SECRET, **environnement},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("service", ["systemd", "compose", "helm"], indirect=True)
def test_chaque_deploiement_pose_tout_ce_que_la_production_exige(service: dict[str, str]) -> None:
    assert OBLIGATOIRES - set(service) == set()
    admis = controler(service)
    assert admis.stdout == "admis\n", admis.stderr
    for nom in REFUSES_SANS:
        sans = {n: v for n, v in service.items() if n != nom}
        assert nom in controler(sans).stderr, f"{nom} n'est pas exigé : la liste ment"


def test_l_exemple_non_rempli_est_refuse() -> None:
    refuse = controler(variables((DEPLOIEMENT / "bilan.env.exemple").read_text(encoding="utf-8")))
    assert refuse.returncode == 1 and "mot de passe" in refuse.stderr


def test_les_secrets_tires_ne_se_tirent_pas_deux_fois_et_ouvrent_les_services(secrets: Path) -> None:
    exiger_programme("redis-server")
    encore = subprocess.run([secrets.parent / "secrets.sh"], capture_output=True, text=True)
    assert encore.returncode == 1 and "existe" in encore.stderr and secrets.stat().st_mode & 0o077 == 0
    services = variables((secrets / "services.env").read_text(encoding="utf-8"))
    assert (secrets / "postgres").read_text(encoding="utf-8") in services["BILAN_POSTGRES"]
    assert re.search(r"default_pass = (\S+)", (secrets / "rabbitmq.conf").read_text())[1] in services["BILAN_RABBITMQ"]  # type: ignore[index]
    import redis

    port = port_libre()
    with redis_a_soi(port, str(secrets / "redis.conf")):
        adresse = services["BILAN_REDIS"].replace("@redis:6379", f"@127.0.0.1:{port}")
        assert redis.Redis.from_url(adresse).ping()
        with pytest.raises(redis.AuthenticationError):
            redis.Redis(port=port).ping()


def test_les_sondes_de_kubernetes_visent_la_vie_et_la_disponibilite(serveur_temoin: Serveur) -> None:
    conteneur = conteneur_helm()
    visees = {nom: sonde["httpGet"]["path"] for nom, sonde in conteneur.items() if nom.endswith("Probe")}
    assert visees == {"startupProbe": "/sante", "livenessProbe": "/sante", "readinessProbe": "/pret"}
    assert {serveur_temoin.appeler("GET", chemin).code for chemin in visees.values()} == {200}


def test_la_memoire_permise_depasse_d_un_cinquieme_ce_qui_est_mesure() -> None:
    mesures = (RACINE / "docs/mesures.md").read_text(encoding="utf-8")
    pire = max(int(n.replace(" ", "")) for n in re.findall(r"^\| mémoire[^|]*\| ([\d ]+) Mo", mesures, re.M))
    unite = (DEPLOIEMENT / "systemd/bilan-assistant@.service").read_text(encoding="utf-8")
    compose = yaml.safe_load((DEPLOIEMENT / "compose.yml").read_text(encoding="utf-8"))
    permises = {
        re.search(r"MemoryMax=(\d+)M", unite)[1],  # type: ignore[index]
        compose["services"]["assistant-1"]["mem_limit"].rstrip("m"),
        conteneur_helm()["resources"]["limits"]["memory"].removesuffix("Mi"),
    }
    assert len(permises) == 1 and int(permises.pop()) >= 1.2 * pire


def test_la_sonde_de_compose_dit_pret_ou_non(serveur_temoin: Serveur) -> None:
    services = yaml.safe_load((DEPLOIEMENT / "compose.yml").read_text(encoding="utf-8"))["services"]
    assert "/sante" in services["actions"]["healthcheck"]["test"][-1]
    _, _, option, programme = services["assistant-1"]["healthcheck"]["test"]
    assert "/pret" in programme
    for port, code in ((serveur_temoin.port, 0), (port_libre(), 1)):
        vise = programme.replace("5005", str(port))
        assert subprocess.run([sys.executable, option, vise], capture_output=True).returncode == code
