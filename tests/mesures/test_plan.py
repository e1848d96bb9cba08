"""Le plan de docs/exploitation.md est le calcul de ses coûts mesurés, pas une estimation."""

from __future__ import annotations

import re

from actions.reglages import RACINE
from tests.mesures.plan import Affluence, Couts, planifier

PAGE = (RACINE / "docs/exploitation.md").read_text(encoding="utf-8")


def nombres(texte: str) -> list[float]:
    return [float(n.replace(",", ".")) for n in re.findall(r"\d+(?:,\d+)?", texte)]


def couts() -> Couts:
    ligne = re.search(r"Coût d'un message : .+?octets", PAGE, re.S)
    assert ligne
    *calculs, memoire, conversation = nombres(ligne[0])
    noms = ("assistant", "nginx", "PostgreSQL", "Redis")
    return Couts(dict(zip(noms, calculs, strict=True)), int(memoire), int(conversation))


def test_le_tableau_publie_est_celui_que_donnent_les_couts() -> None:
    publiees = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", PAGE.split("| salariés |")[1], re.M)
    for rang, effectif in ((1, 10_000), (2, 1_000_000)):
        attendu = planifier(couts(), effectif, Affluence())
        assert {ligne[0]: ligne[rang] for ligne in publiees if ligne[0] in attendu} == attendu


def test_les_autres_nombres_du_plan_aussi() -> None:
    hypotheses = re.search(r"`p` = (\d+) %, `m` = (\d+), `k` = (\d+), `u` = (\d+) %", PAGE)
    assert hypotheses
    part, messages, pointe, occupation = map(int, hypotheses.groups())
    assert Affluence(part / 100, messages, pointe, occupation / 100) == Affluence()
    tous = planifier(couts(), 10_000, Affluence(part=1))
    assert tous["assistants, un cœur chacun, un de secours compris"] == "4" and "quatre assistants" in PAGE
