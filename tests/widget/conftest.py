"""Un vrai navigateur (le Chromium du système), sans tête, qui ne peut joindre que les serveurs du test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from tests.conftest import Serveurs
from tests.serveur import Serveur
from tests.widget.couverture import Couverture
from tests.widget.outils import Volet

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
DRAPEAUX = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
Contexte = Callable[..., BrowserContext]


@pytest.fixture(scope="package")
def navigateur() -> Iterator[Browser]:
    if not os.path.exists(CHROMIUM):
        raison = "aucun navigateur : sudo apt-get install --no-install-recommends chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(f"{raison} (le saut est interdit en intégration continue)")
        pytest.skip(raison)
    with sync_playwright() as moteur:
        lance = moteur.chromium.launch(executable_path=CHROMIUM, args=DRAPEAUX)
        yield lance
        lance.close()


@pytest.fixture(scope="package")
def couverture() -> Iterator[Couverture | None]:
    rapport = os.environ.get("BILAN_COUVERTURE")
    suivi = Couverture(rapport) if rapport else None
    yield suivi
    if suivi:
        suivi.ecrire()


@pytest.fixture
def contexte(navigateur: Browser, serveurs: Serveurs, couverture: Couverture | None) -> Iterator[Contexte]:
    """Fabrique de contextes : toute requête hors des serveurs du test, toute erreur de page fait échouer le test."""
    ouverts: list[BrowserContext] = []
    fautes: list[str] = []
    admis = {serveurs.temoin.origine, serveurs.jeton.origine, f"http://localhost:{serveurs.port_hote}"}

    def trier(route: Route) -> None:
        if any(route.request.url.startswith(f"{origine}/") for origine in admis):
            route.fallback()
        else:
            fautes.append(f"requête externe : {route.request.url}")
            route.abort()

    def fabriquer(**options: Any) -> BrowserContext:
        nouveau = navigateur.new_context(
            **{"locale": "fr-FR", "timezone_id": "Europe/Paris", "viewport": {"width": 1000, "height": 800}, **options}
        )
        nouveau.set_default_timeout(8_000)
        nouveau.route("**/*", trier)
        nouveau.add_init_script(
            "addEventListener('securitypolicyviolation',"
            " e => console.error('POLITIQUE ' + e.violatedDirective + ' ' + e.sample))"
        )
        nouveau.on("weberror", lambda erreur: fautes.append(f"erreur de page : {erreur.error}"))
        nouveau.on(
            "console",
            lambda ligne: fautes.append(ligne.text) if "POLITIQUE" in ligne.text or "Trusted" in ligne.text else None,
        )
        if couverture:
            nouveau.new_page = couverture.ouvrir(nouveau.new_page)  # type: ignore[method-assign]
        ouverts.append(nouveau)
        return nouveau

    yield fabriquer
    if couverture:
        couverture.relever()
    for ouvert in ouverts:
        ouvert.close()
    assert fautes == []


@pytest.fixture
def page(contexte: Contexte, serveur_temoin: Serveur) -> Page:
    nouvelle = contexte().new_page()
    nouvelle.goto(serveur_temoin.origine + "/demo")
    return nouvelle


@pytest.fixture
def volet(page: Page) -> Volet:
    return Volet(page).ouvrir()
