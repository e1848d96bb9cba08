"""Les personnes à qui parler, dans l'entreprise et dehors : ce qu'elles font, ce que l'employeur saura, où les joindre.

Textes dans data/humains.yml, coordonnées dans data/droit et data/entreprise.yml.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

import yaml

from actions.contenus import typographier
from actions.droit import Droit
from actions.eligibilite import Situation
from actions.en_place import lu_une_fois
from actions.entreprise import Entreprise
from actions.parcours.choix import simplifier
from actions.reglages import DOSSIER_DONNEES

_ARRET = "arret"
_NUMERO = re.compile(r"\d\d[ \u00a0]\d\d")
Cote = Literal["interne", "externe"]
COTES: tuple[Cote, ...] = get_args(Cote)
_SANS_EMPLOI = ("demandeur_emploi", "etudiant_sans_activite", "retraite_taux_plein")


@dataclass(frozen=True)
class Humain:
    """Une personne ou un service à qui parler.

    Attributes:
        role: ce qu'il fait.
        employeur: ce que l'employeur en saura.
        a_savoir: précision utile, vide s'il n'y en a pas.
        coordonnees: vide si elles ne sont pas connues.
        renseigne: vrai si les coordonnées sont connues (celles de l'entreprise peuvent manquer).
        faits: identifiants des faits qui fondent ces phrases.
    """

    id: str
    cote: Cote
    nom: str
    role: str
    employeur: str
    a_savoir: str
    coordonnees: tuple[str, ...]
    faits: tuple[str, ...]

    @property
    def renseigne(self) -> bool:
        """Vrai si l'on sait où le joindre."""
        return bool(self.coordonnees)

    @property
    def se_telephone(self) -> bool:
        """Vrai si l'on connaît un numéro où l'appeler."""
        return any(map(_NUMERO.search, self.coordonnees))


def humains(
    jour: date,
    droit: Droit,
    entreprise: Entreprise,
    situation: Situation | None = None,
    cote: Cote | None = None,
    premiers: bool = False,
    cas: Collection[str] = (),
    au_telephone: bool = False,
) -> tuple[Humain, ...]:
    """Rend les personnes utiles, dans l'ordre de data/humains.yml.

    Args:
        jour: date des coordonnées.
        droit: faits et paramètres.
        entreprise: contacts internes.
        situation: ce que l'on sait ; ``None`` ou statut inconnu : tout le monde. Sans employeur : personne d'interne.
        cote: ``interne`` ou ``externe`` ; ``None`` : les deux.
        premiers: les premières portes seulement, dehors d'abord (là, l'employeur n'apprend rien) ; sans statut connu,
            celles du privé.
        cas: ce qui met une porte en tête (:func:`cas_connus`).
        au_telephone: celles qui ont un numéro d'abord, même si elles ne sont pas des premières.
    """
    publics = _publics(situation)
    cotes: list[tuple[str, Cote]] = [("internes", "interne"), ("externes", "externe")]
    if premiers:
        publics, cotes = publics or {"prive"}, cotes[::-1]
    choisis = [
        (identifiant, de_ce_cote, brut)
        for cle, de_ce_cote in cotes
        if cote in (None, de_ce_cote) and not (de_ce_cote == "interne" and _sans_employeur(situation))
        for identifiant, brut in textes()[cle].items()
        if publics is None or "pour" not in brut or publics & set(brut["pour"])
        if not premiers or _est_premier(brut, situation, cas) or (au_telephone and brut.get("telephone"))
    ]
    choisis.sort(key=lambda choisi: not _en_tete(choisi[2], cas))
    if situation is not None and situation.en_arret:
        choisis.sort(key=lambda choisi: choisi[2].get("premier") != _ARRET)
    qui = [_humain(*choisi, jour, droit, entreprise) for choisi in choisis]
    return tuple(sorted(qui, key=lambda humain: au_telephone and not humain.se_telephone))


def nomme(texte: str) -> str | None:
    """La personne, ou le service, qu'un message demande par son nom."""
    simple = simplifier(texte)
    portes = (porte for cle in ("externes", "internes") for porte in textes()[cle].items())
    return next((qui for qui, brut in portes if "nomme" in brut and re.search(brut["nomme"], simple)), None)


def cas_connus(faits: Mapping[str, Any], reponses: Collection[str]) -> set[str]:
    """Cas de data/humains.yml que disent les faits retenus ou les réponses déjà données."""
    return {
        nom
        for nom, cas in textes()["cas"].items()
        if {*cas["reponses"]} & {*reponses} or any(faits.get(c) == v for c, v in cas["faits"].items())
    }


def _en_tete(brut: Mapping[str, Any], cas: Collection[str]) -> bool:
    return bool({*brut.get("en_tete", ())} & {*cas})


def _est_premier(brut: Mapping[str, Any], situation: Situation | None, cas: Collection[str]) -> bool:
    """Une porte de l'arrêt n'est pas la première de qui travaille."""
    en_arret = situation is not None and situation.en_arret
    return _en_tete(brut, cas) or (bool(brut.get("premier")) and (en_arret or brut["premier"] != _ARRET))


@lu_une_fois
def textes() -> Mapping[str, Any]:
    """Ce que dit l'assistant de chacun (data/humains.yml)."""
    contenu: Mapping[str, Any] = yaml.load(
        (DOSSIER_DONNEES / "humains.yml").read_text(encoding="utf-8"), yaml.CSafeLoader
    )
    return contenu


def _publics(situation: Situation | None) -> set[str] | None:
    if situation is None or situation.statut is None:
        return None
    arret = {"arret"} if situation.en_arret else set()
    if situation.agent_public:
        return arret | {"public"}
    return arret | ({"sans_emploi", "prive"} if situation.statut in _SANS_EMPLOI else {"prive"})


def _sans_employeur(situation: Situation | None) -> bool:
    return situation is not None and situation.statut in (*_SANS_EMPLOI, "independant")


def _humain(
    identifiant: str,
    cote: Any,
    brut: Mapping[str, Any],
    jour: date,
    droit: Droit,
    entreprise: Entreprise,
) -> Humain:
    def ecrire(texte: str) -> str:
        return typographier(droit.remplir(texte, jour))

    contact = entreprise.contacts.get(identifiant)
    porte = [droit.faits[brut["porte"]].porte.lien.removeprefix("https://")] if "porte" in brut else []
    return Humain(
        id=identifiant,
        cote=cote,
        nom=ecrire(brut["nom"]),
        role=ecrire(brut["fait"]),
        employeur=ecrire(brut["employeur"]),
        a_savoir=ecrire(brut.get("a_savoir", "")),
        coordonnees=(*(contact.coordonnees if contact else ()), *map(ecrire, brut.get("joindre", ())), *porte),
        faits=tuple(brut["faits"]),
    )
