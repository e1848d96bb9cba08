"""Un vrai navigateur (le Chromium du système), sans tête, qui ne peut joindre que les serveurs du test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.conftest import Serveurs
from tests.navigateur import lancer
from tests.serveur import Serveur
from tests.widget.couverture import Couverture
from tests.widget.outils import Volet

# Une machine chargée met parfois plus de cinq secondes (le délai ordinaire de l'outil) à répondre.
DELAI_MS = 30_000
expect.set_options(timeout=DELAI_MS)
Contexte = Callable[..., BrowserContext]


@pytest.fixture(scope="package")
def navigateur() -> Iterator[Browser]:
    with lancer() as lance:
        yield lance


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
        nouveau.set_default_timeout(DELAI_MS)
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
