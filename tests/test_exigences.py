"""La table R01 à R46 (docs/exigences.md) ne cite que des tests qui existent ; les exigences sans test ailleurs."""

from __future__ import annotations

import re

import pytest
import yaml

from actions import reglages
from actions.contenus import contenus_en_place
from actions.reglages import RACINE
from bilan.__main__ import analyseur
from canaux import surveillance

LIGNES = re.findall(
    r"^\| (R\d\d) \| ([^|]+) \| ([^|]+) \|$", (RACINE / "docs/exigences.md").read_text(encoding="utf-8"), re.M
)
SANS_TEST = ("Sans objet",)


def test_les_quarante_six_exigences_sont_la_une_fois() -> None:
    assert [ligne[0] for ligne in LIGNES] == [f"R{n:02}" for n in range(1, 47)]


@pytest.mark.parametrize(("exigence", "preuve"), [(n, p) for n, _, p in LIGNES], ids=[n for n, *_ in LIGNES])
def test_chaque_preuve_existe(exigence: str, preuve: str) -> None:
    cites = re.findall(r"(tests/[\w/]+\.py)::(test_\w+)", preuve)
    assert cites or preuve.startswith(SANS_TEST), f"{exigence} n'a ni test ni raison"
    for chemin, nom in cites:
        fichier = RACINE / chemin
        assert fichier.is_file(), chemin
        assert re.search(rf"^(async )?def {nom}\(", fichier.read_text(encoding="utf-8"), re.M), f"{chemin}::{nom}"


def test_l_adresse_par_defaut_est_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ADRESSE", raising=False)
    assert analyseur().parse_args(["lancer"]).adresse == "127.0.0.1"


def test_les_actions_n_ont_aucun_effet_au_dehors() -> None:
    """Ni rappel, ni fichier écrit, ni réseau : rejouer une action ne fait rien de plus."""
    interdits = r"ReminderScheduled|\.write_text\(|\.write_bytes\(|\bopen\(|requests\.|aiohttp|smtplib"
    fichiers = sorted((RACINE / "actions").glob("*.py"))
    assert len(fichiers) > 20
    for fichier in fichiers:
        assert not re.search(interdits, fichier.read_text(encoding="utf-8")), fichier


def test_l_integration_continue_joue_tout() -> None:
    jouees = re.findall(r"^make (\w+)$", (RACINE / ".ci/run").read_text(encoding="utf-8"), re.M)
    assert jouees == ["deploiement", "tester", "python312"]


def test_les_delais_s_emboitent() -> None:
    """Une action distante < un tour < la réponse HTTP < l'attente du navigateur, qui renvoie le même identifiant."""
    from bilan.actions_distantes import _DELAI

    script = (RACINE / "widget/assistant.js").read_text(encoding="utf-8")
    assert re.search(r"30[_ ]?000|30e3", script)
    assert _DELAI.total and _DELAI.total < reglages.WIDGET_DELAI_TOUR_S < surveillance.REPONSE_DELAI_S <= 30


def test_ni_ted_ni_texte_anglais_de_rasa() -> None:
    configuration = yaml.safe_load((RACINE / "config.yml").read_text(encoding="utf-8"))
    politiques = {p["name"] for p in configuration["policies"]}
    assert not politiques & {"TEDPolicy", "UnexpecTEDIntentPolicy"}
    anglais = re.compile(r"\b(the|you|your|sorry|please|didn't|rephrase|did you mean)\b", re.I)
    for nom, variantes in contenus_en_place().reponses.items():
        for variante in variantes:
            assert nom == "utter_autre_langue" or not anglais.search(str(variante.get("text", ""))), nom

    domaine = (RACINE / "domain.yml").read_text(encoding="utf-8")
    assert "action_default_ask_affirmation" not in domaine
    assert configuration["policies"][0]["core_fallback_action_name"] == "action_demander_precision"
