"""Photographie le widget dans chaque mode (``python -m tests.mesures.capturer_widget DOSSIER [SCÈNE…]``).

Le vrai serveur, de vraies conversations, au téléphone comme au bureau ; des images de quelques Kio.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from tests.navigateur import lancer
from tests.serveur import CANAL, Serveur, demarrer
from tests.widget.outils import Volet, echouer
from tests.widget.test_axe import MODES

BUREAU = {"width": 1000, "height": 760}
TELEPHONE = {"viewport": {"width": 375, "height": 720}, "has_touch": True, "is_mobile": True}
MARGE = 12
COULEURS = 24
Scene = Callable[[Volet], None]


def reponse(volet: Volet) -> None:
    """Une réponse et ses boutons."""
    volet.demander()


def notice(volet: Volet) -> None:
    """Ce qui est dit avant toute saisie."""


def menu(volet: Volet) -> None:
    """Les autres gestes."""
    volet.demander()
    volet.page.locator("#plus-d-actions").click()


def avis(volet: Volet) -> None:
    """Les six raisons d'un avis négatif."""
    volet.demander()
    volet.bouton("Réponse pas utile").click()


def effacement(volet: Volet) -> None:
    """La question avant d'effacer."""
    volet.demander()
    volet.menu("Effacer la conversation")


def texte_double(volet: Volet) -> None:
    """La taille du texte du navigateur, doublée."""
    volet.page.evaluate("document.documentElement.style.fontSize = '200%'")
    volet.demander()


def pause(volet: Volet) -> None:
    """Le code de reprise et les messages courts."""
    volet.demander("vérifier mes droits", "Quelle est votre situation")
    volet.ecrire("je suis salarié du privé en CDI")
    expect(volet.messages.last).to_contain_text("Étape")
    volet.menu("Mettre en pause")
    expect(volet.journal).to_contain_text("On s'arrête là")


def hors_ligne(volet: Volet) -> None:
    """Un message qui attend le réseau."""
    volet.demander()
    volet.page.context.set_offline(True)
    volet.ecrire("et qui le saura ?")
    expect(volet.statut).to_contain_text("Hors connexion")


def panne(volet: Volet) -> None:
    """Le serveur ne répond pas : contacts et « Renvoyer »."""
    volet.demander()
    echouer(volet.page, 1, code=400, corps='{"erreur":"panne"}')
    volet.ecrire("et qui le saura ?")
    expect(volet.alerte).not_to_be_empty()


def etape(volet: Volet) -> None:
    """Une question du questionnaire."""
    volet.demander("vérifier mes droits", "Quelle est votre situation")
    volet.ecrire("je suis salarié du privé en CDI")
    expect(volet.messages.last).to_contain_text("Étape")


def document(volet: Volet) -> None:
    """Une lettre prête, à télécharger."""
    volet.demander("écrire à la caisse", "")
    for _ in range(6):
        volet.page.wait_for_timeout(1500)
        if volet.journal.locator(".carte").count():
            return
        volet.ecrire("je ne sais pas")
    raise AssertionError(volet.messages.last.inner_text())


def expiration(volet: Volet) -> None:
    """L'effacement pour inactivité, annoncé à mi-temps d'un délai raccourci."""

    def raccourcir(route: Route) -> None:
        recue = route.fetch()
        route.fulfill(response=recue, json={**recue.json(), "expire_dans": 16})

    volet.page.route(f"**{CANAL}/message", raccourcir)
    volet.demander()
    expect(volet.alerte).not_to_be_empty(timeout=15_000)


# Nom de l'image : scène, réglages du navigateur.
SCENES: dict[str, tuple[Scene, dict[str, Any]]] = {
    **{mode: (reponse, options) for mode, options in MODES.items() if mode != "mouvement_reduit"},
    "telephone": (reponse, TELEPHONE),
    "telephone_sombre": (reponse, {**TELEPHONE, "color_scheme": "dark"}),
    "notice": (notice, {}),
    "menu": (menu, {}),
    "menu_telephone": (menu, TELEPHONE),
    "avis": (avis, {}),
    "effacement": (effacement, {}),
    "texte_200": (texte_double, {}),
    "texte_200_telephone": (texte_double, TELEPHONE),
    "pause": (pause, {}),
    "pause_telephone": (pause, TELEPHONE),
    "hors_ligne": (hors_ligne, {}),
    "panne": (panne, {}),
    "etape": (etape, {}),
    "etape_320x256": (etape, MODES["320x256"]),
    "document": (document, {}),
    "document_telephone": (document, TELEPHONE),
    "expiration": (expiration, {}),
}


def capturer(navigateur: Browser, serveur: Serveur, nom: str, dossier: Path) -> None:
    """Joue une scène et écrit son image."""
    scene, options = SCENES[nom]
    page: Page = navigateur.new_context(**{"locale": "fr-FR", "viewport": BUREAU, **options}).new_page()
    page.goto(serveur.origine + "/demo")
    scene(Volet(page).ouvrir())
    page.wait_for_timeout(300)
    image = dossier / f"widget-{nom}.png"
    cadre = page.locator("#volet").bounding_box()
    assert cadre
    # Le volet, et un peu de la page derrière lui.
    gauche, haut = max(0, cadre["x"] - MARGE), max(0, cadre["y"] - MARGE)
    largeur, hauteur = cadre["width"] + 2 * MARGE, cadre["height"] + 2 * MARGE
    page.screenshot(path=image, clip={"x": gauche, "y": haut, "width": largeur, "height": hauteur})
    alleger(image)
    page.context.close()


def alleger(image: Path) -> None:
    """Réduit une capture à une palette : ces écrans ont peu de couleurs."""
    with Image.open(image) as ouverte:
        reduite = ouverte.convert("RGB").quantize(COULEURS)
    reduite.save(image, optimize=True)


def principal() -> None:
    """Démarre le serveur, joue les scènes demandées (toutes par défaut), arrête."""
    dossier = Path(sys.argv[1])
    dossier.mkdir(parents=True, exist_ok=True)
    serveur = demarrer().attendre()
    try:
        with lancer() as navigateur:
            for nom in sys.argv[2:] or SCENES:
                try:
                    capturer(navigateur, serveur, nom, dossier)
                except AssertionError as erreur:
                    print(f"{nom} : {erreur}", file=sys.stderr)
    finally:
        serveur.arreter()


if __name__ == "__main__":
    principal()
