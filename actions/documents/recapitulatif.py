"""Le récapitulatif : une page de notes, sources et dates dessus, à copier ou à télécharger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from actions.contenus import typographier
from actions.documents.modeles import commun_en_place
from actions.documents.page import Page, Paragraphe
from actions.droit import ecriture

# Ce que XML refuse.
_INTERDITS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# Une page A4 : lignes disponibles et caractères par ligne, mesurés dans LibreOffice, arrondis vers le bas.
_LARGEUR_CAPITALE = 1.8
LIGNES_MAX, CARACTERES_PAR_LIGNE = 46, 85


class RecapitulatifTropLong(ValueError):
    """Les blocs ne tiennent pas sur une page : à l'appelant de choisir lesquels garder."""


@dataclass(frozen=True)
class Bloc:
    """Une partie des notes.

    Attributes:
        sources: références lisibles (« L. 6323-17 »).
        verifie_le: jour de la dernière vérification, s'il y en a un.
    """

    titre: str
    lignes: tuple[str, ...]
    sources: tuple[str, ...] = ()
    verifie_le: date | None = None


def composer(blocs: Iterable[Bloc], jour: date) -> Page:
    """Rend la page des notes, blocs dans l'ordre reçu.

    Raises:
        RecapitulatifTropLong: plus d'une page.
    """
    gabarit = commun_en_place()["recapitulatif"]
    paragraphes = [
        Paragraphe(_ecrire(gabarit["entete"].format(date_du_jour=ecriture.jour(jour))), "titre"),
        *(paragraphe for bloc in blocs for paragraphe in _bloc(bloc)),
        Paragraphe(_ecrire(gabarit["pied"]), "pied"),
    ]
    if sum(_hauteur(paragraphe) for paragraphe in paragraphes) > LIGNES_MAX:
        raise RecapitulatifTropLong(f"plus de {LIGNES_MAX} lignes")
    return Page(gabarit["titre"], gabarit["fichier"], tuple(paragraphes))


def _bloc(bloc: Bloc) -> Iterator[Paragraphe]:
    gabarit = commun_en_place()["recapitulatif"]
    yield Paragraphe(_ecrire(bloc.titre), "soustitre")
    for ligne in bloc.lignes:
        yield Paragraphe(_ecrire(gabarit["ligne"].replace("{ligne}", ligne)), "puce")
    mentions = []
    if bloc.sources:
        mentions.append(gabarit["sources"].replace("{sources}", " ; ".join(dict.fromkeys(bloc.sources))))
    if bloc.verifie_le:
        mentions.append(gabarit["verifie_le"].format(verifie_le=ecriture.jour_court(bloc.verifie_le)))
    if mentions:
        yield Paragraphe(_ecrire(" ".join(mentions)), "note")


def _ecrire(texte: str) -> str:
    """Une ligne propre : ni caractère de contrôle ni retour à la ligne."""
    return typographier(" ".join(_INTERDITS.sub(" ", texte).splitlines())).replace("'", "’")


def _hauteur(paragraphe: Paragraphe) -> int:
    """Lignes que prend un paragraphe, vers le haut : une capitale est large, un titre s'entoure de blanc."""
    largeur = sum(_LARGEUR_CAPITALE if lettre.isupper() else 1 for lettre in paragraphe.texte)
    return 1 + int(largeur // CARACTERES_PAR_LIGNE) + (paragraphe.style in ("titre", "soustitre", "pied"))
