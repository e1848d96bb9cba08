"""Lit data/vocabulaire : métiers, employeurs, financeurs et petits mots que les RH complètent sans toucher au code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

import jsonschema
import yaml

from actions.comprehension import periodes
from actions.comprehension.ecriture import Normaliseur, mots, simplifier
from actions.comprehension.periodes import Periode
from actions.eligibilite.situation import HORS_DES_CHEMINS, Contrat, Financeur, Statut
from actions.en_place import lu_une_fois
from actions.reglages import DOSSIER_DONNEES

# Mots que l'on saute pour comparer : « agent de la mairie » et « agent mairie » se valent.
ARTICLES = frozenset(["d", "de", "du", "des", "l", "la", "le", "les"])
_NOMS_DES_LISTES = (
    "oui non partage doute passe attente hesitation correction environ nul proches employeur salarie autres_bilans"
    " perte_emploi remplissage changement_de_sujet sur_place"
)
_LISTES = frozenset(_NOMS_DES_LISTES.split())
_ADMIS: Mapping[str, tuple[object, ...]] = {
    "statut": (*get_args(Statut), *HORS_DES_CHEMINS),
    "contrat": (*get_args(Contrat), "contrat_ambigu"),
    "agent_public": (True,),
    "agent_prioritaire": (True,),
    "conge_reclassement": (True,),
}
# Ce que l'orthographe rate le plus : doubles, finales muettes, sons écrits de plusieurs façons.
_ABSTRACTION = [
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"([a-z])\1"), r"\1"),
    (re.compile(r"(?<=n)t(?=[esx]*$)"), ""),
    (re.compile(r"[esxz]+$"), ""),
    (re.compile(r"ai"), "e"),
    (re.compile(r"(?<=\w{5})e$"), ""),
    (re.compile(r"(?<=i)e?r$"), ""),
    (re.compile(r"(?:t|s|c)i(?=on)"), "si"),
    (re.compile(r"qu|c(?=[aoulrkt]|s|$)"), "k"),
    (re.compile(r"k(?=k)"), ""),
    (re.compile(r"g(?=[ei]|$)"), "j"),
    (re.compile(r"e?au"), "o"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"y"), "i"),
    (re.compile(r"en"), "an"),
    (re.compile(r"^h"), ""),
]


class ErreurVocabulaire(ValueError):
    """Un fichier de vocabulaire a une forme refusée, un code inconnu ou un mot deux fois."""


@dataclass(frozen=True)
class Terme:
    """Ce qu'un mot dit de la personne : ``faits`` par champ, et sa ``nature`` qui dit ce qui l'emporte."""

    nature: str
    faits: Mapping[str, object] = field(default_factory=dict)
    approximations: Mapping[str, str] = field(default_factory=dict)
    si_public: str | None = None
    sauf_devant: frozenset[str] = frozenset()


class Lexique:
    """Trouve des suites de mots, la plus longue d'abord, sans tenir compte des fautes courantes."""

    def __init__(self) -> None:
        self._par_premier: dict[str, list[tuple[tuple[str, ...], Any]]] = {}
        self.formes: dict[tuple[str, ...], Any] = {}

    def ajouter(self, forme: str, valeur: Any) -> bool:
        """Ajoute une forme ; rend faux si elle portait déjà une autre valeur."""
        cles = tuple(cle(mot) for mot in mots(simplifier(forme)) if mot not in ARTICLES) or tuple(
            mots(simplifier(forme))
        )
        if cles in self.formes:
            return bool(self.formes[cles] == valeur)
        self.formes[cles] = valeur
        suites = self._par_premier.setdefault(cles[0], [])
        suites.append((cles, valeur))
        suites.sort(key=lambda suite: -len(suite[0]))
        return True

    def a(self, jetons: Sequence[str], position: int) -> tuple[int, Any] | None:
        """Rend (position après le terme, valeur) si un terme commence à ``position``."""
        for cles, valeur in self._par_premier.get(cle(jetons[position]), ()):
            fin = _suivre(jetons, position, cles)
            if fin:
                return fin, valeur
        return None

    def tous(self, jetons: Sequence[str]) -> list[tuple[int, int, Any]]:
        """Rend (début, fin, valeur) de chaque terme, sans recouvrement."""
        trouves, i = [], 0
        while i < len(jetons):
            ici = self.a(jetons, i)
            if ici:
                trouves.append((i, *ici))
                i = ici[0]
            else:
                i += 1
        return trouves


@dataclass(frozen=True)
class Vocabulaire:
    """Tout le vocabulaire, prêt à l'emploi."""

    normaliseur: Normaliseur
    termes: Lexique
    financeurs: Lexique
    listes: Mapping[str, Lexique]
    motifs: Mapping[str, re.Pattern[str]]
    reperes: Mapping[str, Periode]


def cle(mot: str) -> str:
    """Rend ce qui reste d'un mot quand l'orthographe se trompe : « fonctionaire » et « fonctionnaires » se valent.

    Rien n'est retenu d'un appel à l'autre : ce sont les mots de la personne.
    """
    if len(mot) < 5 or not mot.isalpha():
        return mot
    for motif, par in _ABSTRACTION:
        mot = motif.sub(par, mot)
    return mot


def charger(dossier: Path) -> Vocabulaire:
    """Lit et vérifie un dossier de vocabulaire.

    Raises:
        ErreurVocabulaire: forme refusée, code hors du contrat, liste absente ou mot qui dirait deux choses.
    """
    schema = yaml.safe_load(Path(__file__).with_name("schema.yml").read_text(encoding="utf-8"))["fichier"]
    tout: dict[str, Any] = {"ecritures": {}, "termes": [], "financeurs": {}, "autres": [], "listes": {}, "reperes": {}}
    for fichier in sorted(dossier.glob("*.yml")):
        for nom, partie in _lire(fichier, schema).items():
            tout[nom] = tout[nom] + partie if isinstance(partie, list) else tout[nom] | partie
    if _LISTES - tout["listes"].keys():
        raise ErreurVocabulaire(f"{dossier} : listes absentes : {', '.join(sorted(_LISTES - tout['listes'].keys()))}")
    normaliseur = Normaliseur(tout["ecritures"])
    return Vocabulaire(
        normaliseur=normaliseur,
        termes=_lexique(_termes(tout["termes"]), normaliseur, _signaler_double),
        financeurs=_lexique(_financeurs(tout["financeurs"], tout["autres"]), normaliseur),
        listes={nom: _lexique(((mot, nom) for mot in liste), normaliseur) for nom, liste in tout["listes"].items()},
        motifs={nom: _motif(liste, normaliseur) for nom, liste in tout["listes"].items()},
        reperes={simplifier(nom): periodes.lire(ecrite) for nom, ecrite in tout["reperes"].items()},
    )


@lu_une_fois
def vocabulaire_en_place() -> Vocabulaire:
    """Le vocabulaire du projet, lu une fois par version."""
    return charger(DOSSIER_DONNEES / "vocabulaire")


def _lire(fichier: Path, schema: Mapping[str, Any]) -> dict[str, Any]:
    try:
        contenu = yaml.load(fichier.read_text(encoding="utf-8"), yaml.CSafeLoader)
        jsonschema.validate(contenu, schema)
    except (OSError, yaml.YAMLError) as erreur:
        raise ErreurVocabulaire(f"{fichier} : illisible ({erreur})") from erreur
    except jsonschema.ValidationError as erreur:
        chemin = ".".join(str(element) for element in erreur.absolute_path)
        raise ErreurVocabulaire(f"{fichier} : {chemin} : {erreur.message}") from erreur
    return dict(contenu)


def _termes(bruts: list[dict[str, Any]]) -> Iterable[tuple[str, Terme]]:
    for brut in bruts:
        for champ, valeur in brut.get("faits", {}).items():
            if valeur not in _ADMIS.get(champ, ()):
                raise ErreurVocabulaire(f"{champ} : {valeur} : valeur hors du contrat ({brut['mots'][0]}…)")
        reste = {nom: valeur for nom, valeur in brut.items() if nom not in ("mots", "sauf_devant")}
        terme = Terme(**reste, sauf_devant=frozenset(brut.get("sauf_devant", ())))
        yield from ((mot, terme) for mot in brut["mots"])


def _financeurs(codes: Mapping[str, list[str]], autres: list[str]) -> Iterable[tuple[str, str]]:
    if set(codes) - set(get_args(Financeur)):
        raise ErreurVocabulaire(f"financeurs hors du contrat : {', '.join(set(codes) - set(get_args(Financeur)))}")
    for code, liste in codes.items():
        yield from ((mot, code) for mot in liste)
        # « moncompteformation » : les mots longs s'écrivent aussi collés.
        yield from ((colle, code) for mot in liste if len(colle := mot.replace(" ", "")) >= 8 and " " in mot)
    yield from ((mot, "autre") for mot in autres)


def _signaler_double(mot: str) -> None:
    raise ErreurVocabulaire(f"« {mot} » dit deux choses différentes")


def _lexique(
    paires: Iterable[tuple[str, Any]], normaliseur: Normaliseur, en_double: Callable[[str], None] | None = None
) -> Lexique:
    """Un lexique des mots tels qu'ils sont écrits et tels que le normaliseur les réécrit."""
    lexique = Lexique()
    for mot, valeur in paires:
        for forme in dict.fromkeys((simplifier(mot), normaliseur.lire(mot))):
            if forme and not lexique.ajouter(forme, valeur) and en_double:
                en_double(mot)
    return lexique


def _motif(liste: list[str], normaliseur: Normaliseur) -> re.Pattern[str]:
    """Une expression qui trouve l'un des mots de la liste, écrits comme le normaliseur les écrit."""
    formes = {forme for mot in liste for forme in (normaliseur.lire(mot), simplifier(mot)) if forme}
    return re.compile(r"(?<![\w'])(?:" + "|".join(map(re.escape, sorted(formes, key=len, reverse=True))) + r")(?!\w)")


def _suivre(jetons: Sequence[str], position: int, cles: tuple[str, ...]) -> int:
    """Rend la position après la suite de clés, articles sautés, ou zéro."""
    for rang, attendue in enumerate(cles):
        while rang and position < len(jetons) and jetons[position] in ARTICLES:
            position += 1
        if position >= len(jetons) or cle(jetons[position]) != attendue:
            return 0
        position += 1
    return position
