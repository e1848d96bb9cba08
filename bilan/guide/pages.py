"""Ce qu'est une page du guide : données gelées, sans HTML de mise en page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from actions.adresses import adresse


@dataclass(frozen=True)
class Lien:
    """Un lien interne et son texte."""

    titre: str
    adresse: str


@dataclass(frozen=True)
class Tableau:
    """Un tableau ; la première cellule de chaque ligne est son en-tête."""

    legende: str
    entetes: tuple[str, ...]
    lignes: tuple[tuple[Markup, ...], ...]


_VIDE = Markup("")


@dataclass(frozen=True)
class Section:
    """Une partie de page.

    Attributes:
        niveau: ``court``, ``detail``, ``simple`` ou ``texte`` pour une réponse de sujet, vide ailleurs.
        reponse: nom de la réponse de data/responses qu'elle reprend.
        profil: celui de data/guide.yml qui la lit, vide si c'est tout le monde.
        parties: sous-parties, après le corps.
        liste: phrases courtes, en liste, sous le corps.
    """

    titre: str = ""
    corps: Markup = _VIDE
    ancre: str = ""
    niveau: str = ""
    reponse: str = ""
    profil: str = ""
    liste: tuple[Markup, ...] = ()
    suites: tuple[Lien, ...] = ()
    tableau: Tableau | None = None
    parties: tuple[Section, ...] = ()


@dataclass(frozen=True)
class Page:
    """Une page du guide.

    Attributes:
        nom: identifiant stable, dont l'adresse se déduit (« faq/duree »).
        gabarit: fichier de guide/gabarits, sans extension.
        cles: mots par lesquels on la cherche, en plus de son texte.
        donnees: ce que son gabarit attend de plus.
    """

    nom: str
    titre: str
    sections: tuple[Section, ...] = ()
    intro: Markup = _VIDE
    suites: tuple[Lien, ...] = ()
    gabarit: str = "page"
    cles: str = ""
    donnees: Mapping[str, Any] = field(default_factory=dict)

    @property
    def adresse(self) -> str:
        """Fichier de la page, relatif au dossier du guide."""
        return adresse(self.nom)

    @property
    def lien(self) -> Lien:
        """Lien vers cette page."""
        return Lien(self.titre, self.adresse)
