"""Combien de machines pour un effectif (``make plan``) : coût d'un message, mesuré à l'échelle, puis la règle de trois.

Le coût est du temps de calcul, que les autres programmes de la machine ne changent pas : des personnes passent l'une
après l'autre, ce n'est pas un essai de charge (``make charge``). L'affluence, elle, est une hypothèse.
"""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import asyncpg

from tests.echelle.ensemble import Ensemble, Personne, ensemble
from tests.echelle.services import RABBITMQ, environnement, postgres_a_soi, redis_a_soi
from tests.mesures.charge import memoire
from tests.mesures.fils import FILS
from tests.serveur import port_libre

PASSAGES = 6
CHAUFFE = 2
SERVICES = ("assistant", "nginx", "PostgreSQL", "Redis")


@dataclass(frozen=True)
class Affluence:
    """Qui vient, et à quel rythme ; à remplacer par ce que l'on sait de son entreprise."""

    part: float = 0.10
    messages: float = 8
    pointe: float = 3
    occupation: float = 0.6

    def debit(self, effectif: int) -> float:
        """Messages par seconde dans la minute la plus chargée de l'heure."""
        return effectif * self.part * self.messages / 3600 * self.pointe


@dataclass(frozen=True)
class Couts:
    """Par message, le calcul de chaque service, en millisecondes ; mémoire d'un assistant ; conversation en base."""

    calcul_ms: dict[str, float]
    memoire_mo: int
    conversation_octets: int


def mesurer() -> Couts:
    """Joue des conversations entières, une personne à la fois, derrière nginx et sur de vrais services."""
    with _installation() as (tous, racines, url):
        for _ in range(CHAUFFE):
            _jouer(tous)
        avant = {nom: _calcul(pid) for nom, pid in racines.items()}
        messages = sum(_jouer(tous) for _ in range(PASSAGES))
        calcul = {nom: 1000 * (_calcul(pid) - avant[nom]) / messages for nom, pid in racines.items()}
        return Couts(calcul, memoire(racines["assistant"]), asyncio.run(_taille(url)))


@contextmanager
def _installation() -> Iterator[tuple[Ensemble, dict[str, int], str]]:
    with postgres_a_soi(port_libre()) as (postgres, url), redis_a_soi(port := port_libre()) as redis:
        services = environnement(url, f"redis://127.0.0.1:{port}/0", RABBITMQ)
        with ensemble(services, assistants=1, actions=0) as tous:
            processus = (tous.assistants[0].processus, tous.nginx, postgres, redis)
            yield tous, {nom: p.pid for nom, p in zip(SERVICES, processus, strict=True) if p}, url


def _jouer(tous: Ensemble) -> int:
    """Joue chaque fil une fois ; rend le nombre de messages, ouvertures comprises."""
    for fil in FILS:
        personne = Personne(tous).ouvrir()
        for message in fil:
            assert personne.dire(message).code == 200, message
    return sum(len(fil) + 1 for fil in FILS)


def _calcul(racine: int) -> float:
    """Temps de calcul d'un processus, de ses enfants et de ceux qui ont fini, en secondes."""
    parents, temps = {}, {}
    for dossier in Path("/proc").glob("[0-9]*"):
        try:
            champs = (dossier / "stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        except OSError:  # fini entre-temps
            continue
        parents[int(dossier.name)] = int(champs[1])
        temps[int(dossier.name)] = sum(map(int, champs[11:15]))
    return sum(t for pid, t in temps.items() if _descend(pid, racine, parents)) / os.sysconf("SC_CLK_TCK")


def _descend(pid: int, racine: int, parents: dict[int, int]) -> bool:
    while pid and pid != racine:
        pid = parents.get(pid, 0)
    return pid == racine


async def _taille(url: str) -> int:
    connexion = await asyncpg.connect(url)
    try:
        return int(await connexion.fetchval("SELECT avg(octet_length(contenu)) FROM bilan_conversations"))
    finally:
        await connexion.close()


def planifier(couts: Couts, effectif: int, affluence: Affluence) -> dict[str, str]:
    """Ce qu'il faut pour un effectif : (quoi, combien)."""
    debit = affluence.debit(effectif)
    coeurs = {nom: debit * ms / 1000 / affluence.occupation for nom, ms in couts.calcul_ms.items()}
    assistants = max(1, ceil(coeurs["assistant"])) + 1
    presentes = effectif * affluence.part
    return {
        "messages par seconde, pire minute": _decimal(debit, 1),
        "assistants, un cœur chacun, un de secours compris": str(assistants),
        "mémoire des assistants": f"{_decimal(assistants * couts.memoire_mo / 1000, 1)} Go",
        **{f"cœurs pour {nom}": _decimal(coeurs[nom], 2) for nom in SERVICES[1:]},
        "connexions à PostgreSQL, au plus": str(10 * assistants),
        "conversations en base": _milliers(presentes),
        "taille de la base": f"{presentes * couts.conversation_octets / 1e6:.0f} Mo",
    }


def _decimal(nombre: float, chiffres: int) -> str:
    return f"{nombre:.{chiffres}f}".replace(".", ",")


def _milliers(nombre: float) -> str:
    return f"{nombre:,.0f}".replace(",", " ")


def principal(arguments: Sequence[str] | None = None) -> None:
    """Mesure les coûts, puis imprime le plan de chaque effectif."""
    lecteur = argparse.ArgumentParser(description=__doc__)
    lecteur.add_argument("--effectifs", default="10000,1000000", help="séparés par des virgules")
    lecteur.add_argument("--part", type=float, default=Affluence.part, help="qui écrit pendant l'heure de pointe")
    lecteur.add_argument("--messages", type=float, default=Affluence.messages, help="messages par personne")
    lecteur.add_argument("--pointe", type=float, default=Affluence.pointe, help="pire minute sur minute moyenne")
    lecteur.add_argument(
        "--occupation", type=float, default=Affluence.occupation, help="part d'un cœur à ne pas passer"
    )
    options = lecteur.parse_args(arguments)
    affluence = Affluence(options.part, options.messages, options.pointe, options.occupation)
    couts = mesurer()
    effectifs = [int(n) for n in options.effectifs.split(",")]
    plans = [planifier(couts, effectif, affluence) for effectif in effectifs]
    print(
        "Coût d'un message : " + ", ".join(f"{nom} {_decimal(ms, 2)} ms" for nom, ms in couts.calcul_ms.items()),
        end=".\n",
    )
    print(
        f"Mémoire d'un assistant : {couts.memoire_mo} Mo. Conversation en base : {couts.conversation_octets} octets.\n"
    )
    print("| salariés | " + " | ".join(map(_milliers, effectifs)) + " |")
    print("|---" * (len(effectifs) + 1) + "|")
    for quoi in plans[0]:
        print(f"| {quoi} | " + " | ".join(plan[quoi] for plan in plans) + " |")


if __name__ == "__main__":
    principal()
