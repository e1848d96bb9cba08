"""Ramène un message à une écriture simple : minuscules sans accents, abréviations lues, nombres en chiffres.

Tout le paquet lit cette écriture ; aucune règle n'a à connaître « chui », « 1k5 » ni « mille deux cents ».
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

from text_to_num import text2num

from actions.comprehension.sons import lire_nombres, lire_sigles

# Borne technique : au-delà, la fin d'un message n'est pas lue (le canal refuse déjà plus long).
LONGUEUR_MAX = 4_000

_APOSTROPHES = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "œ": "oe", "æ": "ae", "–": "-", "−": "-", "—": "-"}
)
_ETIREES = re.compile(r"([a-z])\1{2,}")
_HORS_ALPHABET = re.compile(r"[^a-z0-9 .,;:!?'/€%+&\n()-]+")
_TRAIT_ENTRE_LETTRES = re.compile(r"(?<=[a-z])-(?=[a-z])")
_ELISION = re.compile(r"\b([jldmns]|qu) (?=(?!y a\b)[aeiouyh])|\bc (?=(?:est|etait|etai)\b)")
_ESPACES = re.compile(r"[ \t]+")
_EN_TETE = re.compile(r"(^|[.,;!?\n] ?)(?=(?:suis|bosse|travaille|touche) )")
_AI_EN_TETE = re.compile(r"(^|[.;!?\n] ?)ai (?=\d|rien|un |deja|jamais|fait)")

_NOMBRE = (
    r"(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize"
    r"|vingts?|trente|quarante"
    r"|cinquante|soixante|septante|octante|huitante|nonante|cents?|mille)"
)
_NOMBRES = re.compile(rf"\b{_NOMBRE}\b(?:[ -](?:et[ -]une?\b|{_NOMBRE}\b|une?\b(?= (?:ans|euros))))*")
_MILLIERS = re.compile(r"(?<![\d.,/])(\d{1,3})((?:[ .]\d{3})+|,\d{3})(?![\d/])")
_VIRGULE = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
_K = re.compile(r"(?<![\w.])(\d{1,3}(?:\.\d)?) ?k(?:€| ?euros?)?(\d{0,2})\b(?!\w)")
# « mille 200 », « 2 mille 500 » : moitié en lettres, moitié en chiffres.
_MILLE = re.compile(rf"(?<![\w.,])(?:(?P<milliers>\d{{1,2}}|{_NOMBRE}) )?mille(?: (?P<reste>\d{{2,3}}))?(?![\d.,])\b")
_MOIS_AU_SON = re.compile(r"(?<=\d )moi\b|(?<=\bun )moi(?= et demi|$)|(?<=\bquelques )moi\b")
_CENTAINE = re.compile(r"\bune? (centaine|millier|dizaine|quinzaine|vingtaine|trentaine|cinquantaine) (?:d'|de )")
_VALEURS = {"centaine": 100, "millier": 1000, "dizaine": 10, "quinzaine": 15, "vingtaine": 20}
_VALEURS |= {"trentaine": 30, "cinquantaine": 50}
_EUROS = re.compile(r"(?<=\d) ?(?:€|euros?\b)(?:(\d\d)\b)?|(?<=\d{3}) ?e\b|(?<=\d\.\d) ?e\b|(?<=\d\.\d\d) ?e\b")
_SYMBOLE_DEVANT = re.compile(r"(?<!\d)€ ?(\d+(?:\.\d+)?)")


def simplifier(texte: str) -> str:
    """Rend le texte en minuscules, sans accents, sans lettres étirées, apostrophes droites."""
    decompose = unicodedata.normalize("NFKD", texte[:LONGUEUR_MAX].lower().translate(_APOSTROPHES))
    return _ETIREES.sub(r"\1", "".join(c for c in decompose if not unicodedata.combining(c)))


def mots(texte: str) -> list[str]:
    """Découpe une écriture simple en mots ; l'apostrophe sépare."""
    return re.findall(r"[a-z0-9€+]+", texte)


class Normaliseur:
    """Applique les écritures de data/vocabulaire/ecritures.yml, puis chiffre les nombres."""

    def __init__(self, ecritures: dict[str, str]) -> None:
        """Prépare les remplacements : un mot, plusieurs mots, ou un signe (emoji)."""
        simples = {simplifier(cle): valeur for cle, valeur in ecritures.items()}
        self._signes = {cle: valeur for cle, valeur in simples.items() if not re.search(r"[a-z]", cle)}
        self._un_mot = {cle: valeur for cle, valeur in simples.items() if re.fullmatch(r"[a-z0-9]+", cle)}
        suites = sorted(simples.keys() - self._signes.keys() - self._un_mot.keys(), key=len, reverse=True)
        self._suites = re.compile(r"\b(?:" + "|".join(map(re.escape, suites)) + r")\b")
        self._de_suite = simples
        self._lues: dict[str, str] | None = None

    @contextmanager
    def une_seule_fois(self) -> Iterator[None]:
        """Ne lit qu'une fois les textes que plusieurs règles demandent ; les oublie tous en sortant."""
        self._lues = {}
        try:
            yield
        finally:
            self._lues = None

    def lire(self, texte: str) -> str:
        """Rend l'écriture simple d'un message."""
        if self._lues is None:
            return self._lire(texte)
        if texte not in self._lues:
            self._lues[texte] = self._lire(texte)
        return self._lues[texte]

    def _lire(self, texte: str) -> str:
        simple = simplifier(texte)
        for signe in self._signes.keys() & set(simple):
            simple = simple.replace(signe, self._signes[signe])
        simple = _ESPACES.sub(
            " ", _HORS_ALPHABET.sub(" ", _TRAIT_ENTRE_LETTRES.sub(" ", simple[:LONGUEUR_MAX]))
        ).strip()
        simple = lire_sigles(simple)
        simple = re.sub(r"\bj'(?=[bcdfgklmnpqrstvz])", "je ", simple)
        simple = _ELISION.sub(lambda m: f"{m[0].strip()}'", simple)
        simple = self._suites.sub(lambda m: self._de_suite[m[0]], simple)
        simple = re.sub(
            r"(?<![a-z0-9])(?<!categorie )(?<!cat )[a-z0-9]+(?!['a-z0-9])",
            lambda m: self._un_mot.get(m[0], m[0]),
            simple,
        )
        # Un mot réécrit peut en former un autre avec son voisin : « chai pa ».
        simple = self._suites.sub(lambda m: self._de_suite[m[0]], simple)
        simple = simple.replace("j'j'", "j'").replace("il il y", "il y").replace("je je ", "je ")
        simple = _AI_EN_TETE.sub(r"\1j'ai ", _EN_TETE.sub(r"\1je ", simple))
        return chiffrer(lire_nombres(simple))


def chiffrer(simple: str) -> str:
    """Écrit les nombres en chiffres : « mille deux cents », « 1 200,50 € », « 1k5 » -> 1200, 1200.50€, 1500."""
    simple = _MOIS_AU_SON.sub("mois", _CENTAINE.sub(lambda m: f"environ {_VALEURS[m[1]]} ", simple))
    simple = _MILLE.sub(_mille, simple)
    if re.search(_NOMBRE, simple):
        simple = _NOMBRES.sub(_en_chiffres, simple)
    if not re.search(r"\d", simple):
        return simple
    simple = re.sub(r"(?<=\d{3})/(?=\d{3})", " ou ", simple)
    simple = _MILLIERS.sub(lambda m: m[1] + re.sub(r"\D", "", m[2]), simple)
    simple = _K.sub(_milliers_k, _VIRGULE.sub(".", simple))
    simple = _EUROS.sub(lambda m: f".{m[1]}€" if m[1] else "€", simple)
    return _SYMBOLE_DEVANT.sub(r"\1€", simple)


def _en_chiffres(trouve: re.Match[str]) -> str:
    try:
        return str(text2num(trouve[0].replace("-", " "), "fr"))
    except ValueError:
        parties = []
        for mot in re.split(r"[ -]", trouve[0]):
            try:
                parties.append(str(text2num(mot, "fr")))
            except ValueError:
                parties.append(mot)
        return " ".join(parties)


def _mille(trouve: re.Match[str]) -> str:
    milliers, reste = trouve["milliers"], trouve["reste"]
    if not reste and not (milliers or "").isdigit():
        return trouve[0]  # tout en lettres : lu avec les autres nombres
    combien = 1 if not milliers else int(milliers) if milliers.isdigit() else text2num(milliers, "fr")
    return str(combien * 1000 + int(reste or 0))


def _milliers_k(trouve: re.Match[str]) -> str:
    mille = Decimal(trouve[1]) * 1000
    suite = trouve[2]
    return str(int(mille + (int(suite.ljust(3, "0")) if suite else 0)))
