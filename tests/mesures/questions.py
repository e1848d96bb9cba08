"""Trace le nombre de questions du questionnaire sur 500 profils (``make questions``)."""

from __future__ import annotations

from collections import Counter

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

from actions.reglages import RACINE
from tests.parcours.profils import NOMBRE, interroger, profils

IMAGE = RACINE / "docs/mesures/questions.png"
SEUIL = 6


def principal() -> None:
    """Écrit le tracé et imprime la part des personnes servies en six questions au plus."""
    nombres = Counter(len(interroger(profil)[2]) for profil in profils())
    part = sum(effectif for nombre, effectif in nombres.items() if nombre <= SEUIL) / NOMBRE
    figure, axe = plt.subplots(figsize=(6, 3.2), dpi=90)
    axe.bar(list(nombres), [100 * effectif / NOMBRE for effectif in nombres.values()], color="#2a6f97")
    axe.axvline(SEUIL + 0.5, color="#9d0208", linestyle="--")
    axe.set_xlabel("questions posées avant le résultat")
    axe.set_ylabel("% des profils")
    axe.set_title(f"{100 * part:.1f} % des {NOMBRE} profils en {SEUIL} questions au plus")
    figure.tight_layout()
    figure.savefig(IMAGE)
    print(f"| questions ≤ {SEUIL} | {100 * part:.1f} % de {NOMBRE} profils | ≥ 90 % | `make questions` |")
    print(dict(sorted(nombres.items())))


if __name__ == "__main__":
    principal()
