"""Fige une archive (DOCX, ODT) : mêmes entrées, mêmes octets, et rien qui dise quand ni par quoi elle est faite."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_PREMIER_JOUR_ZIP = (1980, 1, 1, 0, 0, 0)
_SANS_COMPRESSION = "mimetype"  # le format ODF le veut en premier et en clair


def figer(octets: bytes, remplacements: Mapping[str, bytes]) -> bytes:
    """Réécrit une archive à date fixe, sans dossiers vides.

    Args:
        octets: archive d'origine.
        remplacements: contenu imposé, par nom d'entrée déjà présente.
    """
    sortie = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(octets)) as origine, zipfile.ZipFile(sortie, "w") as figee:
        for nom in origine.namelist():
            if nom.endswith("/"):
                continue
            entree = zipfile.ZipInfo(nom, _PREMIER_JOUR_ZIP)
            entree.compress_type = zipfile.ZIP_STORED if nom == _SANS_COMPRESSION else zipfile.ZIP_DEFLATED
            entree.create_system = 0
            figee.writestr(entree, remplacements.get(nom, origine.read(nom)))
    return sortie.getvalue()
