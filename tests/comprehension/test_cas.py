"""Les cas écrits à la main, un par un : ce qui est dit, ce qui ne l'est pas, ce qui est supposé, ce qu'on répond."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.comprehension import extraire

JOUR = date(2026, 11, 23)
CAS = Path(__file__).with_name("cas")


def lire(nom: str) -> Any:
    return yaml.safe_load((CAS / f"{nom}.yml").read_text(encoding="utf-8"))


def verifier(ligne: list[Any], question: str | None = None, hypothese: bool = False) -> None:
    texte, valeurs, autres = ligne[0], ligne[1], (ligne[2] if len(ligne) > 2 else {})
    faits = extraire(texte, JOUR, question)
    obtenu = {
        "valeurs": dict(faits.valeurs),
        "hypothese": faits.hypothese,
        "inconnus": sorted(faits.inconnus),
        "erreurs": dict(faits.erreurs),
        "suppositions": dict(faits.suppositions),
    }
    attendu = {
        "valeurs": valeurs,
        "hypothese": hypothese and bool(valeurs),
        "inconnus": autres.get("inconnus", []),
        "erreurs": autres.get("erreurs", {}),
        "suppositions": autres.get("suppositions", {}),
    }
    if "approximations" in autres:
        obtenu["approximations"], attendu["approximations"] = sorted(faits.approximations), autres["approximations"]
    assert obtenu == attendu


@pytest.mark.parametrize("ligne", lire("dits"), ids=lambda ligne: ligne[0])
def test_ce_que_la_personne_dit_d_elle(ligne: list[Any]) -> None:
    verifier(ligne)


@pytest.mark.parametrize("texte", lire("negatifs"))
def test_rien_a_retenir(texte: str) -> None:
    verifier([texte, {}])


@pytest.mark.parametrize("ligne", lire("hypotheses"), ids=lambda ligne: ligne[0])
def test_une_hypothese_est_marquee(ligne: list[Any]) -> None:
    verifier(ligne, hypothese=True)


REPONSES = [
    (question.split("__")[0], ligne)
    for nom in ("reponses", "classes")
    for question, lignes in lire(nom).items()
    for ligne in lignes
]


@pytest.mark.parametrize(("question", "ligne"), REPONSES, ids=[f"{q}:{ligne[0]}" for q, ligne in REPONSES])
def test_une_reponse_courte(question: str, ligne: list[Any]) -> None:
    verifier(ligne, question)
