"""outils/installer.sh : chaque échec est une ligne qui dit quoi faire. Les outils du système sont des faux.

L'installation réelle sur une Debian 12 nue est décrite dans docs/mesures.md.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from actions.reglages import RACINE

DU_SYSTEME = ("sh", "cat", "sha256sum", "cut", "awk", "rm", "mkdir", "dirname", "touch", "chmod", "ln", "cp")
UV = """#!/bin/sh
echo "$@" >> appels
case "$*" in {echoue}) exit 1;; esac
case "$1 $2" in
  "venv -q") mkdir -p .venv/bin && touch .venv/bin/python .venv/bin/bilan && chmod +x .venv/bin/*;;
esac
exit 0
"""
PYTHON = """#!/bin/sh
[ "$2" = venv ] || exit 1
{venv}
mkdir -p .outils/bin && cp faux-python .outils/bin/python
"""
PIP = """#!/bin/sh
{pip}
cp faux-uv .outils/bin/uv
"""


class Machine:
    """Un dossier de projet et un PATH où rien d'autre n'existe que ce que l'on y met."""

    def __init__(self, dossier: Path) -> None:
        self.dossier, self._outils = dossier, dossier / "systeme"
        shutil.copytree(RACINE / "outils", dossier / "outils")
        for nom in ("requirements.txt", "pyproject.toml", ".python-version"):
            shutil.copy(RACINE / nom, dossier)
        self._outils.mkdir()
        for nom in DU_SYSTEME:
            trouve = shutil.which(nom)
            assert trouve
            (self._outils / nom).symlink_to(trouve)
        self.poser("systeme/id", "#!/bin/sh\necho 1000\n")
        self.poser("systeme/df", "#!/bin/sh\nprintf 'entete\\ndisque 1 1 90000000 1 /\\n'\n")
        self.poser("systeme/python3", PYTHON.format(venv=""))
        self.poser("faux-python", PIP.format(pip=""))
        self.poser("faux-uv", UV.format(echoue="jamais"))

    def poser(self, nom: str, contenu: str) -> None:
        (self.dossier / nom).write_text(contenu, encoding="utf-8")
        (self.dossier / nom).chmod(0o755)

    def oter(self, nom: str) -> None:
        (self._outils / nom).unlink()

    def installer(self) -> tuple[int, str]:
        fini = subprocess.run(
            ["sh", "outils/installer.sh"],
            cwd=self.dossier,
            env={"PATH": str(self._outils), "LANG": os.environ.get("LANG", "C.UTF-8")},
            capture_output=True,
            text=True,
        )
        return fini.returncode, fini.stderr


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def echec(machine: Machine) -> str:
    code, erreur = machine.installer()
    assert code == 1
    assert len(erreur.splitlines()) == 1 and erreur.startswith("Installation impossible : "), erreur
    return erreur


def test_tout_va_bien_puis_rien_a_faire(machine: Machine) -> None:
    assert machine.installer() == (0, "")
    appels = (machine.dossier / "appels").read_text(encoding="utf-8")
    assert "--require-hashes" in appels and "--compile-bytecode" in appels
    assert not (machine.dossier / ".installation.log").exists()
    (machine.dossier / "appels").unlink()
    assert machine.installer() == (0, "")
    assert not (machine.dossier / "appels").exists()


def test_des_dependances_changees_sont_reinstallees(machine: Machine) -> None:
    machine.installer()
    (machine.dossier / "appels").unlink()
    with open(machine.dossier / "requirements.txt", "a", encoding="utf-8") as flux:
        flux.write("# changé\n")
    assert machine.installer() == (0, "")
    assert "sync" in (machine.dossier / "appels").read_text(encoding="utf-8")


def test_python_absent(machine: Machine) -> None:
    machine.oter("python3")
    assert "sudo apt install python3" in echec(machine)


def test_module_venv_absent(machine: Machine) -> None:
    machine.poser("systeme/python3", PYTHON.format(venv="echo 'ensurepip is not available'; exit 1"))
    assert "sudo apt install python3-venv" in echec(machine)


def test_pas_de_reseau_pour_uv(machine: Machine) -> None:
    machine.poser("faux-python", PIP.format(pip="echo 'ERROR: no matching distribution' >&2; exit 1"))
    assert "connexion" in echec(machine)
    assert "no matching" in (machine.dossier / ".installation.log").read_text(encoding="utf-8")
    assert not (machine.dossier / ".outils").exists()


def test_python_3_11_absent(machine: Machine) -> None:
    machine.poser("faux-uv", UV.format(echoue='"python find"*|"python install"*'))
    assert "sudo apt install python3.11" in echec(machine)


def test_pas_de_reseau_pour_les_dependances(machine: Machine) -> None:
    machine.poser("faux-uv", UV.format(echoue='"pip sync"*'))
    assert "connexion" in echec(machine)
    assert not (machine.dossier / ".venv/.installe").exists()


def test_disque_trop_petit(machine: Machine) -> None:
    machine.poser("systeme/df", "#!/bin/sh\nprintf 'entete\\ndisque 1 1 2048000 1 /\\n'\n")
    assert "4 Go" in echec(machine) and "2000 Mo" in echec(machine)


def test_disque_plein_en_cours_de_route(machine: Machine) -> None:
    machine.poser("faux-uv", UV.format(echoue='"pip sync"*'))
    machine.poser(
        "systeme/df",
        '#!/bin/sh\n[ -d .venv ] && l=1024 || l=90000000\nprintf "entete\\ndisque 1 1 $l 1 /\\n"\n',
    )
    assert "disque est plein" in echec(machine)


def test_des_dependances_qui_se_contredisent(machine: Machine) -> None:
    machine.poser("faux-uv", UV.format(echoue='"pip check"*'))
    assert "contredisent" in echec(machine)
    assert not (machine.dossier / ".venv/.installe").exists()
