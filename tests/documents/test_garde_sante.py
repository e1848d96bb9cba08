"""La garde reconnaît les mots de santé sous leurs déguisements, et laisse passer les mots du travail."""

import re

import pytest
import yaml

from actions.documents.garde_sante import MotDeSante, mots_de_sante, verifier
from actions.reglages import RACINE

LISTES = yaml.safe_load((RACINE / "data/vigilance/sante.yml").read_text(encoding="utf-8"))
ENTREES = [e for cle in ("mots", "expressions", "sigles", "racines") for e in LISTES[cle]]
DEGUISEMENTS = {
    "capitales": lambda mot: mot.upper(),
    "accents": lambda mot: mot.replace("a", "à").replace("e", "ê"),
    "pluriel": lambda mot: mot + "s",
    "étirée": lambda mot: mot.replace("a", "aaa").replace("i", "iii"),
    "espacée": " ".join,
    "pointée": ".".join,
    "tirets": "-".join,
    "invisible": "\u200b".join,
    "trait de coupure": "\u00ad".join,
    "pleine chasse": lambda mot: "".join(chr(ord(c) + 0xFEE0) for c in mot),
    "cyrillique": lambda mot: mot.replace("a", "а").replace("e", "е"),
    "chiffres": lambda mot: mot.replace("a", "4").replace("i", "1"),
    "collée": lambda mot: f"mon{mot}ci",
    "coupée": lambda mot: f"{mot[:4]} {mot[4:]}",
}


def test_la_liste_est_longue_et_simplifiee() -> None:
    assert len(ENTREES) == len(set(ENTREES)) >= 150
    assert [e for e in ENTREES if not re.fullmatch(r"[a-z]+( [a-z]+)*", e)] == []


@pytest.mark.parametrize("entree", ENTREES)
def test_chaque_entree_est_reconnue_dans_une_phrase(entree: str) -> None:
    assert mots_de_sante(f"Bonjour, {entree}, merci.") != []


@pytest.mark.parametrize("deguisement", DEGUISEMENTS.values(), ids=DEGUISEMENTS)
@pytest.mark.parametrize("mot", ["maladie", "handicap", "medecin", "depression"])
def test_un_deguisement_ne_passe_pas(mot: str, deguisement) -> None:  # type: ignore[no-untyped-def]
    assert mots_de_sante(f"mon projet {deguisement(mot)} avance") != []


@pytest.mark.parametrize(
    "faute",
    ["maldie", "malladie", "handicape", "dépréssion", "medcin", "burnaout", "lonbalgie", "hadicap", "traitment"],
)
def test_une_faute_ne_passe_pas(faute: str) -> None:
    assert mots_de_sante(f"c'est à cause de {faute} que") != []


@pytest.mark.parametrize(
    "phrase",
    [
        "Je dois signer la convention avant la fin du mois.",
        "Une réduction du prix serait la bienvenue, à réception du devis.",
        "L'expression de mes salutations distinguées",
        "Cap Horizon Conseil, Amélie Durand, Institut Santerre",
        "Mon impression est bonne : informer, aménager le planning, présenter le projet.",
        "Je souhaite faire le point sur mes compétences et mon parcours professionnel.",
        "",
    ],
)
def test_les_mots_du_travail_passent(phrase: str) -> None:
    assert mots_de_sante(phrase) == []


def test_rend_les_mots_dans_l_ordre_et_une_fois() -> None:
    assert mots_de_sante("La maladie, le médecin, la maladie") == ["maladie", "medecin"]


def test_l_erreur_ne_repete_rien() -> None:
    with pytest.raises(MotDeSante) as refus:
        verifier("ma sciatique chronique")
    assert "sciatique" not in str(refus.value)
