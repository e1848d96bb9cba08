"""Un message reçu pendant le questionnaire, et ce que sa lecture apprend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class MessageRecu:
    """Un message pendant le questionnaire.

    Attributes:
        etiquette: étiquette complète du classement (« faq/duree »).
        bouton: code, si c'est un bouton de réponse.
        parcours: celui qui est ouvert.
        dechiffre: le même texte relu à l'oreille, s'il s'écrit autrement.
        dernier_montant: champ du dernier montant dit avant ce message.
    """

    texte: str
    intention: str
    etiquette: str
    confiance: float
    bouton: str | None = None
    parcours: str | None = None
    dechiffre: str | None = None
    dernier_montant: str | None = None

    @property
    def lectures(self) -> list[str]:
        """Le message déchiffré, s'il l'est, et tel quel."""
        return [texte for texte in (self.dechiffre, self.texte) if texte]


@dataclass(frozen=True)
class Lecture:
    """Ce qu'une réponse apprend.

    Attributes:
        faits: champs dits, par nom.
        inconnus: champs que la personne ne sait pas.
        incompris: la réponse n'a pas été comprise.
        autre: le message n'est pas une réponse ; sa règle s'en charge.
        question: étiquette d'une question posée en même temps qu'une réponse.
        pourquoi: on demande ce que change la réponse, sans la donner.
        prive_suppose: la réponse ne dit qu'un contrat ; le privé est supposé.
        approches: champ -> code d'un montant approché.
        autre_prix: le second de deux prix comparés.
        a_dire: nom d'une réponse qui dit ce qu'on fait de cette réponse.
    """

    faits: Mapping[str, Any] = field(default_factory=dict)
    inconnus: frozenset[str] = frozenset()
    incompris: bool = False
    autre: bool = False
    question: str | None = None
    pourquoi: bool = False
    prive_suppose: bool = False
    approches: Mapping[str, str] = field(default_factory=dict)
    autre_prix: float | None = None
    a_dire: str | None = None
