"""axe-core (WCAG 2.2 A et AA, bonnes pratiques) : aucune violation, dans chaque mode et chaque état."""

from __future__ import annotations

from typing import Any

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.serveur import Serveur
from tests.widget.conftest import Contexte
from tests.widget.outils import QUESTION, Volet, accelerer, echouer, message

MODES: dict[str, dict[str, Any]] = {
    "clair": {"color_scheme": "light"},
    "sombre": {"color_scheme": "dark"},
    "couleurs_forcees": {"forced_colors": "active"},
    "mouvement_reduit": {"reduced_motion": "reduce"},
    "320x256": {"viewport": {"width": 320, "height": 256}},
    "320x640_tactile": {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True},
}
REGLES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DOCUMENT = {"titre": "Courrier au prestataire", "format": "DOCX", "poids": "12 Ko", "lien": "/documents/x.docx"}


def violations(page: Page) -> list[str]:
    resultat = Axe().run(page, options={"runOnly": {"type": "tag", "values": REGLES}})
    assert len(resultat["passes"]) > 10  # axe a vraiment lu la page
    return [f"{v['id']} : {n['target']} {n['failureSummary']}" for v in resultat["violations"] for n in v["nodes"]]


@pytest.mark.parametrize("mode", MODES)
def test_aucune_violation(contexte: Contexte, serveur_temoin: Serveur, mode: str) -> None:
    page = contexte(**MODES[mode]).new_page()
    accelerer(page)
    page.goto(serveur_temoin.origine + "/demo")
    volet = Volet(page)
    expect(volet.lanceur).to_be_visible()
    assert violations(page) == [], "fermé"
    volet.ouvrir()
    assert violations(page) == [], "ouvert"
    volet.demander(QUESTION)
    assert violations(page) == [], "réponse et boutons"
    page.locator("#plus-d-actions").click()
    assert violations(page) == [], "menu"
    page.keyboard.press("Escape")
    volet.bouton("Réponse pas utile").click()
    assert violations(page) == [], "raisons de l'avis"
    volet.bouton("C'est faux ou périmé").click()
    volet.simuler(
        message(
            "Étape avec **gras**, [lien](https://exemple.fr) et\n- liste",
            documents=[DOCUMENT],
            etape={"numero": 2, "total": 5},
        )
    )
    volet.ecrire("suite")
    expect(volet.messages.last).to_contain_text("Étape 2 sur 5")
    assert violations(page) == [], "carte et étape"
    echouer(page, 9)
    volet.ecrire("perdu")
    expect(volet.bouton("Renvoyer")).to_be_visible()
    assert violations(page) == [], "erreur"
    volet.menu("Effacer la conversation")
    assert violations(page) == [], "question d'effacement"
    volet.menu("Agrandir")
    assert violations(page) == [], "agrandi"


@pytest.mark.parametrize("chemin", ["/demo", "/a-propos", "/assistant/pratique"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_aucune_violation_dans_les_pages(contexte: Contexte, serveur_temoin: Serveur, chemin: str, theme: str) -> None:
    page = contexte(color_scheme=theme).new_page()
    page.goto(serveur_temoin.origine + chemin)
    assert violations(page) == []
