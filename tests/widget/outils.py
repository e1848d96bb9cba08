"""Gestes d'un usager dans le widget, et lectures que tous les tests partagent."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

from actions.contenus import contenus_en_place, typographier
from tests.serveur import CANAL

QUESTION = "combien de temps dure un bilan de compétences ?"
REPONSE = "au maximum 24"
# Ouvre le dernier des messages de « Parler à quelqu'un » : dedans d'abord, dehors ensuite.
PREMIERS_CONTACTS = typographier(contenus_en_place().metadonnees("utter_humains")["premiers"])
OMBRE = "document.querySelector('assistant-interne').shadowRoot"
ACTIF = """() => { let a = document.activeElement; while (a?.shadowRoot?.activeElement) a = a.shadowRoot.activeElement;
  return a ? a.id || a.getAttribute('aria-label') || a.textContent.trim().slice(0, 40) || a.localName : ''; }"""


class Volet:
    """Le volet de l'assistant dans une page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.lanceur = page.locator("#lanceur")
        self.boite = page.locator("#volet")
        self.journal = page.locator("#journal")
        self.messages = page.locator("#journal .msg")
        self.champ = page.locator("#champ")
        self.statut = page.locator("#statut")
        self.alerte = page.locator("#alerte")
        self.suite = page.locator("#suite")

    def ouvrir(self) -> Volet:
        self.lanceur.click()
        expect(self.messages.first).to_contain_text("assistant automatique")
        return self

    def ecrire(self, texte: str) -> Volet:
        self.champ.fill(texte)
        self.page.keyboard.press("Enter")
        return self

    def demander(self, texte: str = QUESTION, attendu: str = REPONSE) -> Volet:
        self.ecrire(texte)
        expect(self.messages.last).to_contain_text(attendu)
        return self

    def bouton(self, nom: str) -> Locator:
        return self.page.get_by_role("button", name=nom, exact=True)

    def menu(self, nom: str) -> None:
        self.page.locator("#plus-d-actions").click()
        self.page.locator("#menu").get_by_role("button", name=nom, exact=True).click()

    def actif(self) -> str:
        return str(self.page.evaluate(ACTIF))

    def ombre(self, expression: str) -> Any:
        return self.page.evaluate(f"(() => {{ const r = {OMBRE}; return {expression}; }})()")

    def stocke(self) -> Any:
        brut = self.page.evaluate("sessionStorage.getItem('volet')")
        return json.loads(brut) if brut else None

    def simuler(self, *messages: dict[str, Any]) -> None:
        """Le prochain message recevra cette réponse, comme si le serveur l'avait composée."""
        corps = json.dumps({"messages": messages, "efface": False, "expire_dans": 3600})

        def repondre(route: Route) -> None:
            route.fulfill(status=200, content_type="application/json", body=corps)

        self.page.route(f"**{CANAL}/message", repondre, times=1)

    def envois(self) -> list[dict[str, Any]]:
        """Liste vivante des corps envoyés à ``message`` à partir de maintenant."""
        vus: list[dict[str, Any]] = []
        self.page.on(
            "request",
            lambda r: vus.append(json.loads(r.post_data or "{}")) if r.url.endswith(f"{CANAL}/message") else None,
        )
        return vus


def jusqu_a(condition: Callable[[], bool], delai_s: float = 20) -> None:
    """Attend qu'une condition hors de la page devienne vraie."""
    fin = time.monotonic() + delai_s
    while not condition():
        assert time.monotonic() < fin, "toujours faux"
        time.sleep(0.05)


def message(texte: str, boutons: Sequence[str] = (), **champs: Any) -> dict[str, Any]:
    """Message tel que le canal le rend."""
    return {
        "texte": texte,
        "boutons": [{"titre": b, "envoi": b} for b in boutons],
        "documents": [],
        "reponse": "utter_faq/duree",
        "sources": [],
        **champs,
    }


def echouer(page: Page, fois: int, code: int = 503, corps: str = '{"erreur":"panne"}') -> None:
    """Les ``fois`` prochains messages échouent."""
    page.route(
        f"**{CANAL}/message",
        lambda route: route.fulfill(status=code, content_type="application/json", body=corps),
        times=fois,
    )


def accelerer(page: Page) -> None:
    """Les attentes entre deux essais durent dix fois moins ; le reste du temps n'est pas touché."""
    page.add_init_script(
        "const s = setTimeout; window.setTimeout = (f, ms, ...a) => s(f, ms > 700 && ms < 5500 ? ms / 10 : ms, ...a);"
    )
