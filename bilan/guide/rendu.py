"""Met les pages en HTML et les écrit : mêmes données et même date, mêmes octets."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from actions.adresses import adresse
from actions.reglages import RACINE
from bilan.guide.pages import Lien, Page
from bilan.guide.redacteur import Redacteur

SOURCES = RACINE / "guide"
# La liste des fichiers écrits et de leurs empreintes : `sha256sum -c` la vérifie, et un nouvel export efface par elle
# les pages qui n'existent plus.
LISTE = "liste.txt"
_MENU = ("accueil", "chercher", "droits", "humains", "secours")


class ErreurGuide(RuntimeError):
    """Le guide ne peut pas être écrit : deux pages à la même adresse, ou un dossier qui contient autre chose."""


def rendre(r: Redacteur, pages: Sequence[Page]) -> dict[str, bytes]:
    """Rend le contenu de chaque page, par adresse, avec la feuille de style et le script.

    Raises:
        ErreurGuide: deux pages ont la même adresse.
    """
    gabarits = Environment(
        loader=FileSystemLoader(SOURCES / "gabarits"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    commun = {
        "t": r.mots,
        "menu": [Lien(r.mots["menu"][nom], adresse(nom)) for nom in _MENU],
        "adresse": adresse,
        "date_du_jour": r.remplir("{date_du_jour}"),
        "pied": r.remplir(r.mots["pied"]),
    }
    fichiers = {nom: (SOURCES / nom).read_bytes() for nom in ("style.css", "script.js")}
    for numero, page in enumerate(pages, start=1):
        if page.adresse in fichiers:
            raise ErreurGuide(f"deux pages à l'adresse {page.adresse} : {page.nom}")
        gabarit = gabarits.get_template(f"{page.gabarit}.html")
        html = gabarit.render(page=page, numero=numero, **commun)
        fichiers[page.adresse] = html.encode()
    return fichiers


def donnees_json(objet: object) -> Markup:
    """Écrit un objet dans un bloc ``<script type="application/json">`` sans pouvoir en sortir."""
    ecrit = json.dumps(objet, ensure_ascii=False, separators=(",", ":"))
    return Markup(ecrit.replace("<", "\\u003c"))


def ecrire(dossier: Path, fichiers: Mapping[str, bytes]) -> None:
    """Écrit les fichiers et leur liste ; efface ceux qu'un export précédent avait écrits et qui n'existent plus.

    Raises:
        ErreurGuide: le dossier contient autre chose qu'un guide.
    """
    dossier.mkdir(parents=True, exist_ok=True)
    anciens = _anciens(dossier)
    for nom in sorted(anciens - set(fichiers)):
        (dossier / nom).unlink(missing_ok=True)
    for nom, contenu in fichiers.items():
        (dossier / nom).write_bytes(contenu)
    liste = "".join(f"{sha256(fichiers[nom]).hexdigest()}  {nom}\n" for nom in sorted(fichiers))
    (dossier / LISTE).write_text(liste, encoding="utf-8")


def _anciens(dossier: Path) -> set[str]:
    liste = dossier / LISTE
    if liste.is_file():
        noms = {ligne.split("  ", 1)[1] for ligne in liste.read_text(encoding="utf-8").splitlines() if "  " in ligne}
        return {nom for nom in noms if "/" not in nom and "\\" not in nom}
    if any(dossier.iterdir()):
        raise ErreurGuide(f"{dossier} n'est pas vide et ne contient pas de guide : choisissez un autre dossier")
    return set()
