"""Les fichiers de deploiement/ : chart rendu par le moteur de Helm et vérifié, Compose et systemd acceptés."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions import reglages
from actions.reglages import RACINE

OUTILS = RACINE / ".outils/deploiement/bin"
CHART = RACINE / "deploiement/helm/assistant-bilan"


def outil(nom: str) -> str:
    if not (OUTILS / nom).exists():
        raison = "outils absents : « make deploiement » les installe"
        if os.environ.get("CI"):
            pytest.fail(raison)
        pytest.skip(raison)
    return str(OUTILS / nom)


def rendre(**valeurs: Any) -> subprocess.CompletedProcess[str]:
    programme = str(RACINE / "tests/deploiement/rendre.py")
    return subprocess.run(
        [outil("python"), programme, str(CHART), json.dumps(valeurs)], capture_output=True, text=True, cwd="/"
    )


@pytest.fixture(scope="module")
def objets() -> list[dict[str, Any]]:
    rendu = rendre()
    assert rendu.returncode == 0, rendu.stderr
    return json.loads(rendu.stdout)


def test_le_chart_est_rendu_et_valide(objets: list[dict[str, Any]]) -> None:
    assert sorted(objet["kind"] for objet in objets) == [
        "CronJob", "Deployment", "Deployment", "Ingress", "NetworkPolicy", "PodDisruptionBudget", "Service", "Service",
    ]  # fmt: skip


def test_aucun_conteneur_n_est_root_ni_sans_borne_et_aucun_secret_n_est_ecrit(objets: list[dict[str, Any]]) -> None:
    pods = [
        (objet["spec"].get("jobTemplate") or objet)["spec"]["template"]["spec"]
        for objet in objets
        if objet["kind"] in ("CronJob", "Deployment")
    ]
    for pod in pods:
        assert pod["securityContext"]["runAsNonRoot"] and not pod["automountServiceAccountToken"]
        for conteneur in pod["containers"]:
            assert conteneur["securityContext"]["readOnlyRootFilesystem"]
            assert conteneur["resources"]["limits"]["memory"]
            for variable in conteneur["env"]:
                if variable["name"] in ("BILAN_POSTGRES", "BILAN_REDIS", "BILAN_RABBITMQ", "BILAN_SECRET"):
                    assert "secretKeyRef" in variable["valueFrom"]


def test_toute_variable_donnee_est_lue_par_le_produit(objets: list[dict[str, Any]]) -> None:
    lues = set(re.findall(r"BILAN_[A-Z_]+", Path(reglages.__file__).read_text(encoding="utf-8")))
    lues |= set(re.findall(r"BILAN_[A-Z_]+", (RACINE / "deploiement/endpoints.yml").read_text(encoding="utf-8")))
    lues |= {"BILAN_SECRET_FICHIER"}
    donnees = set(re.findall(r"BILAN_[A-Z_]+", json.dumps(objets)))
    for nom in ("bilan.env.exemple", "compose.yml", "Dockerfile", "systemd/bilan-assistant@.service"):
        donnees |= set(re.findall(r"BILAN_[A-Z_]+", (RACINE / "deploiement" / nom).read_text(encoding="utf-8")))
    assert donnees - lues == set()


def test_sans_actions_a_part_les_assistants_les_executent() -> None:
    rendu = rendre(actions={"repliques": 0})
    assert rendu.returncode == 0, rendu.stderr
    assert "BILAN_URL_ACTIONS" not in rendu.stdout and "actions" not in {
        objet["metadata"]["name"].rsplit("-", 1)[-1] for objet in json.loads(rendu.stdout)
    }


@pytest.mark.parametrize("valeurs", [{"origine": "http://en-clair"}, {"inconnue": 1}, {"assistants": {"repliques": 0}}])
def test_une_valeur_impossible_est_refusee(valeurs: dict[str, Any]) -> None:
    assert rendre(**valeurs).returncode != 0


def test_compose_est_valide_et_ne_publie_que_nginx() -> None:
    fichier = RACINE / "deploiement/compose.yml"
    verifie = subprocess.run(
        [outil("check-jsonschema"), "--builtin-schema", "vendor.compose-spec", str(fichier)],
        capture_output=True,
        text=True,
    )
    assert verifie.returncode == 0, verifie.stdout
    services = yaml.safe_load(fichier.read_text(encoding="utf-8"))["services"]
    assert [nom for nom, service in services.items() if "ports" in service] == ["nginx"]
    for service in services.values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert not source.startswith("./") or "secrets/" in source or (fichier.parent / source).exists()


@pytest.mark.parametrize("unite", sorted(f.name for f in (RACINE / "deploiement/systemd").iterdir()))
def test_systemd_accepte_les_unites(unite: str, tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze absent de cette machine")
    for fichier in (RACINE / "deploiement/systemd").iterdir():
        texte = fichier.read_text(encoding="utf-8")
        # Seuls l'utilisateur et le programme n'existent pas ici.
        texte = texte.replace("/opt/bilan/.venv/bin/bilan", "/bin/true").replace("User=bilan", "User=daemon")
        (tmp_path / fichier.name.replace("@", "@5005")).write_text(
            texte.replace("/opt/bilan", "/tmp"), encoding="utf-8"
        )
    verifie = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / unite.replace("@", "@5005"))],
        capture_output=True, text=True, env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
    )  # fmt: skip
    assert verifie.returncode == 0 and unite.split(".")[0].rstrip("@") not in verifie.stderr, verifie.stderr
