"""``bilan evaluer`` : évalue une situation (JSON), ou une liste de situations, dans l'ordre."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from actions.droit import droit_en_place
from actions.eligibilite import ErreurSituation, Situation, evaluer, lire_situation


class EntreeInvalide(ValueError):
    """L'entrée n'est pas lisible : la raison, en français."""


def lire(fichier: str) -> Situation | list[Situation]:
    """Lit toutes les situations d'un fichier (« - » : entrée standard) avant d'en évaluer une.

    Raises:
        EntreeInvalide: fichier ou JSON illisible, ou situation refusée (champ, valeurs admises, indice).
    """
    objet = _analyser(_octets(fichier))
    if not isinstance(objet, list):
        return _situation(objet, "")
    return [_situation(element, f"[{indice}] ") for indice, element in enumerate(objet)]


def principal(fichier: str) -> int:
    """Écrit le ou les verdicts en JSON. Code 2, et rien sur la sortie, si l'entrée est invalide."""
    try:
        situations = lire(fichier)
    except EntreeInvalide as erreur:
        print(f"evaluer : {erreur}", file=sys.stderr)
        return 2
    droit = droit_en_place()
    verdicts: Any = (
        [evaluer(situation, droit).en_json() for situation in situations]
        if isinstance(situations, list)
        else evaluer(situations, droit).en_json()
    )
    sys.stdout.buffer.write((json.dumps(verdicts, ensure_ascii=False, indent=2) + "\n").encode("utf-8"))
    sys.stdout.buffer.flush()
    return 0


def _octets(fichier: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if fichier == "-" else Path(fichier).read_bytes()
    except OSError as erreur:
        raise EntreeInvalide(f"{fichier} : illisible ({erreur.strerror})") from erreur


def _analyser(octets: bytes) -> object:
    """Analyse le JSON strictement : clés uniques, nombres finis, décimales exactes."""
    try:
        return json.loads(
            octets.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_constant=_refuser_constante,
            object_pairs_hook=_sans_doublon,
        )
    except EntreeInvalide:
        raise
    except RecursionError as erreur:
        raise EntreeInvalide("JSON illisible : trop d'imbrications") from erreur
    except UnicodeDecodeError as erreur:
        raise EntreeInvalide("JSON illisible : ce n'est pas de l'UTF-8") from erreur
    except json.JSONDecodeError as erreur:
        raise EntreeInvalide(f"JSON illisible : ligne {erreur.lineno}, colonne {erreur.colno}") from erreur
    except (ValueError, ArithmeticError) as erreur:
        raise EntreeInvalide("JSON illisible : un nombre est trop grand") from erreur


def _situation(objet: object, ou: str) -> Situation:
    try:
        return lire_situation(objet)
    except ErreurSituation as erreur:
        raise EntreeInvalide(f"{ou}{erreur}") from erreur


def _refuser_constante(constante: str) -> NoReturn:
    raise EntreeInvalide(f"JSON illisible : {constante} n'est pas un nombre")


def _sans_doublon(paires: Sequence[tuple[str, object]]) -> dict[str, object]:
    objet: dict[str, object] = {}
    for cle, valeur in paires:
        if cle in objet:
            raise EntreeInvalide(f"JSON illisible : la clé {cle!a} est donnée deux fois")
        objet[cle] = valeur
    return objet
