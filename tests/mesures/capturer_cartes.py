"""Photographie les cartes Teams avec le moteur de rendu de Microsoft (npm adaptivecards), pour les regarder.

``.venv/bin/python -m tests.mesures.capturer_cartes DOSSIER`` : une image par carte, à 360 et 640 pixels de large.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

import bilan.calme  # noqa: F401
from actions import reglages
from canaux.notice import composer
from canaux.teams_cartes import contenus
from composants.reponses_datees import ReponsesDatees
from tests.canaux.pairs import FOURNISSEURS

REPONSES = ["utter_bienvenue", "utter_faq/arret_maladie", "utter_detail_vie_privee_assistant", "utter_le_texte"]
DOCUMENTS = {
    "text": "Votre lettre est prête. Le lien cesse de marcher dans quinze minutes.",
    "custom": {
        "etape": {"numero": 4, "total": 4},
        "documents": [
            {"titre": "Lettre à l'employeur", "format": "docx", "lien": "/documents/x"},
            {"titre": "Calendrier", "format": "ics", "lien": "/documents/y"},
        ],
    },
    "buttons": [{"title": "Tous les sujets", "payload": "/demander_aide"}],
}
PAGE = """<!doctype html><meta charset="utf-8"><style>body{margin:12px;background:#f5f5f5;font:14px sans-serif}
#c{background:#fff;border:1px solid #ddd;border-radius:8px;padding:4px}</style><div id="c"></div>"""
# Réglages d'hôte proches de ceux de Teams : police, couleurs, actions à gauche.
HOTE = {
    "fontFamily": "Segoe UI, sans-serif",
    "actions": {"actionsOrientation": "horizontal", "actionAlignment": "left", "maxActions": 6},
    "supportsInteractivity": True,
}


def principal(dossier: Path) -> None:
    """Rend et photographie."""
    reglages.URL_PUBLIQUE = "https://assistant.exemple.fr"
    generateur = ReponsesDatees()
    messages = {"notice": composer(), "documents": DOCUMENTS}
    for nom in REPONSES:
        mots = {"sujet": "arret_maladie", "faits": ["sante.bilan_arret", "sante.conditions"]}
        messages[nom.replace("/", "_")] = generateur.composer(nom, **mots) or {}
    dossier.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as outil:
        navigateur = outil.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for largeur in (360, 640):
            page = navigateur.new_page(viewport={"width": largeur, "height": 400})
            page.set_content(PAGE)
            page.add_style_tag(content=(FOURNISSEURS / "adaptivecards.css").read_text(encoding="utf-8"))
            page.add_script_tag(path=str(FOURNISSEURS / "adaptivecards.min.js"))
            for nom, message in messages.items():
                carte = contenus(message, str)[-1]["attachments"][0]["content"]
                page.evaluate(
                    """([carte, hote]) => {
                        const rendu = new AdaptiveCards.AdaptiveCard();
                        rendu.hostConfig = new AdaptiveCards.HostConfig(hote);
                        rendu.parse(carte);
                        document.getElementById("c").replaceChildren(rendu.render());
                    }""",
                    json.loads(json.dumps([carte, HOTE])),
                )
                page.screenshot(path=str(dossier / f"{nom}_{largeur}.png"), full_page=True)
        navigateur.close()
    print(f"{2 * len(messages)} images dans {dossier}")


if __name__ == "__main__":
    principal(Path(sys.argv[1]))
