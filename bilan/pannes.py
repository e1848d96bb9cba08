"""Une panne se dit en une ligne : ce qui ne va pas et quoi faire. Jamais de pile d'appels."""

from __future__ import annotations

import errno
import sys
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import yaml

RACINE = Path(__file__).resolve().parent.parent
_CONFIGURATION = ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml")
_PAQUETS = ("actions", "bilan", "canaux", "composants")
_DISQUE = {
    errno.ENOSPC: "le disque est plein : libérez de la place et relancez",
    errno.EDQUOT: "le quota de disque est atteint : libérez de la place et relancez",
    errno.EFBIG: "le système refuse un fichier aussi gros (ulimit -f) : relevez la limite et relancez",
    errno.EROFS: "le disque est en lecture seule : choisissez un dossier où l'on peut écrire",
    errno.EACCES: "droits insuffisants : vérifiez à qui appartient ce dossier",
    errno.EPERM: "droits insuffisants : vérifiez à qui appartient ce dossier",
}
_LONGUEUR_MAX = 300


class Panne(Exception):
    """Panne dont le message, en français, dit déjà quoi faire."""


def arreter(commande: str, erreur: BaseException) -> int:
    """Écrit la panne sur la sortie d'erreur et rend le code de sortie, 1."""
    print(f"{commande} : {phrase(erreur)}", file=sys.stderr, flush=True)
    return 1


def phrase(erreur: BaseException) -> str:
    """Décrit une panne en une ligne, d'après la première de ses causes que l'on sait expliquer."""
    for cause in _causes(erreur):
        dite = _du_projet(cause) or _du_systeme(cause)
        if dite:
            return _une_ligne(dite)
    provenance = "configuration ou données refusées par Rasa" if _de_rasa(erreur) else "panne inattendue"
    return _une_ligne(f"{provenance} ({type(erreur).__name__}) : {erreur}")


def yaml_casse() -> str | None:
    """Cherche, parmi la configuration et les données, le premier fichier YAML mal formé et sa ligne."""
    for fichier in (*(RACINE / nom for nom in _CONFIGURATION), *sorted((RACINE / "data").rglob("*.yml"))):
        try:
            yaml.load(fichier.read_text(encoding="utf-8"), yaml.CSafeLoader)
        except yaml.MarkedYAMLError as erreur:
            ligne = erreur.problem_mark.line + 1 if erreur.problem_mark else 1
            return f"{_relatif(fichier)}, vers la ligne {ligne} : YAML mal formé ; corrigez ce fichier et relancez"
        except UnicodeDecodeError:
            return f"{_relatif(fichier)} : ce fichier n'est pas en UTF-8 ; réenregistrez-le en UTF-8"
        except yaml.YAMLError:
            return f"{_relatif(fichier)} : caractère interdit ; corrigez ce fichier et relancez"
        except OSError as erreur:
            return _du_systeme(erreur)
    return None


def _causes(erreur: BaseException) -> Iterator[BaseException]:
    vues: list[BaseException] = []
    courante: BaseException | None = erreur
    while courante is not None and courante not in vues:
        vues.append(courante)
        yield courante
        courante = courante.__cause__ or courante.__context__


def _du_projet(erreur: BaseException) -> str | None:
    if isinstance(erreur, Panne):
        return str(erreur)
    de_yaml = type(erreur).__module__.split(".")[0] in ("yaml", "ruamel") or "yaml" in type(erreur).__name__.lower()
    du_contenu = type(erreur).__module__.startswith("actions.") and isinstance(erreur, ValueError)
    if de_yaml or du_contenu or isinstance(erreur, UnicodeDecodeError):
        casse = yaml_casse()
        if casse:
            return casse
    return f"contenu refusé, {erreur}" if du_contenu else None


def _du_systeme(erreur: BaseException) -> str | None:
    if isinstance(erreur, tarfile.TarError | zlib.error | EOFError):
        return "l'archive du modèle est abîmée : supprimez models/*.tar.gz et relancez, elle sera refaite"
    if isinstance(erreur, MemoryError):
        return "mémoire insuffisante : il faut 2 Go libres pour entraîner, 1 Go pour servir"
    if isinstance(erreur, ModuleNotFoundError) and str(erreur.name).split(".")[0] in _PAQUETS:
        return f"« {erreur.name} » n'existe pas : corrigez son nom dans config.yml, endpoints.yml ou credentials.yml"
    if isinstance(erreur, ModuleNotFoundError):
        return f"il manque le paquet Python « {erreur.name} » : lancez « make installer »"
    if isinstance(erreur, FileNotFoundError):
        return f"{_relatif(erreur.filename)} : fichier absent ; retrouvez-le (git status) et relancez"
    if type(erreur).__name__ == "OperationalError" and "disk" in str(erreur):  # sqlite, le cache de Rasa
        return f"écriture impossible : {_DISQUE[errno.ENOSPC]}"
    if isinstance(erreur, OSError) and erreur.errno in _DISQUE:
        return f"{_relatif(erreur.filename)} : {_DISQUE[erreur.errno]}"
    return None


def _de_rasa(erreur: BaseException) -> bool:
    return any(type(cause).__module__.split(".")[0] == "rasa" for cause in _causes(erreur))


def _relatif(fichier: object) -> str:
    if not isinstance(fichier, str | Path):
        return "écriture impossible"
    chemin = Path(fichier)
    return str(chemin.relative_to(RACINE)) if chemin.is_relative_to(RACINE) else str(chemin)


def _une_ligne(texte: str) -> str:
    propre = " ".join(texte.split())
    return propre if len(propre) <= _LONGUEUR_MAX else propre[: _LONGUEUR_MAX - 1] + "…"
