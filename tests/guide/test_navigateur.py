"""Le guide dans un vrai navigateur : accessible dans tous les modes, lisible scripts coupés, depuis un fichier."""

from __future__ import annotations

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import axe_core_python
import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as Onglet

from actions.adresses import adresse
from bilan.guide.pages import Page

AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# Une page de chaque gabarit, et les plus longues.
GENRES = [
    "accueil", "chercher", "faq/arret_maladie", "droits", "droits/salarie_prive", "calcul", "lettre/demande_absence",
    "humains", "secours", "calendrier", "essentiel", "neutre", "demande", "echange",
]  # fmt: skip
MODES: dict[str, dict[str, Any]] = {
    "sombre": {"color_scheme": "dark"},
    "couleurs_forcees": {"forced_colors": "active"},
    "320_px": {"viewport": {"width": 320, "height": 256}},
}
PAGES_A4_MAX = 8


class Muet(SimpleHTTPRequestHandler):
    """Un serveur de fichiers qui n'écrit rien."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


def ouvrir(navigateur: Browser, dossier: Path, nom: str, **options: Any) -> Onglet:
    """Ouvre une page du guide depuis le disque ; toute autre requête, toute erreur de la page fait échouer."""
    contexte = navigateur.new_context(locale="fr-FR", **options)
    fautes: list[str] = []
    contexte.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else fautes.append(r.url))
    onglet = contexte.new_page()
    onglet.on("console", lambda m: fautes.append(m.text) if m.type in ("error", "warning") else None)
    onglet.on("pageerror", lambda e: fautes.append(str(e)))
    onglet.goto((dossier / adresse(nom)).as_uri())
    assert fautes == [], nom
    return onglet


def violations(onglet: Onglet) -> list[str]:
    """Règles axe enfreintes, toutes familles comprises (WCAG 2.2 AA et bonnes pratiques)."""
    onglet.evaluate(AXE)
    rendu = onglet.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [f"{v['id']} : {v['nodes'][0]['html'][:120]}" for v in rendu["violations"]]


def test_une_faute_se_verrait(navigateur: Browser, dossier: Path) -> None:
    onglet = ouvrir(navigateur, dossier, "accueil")
    onglet.evaluate("document.querySelector('main').append(document.createElement('input'))")
    assert [v for v in violations(onglet) if v.startswith("label")]
    onglet.context.close()


def test_toutes_les_pages_sont_sans_violation(navigateur: Browser, dossier: Path, toutes: list[Page]) -> None:
    onglet = ouvrir(navigateur, dossier, "accueil")
    trouvees = {}
    for page in toutes:
        onglet.goto((dossier / page.adresse).as_uri())
        if fautes := violations(onglet):
            trouvees[page.nom] = fautes
    onglet.context.close()
    assert trouvees == {}


@pytest.mark.parametrize("mode", MODES)
def test_chaque_genre_de_page_est_sans_violation_dans_chaque_mode(
    mode: str, navigateur: Browser, dossier: Path
) -> None:
    onglet = ouvrir(navigateur, dossier, "accueil", **MODES[mode])
    for nom in GENRES:
        onglet.goto((dossier / adresse(nom)).as_uri())
        assert violations(onglet) == [], nom
    onglet.context.close()


@pytest.mark.parametrize("nom", GENRES)
def test_rien_ne_deborde_a_320_px_ni_a_200_pour_cent(nom: str, navigateur: Browser, dossier: Path) -> None:
    onglet = ouvrir(navigateur, dossier, nom, viewport={"width": 320, "height": 640})
    assert onglet.evaluate("document.documentElement.scrollWidth") <= 320
    onglet.set_viewport_size({"width": 640, "height": 640})
    # La taille du texte du navigateur doublée.
    onglet.evaluate("() => { const s = new CSSStyleSheet(); s.replaceSync('html{font-size:200% !important}');"
                    " document.adoptedStyleSheets = [s]; }")  # fmt: skip
    assert onglet.evaluate("document.documentElement.scrollWidth") <= 640
    onglet.context.close()


def test_scripts_coupes_tout_se_lit(navigateur: Browser, dossier: Path, toutes: list[Page]) -> None:
    contexte = navigateur.new_context(java_script_enabled=False)
    onglet = contexte.new_page()
    for page in toutes:
        onglet.goto((dossier / page.adresse).as_uri())
        visible = onglet.locator("main").inner_text()
        assert page.titre in visible and len(visible) > 200, page.nom
        # Rien qui ne marcherait pas : ni bouton ni champ.
        assert onglet.locator("button:visible, input:visible").count() == 0, page.nom
    contexte.close()


def test_la_calculette_se_remplit_au_clavier_et_dit_ses_erreurs(navigateur: Browser, dossier: Path) -> None:
    onglet = ouvrir(navigateur, dossier, "calcul")
    onglet.get_by_label("Prix du bilan").fill("deux mille")
    onglet.keyboard.press("Enter")
    assert onglet.get_by_label("Prix du bilan").get_attribute("aria-invalid") == "true"
    assert onglet.evaluate("document.activeElement.id") == "prix"
    assert violations(onglet) == []
    onglet.get_by_label("Prix du bilan").fill("2 100")
    onglet.get_by_label("Solde du CPF").fill("1800,50")
    onglet.keyboard.press("Enter")
    assert onglet.locator("#reste").inner_text() == "500\u00a0€"
    assert onglet.get_by_label("Prix du bilan").get_attribute("aria-invalid") is None
    assert violations(onglet) == []
    onglet.context.close()


def test_la_recherche_se_fait_dans_la_page_et_ne_laisse_pas_de_trace(navigateur: Browser, dossier: Path) -> None:
    onglet = ouvrir(navigateur, dossier, "chercher")
    avant = onglet.url
    onglet.get_by_role("searchbox").fill("arret maladie")
    onglet.keyboard.press("Enter")
    assert onglet.locator("#resultats a").first.inner_text() == "Un bilan pendant un arrêt maladie"
    assert "trouvées" in onglet.locator("#compte").inner_text()
    assert onglet.url == avant
    assert violations(onglet) == []
    onglet.context.close()


def test_un_simple_serveur_suffit(navigateur: Browser, dossier: Path) -> None:
    serveur = ThreadingHTTPServer(("127.0.0.1", 0), partial(Muet, directory=str(dossier)))
    Thread(target=serveur.serve_forever, daemon=True).start()
    origine = f"http://127.0.0.1:{serveur.server_port}/"
    onglet = navigateur.new_page()
    fautes: list[str] = []
    onglet.on("request", lambda r: None if r.url.startswith((origine, "data:")) else fautes.append(r.url))
    onglet.on("console", lambda m: fautes.append(m.text))
    onglet.goto(origine)
    onglet.get_by_role("link", name="Chercher dans le guide").click()
    onglet.get_by_role("searchbox").fill("arnaque")
    onglet.locator("#resultats a").first.click()
    onglet.wait_for_url(f"**/{adresse('faq/arnaque')}")
    assert fautes == []
    onglet.close()
    serveur.shutdown()
    serveur.server_close()


def test_quitter_vite_remplace_la_page_dans_l_historique(navigateur: Browser, dossier: Path) -> None:
    onglet = ouvrir(navigateur, dossier, "faq/arret_maladie")
    longueur = onglet.evaluate("history.length")
    onglet.get_by_role("link", name="Quitter vite").click()
    onglet.wait_for_url(f"**/{adresse('neutre')}")
    assert onglet.evaluate("history.length") == longueur
    onglet.context.close()


def test_l_essentiel_tient_sur_quelques_feuilles(navigateur: Browser, dossier: Path) -> None:
    onglet = ouvrir(navigateur, dossier, "essentiel")
    pdf = onglet.pdf(prefer_css_page_size=True)
    assert 1 < pdf.count(b"/Type /Page\n") <= PAGES_A4_MAX
    onglet.context.close()
