"""Les dates que donne un employeur, une RH ou un élu : demande reçue, réponse envoyée ou prévue, début, convention."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from actions.comprehension import dates, delais_dits
from actions.comprehension.motifs_dates import JOURS_RE, MOIS_RE
from actions.comprehension.periodes import Periode
from actions.comprehension.vocabulaire import vocabulaire_en_place

# « Je réponds le 4 décembre », « si je refuse demain », « refus reçu le 15 novembre ».
_QUAND = (
    rf"(?:(?:le|du) )?\d{{1,2}}(?:er)? {MOIS_RE}(?: \d{{4}})?|(?:(?:le|du) )?\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?"
    r"|le \d{1,2}\b(?! ?(?:jours?|h\b|heures?|€))|demain|aujourd'hui|ce jour|hier"
    rf"|{JOURS_RE}(?: (?:dernier|prochain))?"
)
_REPONSE = re.compile(
    r"\b(?:repon\w+|refus\w*|accept\w+|dit non)\b"
    r"(?: (?:recue?|envoye\w*|datee?|arrivee?|tombee?|est|non|oui|par|ecrit|mail|que|seulement|lui)){0,3} "
    rf"(?P<quand>{_QUAND})"
)
_AUJOURD_HUI = re.compile(r"aujourd'hui|ce jour")
_ECART = re.compile(
    r"\b(?:au bout d[e']|apres|en|sous) ?(?P<n>\d{1,3}) (?P<u>jours?|semaines?)\b"
    r"|\b(?P<n2>\d{1,3}) (?P<u2>jours?|semaines?) (?:apres|plus tard)\b"
)
_DATEE = re.compile(rf"\b(?:datee?|remonte) (?:du |au |de )(?P<quand>{_QUAND})")
# « Il m'a écrit le 20 novembre pour un bilan le 11 janvier ».
_ECRITE = re.compile(
    r"\b(?:m'|nous |me )(?:a |ont )?(?:ecrit|sollicite\w*|saisi\w*|fait (?:une|sa|la) demande)"
    rf"(?: par (?:mail|lettre|courrier))? (?P<quand>{_QUAND})"
)
_BILAN_LE = re.compile(
    rf"\bbilan (?:de competences )?(?:qui (?:commence|debute) |prevu |a partir )?(?P<quand>{_QUAND})"
)
_A_REPONDU = re.compile(r"\b(?:refus\w*|repon(?:se|du)\w*|rejet\w*|dit non|accepte\w*)\b")
_PAR_SEMAINE = 7


@dataclass(frozen=True)
class Dites:
    """Dates d'une demande d'absence ou d'une convention ; ``ecart`` : jours entre la demande et la réponse."""

    demande: Periode | None = None
    reponse: Periode | None = None
    debut: Periode | None = None
    ecart: int | None = None
    convention: bool = False
    demande_le_delai: bool = False


def lire(texte: str, jour: date) -> Dites:
    """Rend les dates qu'un message donne, vues de la place de qui répond à la demande."""
    lu = vocabulaire_en_place().normaliseur.lire(texte)
    dits = delais_dits.lire(texte, jour)
    reponse = _reponse(lu, jour) or dits.reponse
    return Dites(
        demande=dits.demande or _datee(_DATEE, lu, jour) or _datee(_ECRITE, lu, jour),
        reponse=reponse,
        debut=dits.debut or _datee(_BILAN_LE, lu, jour, "futur"),
        ecart=dits.ecart or (_ecart(lu) if reponse is None else None),
        convention=dits.convention,
        demande_le_delai=dits.demande_le_delai,
    )


def _reponse(lu: str, jour: date) -> Periode | None:
    """La date la plus proche d'aujourd'hui : une réponse se prépare, ou vient d'être donnée."""
    trouve = _REPONSE.search(lu)
    if trouve is None:
        return None
    if _AUJOURD_HUI.match(trouve["quand"]):
        return Periode(jour, jour, jour)
    sens: tuple[dates.Sens, ...] = ("passe", "futur")
    lues = [lue for s in sens if isinstance(lue := dates.chercher(trouve["quand"], jour, s), Periode)]
    return min(lues, key=lambda lue: abs(lue.jour - jour), default=None)


def _datee(motif: re.Pattern[str], lu: str, jour: date, sens: dates.Sens = "passe") -> Periode | None:
    """« Elle date du 5 octobre », « il m'a écrit le 20 » : la demande dont on parle, ou le bilan à venir."""
    trouve = motif.search(lu)
    lue = dates.chercher(trouve["quand"], jour, sens) if trouve else None
    return lue if isinstance(lue, Periode) else None


def _ecart(lu: str) -> int | None:
    trouve = _ECART.search(lu) if _A_REPONDU.search(lu) else None
    if trouve is None:
        return None
    semaines = (trouve["u"] or trouve["u2"]).startswith("sem")
    return int(trouve["n"] or trouve["n2"]) * (_PAR_SEMAINE if semaines else 1)
