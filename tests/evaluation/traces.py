"""Tracés du rapport, écrits dans docs/mesures/."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib
import numpy as np
import yaml

matplotlib.use("Agg")
import matplotlib.pyplot as plt

from actions.reglages import RACINE
from tests.evaluation.jeux import STYLES
from tests.evaluation.mesures import Part

BLEU, ROUGE, GRIS = "#2a6f97", "#9d0208", "#8d99ae"
Courbe = tuple[np.ndarray, np.ndarray]


def par_style(chemin: Path, justes: Mapping[str, Mapping[str, Part]], faux: Mapping[str, Mapping[str, Part]]) -> None:
    """Bon sujet et faux avec assurance, par style, un trait par jeu, intervalles à 95 %."""
    pas = 0.8 / max(len(justes), 1)
    figure, axes = plt.subplots(1, 2, figsize=(10, 1.5 + len(STYLES) * (0.2 + 0.12 * len(justes))), dpi=90, sharey=True)
    for axe, groupes, titre, objectif in (
        (axes[0], justes, "bon sujet traité (%)", 95),
        (axes[1], faux, "faux avec assurance (%)", 1.5),
    ):
        for rang, (jeu, parts) in enumerate(groupes.items()):
            hauteurs = np.arange(len(STYLES)) + (rang - (len(groupes) - 1) / 2) * pas
            valeurs = np.array([100 * parts[s].valeur for s in STYLES])
            bornes = np.array([[100 * b for b in parts[s].bornes] for s in STYLES]).T
            axe.errorbar(
                valeurs,
                hauteurs,
                xerr=np.abs(bornes - valeurs),
                fmt="o",
                markersize=4,
                color=f"C{rang}",
                label=_court(jeu),
                capsize=2,
            )
        axe.axvline(objectif, color=ROUGE, linestyle="--", linewidth=1)
        axe.set_xlabel(titre)
        axe.grid(axis="x", alpha=0.3)
    axes[0].set_yticks(range(len(STYLES)), list(STYLES.values()))
    axes[0].invert_yaxis()
    figure.legend(*axes[0].get_legend_handles_labels(), loc="upper center", ncol=len(justes), frameon=False)
    figure.tight_layout(rect=(0, 0, 1, 0.94))
    figure.savefig(chemin)
    plt.close(figure)


def _court(jeu: str) -> str:
    """« jeu D » de « jeu D (le banal et le bruité…) »."""
    return jeu.split(" (")[0]


def f1_par_sujet(chemin: Path, valeurs: Mapping[str, Sequence[tuple[str, int, float]]], pires: int = 30) -> None:
    """Répartition des F1, et les sujets les plus faibles de chaque jeu."""
    figure, axes = plt.subplots(1, len(valeurs), figsize=(5.5 * len(valeurs), 7.5), dpi=90, squeeze=False)
    for axe, (jeu, lignes) in zip(axes[0], valeurs.items(), strict=True):
        faibles = lignes[:pires]
        axe.barh([f"{nom} ({n})" for nom, n, _ in faibles], [f for *_, f in faibles], color=BLEU)
        axe.axvline(0.92, color=ROUGE, linestyle="--", linewidth=1)
        axe.set_xlim(0, 1)
        axe.invert_yaxis()
        axe.tick_params(axis="y", labelsize=8)
        axe.set_title(f"{_court(jeu)}\n{len(faibles)} sujets les plus faibles sur {len(lignes)}", fontsize=10)
        axe.set_xlabel("F1 (entre parenthèses : messages)")
    _finir(figure, chemin)


def confusions(chemin: Path, paires: Sequence[tuple[str, str, int]], jeu: str) -> None:
    """Réponses fausses par famille de sujets (data/sujets.yml) : attendue en ligne, répondue en colonne."""
    familles = {s: nom for nom, sujets in _familles().items() for s in sujets}
    noms = sorted({familles[sujet] for paire in paires for sujet in paire[:2]})
    matrice = np.zeros((len(noms), len(noms)))
    for vrai, prevu, n in paires:
        matrice[noms.index(familles[vrai]), noms.index(familles[prevu])] += n
    figure, axe = plt.subplots(figsize=(6.5, 6), dpi=90)
    axe.imshow(matrice, cmap="Blues")
    for i, j in zip(*np.nonzero(matrice), strict=True):
        clair = matrice[i, j] > matrice.max() / 2
        axe.text(j, i, int(matrice[i, j]), ha="center", va="center", color="white" if clair else "black")
    axe.set_xticks(range(len(noms)), noms, rotation=45, ha="right")
    axe.set_yticks(range(len(noms)), noms)
    axe.set_xlabel("famille répondue")
    axe.set_ylabel("famille attendue")
    axe.set_title(f"{jeu} : {int(matrice.sum())} réponses fausses", fontsize=10)
    _finir(figure, chemin)


def risque(
    chemin: Path, courbes: Mapping[str, Mapping[str, Courbe]], points: Mapping[str, tuple[float, float]]
) -> None:
    """Part de faux selon la part de messages répondus, un cadre par jeu ; le point : le produit tel qu'il répond."""
    figure, axes = plt.subplots(1, len(courbes), figsize=(5.5 * len(courbes), 4.5), dpi=90, squeeze=False, sharey=True)
    for axe, (jeu, lignes) in zip(axes[0], courbes.items(), strict=True):
        for rang, (nom, (couverture, faux)) in enumerate(lignes.items()):
            couleur = BLEU if rang == 0 else None
            axe.plot(100 * couverture, 100 * faux, label=nom, color=couleur, linewidth=2.2 if rang == 0 else 1.2)
        x, y = points[jeu]
        axe.plot([100 * x], [100 * y], "o", color=ROUGE, label="l'assistant tel qu'il répond")
        axe.set_title(_court(jeu), fontsize=10)
        axe.set_xlabel("messages auxquels on répond (%)")
        axe.grid(alpha=0.3)
        axe.set_ylim(0)
    axes[0][0].set_ylabel("réponses fausses (% de tous les messages)")
    axes[0][0].legend(fontsize=8)
    _finir(figure, chemin)


def calibration(chemin: Path, points: Mapping[str, tuple[Sequence[bool], Sequence[float]]]) -> None:
    """Justesse observée selon la confiance annoncée, par tranche de dix points."""
    figure, axe = plt.subplots(figsize=(5, 4.5), dpi=90)
    axe.plot([0, 100], [0, 100], color=GRIS, linestyle="--", label="confiance parfaite")
    for nom, (justes, confiances) in points.items():
        juste, confiance = np.asarray(justes, dtype=float), np.asarray(confiances)
        rangs = np.minimum((confiance * 10).astype(int), 9)
        presents = [r for r in range(10) if (rangs == r).sum() >= 10]
        axe.plot(
            [100 * confiance[rangs == r].mean() for r in presents],
            [100 * juste[rangs == r].mean() for r in presents],
            "o-",
            label=_court(nom),
        )
    axe.set_xlabel("confiance annoncée (%)")
    axe.set_ylabel("bon sujet en tête (%)")
    axe.legend()
    axe.grid(alpha=0.3)
    _finir(figure, chemin)


def pertes(chemin: Path, courbes: Mapping[str, Sequence[float]]) -> None:
    """Perte d'entraînement de chaque pair, par époque."""
    figure, axe = plt.subplots(figsize=(5.5, 3.5), dpi=90)
    for nom, valeurs in courbes.items():
        axe.plot(range(1, len(valeurs) + 1), valeurs, label=nom)
    axe.set_xlabel("époque")
    axe.set_ylabel("perte d'entraînement")
    axe.legend()
    axe.grid(alpha=0.3)
    _finir(figure, chemin)


def _familles() -> dict[str, list[str]]:
    return yaml.safe_load((RACINE / "data/sujets.yml").read_text(encoding="utf-8"))


def _finir(figure: plt.Figure, chemin: Path) -> None:
    figure.tight_layout()
    figure.savefig(chemin)
    plt.close(figure)
