"""Au clavier seul : chaque geste, chaque retour du focus, aucun piège."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.serveur import Serveur
from tests.widget.conftest import Contexte
from tests.widget.outils import PREMIERS_CONTACTS, QUESTION, REPONSE, Volet, jusqu_a


def tabuler(volet: Volet, cible: str, touche: str = "Tab", maximum: int = 40) -> list[str]:
    vus = []
    for _ in range(maximum):
        volet.page.keyboard.press(touche)
        vus.append(volet.actif())
        if vus[-1] == cible:
            return vus
    raise AssertionError(f"{cible} jamais atteint : {vus}")


def test_le_parcours_entier_au_clavier(page: Page) -> None:
    volet, clavier = Volet(page), page.keyboard
    tabuler(volet, "lanceur")
    clavier.press("Enter")
    expect(volet.messages).to_have_count(1)
    assert volet.actif() == "champ"
    clavier.type("combien de temps dure un bilan de compétences ?")
    clavier.press("Enter")
    expect(volet.messages.last).to_contain_text(REPONSE)
    assert volet.actif() == "champ"
    # Réponse proposée, prise au clavier : le focus revient au champ, le choix s'affiche.
    tabuler(volet, "Plus simple", "Shift+Tab")
    clavier.press("Enter")
    assert volet.actif() == "champ"
    expect(volet.messages.nth(3)).to_contain_text("Plus simple")
    expect(volet.messages).to_have_count(5)
    # Avis : une seule tabulation pour la barre, puis les flèches.
    tabuler(volet, "Copier la réponse", "Shift+Tab")
    clavier.press("ArrowRight")
    assert volet.actif() == "Réponse utile"
    clavier.press("ArrowRight")
    clavier.press("ArrowRight")
    assert volet.actif() == "Copier la réponse"
    clavier.press("End")
    assert volet.actif() == "Réponse pas utile"
    clavier.press("Space")
    assert volet.actif() == "C'est faux ou périmé"
    clavier.press("Tab")
    clavier.press("Enter")
    expect(volet.statut).to_contain_text("compté")
    assert volet.actif() == "Réponse pas utile"
    # Qui peut lire, puis parler à quelqu'un.
    tabuler(volet, "qui", "Shift+Tab")
    clavier.press("Enter")
    expect(volet.messages.last).to_contain_text("administrateur")
    tabuler(volet, "humain", "Shift+Tab")
    clavier.press("Enter")
    expect(volet.messages.nth(6)).to_contain_text("Parler à quelqu'un")
    expect(volet.journal).to_contain_text(PREMIERS_CONTACTS)
    assert volet.actif() == "champ"
    # Menu, agrandir (modal), réduire.
    tabuler(volet, "plus-d-actions", "Shift+Tab")
    clavier.press("Enter")
    assert volet.actif() == "Copier la conversation"
    clavier.press("Escape")
    assert volet.actif() == "plus-d-actions"
    clavier.press("Enter")
    tabuler(volet, "Agrandir")
    clavier.press("Enter")
    assert volet.boite.evaluate("e => e.matches(':modal')") and volet.actif() == "plus-d-actions"
    # Mettre en pause, depuis le menu.
    clavier.press("Enter")
    tabuler(volet, "Mettre en pause")
    clavier.press("Enter")
    expect(volet.messages.last).to_contain_text("rien à mettre dans un code")
    assert volet.actif() == "champ"
    tabuler(volet, "plus-d-actions", "Shift+Tab")
    # Effacer : la question prend le focus sur « Annuler » ; on confirme.
    clavier.press("Enter")
    tabuler(volet, "Effacer la conversation")
    clavier.press("Enter")
    assert volet.actif() == "Annuler"
    clavier.press("Shift+Tab")
    assert volet.actif() == "Tout effacer"
    clavier.press("Enter")
    expect(volet.messages).to_have_count(1)
    expect(volet.messages).to_contain_text("C'est effacé")
    assert volet.actif() == "champ"
    # Échap ferme et rend le focus au lanceur ; le raccourci rouvre.
    clavier.press("Escape")
    assert volet.actif() == "lanceur" and not volet.boite.is_visible()
    clavier.press("Alt+Shift+KeyH")
    assert volet.boite.is_visible() and volet.actif() == "champ"
    tabuler(volet, "quitter", "Shift+Tab")
    clavier.press("Enter")
    page.wait_for_url("**/assistant/pratique")


def test_le_volet_ouvert_n_enferme_pas_et_la_page_reste_atteignable(volet: Volet) -> None:
    volet.demander(QUESTION)
    aller = [volet.actif()]
    for _ in range(30):
        volet.page.keyboard.press("Tab")
        aller.append(volet.actif())
    assert "Accueil" in aller and "champ" in aller[1:] and "lanceur" not in aller


def test_le_volet_modal_garde_le_focus_dans_les_deux_sens(contexte: Contexte, serveur_temoin: Serveur) -> None:
    page = contexte(viewport={"width": 360, "height": 640}).new_page()
    page.goto(serveur_temoin.origine + "/demo")
    volet = Volet(page).ouvrir()
    assert volet.boite.evaluate("e => e.matches(':modal')")
    for touche in ("Tab", "Shift+Tab"):
        for _ in range(25):
            page.keyboard.press(touche)
            assert page.evaluate("document.activeElement.localName") in ("assistant-interne", "body")


def test_maj_entree_va_a_la_ligne_et_la_composition_n_envoie_pas(volet: Volet) -> None:
    volet.champ.fill("ligne une")
    volet.page.keyboard.press("Shift+Enter")
    volet.page.keyboard.type("ligne deux")
    assert volet.champ.input_value() == "ligne une\nligne deux"
    volet.champ.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    assert volet.messages.count() == 1


def test_echap_ferme_le_menu_avant_le_volet(volet: Volet) -> None:
    volet.page.locator("#plus-d-actions").click()
    volet.page.keyboard.press("Escape")
    assert volet.boite.is_visible() and not volet.page.locator("#menu").is_visible()
    volet.page.keyboard.press("Escape")
    assert not volet.boite.is_visible()


def test_un_nouveau_message_ne_vole_pas_le_focus(volet: Volet) -> None:
    volet.champ.fill(QUESTION)
    volet.page.keyboard.press("Enter")
    volet.page.locator("#fermer").focus()
    expect(volet.messages).to_have_count(3)
    assert volet.actif() == "fermer"


DEMARCHES = {
    "vérifier mes droits": "utter_verdict",
    "calculer mon reste à payer": "utter_cout",
    "faire ma demande CPF": "utter_cpf_depart",
    "préparer l'échange avec mon employeur": "utter_employeur_",
    "écrire une lettre": "utter_lettre",
    "calculer mes dates": "utter_calendrier",
}
QUESTIONS_MAX = 14


@pytest.mark.parametrize(("demande", "fin"), DEMARCHES.items())
def test_chaque_demarche_se_finit_au_clavier(
    contexte: Contexte, serveur_temoin: Serveur, demande: str, fin: str
) -> None:
    """Taper, ou prendre la première réponse proposée : le focus revient au champ à chaque question."""
    page = contexte(accept_downloads=True).new_page()
    page.goto(serveur_temoin.origine + "/demo")
    volet, clavier = Volet(page), page.keyboard
    tabuler(volet, "lanceur")
    clavier.press("Enter")
    expect(volet.messages).to_have_count(1)
    clavier.type(demande)
    clavier.press("Enter")
    for _ in range(QUESTIONS_MAX):
        attendre_la_reponse(volet)
        dites = [str(m.get("r")) for m in volet.stocke()["m"]]
        if any(dite.startswith(fin) for dite in dites):
            break
        propositions = page.locator(".rapides button").all_inner_texts()
        if propositions:
            tabuler(volet, propositions[0][:40], "Shift+Tab")
        else:
            clavier.type("je ne sais pas")
        clavier.press("Enter")
        assert volet.actif() == "champ"
    else:
        raise AssertionError(dites)
    if fin == "utter_lettre":
        cartes = page.locator(".carte a").all_inner_texts()
        tabuler(volet, "journal", "Shift+Tab")
        tabuler(volet, cartes[0][:40])
        with page.expect_download() as recu:
            clavier.press("Enter")
        assert recu.value.suggested_filename.startswith("courrier")


def attendre_la_reponse(volet: Volet) -> None:
    """Le dernier message est de l'assistant, et ses réponses proposées sont posées."""
    expect(volet.messages.last).to_have_class(re.compile(r"\ba\b"))
    jusqu_a(lambda: all(m.get("s") in (None, "ok") for m in volet.stocke()["m"]))
    volet.page.wait_for_timeout(50)
