"""Ce qui se lit dans data/ : lu une fois, gardé ensemble, remplacé d'un seul coup quand les RH changent un fichier.

Un tour de conversation lit du début à la fin la même version : une relecture entre deux de ses étapes ne s'y mêle pas.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

T = TypeVar("T")
Version = dict[Callable[[], Any], Any]

_LECTEURS: list[Callable[[], Any]] = []
_choisie: ContextVar[Version | None] = ContextVar("version_des_donnees", default=None)
_courante: Version = {}


def lu_une_fois(lire: Callable[[], T]) -> Callable[[], T]:
    """Retient ce que rend une lecture de data/ (décorateur) : une fois par version des données."""

    @wraps(lire)
    def lu() -> T:
        version = _choisie.get()
        if version is None:
            version = _courante
        if lire not in version:
            version[lire] = lire()
        valeur: T = version[lire]
        return valeur

    _LECTEURS.append(lu)
    return lu


@contextmanager
def meme_version() -> Iterator[None]:
    """Le temps d'un tour, garde la version des données en place à son début."""
    marque = _choisie.set(_choisie.get() or _courante)
    try:
        yield
    finally:
        _choisie.reset(marque)


def tout_lire() -> None:
    """Lit tout ce qui ne l'est pas encore : un fichier faux arrête le démarrage, et aucun message n'attend."""
    for lecteur in _LECTEURS:
        lecteur()


def relire(verifier: Callable[[], None]) -> Version:
    """Lit une version neuve sans la mettre en place.

    Args:
        verifier: contrôle joué sur la version neuve ; ce qu'il lève l'écarte.
    """
    neuve: Version = {}
    marque = _choisie.set(neuve)
    try:
        tout_lire()
        verifier()
    finally:
        _choisie.reset(marque)
    return neuve


def mettre_en_place(version: Version) -> None:
    """Remplace les données lues ; les tours en cours finissent avec les leurs."""
    global _courante
    _courante = version
