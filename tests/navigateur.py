"""Le Chromium du système, sans tête : où il est, comment il se lance, et ce que vaut son absence."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
DRAPEAUX = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def passer_ou_echouer(raison: str) -> None:
    """Un saut se dit ; en intégration continue, il est interdit."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{raison} (le saut est interdit en intégration continue)")
    pytest.skip(raison)


def exiger_un_navigateur() -> None:
    if not os.path.exists(CHROMIUM):
        passer_ou_echouer("aucun navigateur : sudo apt-get install --no-install-recommends chromium")


@contextmanager
def lancer() -> Iterator[Browser]:
    exiger_un_navigateur()
    with sync_playwright() as moteur:
        lance = moteur.chromium.launch(executable_path=CHROMIUM, args=DRAPEAUX)
        yield lance
        lance.close()
