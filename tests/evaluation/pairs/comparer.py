"""Tableau et courbes : l'assistant et ses pairs, mêmes exemples, mêmes messages, sujet en tête du classement."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from actions.reglages import RACINE
from tests.evaluation import traces
from tests.evaluation.jeux import BRUITES, exemples
from tests.evaluation.mesures import part, risque_couverture, simples
from tests.evaluation.pairs import classiques, diet, nlpjs
from tests.evaluation.pairs.commun import Predictions, Tete
from tests.evaluation.produit import Cas

DOSSIER = RACINE / "docs/mesures"
PAIRS: dict[str, Callable[[list[str]], Predictions]] = {
    "tf-idf de mots + SVM linéaire": lambda messages: classiques.predire("mots", messages),
    "tf-idf mots et caractères + SVM linéaire": lambda messages: classiques.predire("mots_caracteres", messages),
    "NLP.js, français": nlpjs.predire,
    "Rasa, chaîne par défaut (DIET)": lambda messages: diet.predire("rasa_defaut", messages),
    "Rasa, gabarit spaCy (DIET)": lambda messages: diet.predire("rasa_spacy", messages),
}


def sections(jeux: Mapping[str, Sequence[Cas]], titres: Mapping[str, str]) -> list[str]:
    """Entraîne chaque pair (ou relit le cache), trace, et rend le chapitre du rapport."""
    cas = {nom: simples(liste) for nom, liste in jeux.items()}
    messages = [c.attendu.texte for liste in cas.values() for c in liste]
    predictions: dict[str, Predictions] = {}
    for nom, predire in PAIRS.items():
        print(f"Pair : {nom}…", file=sys.stderr, flush=True)
        predictions[nom] = predire(messages)
    lignes = [
        "",
        "## Comparé à d'autres moteurs",
        "",
        f"Mêmes {len(exemples()[0])} exemples, mêmes messages (à un sujet), modèle seul : le sujet en tête, sans "
        "abstention. « Faux à réponse égale » : chacun ne répond qu'à ses messages les plus sûrs, autant que "
        "l'assistant ; part de tous les messages. Les pairs gardent leurs réglages d'origine.",
    ]
    debut = 0
    courbes: dict[str, dict[str, traces.Courbe]] = {}
    points: dict[str, tuple[float, float]] = {}
    for jeu, liste in cas.items():
        fin = debut + len(liste)
        tetes = {"l'assistant": [c.tete for c in liste]} | {n: p.tetes[debut:fin] for n, p in predictions.items()}
        debut, titre = fin, titres[jeu]
        couverture = float(np.mean([c.repondu for c in liste]))
        points[titre] = (couverture, float(np.mean([c.faux_assure for c in liste])))
        courbes[titre] = {n: risque_couverture([c.attendu for c in liste], t) for n, t in tetes.items()}
        lignes += ["", f"| {titre} | tous | propres | bruités | faux à réponse égale ({100 * couverture:.0f} %) |"]
        lignes += ["|---|---|---|---|---|"]
        for nom, t in tetes.items():
            lignes.append(f"| {nom} | {_parts(liste, t)} | {_a_couverture(courbes[titre][nom], couverture)} |")
    traces.risque(DOSSIER / "risque.png", courbes, points)
    couts = "; ".join(
        f"{nom} : {p.entrainement_s / 60:.0f} min, {p.message_ms:.1f} ms".replace(".", ",")
        for nom, p in predictions.items()
    )
    lignes += ["", f"Entraînement et temps par message (processeur ; horloge pour NLP.js) : {couts}."]
    lignes += ["", "![Réponses fausses selon la part de messages répondus](risque.png)"]
    pertes = {nom: p.pertes for nom, p in predictions.items() if p.pertes}
    if pertes:
        traces.pertes(DOSSIER / "pertes.png", pertes)
        lignes += [
            "",
            f"DIET apprend {diet.EPOQUES} époques, comme la chaîne d'origine.",
            "",
            "![Perte des pairs DIET](pertes.png)",
        ]
    return lignes


def _parts(cas: Sequence[Cas], tetes: Sequence[Tete]) -> str:
    """Bon sujet en tête : tous, propres, bruités."""
    justes = [(c.attendu.style, sujet in c.attendu.admis) for c, (sujet, _) in zip(cas, tetes, strict=True)]
    groupes = (None, ("propre",), BRUITES)
    return " | ".join(str(part(j for style, j in justes if g is None or style in g)) for g in groupes)


def _a_couverture(courbe: traces.Courbe, couverture: float) -> str:
    faux = courbe[1][min(np.searchsorted(courbe[0], couverture), len(courbe[1]) - 1)]
    return f"{100 * faux:.1f} %".replace(".", ",")
