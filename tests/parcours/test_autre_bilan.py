"""« Je peux refaire un bilan ? » : la conclusion, et ce qui n'est jamais retenu."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from actions.contenus import contenus_en_place
from actions.droit import droit_en_place
from actions.parcours import autre_bilan
from actions.parcours.delais_calcules import Contexte, Reponse

JOUR = date(2026, 11, 28)
CPF_2022 = {"dernier_bilan_date": "2022-03", "dernier_bilan_financeur": "cpf"}


def repondre(texte: str, precedente: str = "", etiquette: str | None = None, **faits: Any) -> Reponse | None:
    contexte = Contexte(faits, precedente)
    return autre_bilan.repondre(texte, contexte, etiquette, JOUR, droit_en_place(), contenus_en_place())


@pytest.mark.parametrize(
    ("texte", "faits", "attendu"),
    [
        ("j'ai fait un bilan en 2018 avec mon cpf, je peux en refaire un ?", {}, "oui"),
        ("bilan payé par mon CPF le 2 décembre 2021, je peux en refaire un le 3 décembre 2026 ?", {}, "oui"),
        ("bilan payé par mon CPF le 2 décembre 2021, je peux en refaire un ?", {}, "non"),
        ("bilan payé par l'opco en janvier 2022, je peux en refaire un avec mon cpf ?", {}, "non"),
        ("on m'a payé un bilan en 2022 (france travail), quand est ce que je peux en refaire un", {}, "non"),
        ("j'ai fait un bilan en 2023 payé de ma poche, je peux en refaire un ?", {}, "non_compte"),
        ("j'ai fait un bilan en 2023, je peux en refaire un ?", {}, "payeur_inconnu"),
        ("j'ai fait un bilan en 2021 avec le cpf, je peux en refaire un ?", {}, "mois_inconnu"),
        ("j'ai déjà fait un bilan, je peux en refaire ?", {}, "quand"),
        ("je peux en refaire un quand ?", CPF_2022, "non"),
        ("je peux en refaire un si c'est moi qui paie ?", CPF_2022, "sans_cpf"),
        ("je peux en refaire un ?", {**CPF_2022, "agent_public": True, "agent_prioritaire": True}, "oui"),
        ("je peux en refaire un ?", {**CPF_2022, "agent_public": True, "agent_prioritaire": False}, "non"),
        # Prioritaire ou non, tout change : la règle générale répond.
        ("je peux en refaire un ?", {**CPF_2022, "agent_public": True}, None),
        ("je peux en refaire un ?", {**CPF_2022, "statut": "retraite_taux_plein"}, None),
        ("on peut refaire un bilan au bout de combien de temps ?", {}, None),
        ("refais la lettre", CPF_2022, None),
        ("j'ai fait un bilan en 2022 avec le cpf, à qui est la synthèse ?", {}, None),
    ],
)
def test_la_conclusion(texte: str, faits: dict[str, Any], attendu: str | None) -> None:
    rendue = repondre(texte, **faits)
    assert (rendue and rendue.messages[0].reponse) == (attendu and f"{autre_bilan.PREFIXE}{attendu}")


def test_une_hypothese_n_est_pas_retenue() -> None:
    suite = repondre("et s'il datait du 29 novembre 2021", f"{autre_bilan.PREFIXE}oui", **CPF_2022)
    assert suite and not suite.retenus
    dit = repondre("c'était en 2023", f"{autre_bilan.PREFIXE}quand")
    assert dit and dit.retenus == {"dernier_bilan_date": "2023"}


def test_la_veille_de_l_anniversaire_ferme_encore() -> None:
    for jour_dit, attendu in (("28", "oui"), ("29", "non")):
        rendue = repondre(f"bilan payé par l'opco le {jour_dit} novembre 2021, je peux en refaire un ?")
        assert rendue and rendue.messages[0].reponse.endswith(attendu)
