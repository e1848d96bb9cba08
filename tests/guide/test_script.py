"""Le script du guide calcule comme le cœur d'éligibilité et trouve les pages, dans Chromium ou à défaut dans node."""

import json
import os
import random
import re
import shutil
import subprocess
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from actions.adresses import adresse
from actions.eligibilite import Situation
from actions.eligibilite.cout import cout
from bilan.guide import Redacteur
from bilan.guide.calcul import regles
from bilan.guide.pages import Page
from tests.guide.conftest import JOUR
from tests.navigateur import CHROMIUM, passer_ou_echouer

Executer = Callable[[str, Any], Any]
_MONTANTS = ("prix", "solde_cpf", "dotation_employeur", "financement_opco", "autres_financements")


@pytest.fixture(scope="module")
def executer(fichiers: dict[str, bytes], request: pytest.FixtureRequest) -> Any:
    """Exécute une expression du script sur un argument ``x`` et rend son résultat."""
    source = fichiers["script.js"].decode()
    if os.path.exists(CHROMIUM):
        page = request.getfixturevalue("navigateur").new_page()
        page.add_script_tag(content=source)
        yield lambda expression, x: page.evaluate(f"(x) => {expression}", x)
        page.close()
        return
    node = shutil.which("node")
    if node is None:
        passer_ou_echouer("ni Chromium ni node pour exécuter le script")

    def dans_node(expression: str, x: Any) -> Any:
        programme = f"{source}\nconst x = {json.dumps(x)};\nconsole.log(JSON.stringify({expression}));"
        return json.loads(
            subprocess.run([str(node), "-"], input=programme, capture_output=True, text=True, check=True).stdout
        )

    yield dans_node


def cas() -> list[dict[str, Any]]:
    """400 saisies en centimes, tirées autour des seuils, graine fixe."""
    des = random.Random(20_261_123)
    bornes = [0, 1, 14_999, 15_000, 15_001, 100_000, 159_999, 160_000, 160_001, 175_000, 250_000, 99_999_999_900]
    tires = []
    for _ in range(400):
        saisie: dict[str, Any] = {c: 0 for c in _MONTANTS}
        saisie["prix"] = des.choice(bornes[1:]) if des.random() < 0.4 else des.randint(1, 400_000)
        saisie["solde_cpf"] = des.choice(bornes) if des.random() < 0.4 else des.randint(0, 500_000)
        for champ in _MONTANTS[2:]:
            if des.random() < 0.35:
                saisie[champ] = des.choice(bornes[:-1]) if des.random() < 0.3 else des.randint(0, 250_000)
        saisie |= {"sans_emploi": des.random() < 0.25, "points": des.random() < 0.25}
        tires.append(saisie)
    return tires


@pytest.mark.parametrize("jour", ["2024-01-01", "2024-06-01", "2026-03-01", JOUR.isoformat()])
def test_la_calculette_donne_le_calcul_du_coeur(jour: str, executer: Executer) -> None:
    r = Redacteur(type(JOUR).fromisoformat(jour))
    saisies = cas()
    rendus = executer("x[0].map((s) => calculer(s, x[1]))", [saisies, regles(r)])
    for saisie, rendu in zip(saisies, rendus, strict=True):
        montants = {champ: Decimal(saisie[champ]) / 100 for champ in _MONTANTS}
        situation = Situation(
            r.jour,
            statut="demandeur_emploi" if saisie["sans_emploi"] else "salarie_prive",
            abondement_c2p_ou_atmp=saisie["points"],
            **montants,
        )
        attendu = cout(situation, r.droit)
        assert rendu == {
            "aides": int((attendu.abondements or 0) * 100),
            "cpf": int((attendu.part_cpf or 0) * 100),
            "reste": int((attendu.reste_a_payer or 0) * 100),
            "exonere": attendu.exoneration,
        }, saisie


def test_un_montant_se_lit_et_s_ecrit_a_la_francaise(executer: Executer) -> None:
    lus = {
        "1 200,50": 120_050,
        "1\u00a0200 €": 120_000,
        "": 0,
        "1800.5": 180_050,
        "12,345": None,
        "-3": None,
        "abc": None,
    }
    assert executer("x.map(lire_montant)", list(lus)) == list(lus.values())
    assert executer("x.map(ecrire_montant)", [0, 5, 120_050, 160_000, 123_456_700]) == [
        "0\u00a0€", "0,05\u00a0€", "1\u00a0200,50\u00a0€", "1\u00a0600\u00a0€", "1\u00a0234\u00a0567\u00a0€",
    ]  # fmt: skip


@pytest.fixture(scope="module")
def chercher(executer: Executer, fichiers: dict[str, bytes]) -> Callable[[list[str]], list[list[str]]]:
    trouve = re.search(r'id="index">(.*?)</script>', fichiers[adresse("chercher")].decode(), re.S)
    assert trouve
    index = json.loads(trouve[1])
    return lambda questions: executer("x[0].map((q) => chercher(q, x[1]).map((p) => p.adresse))", [questions, index])


def test_un_titre_mene_a_sa_page_avec_ou_sans_accents(chercher: Any, toutes: list[Page]) -> None:
    cherchables = [p for p in toutes if p.nom.startswith(("faq/", "lettre/"))]
    for transformer in (str, lambda t: t.upper().replace("É", "E").replace("È", "E").replace("Ê", "E")):
        rendus = chercher([transformer(p.titre) for p in cherchables])
        rates = [p.titre for p, trouvees in zip(cherchables, rendus, strict=True) if p.adresse not in trouvees[:3]]
        assert len(rates) <= 3, rates


def test_les_mots_des_gens_menent_a_la_bonne_page(chercher: Any) -> None:
    attendues = {
        "mon patron va le savoir": "faq/employeur_informe",
        "arret maladie": "faq/arret_maladie",
        "silence de l'employeur": "faq/employeur_refus",  # son détail dit ce que vaut le silence
        "arnaque telephone": "faq/arnaque",
        "burn out": "faq/epuisement",
        "combien ça coûte": "faq/prix",
        # Ce que lisent un agent public ou un militaire se cherche aussi.
        "hôpital ANFH refus": "faq/employeur_refus",
        "défense mobilité": "faq/public_militaire",
        "tribunal administratif": "faq/employeur_refus",
        "collectivité convention financement": "faq/financement",
    }
    for (question, nom), trouvees in zip(attendues.items(), chercher(list(attendues)), strict=True):
        assert adresse(nom) in trouvees[:5], question


def test_rien_ne_sort_pour_rien(chercher: Any) -> None:
    assert chercher(["", "   ", "xyzzyq"]) == [[], [], []]
