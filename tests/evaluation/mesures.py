"""Figures tirées de cas joués : fonctions pures, sans Rasa ni fichier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import binomtest
from sklearn.metrics import f1_score

from tests.evaluation.jeux import Message
from tests.evaluation.produit import DETRESSE, HORS_SUJET, Cas


@dataclass(frozen=True)
class Part:
    """Un nombre de succès sur un total, avec son intervalle de Wilson à 95 %."""

    succes: int
    total: int

    @property
    def valeur(self) -> float:
        return self.succes / self.total if self.total else float("nan")

    @property
    def bornes(self) -> tuple[float, float]:
        if not self.total:
            return float("nan"), float("nan")
        intervalle = binomtest(self.succes, self.total).proportion_ci(method="wilson")
        return float(intervalle.low), float(intervalle.high)

    def __str__(self) -> str:
        if not self.total:
            return "–"
        bas, haut = self.bornes
        return f"{_pct(self.valeur)} [{_pct(bas)} ; {_pct(haut)}]"


def _pct(valeur: float) -> str:
    return f"{100 * valeur:.1f}".replace(".", ",") + " %"


def part(cas: Iterable[bool]) -> Part:
    """Part de vrais."""
    liste = list(cas)
    return Part(sum(liste), len(liste))


def simples(cas: Sequence[Cas]) -> list[Cas]:
    """Cas qui n'attendent qu'un sujet."""
    return [c for c in cas if c.attendu.style != "double"]


def figures(cas: Sequence[Cas]) -> dict[str, Part]:
    """Figures d'un ensemble de cas, dans l'ordre du rapport."""
    un = simples(cas)
    dehors = [c for c in un if c.attendu.sujet == HORS_SUJET]
    dedans = [c for c in cas if HORS_SUJET not in c.attendu.admis]
    dits_dehors = [c for c in un if HORS_SUJET in c.tour.sujets]
    retours = [c for c in un if c.tour.clarification]
    premisses = [c for c in cas if c.attendu.style == "fausse_premisse"]
    doubles = [c for c in cas if c.attendu.style == "double"]
    detresses = [c for c in cas if c.attendu.sujet == DETRESSE]
    return {
        "bon sujet traité": part(c.juste for c in cas),
        "bon sujet en tête, avant toute abstention": part(c.tete[0] in c.attendu.admis for c in un),
        "faux avec assurance": part(c.faux_assure for c in cas),
        "question en retour": part(c.tour.clarification for c in cas),
        "… où le bon sujet est proposé": part(bool(c.attendu.admis & set(c.tour.propositions)) for c in retours),
        "« je n'ai pas compris »": part(not c.tour.clarification and not c.tour.sujets for c in cas),
        "hors sujet : reconnu (rappel)": part(HORS_SUJET in c.tour.sujets for c in dehors),
        "hors sujet : dit à raison (précision)": part(HORS_SUJET in c.attendu.admis for c in dits_dehors),
        "messages du domaine refusés": part(c.refuse for c in dedans),
        "double question : les deux traitées, ou la seconde offerte": part(c.gere for c in doubles),
        "double question : les deux traitées": part(c.juste for c in doubles),
        "fausse prémisse : bon sujet": part(c.juste for c in premisses),
        "fausse prémisse : par la correction de l'idée reçue": part(
            c.juste and (c.tour.intention or "").startswith("idee_recue/") for c in premisses
        ),
        "détresse reconnue": part(DETRESSE in c.tour.sujets for c in detresses),
    }


def macro_f1(cas: Sequence[Cas]) -> float:
    """Moyenne des F1 par sujet, messages à un sujet ; une question en retour compte comme un manque."""
    un = simples(cas)
    vrais = [c.attendu.sujet for c in un]
    return float(f1_score(vrais, [c.prevu for c in un], labels=sorted(set(vrais)), average="macro", zero_division=0))


def f1_par_sujet(cas: Sequence[Cas]) -> list[tuple[str, int, float]]:
    """(sujet, messages, F1), du plus faible au plus fort."""
    un = simples(cas)
    vrais = [c.attendu.sujet for c in un]
    comptes = Counter(vrais)
    noms = sorted(comptes)
    valeurs = f1_score(vrais, [c.prevu for c in un], labels=noms, average=None, zero_division=0)
    return sorted(((nom, comptes[nom], float(f)) for nom, f in zip(noms, valeurs, strict=True)), key=lambda t: t[2])


def confusions(cas: Sequence[Cas]) -> list[tuple[str, str, int]]:
    """(attendu, répondu, nombre) des réponses fausses, le plus fréquent en premier."""
    comptes = Counter((c.attendu.sujet, c.tour.sujets[0]) for c in simples(cas) if c.faux_assure)
    return [(vrai, prevu, n) for (vrai, prevu), n in comptes.most_common()]


def nature_des_faux(cas: Sequence[Cas]) -> Counter[str]:
    """De quoi sont faites les réponses fausses."""
    return Counter(_nature(c) for c in cas if c.faux_assure)


def _nature(cas: Cas) -> str:
    if HORS_SUJET in cas.tour.sujets:
        return "refusé à tort"
    if cas.attendu.sujet == HORS_SUJET:
        return "répondu à un hors sujet"
    if DETRESSE in cas.tour.sujets:
        return "détresse vue à tort"
    if cas.attendu.sujet == DETRESSE:
        return "détresse manquée"
    if cas.attendu.admis & {sujet for sujet, _ in cas.classement[:3]}:
        return "sujet voisin, le bon était dans les trois premiers"
    return "autre sujet, le bon n'était pas dans les trois premiers"


def risque_couverture(messages: Sequence[Message], tetes: Sequence[tuple[str, float]]) -> tuple[np.ndarray, np.ndarray]:
    """Couverture et part de faux parmi tous les messages, quand on ne répond qu'au-dessus d'une confiance."""
    ordre = np.argsort([-confiance for _, confiance in tetes], kind="stable")
    faux = np.array([tetes[i][0] not in messages[i].admis for i in ordre])
    total = len(messages)
    return np.arange(1, total + 1) / total, np.cumsum(faux) / total


def ecart_de_calibration(justes: Sequence[bool], confiances: Sequence[float], tranches: int = 10) -> float:
    """Écart moyen entre confiance annoncée et justesse observée (ECE)."""
    juste, confiance = np.asarray(justes, dtype=float), np.asarray(confiances)
    rangs = np.minimum((confiance * tranches).astype(int), tranches - 1)
    ecarts = [
        abs(juste[rangs == r].mean() - confiance[rangs == r].mean()) * (rangs == r).sum()
        for r in range(tranches)
        if (rangs == r).any()
    ]
    return float(sum(ecarts) / len(juste))
