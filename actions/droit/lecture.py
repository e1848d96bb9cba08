"""Lit data/droit : faits sourcés et paramètres datés. Refuse tout ce qui n'a pas de source."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema.exceptions import best_match
from jsonschema.validators import validator_for

from actions.droit import ecriture
from actions.droit.modele import ErreurDroit, Fait, Parametre, Porte, Valeur, ValeurAbsente
from actions.en_place import lu_une_fois
from actions.reglages import DOSSIER_DONNEES

_PARAMETRE = re.compile(r"\{([a-z][a-z0-9_]*)(?:\.(depuis|annee|precedente|nombre|historique))?\}")
_NOM_DE_FAIT = re.compile(r"[a-z]+\.(?:[a-z0-9_]+|\*)")


@dataclass(frozen=True)
class Droit:
    """Le droit connu de l'assistant : ``faits`` et ``parametres`` par identifiant."""

    faits: Mapping[str, Fait]
    parametres: Mapping[str, Parametre]

    def valeur(self, identifiant: str, jour: date) -> Valeur:
        """Rend la valeur d'un paramètre à une date.

        Raises:
            ErreurDroit: paramètre inconnu.
            ValeurAbsente: pas encore en vigueur à cette date.
        """
        if identifiant not in self.parametres:
            raise ErreurDroit(f"paramètre inconnu : {identifiant}")
        return self.parametres[identifiant].a(jour)

    def montant(self, identifiant: str, jour: date, defaut: Decimal | None = None) -> Decimal:
        """Rend le nombre seul ; ``defaut`` remplace une valeur pas encore en vigueur."""
        try:
            valeur = self.valeur(identifiant, jour).montant
        except ValeurAbsente:
            if defaut is None:
                raise
            return defaut
        if isinstance(valeur, str):
            raise ErreurDroit(f"{identifiant} n'est pas un nombre")
        return valeur

    def remplir(self, texte: str, jour: date, autres: Mapping[str, Any] | None = None) -> str:
        """Remplace ``{parametre}``, ``{parametre.depuis}``… par leur écriture française à la date.

        ``autres`` fournit les mots qui ne viennent pas du droit ; une accolade inconnue est laissée telle quelle.
        """
        return _PARAMETRE.sub(self._ecrire(jour, autres or {}), texte)

    def _ecrire(self, jour: date, autres: Mapping[str, Any]) -> Callable[[re.Match[str]], str]:
        def remplacer(trouve: re.Match[str]) -> str:
            nom, forme = trouve.groups()
            if nom in autres and forme is None:
                return str(autres[nom])
            if nom not in self.parametres:
                return trouve.group(0)
            parametre = self.parametres[nom]
            if forme == "historique":
                passees = ((ecriture.grandeur(v.montant, parametre.unite), v.depuis) for v in parametre.jusqu_a(jour))
                return ", ".join(f"{montant} depuis le {ecriture.jour(depuis)}" for montant, depuis in passees)
            valeur = parametre.avant(jour) if forme == "precedente" else parametre.a(jour)
            if forme == "annee":
                return str(valeur.depuis.year)
            if forme == "depuis":
                return ecriture.jour(valeur.depuis)
            if forme == "nombre" and not isinstance(valeur.montant, str):
                return ecriture.nombre(valeur.montant)
            return ecriture.grandeur(valeur.montant, parametre.unite)

        return remplacer


def parametres_cites(texte: str) -> set[str]:
    """Noms des paramètres qu'un texte appelle."""
    return {nom for nom, _ in _PARAMETRE.findall(texte)}


def charger(dossier: Path) -> Droit:
    """Lit et vérifie un dossier de droit (``portes.yml``, ``faits/``, ``parametres/``).

    Raises:
        ErreurDroit: forme refusée, identifiant en double, source absente, ou valeur fondée sur un fait à vérifier
            sans se dire un projet.
    """
    schemas = _schemas()
    portes = {nom: Porte(**porte) for nom, porte in _yaml(dossier / "portes.yml").items()}
    faits: dict[str, Fait] = {}
    for fichier in sorted((dossier / "faits").glob("*.yml")):
        contenu = _valide(fichier, schemas["faits"])
        for identifiant, brut in contenu["faits"].items():
            _nouveau(identifiant, faits, fichier)
            faits[identifiant] = _fait(identifiant, brut, portes[contenu["porte"]])
    faits = {identifiant: _sourcer(fait, faits) for identifiant, fait in faits.items()}
    parametres: dict[str, Parametre] = {}
    for fichier in sorted((dossier / "parametres").glob("*.yml")):
        for identifiant, brut in _valide(fichier, schemas["parametres"]).items():
            _nouveau(identifiant, parametres, fichier)
            parametres[identifiant] = _parametre(identifiant, brut, faits, fichier)
    return Droit(faits, parametres)


@lu_une_fois
def droit_en_place() -> Droit:
    """Le droit du projet, lu une fois par version."""
    return charger(DOSSIER_DONNEES / "droit")


class _LecteurDates(yaml.CSafeLoader):
    """YAML dont les dates restent des chaînes (une seule lecture des dates : la nôtre)."""


_LecteurDates.yaml_implicit_resolvers = {
    lettre: [(genre, motif) for genre, motif in regles if genre != "tag:yaml.org,2002:timestamp"]
    for lettre, regles in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def _yaml(fichier: Path) -> Any:
    try:
        return yaml.load(fichier.read_text(encoding="utf-8"), _LecteurDates)
    except (OSError, yaml.YAMLError) as erreur:
        raise ErreurDroit(f"{fichier} : illisible ({erreur})") from erreur


@cache
def _schemas() -> dict[str, Any]:
    """Schémas de schema.yml, vérifiés une fois et prêts à valider."""
    bruts = yaml.safe_load(Path(__file__).with_name("schema.yml").read_text(encoding="utf-8"))
    for brut in bruts.values():
        validator_for(brut).check_schema(brut)
    return {nom: validator_for(brut)(brut) for nom, brut in bruts.items()}


def _valide(fichier: Path, schema: Any) -> Any:
    contenu = _yaml(fichier)
    erreur = best_match(schema.iter_errors(contenu))
    if erreur is not None:
        chemin = ".".join(str(element) for element in erreur.absolute_path)
        raise ErreurDroit(f"{fichier} : {chemin} : {erreur.message}") from erreur
    return contenu


def _nouveau(identifiant: str, connus: Mapping[str, Any], fichier: Path) -> None:
    if identifiant in connus:
        raise ErreurDroit(f"{fichier} : {identifiant} est déjà défini")


def _fait(identifiant: str, brut: Mapping[str, Any], porte: Porte) -> Fait:
    return Fait(
        id=identifiant,
        enonce=brut["enonce"],
        confiance=brut["confiance"],
        verifie_le=date.fromisoformat(brut["verifie_le"]),
        source=brut.get("source"),
        liens=tuple(lien["url"] for lien in brut.get("liens", ())),
        porte=porte,
        vigueur=str(brut.get("en_vigueur", "")),
        reserve=str(brut.get("reserve", "")),
        adresses=tuple((lien["nom"], lien["url"]) for lien in brut.get("liens", ())),
    )


def _sourcer(fait: Fait, faits: Mapping[str, Fait]) -> Fait:
    """Une source qui nomme d'autres faits (« rgpd.cnil_conservation », « cse.* ») devient la leur : un lecteur veut
    le texte, pas notre classement.
    """
    noms = [nom.strip() for nom in (fait.source or "").split(",")]
    if not all(_NOM_DE_FAIT.fullmatch(nom) for nom in noms):
        return fait
    cites = [faits[i] for nom in noms for i in faits if i == nom or (nom.endswith("*") and i.startswith(nom[:-1]))]
    if not cites:
        raise ErreurDroit(f"{fait.id} : aucun fait « {fait.source} »")
    sources = " ; ".join(dict.fromkeys(cite.source for cite in cites if cite.source))
    liens = tuple(dict.fromkeys(lien for cite in cites for lien in cite.liens))
    return replace(fait, source=sources or None, liens=fait.liens or liens)


def _parametre(identifiant: str, brut: Mapping[str, Any], faits: Mapping[str, Fait], fichier: Path) -> Parametre:
    valeurs = []
    projet = brut.get("projet", False)
    for depuis, entree in sorted(brut["valeurs"].items()):
        fait = faits.get(entree["fait"])
        if fait is None:
            raise ErreurDroit(f"{fichier} : {identifiant} au {depuis} : aucun fait source « {entree['fait']} »")
        if (fait.confiance == "a_verifier") != projet:
            defaut = "n'est pas un projet" if projet else "n'est pas établi"
            raise ErreurDroit(f"{fichier} : {identifiant} au {depuis} : le fait {fait.id} {defaut}")
        if not fait.source and not fait.liens:
            raise ErreurDroit(f"{fichier} : {identifiant} au {depuis} : le fait {fait.id} n'a pas de source")
        montant = entree["valeur"]
        valeurs.append(
            Valeur(
                date.fromisoformat(depuis),
                montant if isinstance(montant, str) else Decimal(str(montant)),
                fait,
            )
        )
    return Parametre(identifiant, brut["description"], brut["unite"], tuple(valeurs), projet)
