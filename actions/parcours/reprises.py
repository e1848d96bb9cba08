"""Qui se reprend en répondant : la suite l'emporte sur le début, et corriger une valeur n'est pas reculer."""

from __future__ import annotations

import re

from actions.parcours.choix import choix_dit, simplifier

# « J'ai rien demandé, enfin si, il a dit non » : la suite corrige le début.
_SE_REPREND = re.compile(r"\b(?:enfin|en fait|ah (?:si|non)|finalement|pardon)\b(?! (?:bref|voila)\b)")
# « Congé de reclassement : combien de jours pour accepter » demande ; rien n'y est choisi.
_DEMANDE_UN_DELAI = re.compile(r"\b(?:combien de (?:jours?|temps|mois)|quels? delais?)\b")
_DE_SOI = re.compile(r"\b(?:je|mon|ma|moi)\b|\bj'")
_ANNONCE = r"\b(?:en fait|finalement|plutot|pardon)\b"
_VALEUR = re.compile(rf"\d|{_ANNONCE}.*\b\w{{4,}}|\b\w{{4,}}\b.*{_ANNONCE}")
_RECULE = re.compile(
    r"\b(?:retour\w*|revien\w*|revenir|avant|preceden\w*|trompee?s?|erreur|annul\w*|reponses?|questions?|corrig\w*"
    r"|chang\w*|modif\w*|faux|fausse|refai\w*|recommenc\w*)\b"
)


def choisi(reponse: str, question: str) -> str | None:
    """Code du choix que nomme une réponse : qui se reprend s'entend sur ce qu'il dit en dernier."""
    simple = simplifier(reponse)
    if _DEMANDE_UN_DELAI.search(simple) and not _DE_SOI.search(simple):
        return None
    return next(filter(None, (choix_dit(bout, question) for bout in reversed(_SE_REPREND.split(simple)))), None)


def dit_autre_chose(texte: str) -> bool:
    """« En fait c'était 2020 » donne une valeur à corriger ; « en fait je me suis trompé » demande à reculer."""
    simple = simplifier(texte)
    return _VALEUR.search(simple) is not None and _RECULE.search(simple) is None
