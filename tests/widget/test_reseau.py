"""Lenteur, pannes, coupures : rien ne se perd, rien ne se double, tout se dit."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.serveur import CANAL, Serveur
from tests.widget.conftest import Contexte
from tests.widget.outils import QUESTION, REPONSE, Volet, accelerer, echouer


@pytest.fixture
def presse(contexte: Contexte, serveur_temoin: Serveur) -> Volet:
    """Un volet dont les nouveaux essais sont dix fois plus rapprochés."""
    page = contexte().new_page()
    accelerer(page)
    page.goto(serveur_temoin.origine + "/demo")
    return Volet(page).ouvrir()


def test_ecrit_s_affiche_apres_sept_cents_millisecondes_seulement(volet: Volet) -> None:
    """Le délai se lit à l'horloge de la page : celle de l'outil dépend de la charge de la machine."""

    def tarder(route: Route) -> None:
        expect(volet.statut).to_contain_text("L'assistant écrit…")
        assert volet.page.locator(".points").is_visible()
        route.fallback()

    volet.ombre("""(window.dits = [], new MutationObserver(() => dits.push([r.querySelector('#statut').textContent,
      performance.now()])).observe(r.querySelector('#statut'), {childList: true}),
      r.querySelector('#champ').addEventListener('keydown', () => dits.push(['envoi', performance.now()]), true), 1)""")
    volet.page.route(f"**{CANAL}/message", tarder, times=1)
    volet.demander()
    expect(volet.statut).to_have_text("")
    dits = dict(volet.page.evaluate("dits.toReversed()"))
    assert dits["L'assistant écrit…"] - dits["envoi"] >= 690
    assert not volet.page.locator(".points").is_visible()


def test_deux_pannes_puis_une_reponse_avec_le_meme_identifiant(presse: Volet) -> None:
    envois = presse.envois()
    echouer(presse.page, 2)
    presse.demander()
    assert len(envois) == 3 and len({e["id"] for e in envois}) == 1
    assert presse.messages.count() == 3 and not presse.alerte.inner_text()


def test_une_panne_durable_se_dit_offre_des_contacts_et_se_renvoie(presse: Volet) -> None:
    envois = presse.envois()
    echouer(presse.page, 4)
    presse.ecrire(QUESTION)
    expect(presse.alerte).to_contain_text("n'a pas pu répondre")
    assert len(envois) == 4
    expect(presse.messages.last).to_contain_text("15 ou 112")
    expect(presse.page.locator(".msg.rate")).to_have_count(1)
    presse.bouton("Renvoyer").click()
    expect(presse.messages.last).to_contain_text(REPONSE)
    assert presse.actif() == "champ" and len({e["id"] for e in envois}) == 1
    expect(presse.page.locator(".msg.rate")).to_have_count(0)
    assert not presse.alerte.inner_text()


@pytest.mark.parametrize(
    ("code", "corps"),
    [
        (200, '{"messages":[]}'),
        (200, "{}"),
        (200, "[]"),
        (502, '{"erreur":"vide"}'),
        (200, "<html>mandataire"),
        (500, "oups"),
    ],
)
def test_une_reponse_vide_ou_illisible_est_une_panne_dite(presse: Volet, code: int, corps: str) -> None:
    echouer(presse.page, 4, code, corps)
    presse.ecrire(QUESTION)
    expect(presse.bouton("Renvoyer")).to_be_visible()
    assert presse.alerte.inner_text() in ("L'assistant n'a pas pu répondre.", "Message non envoyé.")
    presse.page.unroute_all()
    presse.bouton("Renvoyer").click()
    expect(presse.messages.last).to_contain_text(REPONSE)


@pytest.mark.parametrize(("code", "raison", "dit"), [(400, "longueur", "trop long"), (403, "origine", "pas autorisée")])
def test_un_refus_definitif_n_est_pas_reessaye(presse: Volet, code: int, raison: str, dit: str) -> None:
    envois = presse.envois()
    echouer(presse.page, 1, code, f'{{"erreur":"{raison}"}}')
    presse.ecrire(QUESTION)
    expect(presse.alerte).to_contain_text(dit)
    assert len(envois) == 1


def test_hors_ligne_les_messages_attendent_puis_partent_une_fois(volet: Volet) -> None:
    contexte = volet.page.context
    envois = volet.envois()
    contexte.set_offline(True)
    volet.ecrire(QUESTION)
    expect(volet.statut).to_contain_text("Hors connexion")
    volet.ecrire("merci")
    assert volet.messages.count() == 3 and envois == []
    volet.page.evaluate("addEventListener('online', () => (window.retour = performance.now()), true)")
    contexte.set_offline(False)
    expect(volet.messages).to_have_count(5)
    assert [e["texte"] for e in envois] == [QUESTION, "merci"]
    partis = volet.page.evaluate(
        f"performance.getEntriesByType('resource').filter(e => e.name.endsWith('{CANAL}/message'))"
        ".map(e => e.startTime - window.retour)"
    )
    assert len(partis) == 2 and -100 < partis[0] < 2_000  # au retour, à l'ordre des écouteurs près


def test_une_coupure_pendant_l_envoi_puis_une_autre_page(volet: Volet) -> None:
    """La réponse se perd après que le serveur a joué le tour : le renvoi en reçoit la même, sans second tour."""
    page = volet.page
    envois = volet.envois()

    def couper(route: Route) -> None:
        route.fetch()
        page.context.set_offline(True)
        route.abort()

    page.route(f"**{CANAL}/message", couper, times=1)
    volet.ecrire("gfdsq trezp poiuy")
    expect(volet.statut).to_contain_text("Hors connexion")
    page.context.set_offline(False)
    expect(volet.messages.last).to_contain_text("autres mots")  # joué deux fois, ce serait le second raté
    assert len({e["id"] for e in envois}) == 1
    page.goto(page.url.replace("/demo", "/"))
    expect(volet.messages).to_have_count(3)


def test_un_message_en_attente_part_depuis_la_page_suivante(volet: Volet) -> None:
    page = volet.page
    page.route(f"**{CANAL}/message", lambda route: None, times=1)  # reste en suspens
    volet.ecrire(QUESTION)
    page.wait_for_timeout(100)
    page.goto(page.url.replace("/demo", "/"))
    expect(volet.messages.last).to_contain_text(REPONSE)
    expect(volet.messages).to_have_count(3)


def test_la_session_perdue_se_dit_et_le_message_repart(volet: Volet) -> None:
    volet.demander()
    volet.page.context.clear_cookies()
    volet.ecrire(QUESTION)
    expect(volet.statut).to_contain_text("a expiré")
    expect(volet.messages.last).to_contain_text(REPONSE)
    assert [volet.messages.nth(n).inner_text().split()[0] for n in range(3)] == ["Vous", "Assistant", "Assistant"]
    expect(volet.messages).to_have_count(3)


def test_le_serveur_absent_a_l_ouverture_se_dit_et_se_reessaie(contexte: Contexte, serveur_temoin: Serveur) -> None:
    page = contexte().new_page()
    accelerer(page)
    page.route(f"**{CANAL}/session", lambda route: route.abort(), times=4)
    page.goto(serveur_temoin.origine + "/demo")
    volet = Volet(page)
    volet.lanceur.click()
    expect(volet.bouton("Renvoyer")).to_be_visible()
    expect(volet.messages).to_contain_text(["15 ou 112"])
    volet.bouton("Renvoyer").click()
    expect(volet.messages.last).to_contain_text("assistant automatique")


def test_trop_de_messages_se_dit(presse: Volet) -> None:
    echouer(presse.page, 4, 429, '{"erreur":"debit"}')
    presse.ecrire(QUESTION)
    expect(presse.alerte).to_contain_text("Trop de messages")


def test_un_serveur_muet_est_abandonne_au_bout_de_trente_secondes(contexte: Contexte, serveur_temoin: Serveur) -> None:
    page = contexte().new_page()
    accelerer(page)
    page.add_init_script(
        "const delai = AbortSignal.timeout.bind(AbortSignal); window.delais = [];"
        "AbortSignal.timeout = ms => (window.delais.push(ms), delai(ms / 100));"
    )
    page.goto(serveur_temoin.origine + "/demo")
    volet = Volet(page).ouvrir()
    envois = volet.envois()
    page.route(f"**{CANAL}/message", lambda route: None, times=4)
    volet.ecrire(QUESTION)
    expect(volet.alerte).to_contain_text("trop de temps")
    assert len(envois) == 4 and set(page.evaluate("window.delais")) == {30_000}
