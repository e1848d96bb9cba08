"""Cas que le classement confond avec un sujet plus courant, reconnus d'après data/precisions.yml (pur, sans Rasa)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from actions.contenus import contenus_en_place
from actions.en_place import lu_une_fois
from actions.parcours.choix import simplifier
from actions.parcours.faits import est_public
from actions.reglages import DOSSIER_DONNEES

_CAS, _FAQ = "utter_cas_", "utter_faq/"
_EN_ARRET = ("maladie", "at_mp")
_SUJETS_D_ARRET = ("arret_maladie", "accident_travail", "distance_en_arret", "medecin_refuse", "caisse_refuse")
_PAS_PUBLIC = re.compile(
    r"\b(?:pas|plus|ni|jamais) (?:du tout |ete |une? |d'un |dans (?:la |le )|de la |du |au |en )?"
    r"(?:fonctionnaires?|fonction publique|agente? (?:du )?public\w*|public\b|titulaire)"
)
_MOTS_MAX = 60
_SUR, _EVOQUE = 0.6, 0.03


@dataclass(frozen=True)
class MessageDit:
    """Ce que lit une précision : le message, ce qui l'a précédé, et ce qu'on sait de la personne.

    Attributes:
        textes: le message, et sa lecture à l'oreille.
        precedents: sujets et cas traités au tour précédent.
        faits: tout ce qu'on sait ; ``dits`` : ce que ce message dit.
        classement: probabilité de chaque sujet, d'après le classement ; vide si on ne l'a pas.
    """

    textes: Collection[str]
    precedents: Collection[str]
    faits: Mapping[str, Any]
    dits: Mapping[str, Any]
    classement: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Precision:
    """Une entrée de la table ; ``partout`` : ses mots passent avant le classement."""

    reponse: str
    sujets: frozenset[str] | None
    mots: re.Pattern[str] | None
    sauf: re.Pattern[str] | None
    apres: frozenset[str] | None
    arret: bool | None
    prive: bool
    quand: Mapping[str, Any]
    partout: bool
    sans_payeur: bool
    voisins: frozenset[str]

    def convient(self, sujet: str | None, message: MessageDit, simples: Iterable[str]) -> bool:
        """Dit si l'entrée reconnaît un message dont le sujet décidé est ``sujet`` (``None`` : incompris)."""
        if self.sujets is not None and sujet not in self.sujets:
            return False
        if self.apres is not None and self.apres.isdisjoint(message.precedents):
            return False
        if not _est_de(self.quand, message.faits):
            return False
        if self.arret is not None and self.arret != _parle_d_un_arret(message):
            return False
        if self.prive and not _se_dit_du_prive(message, simples):
            return False
        if self.sans_payeur and not _date_un_bilan_sans_payeur(message):
            return False
        dite = self.mots is None or any(self._dit(simple) for simple in simples)
        return dite and not (
            self._large
            and _parle_d_autre_chose({*contenus_en_place().sujets(self.reponse), *self.voisins}, message.classement)
        )

    @property
    def _large(self) -> bool:
        """Vrai si des mots seuls la reconnaissent : un long message peut les dire en passant."""
        return self.sujets is None and self.apres is None and not self.quand

    def _dit(self, simple: str) -> bool:
        trouve = self.mots is None or self.mots.search(simple)
        return bool(trouve) and not (self.sauf and self.sauf.search(simple))


def _parle_d_autre_chose(sujets: Collection[str], classement: Mapping[str, float]) -> bool:
    """Le classement est sûr d'un autre sujet, et n'évoque aucun de ceux-ci."""
    return max(classement.values(), default=0.0) >= _SUR and not any(classement.get(s, 0) >= _EVOQUE for s in sujets)


def preciser(reponse: str | None, message: MessageDit) -> Precision | None:
    """Rend l'entrée qui répond mieux que la réponse décidée, s'il y en a une."""
    simples, sujet = _simples(message), _sujet(reponse) if reponse else None
    return next((p for p in _precisions() if simples and p.convient(sujet, message, simples)), None)


def probabilites(classement: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """Probabilité de chaque sujet d'un classement d'étiquettes (``intent_ranking`` de Rasa)."""
    cumul: dict[str, float] = {}
    for entree in classement:
        sujet = contenus_en_place().sujets_d_etiquette(str(entree["name"]))[0]
        cumul[sujet] = cumul.get(sujet, 0.0) + float(entree["confidence"])
    return cumul


def dite_partout(message: MessageDit) -> Precision | None:
    """Rend l'entrée que ses mots et ce qu'on sait suffisent à choisir, quoi que le classement ait décidé."""
    simples = _simples(message)
    return next((p for p in _precisions() if p.partout and simples and p.convient(None, message, simples)), None)


def _simples(message: MessageDit) -> list[str]:
    return [simple for simple in map(simplifier, message.textes) if len(simple.split()) <= _MOTS_MAX]


def _est_de(quand: Mapping[str, Any], faits: Mapping[str, Any]) -> bool:
    """Ce qu'on sait de la personne convient : une valeur, ou une de plusieurs ; « public » se déduit."""
    connus = {**faits, "public": est_public(faits)}
    return all(connus.get(champ) in (v if isinstance(v, list) else [v]) for champ, v in quand.items())


def _sujet(reponse: str) -> str | None:
    """Sujet que nomme la réponse d'un sujet ; sinon le premier qu'elle traite."""
    nomme = reponse.removeprefix(_FAQ) if reponse.startswith(_FAQ) else None
    return nomme or next(iter(contenus_en_place().sujets(reponse)), None)


def cas_de(reponse: str | None) -> str | None:
    """Cas que traite une réponse (« essai_encadre »)."""
    return reponse.removeprefix(_CAS) if reponse and reponse.startswith(_CAS) else None


def _parle_d_un_arret(message: MessageDit) -> bool:
    if message.faits.get("arret") is not None:
        return message.faits["arret"] in _EN_ARRET
    return not set(_SUJETS_D_ARRET).isdisjoint(message.precedents)


def _date_un_bilan_sans_payeur(message: MessageDit) -> bool:
    """« Mon dernier bilan c'est juin 2022, je peux en refaire un ? » : tout dépend de qui l'a payé."""
    connus = {**message.faits, **message.dits}
    sans_payeur = bool(message.dits.get("dernier_bilan_date")) and not connus.get("dernier_bilan_financeur")
    return sans_payeur and not est_public(connus)  # un agent public a ses propres délais


def _se_dit_du_prive(message: MessageDit, simples: Iterable[str]) -> bool:
    if message.dits.get("agent_public") or str(message.dits.get("statut")).startswith("agent_"):
        return False
    return message.dits.get("statut") == "salarie_prive" or any(map(_PAS_PUBLIC.search, simples))


@lu_une_fois
def _precisions() -> tuple[Precision, ...]:
    """La table du projet, lue une fois par version."""
    brut = yaml.safe_load((DOSSIER_DONNEES / "precisions.yml").read_text(encoding="utf-8"))["precisions"]
    return tuple(
        Precision(
            reponse=f"{_CAS}{entree['cas']}" if "cas" in entree else f"utter_{entree['reponse']}",
            sujets=frozenset(entree["sujets"]) if "sujets" in entree else None,
            mots=re.compile(entree["mots"]) if "mots" in entree else None,
            sauf=re.compile(entree["sauf"]) if "sauf" in entree else None,
            apres=frozenset(entree["apres"]) if "apres" in entree else None,
            arret=entree.get("arret"),
            prive=bool(entree.get("prive")),
            quand=entree.get("quand") or {},
            partout=bool(entree.get("partout")),
            sans_payeur=bool(entree.get("sans_payeur")),
            voisins=frozenset(entree.get("voisins", ())),
        )
        for entree in brut
    )
