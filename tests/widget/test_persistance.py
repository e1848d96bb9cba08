"""D'une page à l'autre, au rechargement, avec un stockage refusé ou abîmé."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from tests.serveur import Serveur
from tests.widget.conftest import Contexte
from tests.widget.outils import REPONSE, Volet, jusqu_a, message


def semer(page: Page, nombre: int) -> None:
    etat = {
        "m": [{"q": "a", "t": f"message {n}", "i": 1_700_000_000_000, "r": "utter_faq/duree"} for n in range(nombre)],
        "ouvert": True,
        "session": True,
        "expire": 9e15,
        "brouillon": "",
    }
    page.evaluate("etat => sessionStorage.setItem('volet', etat)", json.dumps(etat))


def test_l_historique_et_le_brouillon_survivent_sans_voler_le_focus(volet: Volet) -> None:
    volet.demander()
    volet.champ.fill("un brouillon")
    for adresse in (volet.page.url, volet.page.url.replace("/demo", "/")):
        volet.page.goto(adresse)
        expect(volet.messages).to_have_count(3)
        assert volet.champ.input_value() == "un brouillon"
        assert volet.boite.is_visible() and volet.page.evaluate("document.activeElement === document.body")
    volet.demander("plus simple", "heures")  # la conversation continue


def test_les_boutons_de_la_derniere_reponse_reviennent_aussi(volet: Volet) -> None:
    volet.demander()
    volet.page.reload()
    volet.bouton("Plus simple").click()
    expect(volet.messages).to_have_count(5)


def test_deux_cents_messages_au_plus(page: Page) -> None:
    semer(page, 250)
    page.reload()
    volet = Volet(page)
    expect(volet.messages).to_have_count(200)
    expect(volet.messages.last).to_contain_text("message 249")
    assert len(volet.stocke()["m"]) == 200


@pytest.mark.parametrize("abime", ["", "{", "null", "[]", '{"m":3,"expire":9e15}', '{"m":[],"expire":1}', "\ud800"])
def test_un_stockage_abime_ou_perime_repart_de_zero(page: Page, abime: str) -> None:
    page.evaluate("v => sessionStorage.setItem('volet', v)", abime)
    page.reload()
    volet = Volet(page)
    expect(volet.lanceur).to_be_visible()
    assert volet.messages.count() == 0
    volet.ouvrir().demander()


def test_un_stockage_refuse_n_empeche_pas_de_parler(contexte: Contexte, serveur_temoin: Serveur) -> None:
    page = contexte().new_page()
    page.add_init_script("Object.defineProperty(window, 'sessionStorage', {get() { throw new DOMException('non') }})")
    page.goto(serveur_temoin.origine + "/demo")
    Volet(page).ouvrir().demander()


def test_les_messages_arrives_volet_ferme_se_comptent(volet: Volet) -> None:
    volet.ecrire("combien de temps dure un bilan de compétences ?")
    volet.page.keyboard.press("Escape")
    expect(volet.lanceur).to_contain_text("1 message non lu")
    assert volet.page.title() == "Intranet : page d'essai"  # le titre de la page ne trahit rien
    volet.lanceur.click()
    expect(volet.messages.last).to_contain_text(REPONSE)
    volet.page.keyboard.press("Escape")
    expect(volet.lanceur).to_have_text("Une question ?")


def test_copier_et_telecharger_donnent_la_conversation_et_ses_sources(
    contexte: Contexte, serveur_temoin: Serveur
) -> None:
    ouvert = contexte(accept_downloads=True)
    ouvert.grant_permissions(["clipboard-read", "clipboard-write"])
    page = ouvert.new_page()
    page.goto(serveur_temoin.origine + "/demo")
    volet = Volet(page).ouvrir().demander()
    volet.simuler(message("Votre code :"), message("Il marche un mois."))
    volet.ecrire("suite")
    expect(volet.messages.last).to_contain_text("un mois")
    volet.bouton("Copier la réponse").click()
    expect(volet.statut).to_have_text("Copié.")
    # Une réponse en deux bulles se copie entière : le code, pas seulement sa durée.
    assert page.evaluate("navigator.clipboard.readText()") == "Votre code :\n\nIl marche un mois."
    volet.menu("Copier la conversation")
    jusqu_a(lambda: REPONSE in str(page.evaluate("navigator.clipboard.readText()")))
    copie = page.evaluate("navigator.clipboard.readText()")
    assert REPONSE in copie and "Sources :" in copie and "https://www.legifrance" in copie
    with page.expect_download() as attendu:
        volet.menu("Télécharger la conversation")
    fichier = attendu.value
    assert fichier.suggested_filename == "notes.txt"
    with open(fichier.path(), encoding="utf-8") as lu:
        assert lu.read() == copie


def test_le_theme_et_la_taille_choisis_se_gardent(volet: Volet) -> None:
    volet.menu("Thème sombre")
    volet.menu("Agrandir")
    volet.page.reload()
    assert volet.page.locator("assistant-interne").get_attribute("theme") == "sombre"
    assert volet.boite.evaluate("e => e.matches('.grand:modal')")
    volet.menu("Réduire")
    volet.menu("Thème clair")
    assert volet.page.locator("assistant-interne").get_attribute("theme") == "clair"
