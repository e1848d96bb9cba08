"""Petits textes de Teams et Slack (data/canaux/textes.yml) et liens que ces canaux donnent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from actions import reglages
from actions.contenus import contenus_en_place, typographier
from actions.en_place import lu_une_fois
from canaux.configuration import adresse_sure


@dataclass(frozen=True)
class Lien:
    """Bouton qui ouvre une adresse."""

    titre: str
    adresse: str


@lu_une_fois
def textes() -> Mapping[str, Any]:
    """Textes des canaux, lus une fois."""
    fichier = reglages.DOSSIER_DONNEES / "canaux" / "textes.yml"
    return yaml.safe_load(fichier.read_text(encoding="utf-8"))


def continuer_en_prive() -> Lien:
    """Lien vers l'assistant hors de la messagerie : la même adresse pour tous, sans identifiant."""
    titre = contenus_en_place().metadonnees("utter_notice_canal")["continuer"]
    return Lien(typographier(titre), reglages.URL_WIDGET or f"{reglages.URL_PUBLIQUE}/")


def liens(message: Mapping[str, Any]) -> list[Lien]:
    """Liens d'un message : ses documents (adresse privée qui expire), puis ceux de la notice."""
    propre = message.get("custom") or {}
    trouves = [_document(d) for d in propre.get("documents") or []]
    return [lien for lien in trouves if lien] + list(propre.get("liens") or [])


def _document(document: Mapping[str, Any]) -> Lien | None:
    """Rend un document en lien absolu ; une adresse qui n'est pas sûre n'est pas donnée."""
    lien = str(document.get("lien") or "")
    adresse = f"{reglages.URL_PUBLIQUE}{lien}" if lien.startswith("/") and not lien.startswith("//") else lien
    if not adresse_sure(adresse):
        return None
    forme = textes()["document" if document.get("format") else "document_sans_format"]
    return Lien(forme.format(titre=document.get("titre", ""), format=document.get("format", "")), adresse)
