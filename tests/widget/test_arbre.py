"""L'arbre d'accessibilité : régions vives, noms, instantanés comparés (BILAN_INSTANTANES=ecrire les refait)."""

from __future__ import annotations

import os
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from actions.contenus import contenus_en_place
from tests.widget.outils import OMBRE, QUESTION, REPONSE, Volet

LANGUES = contenus_en_place().metadonnees("utter_autre_langue")["langues"]
DOSSIER = Path(__file__).parent / "instantanes"


def comparer(nom: str, arbre: str) -> None:
    arbre = re.sub(r"\b\d\d:\d\d\b", "HH:MM", re.sub(r"127\.0\.0\.1:\d+", "serveur", arbre)) + "\n"
    fichier = DOSSIER / f"{nom}.yml"
    if os.environ.get("BILAN_INSTANTANES") == "ecrire":
        fichier.write_text(arbre, encoding="utf-8")
    assert arbre == fichier.read_text(encoding="utf-8")


def test_l_instantane_de_l_ouverture(volet: Volet) -> None:
    comparer("ouverture", volet.boite.aria_snapshot())


def test_l_instantane_d_une_reponse_et_de_ses_boutons(volet: Volet) -> None:
    volet.demander()
    comparer("reponse", volet.boite.aria_snapshot())


def test_l_instantane_du_menu_et_des_raisons(volet: Volet) -> None:
    volet.bouton("Réponse pas utile").click()
    comparer("raisons", volet.suite.aria_snapshot())
    volet.page.locator("#plus-d-actions").click()
    comparer("menu", volet.page.locator("#menu").aria_snapshot())


def test_les_trois_regions_vives(volet: Volet) -> None:
    expect(volet.journal).to_have_attribute("aria-live", "polite")
    session = volet.page.context.new_cdp_session(volet.page)
    noeuds = session.send("Accessibility.getFullAXTree")["nodes"]
    regions = {}
    for noeud in noeuds:
        role = noeud.get("role", {}).get("value")
        if role in ("log", "status", "alert"):
            proprietes = {p["name"]: p["value"].get("value") for p in noeud.get("properties", [])}
            regions[role] = (proprietes.get("live"), bool(proprietes.get("atomic")))
    assert regions == {"log": ("polite", False), "status": ("polite", True), "alert": ("assertive", True)}


def test_le_journal_ne_contient_aucun_bouton_et_gagne_un_enfant_par_message(volet: Volet) -> None:
    for attendu, question, reponse in (
        (3, QUESTION, REPONSE),
        (5, "quel est le prix d'un bilan ?", "ne fixe pas de prix"),
    ):
        volet.demander(question, reponse)
        assert volet.ombre("r.querySelector('#journal').children.length") == attendu
    assert volet.ombre("r.querySelectorAll('#journal :is(button, [role=toolbar], [tabindex])').length") == 0


def test_le_lanceur_se_nomme_et_dit_son_etat(page: Page) -> None:
    volet = Volet(page)
    bouton = volet.page.get_by_role("button", name="Une question ?")
    expect(bouton).to_have_attribute("aria-expanded", "false")
    expect(bouton).to_have_attribute("aria-keyshortcuts", "Alt+Shift+H")
    volet.ouvrir()
    assert not volet.lanceur.is_visible()  # sous le volet, il serait un arrêt caché
    expect(volet.page.get_by_role("dialog", name="Assistant")).to_be_visible()


GUETTER = """
addEventListener('DOMContentLoaded', () => {
  window.annonces = [];
  const guet = setInterval(() => {
    const journal = document.querySelector('assistant-interne')?.shadowRoot.querySelector('#journal');
    if (!journal) return;
    clearInterval(guet);
    window.pose = [journal.children.length, journal.getAttribute('aria-live')];
    new MutationObserver(() => journal.getAttribute('aria-live') !== 'off' && window.annonces.push(1))
      .observe(journal, {childList: true});
  }, 1);
});"""


def test_l_historique_rendu_ne_s_annonce_pas(volet: Volet) -> None:
    volet.demander()
    page = volet.page
    page.add_init_script(GUETTER)
    page.reload()
    expect(volet.messages).to_have_count(3)
    expect(volet.journal).to_have_attribute("aria-live", "polite")
    assert page.evaluate("[window.pose, window.annonces]") == [[3, "off"], []]


def test_chaque_langue_est_balisee(volet: Volet) -> None:
    volet.demander("do you speak english please", "I only answer in French")
    balisees = volet.page.evaluate(
        f"[...{OMBRE}.querySelectorAll('.msg [lang]')].map(e => [e.lang, e.textContent.split(/\\s?:/)[0]])"
    )
    # La personne ne lit que sa langue, annoncée comme telle.
    assert {tuple(balise) for balise in balisees} == {(code, mot) for mot, code in LANGUES.items() if code == "en"}
