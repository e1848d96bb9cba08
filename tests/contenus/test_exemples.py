"""Les exemples d'entraînement : assez nombreux, distincts, sans gabarit, et séparés des jeux d'évaluation."""

import json
import re
from collections import Counter
from itertools import pairwise

import pytest
import yaml

from actions.contenus import contenus_en_place
from actions.reglages import RACINE
from actions.simplification import simplifier

GROUPES = yaml.safe_load((RACINE / "data/sujets.yml").read_text(encoding="utf-8"))
CONNAISSANCES = [s for g, sujets in GROUPES.items() if g not in ("parcours", "conversation") for s in sujets]
# Portées par un bouton, ou posées par composants.extracteur_faits ou garde_pause : aucun exemple.
SANS_EXEMPLES = {"repondre", "adopter", "cocher", "et_si", "dire_un_fait", "pause", "reprise", "suite"}
ACTES = [s for g in ("parcours", "conversation") for s in GROUPES[g] if s != "hors_sujet"]


def exemples() -> dict[str, list[str]]:
    par_intention: dict[str, list[str]] = {}
    for fichier in sorted((RACINE / "data/nlu").glob("*.yml")):
        for bloc in yaml.load(fichier.read_text(encoding="utf-8"), yaml.CSafeLoader)["nlu"]:
            lignes = [ligne.strip()[2:].strip() for ligne in bloc["examples"].splitlines() if ligne.strip()]
            assert bloc["intent"] not in par_intention, bloc["intent"]
            par_intention[bloc["intent"]] = lignes
    return par_intention


EXEMPLES = exemples()


@pytest.mark.parametrize("sujet", CONNAISSANCES)
def test_un_sujet_a_au_moins_35_exemples(sujet: str) -> None:
    assert len(EXEMPLES[f"faq/{sujet}"]) >= 35


@pytest.mark.parametrize("acte", ACTES)
def test_un_acte_a_au_moins_20_exemples(acte: str) -> None:
    assert len(EXEMPLES[acte]) >= 20


@pytest.mark.parametrize("intention", sorted(EXEMPLES))
def test_une_intention_mene_a_une_reponse(intention: str) -> None:
    domaine = yaml.safe_load((RACINE / "domain.yml").read_text(encoding="utf-8"))
    assert intention.split("/")[0] in domaine["intents"]
    if "/" in intention:
        assert f"utter_{intention}" in contenus_en_place().reponses


def test_chaque_intention_a_une_regle_et_des_exemples() -> None:
    domaine = yaml.safe_load((RACINE / "domain.yml").read_text(encoding="utf-8"))
    regles = "".join(f.read_text(encoding="utf-8") for f in (RACINE / "data/rules").glob("*.yml"))
    dans_les_regles = set(re.findall(r"- intent: (\w+)", regles))
    assert set(domaine["intents"]) <= dans_les_regles
    assert set(domaine["intents"]) - SANS_EXEMPLES == {i.split("/")[0] for i in EXEMPLES}


def test_rasa_ne_remplit_aucun_slot() -> None:
    """Un fait écrit sans passer par actions/parcours/faits.py laisserait ceux qui dépendaient de l'ancien."""
    domaine = yaml.safe_load((RACINE / "domain.yml").read_text(encoding="utf-8"))
    assert [nom for nom, slot in domaine["slots"].items() if any(m["type"] != "custom" for m in slot["mappings"])] == []


def test_aucun_exemple_en_double() -> None:
    comptes = Counter(simplifier(e) for liste in EXEMPLES.values() for e in liste)
    assert [e for e, n in comptes.items() if n > 1 and len(e) > 3] == []


def test_les_exemples_ne_sortent_pas_d_un_gabarit() -> None:
    """Dans une intention, peu d'exemples voisins ne diffèrent que d'un mot."""
    for intention, liste in EXEMPLES.items():
        proches = 0
        for un, autre in pairwise(liste):
            a, b = simplifier(un).split(), simplifier(autre).split()
            proches += len(a) == len(b) >= 5 and sum(x != y for x, y in zip(a, b, strict=True)) == 1
        assert proches <= len(liste) * 0.05, intention


def test_la_moitie_des_exemples_se_passe_du_mot_cle() -> None:
    tous = [e for i, liste in EXEMPLES.items() if i.startswith("faq/") for e in liste]
    assert sum("bilan de comp" in simplifier(e) for e in tous) / len(tous) <= 0.5


@pytest.mark.parametrize("jeu", sorted((RACINE / "tests/evaluation").glob("*.jsonl")), ids=lambda f: f.stem)
def test_aucun_message_d_evaluation_n_a_servi_a_l_entrainement(jeu) -> None:
    appris = {simplifier(e) for liste in EXEMPLES.values() for e in liste}
    messages = [json.loads(ligne)["message"] for ligne in jeu.read_text(encoding="utf-8").splitlines() if ligne]
    communs = [m for m in messages if simplifier(m) in appris and len(simplifier(m).split()) > 4]
    assert communs == []
