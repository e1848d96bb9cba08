"""Petits écrans, texte agrandi, espacement, couleurs forcées, mouvement, page hostile, cibles."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.serveur import CANAL, Serveur
from tests.widget.conftest import Contexte
from tests.widget.outils import Volet, message

COUPES = """[...r.querySelectorAll('button, .msg, label, h2, .indice, #statut, #alerte, .rapides')]
  .filter(e => e.getClientRects().length && getComputedStyle(e).overflow !== 'visible' &&
    (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)).map(e => e.id || e.className)"""
CIBLES = """[...r.querySelectorAll('button, textarea, #menu a')].filter(e => e.getClientRects().length).map(e => {
  const b = e.getBoundingClientRect();
  return [e.id || e.getAttribute('aria-label') || e.textContent, b.width, b.height]; })"""


def ouvrir(contexte: Contexte, serveur: Serveur, **options: Any) -> Volet:
    page = contexte(**options).new_page()
    page.goto(serveur.origine + "/demo")
    return Volet(page).ouvrir().demander()


@pytest.mark.parametrize(("largeur", "hauteur"), [(320, 256), (320, 640), (640, 256), (1280, 256)])
def test_rien_ne_deborde_et_le_champ_reste_visible(
    contexte: Contexte, serveur_temoin: Serveur, largeur: int, hauteur: int
) -> None:
    volet = ouvrir(contexte, serveur_temoin, viewport={"width": largeur, "height": hauteur})
    assert volet.page.evaluate("document.documentElement.scrollWidth") <= largeur
    assert volet.ombre("r.querySelector('#volet').scrollWidth - r.querySelector('#volet').clientWidth") <= 0
    volet.champ.focus()
    boite = volet.champ.bounding_box()
    assert boite and boite["y"] >= 0 and boite["y"] + boite["height"] <= hauteur
    assert volet.ombre(COUPES) == []
    # Tout s'atteint en défilant : le haut du volet aussi.
    volet.page.locator("#quitter").scroll_into_view_if_needed()
    expect(volet.page.locator("#quitter")).to_be_in_viewport()


def test_le_texte_a_deux_cents_pour_cent_laisse_lire_la_conversation(
    contexte: Contexte, serveur_temoin: Serveur
) -> None:
    volet = ouvrir(contexte, serveur_temoin)
    volet.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert volet.ombre(COUPES) == []
    hauteur_en_em = volet.ombre(
        "r.querySelector('#fil').clientHeight / parseFloat(getComputedStyle(r.querySelector('#fil')).fontSize)"
    )
    assert hauteur_en_em >= 9
    # « Quitter vite » reste en vue, où que l'on ait défilé.
    assert volet.ombre("r.elementFromPoint(...(b => [b.x + b.width / 2, b.y + b.height / 2])"
                       "(r.querySelector('#quitter').getBoundingClientRect()))?.id") == "quitter"  # fmt: skip
    volet.champ.scroll_into_view_if_needed()
    expect(volet.champ).to_be_in_viewport()


def test_l_espacement_du_texte_ne_coupe_rien(contexte: Contexte, serveur_temoin: Serveur) -> None:
    volet = ouvrir(contexte, serveur_temoin)
    volet.page.evaluate(
        """() => { const s = new CSSStyleSheet();
        s.replaceSync('*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}' +
          'p{margin-bottom:2em!important}');
        const r = document.querySelector('assistant-interne').shadowRoot;
        r.adoptedStyleSheets = [...r.adoptedStyleSheets, s]; }"""
    )
    assert volet.ombre(COUPES) == []
    volet.page.evaluate(
        """() => { const r = document.querySelector('assistant-interne').shadowRoot;
        r.adoptedStyleSheets = r.adoptedStyleSheets.slice(0, 1);
        document.documentElement.style.letterSpacing = '.12em'; }"""
    )
    for cible in (".msg p", "#champ", ".rapides button"):
        assert volet.ombre(f"getComputedStyle(r.querySelector('{cible}')).letterSpacing") != "normal"


def test_le_texte_garde_seize_pixels_quand_la_page_reduit_tout(volet: Volet) -> None:
    volet.page.evaluate("document.documentElement.style.fontSize = '62.5%'")
    assert volet.ombre("parseFloat(getComputedStyle(r.querySelector('.msg .texte p')).fontSize)") >= 16


def test_une_page_hostile_ne_casse_pas_le_widget(contexte: Contexte, serveur_temoin: Serveur) -> None:
    volet = ouvrir(contexte, serveur_temoin)
    volet.page.evaluate(
        """() => { const s = new CSSStyleSheet();
        s.replaceSync(`button,p,textarea,assistant-interne{display:none!important}
          *{color:red!important;font-size:5px!important;position:static!important;visibility:hidden!important;
          opacity:0!important;letter-spacing:1em;transform:scale(.1)!important}`);
        document.adoptedStyleSheets = [s]; }"""
    )
    assert volet.ombre(
        "[r.querySelector('#envoyer').getClientRects().length, getComputedStyle(r.querySelector('#champ')).color,"
        " parseFloat(getComputedStyle(r.querySelector('#champ')).fontSize), getComputedStyle(r.host).position,"
        " getComputedStyle(r.querySelector('#champ')).visibility, getComputedStyle(r.host).opacity]"
    ) == [1, "rgb(27, 27, 27)", 16, "fixed", "visible", "1"]


def test_a_quatre_cents_pour_cent_la_reponse_se_lit_depuis_son_debut(
    contexte: Contexte, serveur_temoin: Serveur
) -> None:
    volet = ouvrir(contexte, serveur_temoin, viewport={"width": 320, "height": 256})
    expect(volet.messages.last.locator(".qui")).to_be_in_viewport()
    expect(volet.champ).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(
    "options", [{}, {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}]
)
def test_les_cibles_sont_assez_grandes(contexte: Contexte, serveur_temoin: Serveur, options: dict[str, Any]) -> None:
    volet = ouvrir(contexte, serveur_temoin, **options)
    volet.bouton("Réponse pas utile").click()
    volet.menu("Effacer la conversation")
    volet.page.locator("#plus-d-actions").click()
    cibles = volet.ombre(CIBLES)
    assert len(cibles) > 20
    assert [c for c in cibles if min(c[1:]) < 44] == []


def test_aucune_animation_quand_le_mouvement_est_reduit(contexte: Contexte, serveur_temoin: Serveur) -> None:
    volet = ouvrir(contexte, serveur_temoin, reduced_motion="reduce")
    volet.ombre("(r.querySelector('.points').hidden = false, 1)")
    assert volet.ombre("r.getAnimations().length") == 0


def test_les_points_s_arretent_d_eux_memes(volet: Volet) -> None:
    volet.ombre("(r.querySelector('.points').hidden = false, 1)")
    durees = volet.ombre("r.getAnimations().map(a => a.effect.getComputedTiming().endTime)")
    assert len(durees) == 3 and max(durees) < 5_000


PLACES = """() => [...document.querySelectorAll('body *:not(assistant-interne):not(script)')].map(e => {
  const b = e.getBoundingClientRect(); return [e.localName, b.x, b.y, b.width, b.height]; })"""


def test_la_page_hote_ne_bouge_pas(page: Page) -> None:
    page.route("**/assistant.js", lambda route: route.abort(), times=1)
    page.reload()
    sans = page.evaluate(PLACES)
    page.reload()
    volet = Volet(page)
    expect(volet.lanceur).to_be_visible()
    assert page.evaluate(PLACES) == sans and len(sans) > 15
    volet.ouvrir().demander()
    assert page.evaluate(PLACES) == sans


def test_un_document_et_une_etape_s_affichent(volet: Volet) -> None:
    document = {"titre": "Courrier", "format": "DOCX", "poids": "12 Ko", "lien": "/documents/courrier.docx"}
    volet.simuler(message("Votre courrier est prêt.", documents=[document], etape={"numero": 2, "total": 5}))
    volet.ecrire("suite")
    dernier = volet.messages.last
    expect(dernier).to_contain_text("Étape 2 sur 5")
    # Le nom du lien dit le format et le poids : trois formats ne se confondent pas à l'oreille.
    lien = dernier.get_by_role("link", name="Télécharger : Courrier (DOCX, 12 Ko)", exact=True)
    expect(lien).to_have_attribute("href", volet.page.url.replace("/demo", "/documents/courrier.docx"))


def test_l_etape_ne_se_lit_qu_une_fois(volet: Volet) -> None:
    volet.demander("vérifier mes droits", "Quelle est votre situation")
    volet.ecrire("je suis salarié du privé en CDI")
    expect(volet.messages.last.locator(".etape")).to_have_text(re.compile(r"^Étape 2 sur \d environ$"))
    assert "Question 2" not in volet.messages.last.inner_text()


def test_une_longue_reponse_se_lit_depuis_son_debut(volet: Volet) -> None:
    volet.simuler(message("\n\n".join(f"Paragraphe {n}" for n in range(60))))
    volet.ecrire("suite")
    expect(volet.messages.last).to_contain_text("Paragraphe 59")
    expect(volet.messages.last.locator(".qui")).to_be_in_viewport()


def test_lire_plus_haut_n_est_pas_interrompu(volet: Volet) -> None:
    volet.simuler(message("\n\n".join(f"Paragraphe {n}" for n in range(60))))
    volet.ecrire("suite")
    expect(volet.messages).to_have_count(3)

    def remonter(route: Route) -> None:  # pendant que la réponse se fait attendre
        volet.journal.focus()
        volet.page.locator("#fil").evaluate("e => e.scrollTop = 0")
        route.fallback()

    volet.page.route(f"**{CANAL}/message", remonter, times=1)
    volet.ecrire("combien de temps dure un bilan de compétences ?")
    expect(volet.messages).to_have_count(5)
    assert volet.page.locator("#fil").evaluate("e => e.scrollTop") == 0
    volet.bouton("Nouveaux messages").click()
    assert volet.actif() == "champ" and not volet.bouton("Nouveaux messages").is_visible()
