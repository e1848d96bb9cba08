"""« Je ne réponds qu'en français », dit dans la seule langue que parle la personne, si ses mots la font reconnaître."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from actions.simplification import simplifier

AUTRE_LANGUE = "utter_autre_langue"
_SUITES = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def dans_sa_langue(toutes: str, texte: str, donnees: Mapping[str, Any]) -> str:
    """Rend la ligne de la langue du message, et ce qu'il faut savoir en arrêt ; toutes les lignes si elle est inconnue.

    Args:
        toutes: une ligne par langue, chacune ouverte par son nom.
        texte: message de la personne.
        donnees: mots et alphabets qui font reconnaître chaque langue (métadonnées de la réponse).
    """
    langue = _langue(texte, donnees)
    lignes = [ligne for ligne in toutes.split("\n") if langue and ligne.startswith(langue)]
    return "\n".join([*lignes, donnees["arret"][langue]]) if langue and lignes else toutes


def _langue(texte: str, donnees: Mapping[str, Any]) -> str | None:
    lues = (nom for nom, lettres in donnees["alphabets"].items() if re.search(lettres, texte))
    ecrite = next(lues, None)
    if ecrite:
        return ecrite
    mots = set(_SUITES.findall(simplifier(texte)))
    comptes = sorted(((len(mots & {*connus}), nom) for nom, connus in donnees["mots"].items()), reverse=True)
    (premier, nom), (second, _) = comptes[0], comptes[1]
    return nom if premier > second else None
