"""L'index de recherche : pour chaque page, son titre, son adresse et ses mots, sans accents."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml
from markupsafe import Markup

from actions.reglages import DOSSIER_DONNEES
from bilan.guide.pages import Page, Section

_MOT = re.compile(r"[a-z0-9]{2,}")
# Un mot des gens compte s'il revient dans autant d'exemples de son sujet, et dans cette part d'entre eux.
_EXEMPLES_MIN, _PART_MIN = 3, 0.02
# Un mot présent dans plus de cette part des pages ne les distingue pas : la recherche l'ignore.
_PART_MAX = 0.35


def sans_accents(texte: str) -> str:
    """Met en minuscules et retire accents et ligatures."""
    simple = texte.lower().replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFD", simple) if not unicodedata.combining(c))


def index(pages: Iterable[Page]) -> dict[str, Any]:
    """Rend ``pages`` (titre, adresse, mots) et ``creux``, les mots trop fréquents pour chercher."""
    pages = list(pages)
    usages = _mots_des_questions()
    # Un texte repris de page en page (celui d'un militaire) n'en distingue aucune.
    reprises = Counter(corps for page in pages for corps in {s.corps for s in _sections(page.sections)})
    repetes = {corps for corps, nombre in reprises.items() if corps and nombre > 1}
    mots = {page.nom: _mots(page, repetes) | usages.get(page.nom, set()) for page in pages}
    frequence = Counter(mot for ensemble in mots.values() for mot in ensemble)
    seuil = _PART_MAX * len(mots)
    creux = {mot for mot, nombre in frequence.items() if nombre > seuil}
    lignes = [[page.titre, page.adresse, " ".join(sorted(mots[page.nom] - creux))] for page in pages]
    return {"creux": " ".join(sorted(creux)), "pages": lignes}


def _mots(page: Page, repetes: set[Markup]) -> set[str]:
    sections = [section for section in _sections(page.sections) if section.corps not in repetes]
    textes = [page.titre, page.cles, page.intro.striptags(), *(t for s in sections for t in _textes(s))]
    return set(_MOT.findall(sans_accents(" ".join(textes))))


def _sections(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _sections(section.parties)


def _textes(section: Section) -> Iterable[str]:
    yield section.titre
    yield from (lien.titre for lien in section.suites)
    # Les textes de loi cités ne servent pas à chercher.
    if section.niveau != "texte":
        yield section.corps.striptags()
        yield from (ligne.striptags() for ligne in section.liste)


def _mots_des_questions() -> Mapping[str, set[str]]:
    """Mots que les gens emploient pour chaque sujet (data/nlu), vus dans plusieurs exemples."""
    trouves: dict[str, set[str]] = {}
    for fichier in sorted((DOSSIER_DONNEES / "nlu").glob("*.yml")):
        brut = yaml.load(fichier.read_text(encoding="utf-8"), yaml.CSafeLoader)
        for bloc in brut["nlu"] or []:
            exemples = str(bloc.get("examples", "")).split("\n")
            compte = Counter(mot for exemple in exemples for mot in set(_MOT.findall(sans_accents(exemple))))
            assez = max(_EXEMPLES_MIN, _PART_MIN * len(exemples))
            trouves[str(bloc.get("intent"))] = {mot for mot, nombre in compte.items() if nombre >= assez}
    return trouves
