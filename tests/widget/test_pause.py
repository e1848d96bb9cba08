"""La pause dans le widget : du menu au code, d'un navigateur à un autre ; et le guide, seulement s'il est publié."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Route, expect

from tests.serveur import CANAL, Serveur
from tests.widget.conftest import Contexte
from tests.widget.outils import Volet

CODE = re.compile(r"(?:[A-Z2-7]{4}-){5,}[A-Z2-7]{1,4}")


def test_un_code_reprend_dans_un_autre_navigateur(volet: Volet, contexte: Contexte, serveur_temoin: Serveur) -> None:
    volet.demander("vérifier mes droits", "Quelle est votre situation")
    volet.ecrire("je suis salarié du privé en CDI")
    expect(volet.messages.last).to_contain_text("Étape")
    volet.menu("Mettre en pause")
    expect(volet.journal).to_contain_text("On s'arrête là")
    trouve = CODE.search(volet.journal.inner_text())
    assert trouve
    volet.menu("Effacer la conversation")
    volet.bouton("Tout effacer").click()
    expect(volet.messages).to_contain_text(["C'est effacé"])
    assert trouve[0] not in str(volet.stocke()) and volet.page.context.cookies() == []
    ailleurs = contexte().new_page()
    ailleurs.goto(serveur_temoin.origine + "/demo")
    repris = Volet(ailleurs).ouvrir().ecrire(f"reprendre {trouve[0].lower()}")
    expect(repris.journal).to_contain_text("On reprend, avec ceci")
    expect(repris.journal).to_contain_text("salarié du privé")
    expect(repris.messages.last).to_contain_text("Étape")


def test_la_suite_se_touche_sous_le_dernier_message(volet: Volet) -> None:
    volet.demander("messages courts", "deux phrases")
    volet.demander("menu", "Je peux aussi")
    volet.bouton("La suite").click()
    expect(volet.messages.last).to_contain_text("Écrivez votre question, ou choisissez")
    expect(volet.bouton("Vérifier mes droits")).to_be_visible()
    assert volet.bouton("La suite").count() == 0


def test_le_guide_est_au_menu_quand_il_est_publie(contexte: Contexte, serveur_temoin: Serveur) -> None:
    def publier(route: Route) -> None:
        recus = route.fetch()
        route.fulfill(response=recus, body=json.dumps({**recus.json(), "guide": "https://guide.exemple.fr/"}))

    sans, avec = contexte().new_page(), contexte().new_page()
    avec.route(f"**{CANAL}/textes", publier)
    for page in (sans, avec):
        page.goto(serveur_temoin.origine + "/demo")
        Volet(page).ouvrir()
        page.locator("#plus-d-actions").click()
    lien = avec.get_by_role("link", name="Lire le guide (nouvelle fenêtre)")
    expect(lien).to_have_attribute("href", "https://guide.exemple.fr/")
    assert sans.get_by_role("link", name="Lire le guide").count() == 0


def test_la_page_ne_paie_le_volet_que_si_l_on_s_approche(contexte: Contexte, serveur_temoin: Serveur) -> None:
    page = contexte().new_page()
    page.goto(serveur_temoin.origine + "/demo")
    volet = Volet(page)
    expect(volet.lanceur).to_be_visible()
    assert volet.boite.count() == 0
    volet.lanceur.hover()
    expect(volet.boite).to_have_count(1)
    assert not volet.boite.is_visible() and page.evaluate("sessionStorage.length") == 0
