"""Reconnaît sans classement une mise en pause et un code de reprise : des mots et une forme fixes (data/pause.yml)."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from actions.en_place import lu_une_fois
from actions.reglages import DOSSIER_DONNEES
from actions.simplification import simplifier
from composants.sans_apprentissage import SansApprentissage

_PASSENT_AVANT = ("exprimer_detresse", "signaler_harcelement", "effacer_donnees")
_CARACTERES_D_UN_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9\s.\-\u2010-\u2015]*")
# Un code annoncé peut être incomplet : on le dira. Seul, il doit en avoir la longueur.
_ANNONCE_MIN, _SEUL_MIN = 8, 28
_BOUTON = "/"


@dataclass(frozen=True)
class Mots:
    """Expressions de data/pause.yml, prêtes à chercher."""

    mots_max: int
    pause: re.Pattern[str]
    courts: re.Pattern[str]
    suite: re.Pattern[str]
    code: re.Pattern[str]


@lu_une_fois
def mots() -> Mots:
    """Lit data/pause.yml ; une expression mal écrite lève ``re.error``."""
    lu = yaml.safe_load((DOSSIER_DONNEES / "pause.yml").read_text(encoding="utf-8"))
    pause, courts, suite = ("|".join(f"(?:{m})" for m in lu[cle]) for cle in ("pause", "courts", "suite"))
    code = re.compile(rf"\s*{lu['code']}\s*:?\s+", re.I)
    return Mots(int(lu["mots_max"]), re.compile(pause), re.compile(courts), re.compile(suite), code)


def reconnaitre(texte: str) -> tuple[str, dict[str, str]] | None:
    """Rend l'intention d'un message et ses entités, ou ``None`` si ce n'est ni une pause ni un code."""
    code = _code(texte)
    if code:
        return "reprise", {"code": code}
    simple = simplifier(texte).replace("'", " ")
    if len(simple.split()) > mots().mots_max:
        return None
    if mots().suite.fullmatch(simple):
        return "suite", {}
    if mots().pause.search(simple):
        return "pause", {}
    return ("pause", {"precision": "courts"}) if mots().courts.search(simple) else None


def _code(texte: str) -> str | None:
    annonce = mots().code.match(texte)
    reste = texte[annonce.end() :] if annonce else texte
    propre = reste.strip(" \n\t.«»\"'")
    if not _CARACTERES_D_UN_CODE.fullmatch(propre):
        return None
    serre = re.sub(r"[^A-Za-z0-9]", "", propre)
    # Une phrase n'a ni cette longueur, ni ces blocs, ni ces chiffres mêlés aux lettres.
    mele = any(caractere.isdigit() for caractere in serre) and not serre.isdigit()
    assez = len(serre) >= (_ANNONCE_MIN if annonce else _SEUL_MIN)
    return propre if mele and assez and _en_blocs(propre) else None


def _en_blocs(code: str) -> bool:
    """Vrai pour un seul bloc, ou des blocs de quatre."""
    blocs = re.split(r"[^A-Za-z0-9]+", code)
    return len(blocs) == 1 or all(len(bloc) == 4 for bloc in blocs[:-1])


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class GardePause(SansApprentissage, EntityExtractorMixin):
    """Remplace l'intention et les entités des messages reconnus ; un danger passe avant."""

    @staticmethod
    def preparer() -> None:
        """Lit data/pause.yml."""
        mots()

    def process(self, messages: list[Message]) -> list[Message]:
        """Pose l'intention ``pause``, ``suite`` ou ``reprise`` (entité ``code``)."""
        for message in messages:
            texte = message.get(TEXT)
            if not texte or texte.startswith(_BOUTON):
                continue
            trouve = reconnaitre(texte)
            if not trouve or (message.get(INTENT) or {}).get("name") in _PASSENT_AVANT:
                continue
            intention, entites = trouve
            message.set(INTENT, {"name": intention, "confidence": 1.0, "etiquette": intention}, add_to_output=True)
            posees = [
                {"entity": nom, "value": valeur, "start": 0, "end": len(texte), "extractor": type(self).__name__}
                for nom, valeur in entites.items()
            ]
            message.set(ENTITIES, posees, add_to_output=True)
        return messages
