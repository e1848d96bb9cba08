"""Liens privés vers un document, sans rien garder : le lien porte, chiffré, de quoi refaire le document.

Un jeton expire, ne se falsifie pas et ne se lit pas sans la clé du processus.
"""

from __future__ import annotations

import base64
import json
import secrets
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Literal, get_args

from cryptography.fernet import Fernet, InvalidToken

from actions import calendrier, cles, reglages
from actions.calendrier import ics
from actions.documents import docx, odt, texte
from actions.documents.lettres import rediger
from actions.documents.page import Page
from actions.documents.recapitulatif import Bloc, composer
from actions.droit import Droit
from actions.eligibilite import lire_situation
from actions.entreprise import entreprise_en_place

Genre = Literal["lettre", "recapitulatif", "calendrier"]
Format = Literal["docx", "odt", "txt", "ics"]
CHEMIN = "/documents/"
# Une adresse plus longue n'est pas sûre d'arriver entière.
JETON_MAX = 6_000
_CONTENU_MAX = 64_000
_AVANCE_ADMISE_S = 60
_SECONDES_PAR_MINUTE = 60


class JetonRefuse(ValueError):
    """Jeton falsifié, illisible, trop long, ou d'un autre processus."""


class JetonExpire(ValueError):
    """Jeton authentique, mais trop vieux."""


@dataclass(frozen=True)
class Demande:
    """De quoi refaire un document.

    Attributes:
        nom: nom de la lettre ; libre pour les autres genres.
        faits: valeurs JSON. Lettre : ses champs. Récapitulatif : ``blocs``. Calendrier : ``situation`` (contrat du
            cœur d'éligibilité) et, si on veut, ``chemin``.
        jour: date du document et du droit.
        graine: hasard propre au document, dont viennent les identifiants d'un calendrier.
    """

    genre: Genre
    nom: str
    format: Format
    faits: Mapping[str, Any]
    jour: date
    graine: str = field(default_factory=lambda: secrets.token_hex(8))

    def __post_init__(self) -> None:
        """Refuse un genre ou un format inconnu, ou qui ne vont pas ensemble."""
        if self.genre not in get_args(Genre) or self.format not in get_args(Format):
            raise ValueError("genre ou format inconnu")
        if (self.genre == "calendrier") != (self.format == "ics"):
            raise ValueError("un calendrier est un fichier ics, et lui seul")


@dataclass(frozen=True)
class Fichier:
    """Un document prêt à remettre : ``nom`` neutre, extension comprise."""

    octets: bytes
    type_mime: str
    nom: str


class Coffre:
    """Fabrique et ouvre les jetons ; ne garde rien."""

    def __init__(self, cle: str | None = None, minutes: int = 15) -> None:
        """Prépare le coffre.

        Args:
            cle: clé Fernet ; tirée au hasard si elle manque.
            minutes: durée de vie d'un jeton.

        Raises:
            ValueError: la clé fournie n'en est pas une.
        """
        try:
            self._fernet = Fernet(cle.encode() if cle else Fernet.generate_key())
        except ValueError as erreur:
            raise ValueError("BILAN_CLE_DOCUMENTS : 32 octets en base64 attendus (Fernet)") from erreur
        self._duree = minutes * _SECONDES_PAR_MINUTE

    def sceller(self, demande: Demande, maintenant: int) -> str:
        """Rend le jeton d'une demande, propre à une adresse.

        Args:
            demande: de quoi refaire le document.
            maintenant: secondes depuis 1970.

        Raises:
            JetonRefuse: la demande ne tient pas dans un lien.
        """
        contenu = json.dumps(
            [demande.genre, demande.nom, demande.format, demande.faits, demande.jour.isoformat(), demande.graine],
            ensure_ascii=False,
            separators=(",", ":"),
        ).encode()
        jeton = self._fernet.encrypt_at_time(zlib.compress(contenu, 9), maintenant).decode().rstrip("=")
        if len(jeton) > JETON_MAX or len(contenu) > _CONTENU_MAX:
            raise JetonRefuse("demande trop longue pour un lien")
        return jeton

    def ouvrir(self, jeton: str, maintenant: int) -> Demande:
        """Rend la demande d'un jeton.

        Raises:
            JetonExpire: jeton authentique, trop vieux.
            JetonRefuse: tout le reste.
        """
        if len(jeton) > JETON_MAX or not jeton.isascii():
            raise JetonRefuse("jeton trop long ou illisible")
        entier = jeton + "=" * (-len(jeton) % 4)
        try:
            clair = self._fernet.decrypt(entier)
            cree = self._fernet.extract_timestamp(entier)
        except InvalidToken as erreur:
            raise JetonRefuse("jeton falsifié ou d'un autre processus") from erreur
        if cree > maintenant + _AVANCE_ADMISE_S:
            raise JetonRefuse("jeton du futur")
        if maintenant >= cree + self._duree:
            raise JetonExpire("jeton expiré")
        genre, nom, format_, faits, jour, graine = json.loads(_decompresser(clair))
        return Demande(genre, nom, format_, faits, date.fromisoformat(jour), graine)


def _decompresser(octets: bytes) -> bytes:
    flux = zlib.decompressobj()
    contenu = flux.decompress(octets, _CONTENU_MAX)
    if not flux.eof:
        raise JetonRefuse("contenu trop long")
    return contenu


@cache
def coffre_en_place() -> Coffre:
    """Le coffre du processus : clé de actions/reglages.py, ou dérivée du secret commun."""
    commune = cles.derivee("documents")
    cle = reglages.CLE_DOCUMENTS or (base64.urlsafe_b64encode(commune).decode() if commune else None)
    return Coffre(cle, reglages.DOCUMENT_MINUTES)


def produire(demande: Demande, droit: Droit) -> Fichier:
    """Refait le document d'une demande.

    Raises:
        LettreInconnue, ErreurChamp, MotDeSante, RecapitulatifTropLong, ErreurSituation: demande impossible.
    """
    if demande.genre == "calendrier":
        return Fichier(_calendrier(demande, droit), ics.TYPE_MIME, f"{calendrier.textes()['ics']['fichier']}.ics")
    page = _page(demande, droit)
    octets, type_mime = _FORMATS[demande.format]
    return Fichier(octets(page), type_mime, f"{page.fichier}.{demande.format}")


def _page(demande: Demande, droit: Droit) -> Page:
    if demande.genre == "lettre":
        return rediger(demande.nom, demande.faits, demande.jour, droit).page
    return composer(map(en_bloc, demande.faits["blocs"]), demande.jour)


def en_bloc(brut: Mapping[str, Any]) -> Bloc:
    """Lit un bloc de récapitulatif tel qu'un lien le porte."""
    verifie_le = brut.get("verifie_le")
    return Bloc(
        titre=brut["titre"],
        lignes=tuple(brut["lignes"]),
        sources=tuple(brut.get("sources", ())),
        verifie_le=date.fromisoformat(verifie_le) if verifie_le else None,
    )


def _calendrier(demande: Demande, droit: Droit) -> bytes:
    situation = lire_situation({**demande.faits["situation"], "date_evaluation": demande.jour.isoformat()})
    jours = calendrier.Jours(reglages.ALSACE_MOSELLE)
    droit = entreprise_en_place().appliquer(droit, demande.jour)
    etapes = calendrier.retroplanning(situation, demande.jour, droit, chemin=demande.faits.get("chemin"), jours=jours)
    return ics.en_ics(etapes, demande.jour, demande.graine)


_FORMATS: Mapping[str, tuple[Callable[[Page], bytes], str]] = {
    "docx": (docx.en_docx, docx.TYPE_MIME),
    "odt": (odt.en_odt, odt.TYPE_MIME),
    "txt": (lambda page: texte.en_texte(page).encode(), texte.TYPE_MIME),
}
