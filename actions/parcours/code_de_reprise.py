"""Code de reprise : les réponses d'un questionnaire, chiffrées, que la personne emporte ; rien n'est gardé ici.

Le code porte des choix, des nombres et des dates, jamais du texte. Il expire, ne se falsifie pas, ne se lit pas sans la
clé, et n'a ni numéro ni hasard propre : il ne relie à aucune conversation.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from actions import cles, reglages
from actions.comprehension import periodes
from actions.en_place import lu_une_fois
from actions.parcours.catalogue import PARCOURS
from actions.parcours.choix import choix
from actions.parcours.faits import CHAMPS, Faits
from actions.parcours.messages import libelles

DUREE = timedelta(days=30)
_ORIGINE = date(2000, 1, 1)
_JOURS = 1 << 16
# En centimes : au-delà, un montant n'est pas emporté et sera redemandé.
_NOMBRE_MAX = 10_000_000
_ABSENT, _INCONNU, _PREMIER = 0, 1, 2
# Après les choix : un nombre, un jour, un jour approché, une période.
_D_UN_JOUR = ("jour", "vers")
_PERIODE = len(_D_UN_JOUR) + 1
_SORTES = _PERIODE + 1
_BLOC = 4
_LONGUEUR_MIN, _LONGUEUR_MAX = 28, 200
_ETAPES = ("accord_arret", "identite", "solde", "comparer", "absence", "demande", "validation")
# Écrits à la main, ces chiffres se confondent avec des lettres de l'alphabet du code, qui ne les contient pas.
_CONFUSIONS = str.maketrans({"0": "O", "1": "I", "8": "B"})
_SEPARATEURS = re.compile(r"[\s.\-\u2010-\u2015_]+")


class CodeRefuse(ValueError):
    """Code mal recopié, falsifié, ou fait avec une autre clé ou d'autres questions."""


class CodeExpire(ValueError):
    """Code authentique, trop vieux."""


@dataclass(frozen=True)
class Reprise:
    """Ce qu'un code porte : faits connus, champs que la personne ne sait pas, parcours ouvert, étapes cochées."""

    faits: Faits
    inconnus: Collection[str] = ()
    parcours: str | None = None
    etapes_faites: Collection[str] = ()


class Codes:
    """Écrit et lit les codes."""

    def __init__(self, cle: str | None = None) -> None:
        """Prépare le chiffre ; ``cle`` : 32 octets en base64, tirée au hasard si elle manque."""
        self._chiffre = AESSIV(base64.urlsafe_b64decode(cle) if cle else secrets.token_bytes(32))

    def ecrire(self, reprise: Reprise, jour: date) -> tuple[str, date]:
        """Rend le code, en blocs de quatre, et le dernier jour où il marche."""
        fin = jour + DUREE
        clair = _ecrire(reprise, fin)
        code = base64.b32encode(self._chiffre.encrypt(clair, [_forme()])).decode().rstrip("=")
        return "-".join(code[debut : debut + _BLOC] for debut in range(0, len(code), _BLOC)), fin

    def lire(self, code: str, jour: date) -> Reprise:
        """Rend ce qu'un code porte ; espaces, tirets et casse sont indifférents.

        Raises:
            CodeExpire: code authentique, trop vieux.
            CodeRefuse: tout le reste.
        """
        propre = _SEPARATEURS.sub("", code).upper().translate(_CONFUSIONS)
        if not _LONGUEUR_MIN <= len(propre) <= _LONGUEUR_MAX:
            raise CodeRefuse("longueur impossible")
        try:
            octets = base64.b32decode(propre + "=" * (-len(propre) % 8))
            clair = self._chiffre.decrypt(octets, [_forme()])
        except (binascii.Error, InvalidTag, ValueError) as erreur:
            raise CodeRefuse("code illisible ou d'une autre clé") from erreur
        reprise, fin = _lire(clair)
        if jour > fin:
            raise CodeExpire("code expiré")
        return reprise


@cache
def codes_en_place() -> Codes:
    """Les codes du processus : clé de actions/reglages.py, dérivée du secret commun, ou tirée au démarrage."""
    commune = cles.derivee("reprise")
    return Codes(reglages.CLE_REPRISE or (base64.urlsafe_b64encode(commune).decode() if commune else None))


def survivent() -> bool:
    """Dit si les codes marchent encore après un redémarrage, et d'un serveur à l'autre."""
    return bool(reglages.CLE_REPRISE or cles.derivee("reprise"))


def _ecrire(reprise: Reprise, fin: date) -> bytes:
    """Un seul grand nombre, chiffre après chiffre, chacun dans sa base : rien n'est perdu en noms ni en virgules."""
    chiffres = [
        ((fin - _ORIGINE).days, _JOURS),
        (_rang(reprise.parcours, tuple(PARCOURS)), len(PARCOURS) + 1),
        *((int(etape in reprise.etapes_faites), 2) for etape in _ETAPES),
    ]
    for champ, codes in _questions().items():
        chiffres += _chiffrer(champ, codes, reprise)
    nombre = 0
    for chiffre, base in reversed(chiffres):
        nombre = nombre * base + chiffre
    return nombre.to_bytes((nombre.bit_length() + 7) // 8, "little")


def _lire(octets: bytes) -> tuple[Reprise, date]:
    lecteur = _Lecteur(int.from_bytes(octets, "little"))
    fin = _ORIGINE + timedelta(days=lecteur.suivant(_JOURS))
    rang = lecteur.suivant(len(PARCOURS) + 1)
    etapes = [etape for etape in _ETAPES if lecteur.suivant(2)]
    faits: dict[str, Any] = {}
    inconnus = []
    for champ, codes in _questions().items():
        lu = lecteur.suivant(len(codes) + _PREMIER + _SORTES)
        if lu == _INCONNU:
            inconnus.append(champ)
        elif lu == len(codes) + _PREMIER:
            faits[champ] = lecteur.suivant(_NOMBRE_MAX) / 100
        elif lu > len(codes) + _PREMIER:
            faits[champ] = _relire_date(lu - len(codes) - _PREMIER, lecteur)
        elif lu != _ABSENT:
            faits[champ] = codes[lu - _PREMIER]
    return Reprise(faits, inconnus, [None, *PARCOURS][rang], etapes), fin


def _chiffrer(champ: str, codes: tuple[Any, ...], reprise: Reprise) -> list[tuple[int, int]]:
    base, valeur = len(codes) + _PREMIER + _SORTES, reprise.faits.get(champ)
    if valeur is None:
        return [(_INCONNU if champ in reprise.inconnus else _ABSENT, base)]
    if any(valeur == code and isinstance(valeur, bool) == isinstance(code, bool) for code in codes):
        return [(codes.index(valeur) + _PREMIER, base)]
    if isinstance(valeur, int | float) and 0 <= round(valeur * 100) < _NOMBRE_MAX:
        return [(len(codes) + _PREMIER, base), (round(valeur * 100), _NOMBRE_MAX)]
    return _chiffrer_date(str(valeur), len(codes) + _PREMIER, base) or [(_ABSENT, base)]


def _chiffrer_date(ecrite: str, rang: int, base: int) -> list[tuple[int, int]] | None:
    """Un jour, dit ou approché, ou les deux bouts d'une période ; rien de ce qui ne tient pas dans le code."""
    try:
        periode = periodes.lire(ecrite)
    except ValueError:
        return None
    forme = periodes.forme(periode)
    if forme in _D_UN_JOUR:
        jours = [_numero(periode.jour)]
    else:
        jours = [0 if forme == "avant" else _numero(periode.debut), 0 if forme == "depuis" else _numero(periode.fin)]
    if any(jour is None for jour in jours):
        return None
    sorte = _D_UN_JOUR.index(forme) + 1 if forme in _D_UN_JOUR else _PERIODE
    return [(rang + sorte, base), *((jour, _JOURS) for jour in jours if jour is not None)]


def _relire_date(sorte: int, lecteur: _Lecteur) -> str:
    if sorte != _PERIODE:
        jour = _ORIGINE + timedelta(days=lecteur.suivant(_JOURS) - 1)
        return jour.isoformat() + "~" * (_D_UN_JOUR[sorte - 1] == "vers")
    debut, fin = (_ORIGINE + timedelta(days=n - 1) if (n := lecteur.suivant(_JOURS)) else None for _ in range(2))
    return periodes.ecrire_bouts(debut, fin)


def _numero(jour: date) -> int | None:
    """Rang d'un jour dans le code, à partir d'un ; zéro y veut dire « pas de bout »."""
    rang = (jour - _ORIGINE).days + 1
    return rang if 0 < rang < _JOURS else None


class _Lecteur:
    def __init__(self, nombre: int) -> None:
        self._nombre = nombre

    def suivant(self, base: int) -> int:
        self._nombre, chiffre = divmod(self._nombre, base)
        return chiffre


def _rang(parcours: str | None, tous: tuple[str, ...]) -> int:
    return tous.index(parcours) + 1 if parcours in tous else 0


@lu_une_fois
def _questions() -> Mapping[str, tuple[Any, ...]]:
    """Choix possibles de chaque champ : ceux que l'on sait nommer et ceux que l'on sait reconnaître."""
    nommes = {champ: libelles()["champs"].get(champ, {}).get("valeurs", {}) for champ in CHAMPS}
    # Une famille de lettres se choisit à la question « quelle lettre ? ».
    reconnus = {**choix(), "famille_lettre": choix()["lettre"]}
    return {champ: tuple(sorted({*nommes[champ], *reconnus.get(champ, {})}, key=str)) for champ in CHAMPS}


@lu_une_fois
def _forme() -> bytes:
    """Empreinte des questions : un code fait pour d'autres questions est refusé, jamais lu de travers."""
    return hashlib.sha256(repr((_ETAPES, tuple(PARCOURS), *_questions().items())).encode()).digest()
