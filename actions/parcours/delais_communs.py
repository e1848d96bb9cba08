"""Ce que partagent les délais calculés : ce qui précède, ce que l'on répond, comment une date s'écrit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from actions.comprehension import periodes
from actions.comprehension.periodes import Periode
from actions.contenus import Contenus
from actions.droit import Droit, ecriture
from actions.eligibilite.dates import applicable
from actions.entreprise import Entreprise
from actions.parcours.faits import Faits, est_public
from actions.parcours.messages import Message, dire_periode

PREFIXE = "utter_delai_"
CONVENTION = f"{PREFIXE}convention"
# « Il y a cinq semaines » : à quelques jours près.
_A_PEU_PRES = timedelta(days=3)


@dataclass(frozen=True)
class Contexte:
    """Ce qui précède : faits connus, dernière réponse dite, lettre déjà donnée, et dates de la démarche en cours.

    Attributes:
        cas: dates que rien d'autre ne retient (convention, réponse), et de qui l'on parlait.
    """

    faits: Faits
    precedente: str = ""
    lettre: str | None = None
    cas: Mapping[str, Any] = field(default_factory=dict)

    @property
    def suit(self) -> bool:
        """Vrai si l'on vient de parler d'un délai."""
        return self.precedente.startswith(PREFIXE)

    @property
    def sur_la_convention(self) -> bool:
        """Vrai si ce délai était celui d'une convention."""
        return self.precedente.startswith(CONVENTION)

    @property
    def attend_une_date(self) -> bool:
        """Vrai si l'on vient de demander une date."""
        return self.precedente.endswith(("inconnue", "inconnu"))

    @property
    def profil_du_cas(self) -> Mapping[str, Any]:
        """Statut de qui l'on parlait, s'il n'est pas celui de la personne."""
        return dict(self.cas.get("profil") or {})

    @property
    def du_cas(self) -> Mapping[str, Any]:
        """Faits de qui l'on parlait."""
        demande = self.cas.get("date_demande")
        return {**self.profil_du_cas, **({"date_demande": demande} if demande else {})}

    def periode(self, nom: str) -> Periode | None:
        """Une date de la démarche en cours."""
        return periodes.lire(str(self.cas[nom])) if self.cas.get(nom) else None


@dataclass(frozen=True)
class Reponse:
    """Ce qu'il faut dire et retenir.

    Attributes:
        messages: la réponse.
        retenus: dates dites, par champ.
        redire: la réponse d'avant valait déjà pour cette question.
        question: un délai est demandé en toutes lettres ; sinon le récit d'une démarche suffit à répondre.
        cas: dates de la démarche en cours (``Contexte.cas``).
        sur: reconnu à des mots qui ne laissent pas de doute, quoi que dise le classement.
    """

    messages: list[Message] = field(default_factory=list)
    retenus: Mapping[str, Any] = field(default_factory=dict)
    redire: bool = False
    question: bool = False
    cas: Mapping[str, Any] = field(default_factory=dict)
    sur: bool = False

    @property
    def sans_date(self) -> bool:
        """Vrai s'il manque une date pour calculer : la réponse ne fait que la demander."""
        return bool(self.messages) and all("inconnu" in message.reponse for message in self.messages)


@dataclass(frozen=True)
class Base:
    """Le calcul d'un tour : le droit et l'accord de l'entreprise, au jour du message."""

    contexte: Contexte
    jour: date
    droit: Droit
    contenus: Contenus
    entreprise: Entreprise

    @property
    def statut(self) -> str:
        """Statut de qui l'on parle."""
        return str(self.contexte.faits.get("statut"))

    @property
    def public(self) -> bool:
        """Vrai si l'on parle d'un agent public."""
        return est_public(self.contexte.faits)

    def debut_connu(self) -> Periode | None:
        """Le début retenu, s'il est daté."""
        ecrite = self.contexte.faits.get("date_debut")
        return periodes.lire(ecrite) if ecrite and ecrite[:1].isdigit() else None

    def en_jours(self, nombre: int) -> str:
        """Un nombre de jours, en toutes lettres ou presque : « 9 jours »."""
        return ecriture.grandeur(nombre, "jours")

    def ecrire(self, parametre: str) -> str:
        """La valeur d'un paramètre avec son unité."""
        valeur = applicable(self.droit, parametre, self.jour)
        return ecriture.grandeur(valeur.montant, self.droit.parametres[parametre].unite)

    def gabarit(self, nom: str, cle: str, mots: Mapping[str, Any]) -> str:
        """Une phrase des métadonnées d'une réponse, remplie."""
        return self.droit.remplir(str(self.contenus.metadonnees(nom)[cle]), self.jour, mots)


def bouts(dite: Periode) -> tuple[date, date]:
    """Entre quels jours tombe une date dite : le jour, quelques jours autour, ou tout le mois."""
    if dite.debut == dite.fin:
        return dite.jour, dite.jour
    if dite.debut < dite.jour < dite.fin:
        return dite.jour - _A_PEU_PRES, dite.jour + _A_PEU_PRES
    return dite.debut, dite.fin


def dire(dite: Periode) -> str:
    """Une date dite, dans une phrase : « le 3 mars », « vers le 17 octobre »."""
    return dire_periode(periodes.ecrire(periodes.autour(dite)), "dans_une_phrase")


def debut_dit(debut: Periode | None) -> dict[str, Any]:
    """Le fait que retient un début dit."""
    return {"date_debut": periodes.ecrire(debut)} if debut else {}
