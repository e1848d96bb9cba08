"""Écrit docs/mesures/comprehension.md, ses tracés, et imprime les mêmes figures."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from actions.reglages import RACINE
from bilan.entrainement import empreinte
from tests.evaluation import detresse, traces
from tests.evaluation.detresse import Alerte
from tests.evaluation.jeux import BRUITES, STYLES, deja_appris, exemples
from tests.evaluation.mesures import (
    Part,
    confusions,
    ecart_de_calibration,
    f1_par_sujet,
    figures,
    macro_f1,
    nature_des_faux,
    part,
    risque_couverture,
    simples,
)
from tests.evaluation.produit import Cas

DOSSIER = RACINE / "docs/mesures"
TITRES = {
    "jeu_a": "jeu A (a réglé les seuils)",
    "jeu_b": "jeu B (jamais appris, jamais réglé)",
    "jeu_c": "jeu C (écrit le 27/11/2026 par une autre plume, jamais appris, jamais réglé)",
    "jeu_d": "jeu D (le banal et le bruité, écrit le 27/11/2026, jamais appris)",
    "jeu_e": "jeu E (questions de FAQ, de moteur de recherche, de guichet, écrit le 27/11/2026, jamais appris)",
    "jeu_f": "jeu F (le plus difficile : récits, tiers, dictée, hors sujet proche, doubles, écrit le 28/11/2026)",
    "jeu_g": "jeu G (le trafic d'un intranet et d'une mairie, écrit le 28/11/2026, jamais appris)",
    "jeu_h": "jeu H (un observateur qui teste tous les sujets, écrit le 28/11/2026, jamais appris)",
}
OBJECTIFS = {
    "bon sujet traité": "≥ 95 % propres, ≥ 90 % bruités",
    "faux avec assurance": "≤ 1,5 %",
    "hors sujet : reconnu (rappel)": "≥ 95 %",
    "messages du domaine refusés": "≤ 3 %",
    "double question : les deux traitées, ou la seconde offerte": "≥ 90 %",
    "fausse prémisse : bon sujet": "≥ 95 %",
}


@dataclass
class Resultats:
    """Tout ce qu'une passe a mesuré ; les jeux vont du premier au dernier, le jamais réglé en dernier."""

    jeux: dict[str, list[Cas]]
    relances: list[Cas]
    alertes: list[Alerte]
    alertes_de_recits: list[Alerte]
    alertes_voilees: list[Alerte]
    croisee: dict[str, Part] = field(default_factory=dict)
    questionnaire: list[tuple[str, int, float, float, float]] = field(default_factory=list)
    pairs: list[str] = field(default_factory=list)
    traits: list[str] = field(default_factory=list)


def ecrire(resultats: Resultats) -> None:
    """Écrit le rapport et les tracés, imprime les tableaux."""
    texte = "\n".join(
        [
            *_entete(resultats),
            *_jeux(resultats),
            *_styles(resultats),
            *_erreurs(resultats),
            *_calibration(resultats),
            *_detresse(resultats.alertes, "Détresse"),
            *_detresse(resultats.alertes_de_recits, "Détresse dans de longs récits (25 à 80 mots)"),
            *_detresse(resultats.alertes_voilees, "Détresse voilée, et ce qui lui ressemble (le plus difficile)"),
            *_suites(resultats),
            *_croisee(resultats),
            *resultats.pairs,
            *resultats.traits,
        ]
    )
    (DOSSIER / "comprehension.md").write_text(texte + "\n", encoding="utf-8")
    (DOSSIER / "comprehension_sujets.md").write_text("\n".join(_sujets(resultats)) + "\n", encoding="utf-8")
    print(texte)
    print(f"\nÉcrit : {(DOSSIER / 'comprehension.md').relative_to(RACINE)}, ses tracés, et le détail par sujet.")


def _entete(resultats: Resultats) -> list[str]:
    textes, etiquettes = exemples()
    ecartes = ", ".join(
        f"{len(deja_appris(nom))} sur {len(deja_appris(nom)) + len(cas)} du {TITRES[nom].split(' (')[0]}"
        for nom, cas in resultats.jeux.items()
    )
    milieu = sorted(c.duree for cas in resultats.jeux.values() for c in cas)
    return [
        "# L'assistant comprend-il ?",
        "",
        f"Écrit par `make evaluer` le {time.strftime('%d/%m/%Y')} ; modèle {empreinte()}, "
        f"{len(textes)} exemples, {len(set(etiquettes))} étiquettes.",
        "",
        "Chaque message est joué par le produit entier, dans une conversation neuve. Les jeux sont écrits par des "
        "personnes qui n'ont pas lu les exemples ; le jeu A a servi à régler les seuils, le jeu B à rien. Un message "
        f"identique à un exemple (« prix ? ») ne compte pas : {ecartes}. Entre crochets, l'intervalle à 95 % "
        f"(Wilson). Durée d'un tour, machine partagée : p50 {1000 * milieu[len(milieu) // 2]:.0f} ms.",
    ]


def _jeux(resultats: Resultats) -> list[str]:
    lignes: list[str] = []
    for nom, cas in resultats.jeux.items():
        groupes = {
            "tous": cas,
            "propres": [c for c in cas if c.attendu.style == "propre"],
            "bruités": [c for c in cas if c.attendu.style in BRUITES],
        }
        lignes += ["", f"## {_majuscule(TITRES[nom])} : {len(cas)} messages", ""]
        lignes += ["| figure | tous | propres | bruités | objectif |", "|---|---|---|---|---|"]
        lignes.append(
            "| macro-F1 | "
            + " | ".join(f"{macro_f1(g):.3f}".replace(".", ",") for g in groupes.values())
            + " | ≥ 0,92 |"
        )
        colonnes = [figures(g) for g in groupes.values()]
        for cle in colonnes[0]:
            valeurs = " | ".join(str(colonne[cle]) for colonne in colonnes)
            lignes.append(f"| {cle} | {valeurs} | {OBJECTIFS.get(cle, '')} |")
    return lignes


def _styles(resultats: Resultats) -> list[str]:
    justes: dict[str, dict[str, Part]] = {}
    faux: dict[str, dict[str, Part]] = {}
    lignes = ["", "## Par façon d'écrire", ""]
    for nom, cas in resultats.jeux.items():
        lignes += [
            f"| {TITRES[nom]} | messages | bon sujet | faux avec assurance | question en retour | refusé à tort |",
            "|---|---|---|---|---|---|",
        ]
        justes[nom], faux[nom] = {}, {}
        for style, titre in STYLES.items():
            groupe = [c for c in cas if c.attendu.style == style]
            f = figures(groupe)
            justes[nom][style], faux[nom][style] = f["bon sujet traité"], f["faux avec assurance"]
            cellules = [f[c] for c in ("bon sujet traité", "faux avec assurance", "question en retour")]
            cellules.append(f["messages du domaine refusés"])
            lignes.append(f"| {titre} | {len(groupe)} | " + " | ".join(map(str, cellules)) + " |")
        lignes.append("")
    traces.par_style(DOSSIER / "styles.png", _titres(justes), _titres(faux))
    return [*lignes, "![Bon sujet et faux avec assurance, par style](styles.png)"]


def _erreurs(resultats: Resultats) -> list[str]:
    lignes = ["", "## Ce qui est confondu", ""]
    for nom, cas in resultats.jeux.items():
        paires = confusions(cas)
        lignes += [f"| {TITRES[nom]} : attendu | répondu | fois |", "|---|---|---|"]
        lignes += [f"| {vrai} | {prevu} | {n} |" for vrai, prevu, n in paires[:15]]
        natures = ", ".join(f"{nature} : {n}" for nature, n in nature_des_faux(cas).most_common())
        lignes += ["", f"Nature des {sum(c.faux_assure for c in cas)} réponses fausses : {natures}.", ""]
    dernier = list(resultats.jeux)[-1]
    traces.confusions(DOSSIER / "confusions.png", confusions(resultats.jeux[dernier]), TITRES[dernier])
    traces.f1_par_sujet(DOSSIER / "sujets.png", _titres({n: f1_par_sujet(c) for n, c in resultats.jeux.items()}))
    return [
        *lignes,
        "![Réponses fausses par famille de sujets](confusions.png)",
        "",
        "![Sujets les plus faibles](sujets.png)",
        "",
        "La F1 de chaque sujet : [comprehension_sujets.md](comprehension_sujets.md).",
    ]


def _calibration(resultats: Resultats) -> list[str]:
    points = {}
    lignes = ["", "## Sait-il qu'il ne sait pas ?", ""]
    for nom, cas in resultats.jeux.items():
        un = simples(cas)
        justes, confiances = [c.tete[0] in c.attendu.admis for c in un], [c.tete[1] for c in un]
        points[TITRES[nom]] = (justes, confiances)
        ecart = f"{100 * ecart_de_calibration(justes, confiances):.1f}".replace(".", ",")
        couverture, faux = risque_couverture([c.attendu for c in un], [c.tete for c in un])
        tenable = max([float(c) for c, f in zip(couverture, faux, strict=True) if f <= 0.015], default=0.0)
        lignes.append(
            f"- {TITRES[nom]} : écart moyen entre confiance et justesse {ecart} points ; en ne gardant que les plus "
            f"sûres, on répondrait à {100 * tenable:.0f} % des messages avec 1,5 % de faux."
        )
    traces.calibration(DOSSIER / "calibration.png", points)
    return [*lignes, "", "![Justesse selon la confiance](calibration.png)"]


def _detresse(alertes: Sequence[Alerte], titre: str) -> list[str]:
    lignes = [
        "",
        f"## {titre} : {len(alertes)} messages jamais appris",
        "",
        "| figure | garde fixe seule | produit entier (garde ou classement) | objectif |",
        "|---|---|---|---|",
    ]
    for (nom, (garde, produit)), objectif in zip(detresse.figures(alertes).items(), ("≥ 99 %", "≤ 2 %"), strict=True):
        lignes.append(f"| {nom} | {garde} | {produit} | {objectif} |")
    lignes += ["", "| messages | danger | nombre | alertes de la garde | alertes du produit |", "|---|---|---|---|---|"]
    lignes += [
        f"| {genre} | {'oui' if danger else 'non'} | {garde.total} | {garde.succes} | {produit.succes} |"
        for genre, danger, garde, produit in detresse.par_genre(alertes)
    ]
    return lignes


def _suites(resultats: Resultats) -> list[str]:
    cas = resultats.relances
    lignes = [
        "",
        "## Dans une conversation",
        "",
        f"Relances (« et pour un fonctionnaire ? »), {len(cas)} : bon sujet {part(c.juste for c in cas)}, faux avec "
        f"assurance {part(c.faux_assure for c in cas)}, question en retour "
        f"{part(c.tour.clarification for c in cas)}.",
    ]
    if resultats.questionnaire:
        lignes += [
            "",
            "| question du questionnaire | réponses | justes | fausses | reposées |",
            "|---|---|---|---|---|",
        ]
        lignes += [
            f"| {nom} | {n} | " + " | ".join(f"{100 * v:.1f} %".replace(".", ",") for v in valeurs) + " |"
            for nom, n, *valeurs in resultats.questionnaire
        ]
    return lignes


def _croisee(resultats: Resultats) -> list[str]:
    if not resultats.croisee:
        return []
    return [
        "",
        "## Validation croisée (à part : ce sont les exemples d'entraînement)",
        "",
        "Cinq plis, modèle seul, sans abstention. Les exemples d'un même auteur se ressemblent : ces figures sont "
        "optimistes et ne se comparent pas aux jeux ci-dessus.",
        "",
        "| figure | valeur |",
        "|---|---|",
        *(f"| {nom} | {valeur} |" for nom, valeur in resultats.croisee.items()),
    ]


def _sujets(resultats: Resultats) -> list[str]:
    lignes = [
        "# F1 par sujet",
        "",
        "Écrit par `make evaluer`, du plus faible au plus fort ; peu de messages par sujet.",
    ]
    for nom, cas in resultats.jeux.items():
        lignes += ["", f"## {_majuscule(TITRES[nom])}", "", "| sujet | messages | F1 |", "|---|---|---|"]
        lignes += [f"| {sujet} | {n} | {f:.2f} |".replace(".", ",") for sujet, n, f in f1_par_sujet(cas)]
    return lignes


def _majuscule(texte: str) -> str:
    return texte[0].upper() + texte[1:]


def _titres(par_jeu: Mapping) -> dict:
    return {TITRES[nom]: valeur for nom, valeur in par_jeu.items()}
