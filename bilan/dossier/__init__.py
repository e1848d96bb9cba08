"""``bilan dossier`` : le dossier du CSE, du DPO et du RSSI, écrit d'après la configuration en service.

Les textes sont dans data/dossier (Markdown et Jinja2) ; ce module n'y met que ce qu'il lit sur l'installation.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt

from actions.reglages import DOSSIER_DONNEES
from bilan.dossier.installation import decrire
from bilan.pannes import Panne

TEXTES = DOSSIER_DONNEES / "dossier"
_PAGE = (
    '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{titre}</title><style>body{{max-width:52rem;'
    "margin:2rem auto;padding:0 1rem;font:1rem/1.5 sans-serif}}table{{border-collapse:collapse}}th,td{{border:1px solid"
    " #999;padding:.3rem .6rem;text-align:left;vertical-align:top}}pre{{overflow:auto}}</style></head><body>{corps}"
    "</body></html>\n"
)


def principal(dossier: str) -> int:
    """Écrit chaque pièce en Markdown et en HTML dans un dossier neuf, ou à la place d'un dossier déjà écrit ainsi.

    Raises:
        Panne: le dossier contient autre chose.
    """
    sortie = Path(dossier)
    noms = sorted(fichier.stem for fichier in TEXTES.glob("*.md"))
    admis = {f"{nom}.{genre}" for nom in noms for genre in ("md", "html")}
    if sortie.exists() and (not sortie.is_dir() or {f.name for f in sortie.iterdir()} - admis):
        raise Panne(f"{sortie} contient autre chose que ce dossier : choisissez un autre endroit")
    shutil.rmtree(sortie, ignore_errors=True)
    sortie.mkdir(parents=True)
    for nom, texte in rediger(noms).items():
        (sortie / f"{nom}.md").write_text(texte, encoding="utf-8")
        corps = MarkdownIt("commonmark", {"html": False}).enable("table").render(texte)
        titre = texte.splitlines()[0].removeprefix("# ")
        (sortie / f"{nom}.html").write_text(_PAGE.format(titre=titre, corps=corps), encoding="utf-8")
    print(f"Dossier écrit dans {sortie} : {', '.join(noms)} (Markdown et HTML). Restent les « à compléter ».")
    return 0


def rediger(noms: list[str]) -> dict[str, str]:
    """Rend le Markdown de chaque pièce."""
    moteur = Environment(loader=FileSystemLoader(TEXTES), undefined=StrictUndefined, keep_trailing_newline=True)
    mots = decrire()
    return {nom: moteur.get_template(f"{nom}.md").render(mots) for nom in noms}
