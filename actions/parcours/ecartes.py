"""Ce qu'une lettre ne reprend jamais d'un message : la santé, un numéro, un nom, une caisse. Cela se dit une fois."""

from __future__ import annotations

import re
from collections.abc import Collection

from actions.comprehension.ecriture import simplifier
from actions.documents.garde_sante import mots_de_sante

SANTE, NUMERO, CAISSE, NOM = "utter_ecarte_sante", "utter_ecarte_numero", "utter_ecarte_caisse", "utter_ecarte_nom"
_NOM = re.compile(
    r"\b(?:je m'appell?e|je me nomme|mon nom,? (?:c'est|est)|mon prenom,? (?:c'est|est)|signe au nom de) \w"
)
_NUMERO = re.compile(r"(?<!\d)[12](?:[ .-]?\d){5}[ .-]?[\dab](?:[ .-]?\d){6}(?:[ .-]?\d\d)?(?!\d)", re.I)
# « CPAM de Lille » : l'adresse de la lettre, que la personne écrit elle-même.
_CAISSE = re.compile(
    r"(?:c'est |je depends de |a )?(?:la |ma )?(?:cpam|caisse|msa|cgss)(?: primaire)? (?:d[eu']|des) ?\w[\w -]*"
)


def reponse(texte: str, admis: Collection[str]) -> str | None:
    """Nom de la réponse qui dit ce qui n'a pas été repris d'un message, ou ``None``.

    Args:
        texte: message reçu.
        admis: débuts des mots que toute lettre pendant un arrêt emploie (« arrêt », « médecin »…).
    """
    if _NUMERO.search(texte):
        return NUMERO
    if _NOM.search(simplifier(texte)):
        return NOM
    if _CAISSE.fullmatch(simplifier(texte)):
        return CAISSE
    debuts = tuple(admis)
    return SANTE if any(not mot.startswith(debuts) for mot in mots_de_sante(texte)) else None
