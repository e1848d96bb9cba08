"""Reconnaît un danger pour soi ou pour un proche, par règle fixe : le texte est redressé, puis lu par des expressions.

Python pur, sans Rasa. Les expressions, les abréviations et les mots viennent de data/vigilance/detresse.yml.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from actions.en_place import lu_une_fois
from actions.reglages import DOSSIER_DONNEES
from actions.simplification import simplifier
from composants.phonetique import prononcer

_PHRASES = re.compile(r"[.,;:!?…\n()«»\"]+")
_ACCENTS_DE_VERBE = re.compile(r"\bj[éè]\b")
_LETTRES_MIN = 4


@dataclass(frozen=True)
class Vigilance:
    """Ce qui est lu une fois : de quoi redresser un texte, et de quoi y chercher un danger."""

    ecritures: tuple[tuple[re.Pattern[str], str], ...]
    mots: frozenset[str]
    sons: dict[str, str]
    fautes: tuple[str, ...]
    tournures: re.Pattern[str]
    denegations: re.Pattern[str]
    ambigus: re.Pattern[str]
    danger: re.Pattern[str]


@lu_une_fois
def vigilance() -> Vigilance:
    """Lit data/vigilance/detresse.yml ; une expression mal écrite lève ``re.error``."""
    chemin = DOSSIER_DONNEES / "vigilance/detresse.yml"
    listes: dict[str, Any] = yaml.safe_load(chemin.read_text(encoding="utf-8"))
    groupes: dict[str, str] = listes["groupes"]

    def developper(expression: str) -> str:
        for _ in range(2):
            for nom, contenu in groupes.items():
                expression = expression.replace("{" + nom + "}", contenu)
        return expression

    def reunir(expressions: list[str]) -> re.Pattern[str]:
        return re.compile(
            rf"(?<!\w)(?:{'|'.join(f'(?:{developper(expression)})' for expression in expressions)})(?!\w)"
        )

    return Vigilance(
        ecritures=tuple((re.compile(motif), remplacement) for motif, remplacement in listes["ecritures"]),
        mots=frozenset([*listes["sons"], *listes["fautes"], *listes["leurres"]]),
        sons={prononcer(mot): mot for mot in listes["sons"]},
        fautes=tuple(listes["fautes"]),
        tournures=reunir([*listes["exagerations"], *listes["sans_danger"], *listes["denegations"]]),
        denegations=reunir(listes["denegations"]),
        ambigus=reunir(listes["ambigus"]),
        danger=reunir(listes["danger"]),
    )


def redresser(texte: str) -> str:
    """Rend le texte sans accents ni « ne », abréviations développées, mots clés corrigés, phrases closes par « . »."""
    regles = vigilance()
    texte = _ACCENTS_DE_VERBE.sub("j'ai", texte.lower().replace("’", "'").replace("+", " plus "))
    redresse = " . ".join(filter(None, map(simplifier, _PHRASES.split(texte))))
    for motif, remplacement in regles.ecritures:
        redresse = motif.sub(remplacement, redresse)
    return " ".join(_corriger(mot) for mot in redresse.split())


def _corriger(mot: str) -> str:
    """Remplace un mot mal écrit par le mot clé qui se prononce pareil, ou qui en diffère d'une lettre."""
    regles = vigilance()
    if len(mot) < _LETTRES_MIN or mot in regles.mots:
        return mot
    if mot_clef := regles.sons.get(prononcer(mot)):
        return mot_clef
    return next((candidat for candidat in regles.fautes if _a_une_lettre(mot, candidat)), mot)


def _a_une_lettre(mot: str, modele: str) -> bool:
    """Dit si une lettre en trop, en moins, changée, ou deux lettres interverties séparent les deux mots."""
    if abs(len(mot) - len(modele)) > 1 or mot[0] != modele[0] or len(mot) <= _LETTRES_MIN:
        return False
    debut = next((i for i, (a, b) in enumerate(zip(mot, modele, strict=False)) if a != b), min(len(mot), len(modele)))
    reste, attendu = mot[debut:], modele[debut:]
    echange = reste[1:2] + reste[:1] + reste[2:]
    return attendu in (reste[1:], echange) or attendu[1:] in (reste, reste[1:])


def est_une_detresse(texte: str) -> bool:
    """Dit si un texte exprime un danger pour soi ou un proche ; les tournures toutes faites sont retirées d'abord."""
    return dit_un_danger(redresser(texte))


def dit_un_danger(redresse: str) -> bool:
    """Même question d'un texte déjà redressé, lu phrase par phrase, puis d'un trait."""
    regles = vigilance()
    lectures = dict.fromkeys((redresse, redresse.replace(" . ", " ")))
    restes = (regles.ambigus.sub(" ", regles.tournures.sub(" ", lu)) for lu in lectures)
    return any(regles.danger.search(reste) for reste in restes)


def nie_le_danger(redresse: str) -> bool:
    """« Je suis pas suicidaire, arrêtez » : le danger est nié, et le reste du message n'en dit aucun."""
    return bool(vigilance().denegations.search(redresse)) and not dit_un_danger(redresse)
