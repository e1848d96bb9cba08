"""Les sens probables d'un message : par sujet, et dans chacune des propositions qu'il met bout à bout."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

import yaml

from actions.contenus import contenus_en_place
from actions.en_place import lu_une_fois
from actions.reglages import DOSSIER_DONNEES
from composants.modele_danger import INTENTION as DETRESSE

Classement = list[dict[str, Any]]  # étiquette (« name ») et probabilité (« confidence »), la plus probable d'abord


class Question(NamedTuple):
    """Classement d'une proposition d'un message, et si elle demande quelque chose (sinon, elle raconte)."""

    classement: Classement
    demande: bool


HORS_SUJET = "hors_sujet"
_RESTE_MIN, _RESTE_SANS_DETRESSE = 0.05, 0.1
# Qui nomme le bilan en parle, s'il n'est ni sanguin ni comptable : au doute, on demande plutôt que de refuser.
_NOMME_LE_BILAN = re.compile(
    r"\bbilans?\b(?! (?:de |d')?(?:sang|sant|compta|carbone|financ|social|medica|hormon|annuel|prevoyance|lipid|visuel"
    r"|auditif|dentaire|kine|energ|fin d'annee|la semaine|l'annee|mi-annee|projet|saison|ortho|psychomot|cardio|neuro"
    r"|ophtal|ergo|cloture|activite|thyro|allerg|urin|hydrique))"
)
_CERTAIN, _SANS_LUI = 0.9, 0.01
_POIDS_D_UN_SOUPCON = 0.02  # d'une proposition où le sujet n'est pas en tête


@lu_une_fois
def _groupes() -> dict[str, dict[str, Any]]:
    groupes: dict[str, dict[str, Any]] = yaml.safe_load((DOSSIER_DONNEES / "sujets.yml").read_text(encoding="utf-8"))
    return groupes


@lu_une_fois
def proposables() -> frozenset[str]:
    """Sujets que l'on peut proposer quand on hésite : connaissances et parcours, pas les actes de conversation."""
    return frozenset(sujet for nom, sujets in _groupes().items() if nom != "conversation" for sujet in sujets)


@lu_une_fois
def situations() -> frozenset[str]:
    """Sujets qui répondent à un cas (statut, arrêt, inaptitude) : plus précis que le droit en général."""
    return frozenset(s for groupe in ("qui", "maintien_emploi", "cas_precis") for s in _groupes()[groupe])


def regrouper(classement: Classement) -> list[tuple[str, str, float]]:
    """Additionne les probabilités des étiquettes qui répondent au même sujet.

    Returns:
        (sujet, étiquette la plus probable de ce sujet, probabilité cumulée), le plus probable en premier.
    """
    groupes: dict[str, tuple[str, float]] = {}
    for entree in classement:
        sujet = contenus_en_place().sujets_d_etiquette(entree["name"])[0]
        etiquette, cumul = groupes.get(sujet, (entree["name"], 0.0))
        groupes[sujet] = (etiquette, cumul + entree["confidence"])
    return sorted(
        ((sujet, etiquette, cumul) for sujet, (etiquette, cumul) in groupes.items()),
        key=lambda groupe: -groupe[2],
    )


def evoque(sujet: str, classement: Classement) -> float:
    """Probabilité d'un sujet dans le message entier."""
    return next((p for s, _, p in regrouper(classement) if s == sujet), 0.0)


def sans_detresse(groupes: list[tuple[str, str, float]]) -> list[tuple[str, str, float]]:
    """La garde a jugé : sans danger, « ce taf va me tuer » laisse répondre les autres sens, à due proportion."""
    reste = max(1 - sum(p for sujet, _, p in groupes if sujet == DETRESSE), _RESTE_SANS_DETRESSE)
    return [(sujet, e, p / reste) for sujet, e, p in groupes if sujet != DETRESSE] or groupes


@dataclass(frozen=True)
class Vu:
    """Un sujet dans les propositions d'un message."""

    sujet: str
    etiquette: str
    en_tete: float  # probabilité là où il est le plus probable de sa proposition ; 0 : nulle part
    probabilite: float  # la plus haute, message entier compris
    poids: float
    demande: float = 0.0  # comme ``en_tete``, dans les seules propositions qui demandent
    dans_le_tout: float = 0.0  # dans le message entier ; un mot du décor (« en janvier ») n'y suffit pas
    soupcon: float = 0.0  # la plus haute dans une proposition qui demande, en tête ou non


def sujets_des_propositions(classement: Classement, questions: list[Question]) -> list[Vu]:
    """Sujets que l'on peut traiter, le plus pesant d'abord : en tête d'une proposition, ou probable dans le tout."""
    vus = {s: Vu(s, e, 0.0, p, p, dans_le_tout=p) for s, e, p in regrouper(classement) if s in proposables()}
    for question in questions:
        groupes = _proposables_de(question)
        for rang, (sujet, etiquette, p) in enumerate(groupes):
            vu = vus.get(sujet, Vu(sujet, etiquette, 0.0, 0.0, 0.0))
            en_tete = p if rang == 0 else 0.0
            vus[sujet] = Vu(
                sujet,
                etiquette if p > vu.probabilite else vu.etiquette,
                max(vu.en_tete, en_tete),
                max(vu.probabilite, p),
                vu.poids + en_tete / len(questions) + _POIDS_D_UN_SOUPCON * p,
                max(vu.demande, en_tete if question.demande else 0.0),
                vu.dans_le_tout,
                max(vu.soupcon, p if question.demande else 0.0),
            )
    return sorted(vus.values(), key=lambda vu: -vu.poids)


def _proposables_de(question: Question) -> list[tuple[str, str, float]]:
    """Sujets possibles d'une proposition ; « et c'est utile ? » n'est pas un merci : les actes y cèdent leur part."""
    tous = regrouper(question.classement)
    groupes = [groupe for groupe in tous if groupe[0] in proposables()]
    if not question.demande:
        return groupes
    reste = max(1 - sum(p for s, _, p in tous if s not in proposables() and s != HORS_SUJET), _RESTE_MIN)
    return [(s, e, p / reste) for s, e, p in groupes]


def dit_seulement_sa_situation(etiquette: str, questions: list[Question]) -> bool:
    """« Je suis à la mairie, combien d'absence ? » : sa situation n'est pas une question, le tout dit mieux l'autre."""
    tetes = (question.classement[0]["name"] for question in questions)
    return not _dit_une_situation(etiquette) and any(map(_dit_une_situation, tetes))


def posee_a_part(vu: Vu, traites: set[str], questions: list[Question], jamais: set[str], seuil: float) -> bool:
    """« Agente à la mairie : combien d'heures, et qui décide ? » : la réponse tient l'une des deux questions."""
    demandees = [regrouper(question.classement)[0] for question in questions if question.demande]
    tenue = any(sujet in traites and p >= seuil for sujet, _, p in demandees)
    return tenue and vu.demande >= seuil and vu.sujet not in jamais


def question_jointe(questions: list[Question] | None, sauf: str) -> dict[str, str]:
    """La question certaine d'un message qui demande aussi ``sauf`` (une lettre, une personne) : « seconde » ou rien."""
    for question in questions or []:
        sujet, etiquette, p = regrouper(question.classement)[0]
        sans_lui = evoque(sauf, question.classement) < _SANS_LUI
        if question.demande and p >= _CERTAIN and sans_lui and sujet in proposables():
            return {"seconde": etiquette}
    return {}


def _dit_une_situation(etiquette: str) -> bool:
    """Vrai si la réponse présente un cas (``situation`` : agent territorial…) plutôt qu'elle ne répond à un point."""
    nom = contenus_en_place().reponse_d_etiquette(etiquette)
    return bool(nom and contenus_en_place().metadonnees(nom).get("situation"))


def nomme_le_bilan(simple: str) -> bool:
    """Dit si un texte simplifié nomme le bilan de compétences."""
    return _NOMME_LE_BILAN.search(simple) is not None
