"""Les mots du widget (data/widget.yml), remplis avec le droit du jour ; aucune phrase n'est dans le code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from actions import reglages
from actions.contenus import typographier
from actions.droit import droit_en_place, ecriture
from actions.en_place import lu_une_fois

_FICHIER = reglages.DOSSIER_DONNEES / "widget.yml"


@lu_une_fois
def textes() -> Mapping[str, Any]:
    """Contenu de data/widget.yml, typographié, lu une fois par version."""
    return _typographier(yaml.load(_FICHIER.read_text(encoding="utf-8"), yaml.CSafeLoader))


def remplir(texte: str, **mots: str) -> str:
    """Remplit un texte : valeurs du droit en vigueur, durée de conservation, et ``mots``."""
    jour = reglages.aujourd_hui()
    duree = ecriture.grandeur(reglages.INACTIVITE_MINUTES, "minutes")
    return droit_en_place().remplir(texte, jour, {"conservation_inactivite": duree, **mots})


def lignes_qui_peut_lire(magasin: str, identite: str, chiffre: bool, court: bool = False) -> list[str]:
    """Phrases vraies pour la configuration qui tourne.

    Args:
        magasin: ``memoire``, ``chiffre`` (base partagée) ou ``autre``.
        identite: ``temoin`` ou ``jeton``.
        chiffre: la page vient par HTTPS.
        court: seulement ce que dit la notice d'ouverture.
    """
    cles = {
        "magasin": f"magasin_{magasin}",
        "administrateur": f"administrateur_{magasin}",
        "identite": f"identite_{identite}",
        "reseau": "reseau" if chiffre else "reseau_en_clair",
        "ecran": "ecran",
    }
    dites = textes()["qui_peut_lire_court"] if court else cles
    return [remplir(textes()["qui_peut_lire"][cles[theme]]) for theme in dites]


def _typographier(valeur: Any) -> Any:
    if isinstance(valeur, str):
        return typographier(valeur)
    if isinstance(valeur, Mapping):
        return {cle: _typographier(v) for cle, v in valeur.items()}
    return [_typographier(v) for v in valeur] if isinstance(valeur, list) else valeur
