"""Mesure le widget dans Chromium contre le vrai serveur (``python -m tests.mesures.mesurer_widget``).

Réseau et processeur ralentis par le protocole du navigateur ; médiane de cinq essais. Captures d'écran avec
``--captures DOSSIER``.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from canaux.paquet_widget import paquet
from tests.navigateur import CHROMIUM, DRAPEAUX
from tests.serveur import Serveur, demarrer
from tests.widget.outils import QUESTION, Volet
from tests.widget.test_axe import MODES

ESSAIS = 5
LENT = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
PEINT = "new Promise(f => requestAnimationFrame(() => setTimeout(() => f(performance.now()), 0)))"
OMBRE = "document.querySelector('assistant-interne').shadowRoot"
VISIBLE = """() => { const debut = setInterval(() => {
  const l = document.querySelector('assistant-interne')?.shadowRoot?.querySelector('#lanceur');
  if (!l?.getClientRects().length) return;
  clearInterval(debut);
  requestAnimationFrame(() => window.lanceur = performance.now());
}, 4); }"""


def page_neuve(navigateur: Browser, serveur: Serveur, ralenti: int = 1, reseau: bool = False) -> Page:
    """Page d'essai dans un contexte neuf, ralentie au besoin, non encore chargée."""
    page = navigateur.new_context(locale="fr-FR", viewport={"width": 1000, "height": 800}).new_page()
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": ralenti})
    if reseau:
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", LENT)
    session.send("Performance.enable")
    page.add_init_script(f"({VISIBLE})()")
    return page


def attendre(page: Page, condition: str) -> None:
    """Attend qu'une expression soit vraie (la politique de la page interdit l'attente ordinaire de l'outil)."""
    while not page.evaluate(condition):
        page.wait_for_timeout(20)


def lanceur_visible(navigateur: Browser, serveur: Serveur) -> float:
    """Millisecondes avant le lanceur peint, 1,6 Mbit/s, 150 ms, processeur divisé par quatre."""
    page = page_neuve(navigateur, serveur, 4, reseau=True)
    page.goto(serveur.origine + "/demo")
    attendre(page, "window.lanceur")
    duree = float(page.evaluate("window.lanceur"))
    page.context.close()
    return duree


def temps_de_script(navigateur: Browser, serveur: Serveur) -> float:
    """Millisecondes de script au chargement, processeur divisé par quatre.

    Rien d'autre que le widget ne s'exécute : ni guet dans la page, ni question de l'outil avant la fin.
    """
    page = navigateur.new_context(locale="fr-FR", viewport={"width": 1000, "height": 800}).new_page()
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    session.send("Performance.enable")
    page.goto(serveur.origine + "/demo", wait_until="networkidle")
    mesures = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    assert page.locator("#lanceur").is_visible()
    page.context.close()
    return 1000 * float(mesures["ScriptDuration"])


def ouverture(navigateur: Browser, serveur: Serveur, ralenti: int = 1, approche: bool = True) -> float:
    """Millisecondes du clic au volet peint.

    Qui clique est d'abord passé sur le lanceur, ou l'a atteint au clavier, et le volet s'y est construit ; au doigt
    (``approche`` faux), tout se fait au clic.
    """
    page = page_neuve(navigateur, serveur, ralenti)
    page.goto(serveur.origine + "/demo")
    attendre(page, "window.lanceur")
    geste = "l.dispatchEvent(new Event('pointerenter'));" if approche else ""
    duree = page.evaluate(
        f"async () => {{ const l = {OMBRE}.querySelector('#lanceur'); {geste}"
        f" await {PEINT}; const d = performance.now(); l.click();"
        f" return await {PEINT} - d; }}"
    )
    page.context.close()
    return float(duree)


def envoi(navigateur: Browser, serveur: Serveur) -> float:
    """Millisecondes de l'envoi à sa propre bulle peinte."""
    page = page_neuve(navigateur, serveur)
    page.goto(serveur.origine + "/demo")
    Volet(page).ouvrir().champ.fill(QUESTION)
    duree = page.evaluate(
        f"async () => {{ const r = {OMBRE}, d = performance.now(); r.querySelector('form').requestSubmit();"
        f" const t = await {PEINT}; if (r.querySelectorAll('.msg.u').length !== 1) throw 0; return t - d; }}"
    )
    page.context.close()
    return float(duree)


def restauration(navigateur: Browser, serveur: Serveur) -> float:
    """Millisecondes pour rendre 200 messages, de l'élément posé au volet peint."""
    page = page_neuve(navigateur, serveur)
    page.goto(serveur.origine + "/demo")
    texte = "Un **bilan** dure au plus vingt-quatre heures.\n- [lien](https://exemple.fr)\n- fin"
    messages = [{"q": "a", "t": texte, "i": 1_700_000_000_000, "r": "utter_faq/duree"}] * 200
    etat = {"m": messages, "ouvert": True, "session": True, "expire": 9e15, "brouillon": ""}
    page.evaluate("e => sessionStorage.setItem('volet', e)", json.dumps(etat))
    duree = page.evaluate(
        f"""async () => {{ document.querySelector('assistant-interne').remove(); const d = performance.now();
        document.body.append(document.createElement('assistant-interne')); const t = await {PEINT};
        if ({OMBRE}.querySelectorAll('.msg').length !== 200) throw 0; return t - d; }}"""
    )
    page.context.close()
    return float(duree)


def quitter(navigateur: Browser, serveur: Serveur) -> float:
    """Millisecondes du clic sur « Quitter vite » à la page neutre peinte."""
    page = page_neuve(navigateur, serveur)
    page.goto(serveur.origine + "/demo")
    volet = Volet(page).ouvrir().demander()
    page.evaluate(
        f"() => {OMBRE}.querySelector('#quitter').addEventListener('click',"
        " () => sessionStorage.setItem('mesure', performance.timeOrigin + performance.now()), true)"
    )
    volet.bouton("Quitter vite").click()
    page.wait_for_url("**/assistant/pratique")
    attendre(page, "performance.getEntriesByName('first-contentful-paint').length")
    debut, fin = page.evaluate(
        "[+sessionStorage.getItem('mesure'),"
        " performance.timeOrigin + performance.getEntriesByName('first-contentful-paint')[0].startTime]"
    )
    page.context.close()
    return float(fin - debut)


def page_vide(navigateur: Browser, serveur: Serveur) -> float:
    """Millisecondes du clic sur « Quitter vite » à l'écran vidé, page neutre retenue."""
    from tests.widget.test_confiance import QUITTER

    page = page_neuve(navigateur, serveur)
    page.goto(serveur.origine + "/demo")
    Volet(page).ouvrir().demander()
    page.route("**/assistant/pratique", lambda route: None)
    duree, *restes = page.evaluate(QUITTER)
    assert restes == [0, "", 0]
    page.context.close()
    return float(duree)


def mesurer(objectif: str, nom: str, limite: int, mesure: Callable[[], float]) -> bool:
    """Imprime la médiane et l'étendue de cinq essais ; rend vrai si la médiane tient l'objectif."""
    durees = [mesure() for _ in range(ESSAIS)]
    milieu = statistics.median(durees)
    etendue = f"{milieu:.0f} ms ({min(durees):.0f} à {max(durees):.0f})"
    return juger(objectif, nom, f"≤ {limite} ms", etendue, milieu <= limite)


def juger(objectif: str, nom: str, limite: str, valeur: str, tenu: bool) -> bool:
    """Imprime une ligne de docs/mesures.md."""
    print(f"| {objectif} | {nom} | {limite} | {valeur} | {'tenu' if tenu else 'manqué'} |", flush=True)
    return tenu


def capturer(navigateur: Browser, serveur: Serveur, dossier: Path) -> None:
    """Une capture par mode : une réponse et ses boutons, puis le menu, l'erreur et la question d'effacement."""
    for mode, options in MODES.items():
        ordinaires = {"locale": "fr-FR", "viewport": {"width": 1000, "height": 760}}
        page = navigateur.new_context(**{**ordinaires, **options}).new_page()
        page.goto(serveur.origine + "/demo")
        volet = Volet(page).ouvrir()
        page.screenshot(path=dossier / f"{mode}-notice.png")
        volet.demander()
        page.wait_for_timeout(200)
        page.screenshot(path=dossier / f"{mode}.png")
        volet.bouton("Réponse pas utile").click()
        page.screenshot(path=dossier / f"{mode}-avis.png")
        page.locator("#plus-d-actions").click()
        page.screenshot(path=dossier / f"{mode}-menu.png")
        page.locator("#menu").get_by_role("button", name="Effacer la conversation").click()
        page.screenshot(path=dossier / f"{mode}-effacer.png")
        page.context.close()


def principal() -> None:
    """Démarre le serveur, mesure ou capture, arrête."""
    serveur = demarrer().attendre()
    try:
        with sync_playwright() as moteur:
            navigateur: Any = moteur.chromium.launch(executable_path=CHROMIUM, args=DRAPEAUX)
            if "--captures" in sys.argv:
                dossier = Path(sys.argv[sys.argv.index("--captures") + 1])
                dossier.mkdir(parents=True, exist_ok=True)
                return capturer(navigateur, serveur, dossier)
            charge = os.getloadavg()[0]
            print(f"Charge de la machine : {charge:.1f} (au-delà de 1, les durées ne jugent pas le widget)")
            poids = len(paquet().comprime)
            tenus = [juger("1", "script servi, gzip", "≤ 12 000 octets", f"{poids} octets", poids <= 12_000)]
            for objectif, nom, limite, mesure in (
                ("3", "lanceur visible, 1,6 Mbit/s, processeur ÷ 4", 1_200, lanceur_visible),
                ("4", "script au chargement, processeur ÷ 4", 100, temps_de_script),
                ("5", "ouverture peinte", 50, ouverture),
                ("5", "ouverture peinte, processeur ÷ 4", 200, partial(ouverture, ralenti=4)),
                ("5", "ouverture peinte, au doigt, processeur ÷ 4", 200, partial(ouverture, ralenti=4, approche=False)),
                ("6", "envoi, sa bulle peinte", 50, envoi),
                ("7", "200 messages rendus", 150, restauration),
                ("", "quitter vite, écran vidé", 200, page_vide),
                ("", "quitter vite, page neutre peinte", 200, quitter),
            ):
                tenus.append(mesurer(objectif, nom, limite, partial(mesure, navigateur, serveur)))
            sys.exit(0 if all(tenus) else 1)
    finally:
        serveur.arreter()


if __name__ == "__main__":
    principal()
