"""Ce qui s'écrit comme ça s'entend : sigles épelés (« cé dé i »), nombres au son (« katr mil », « mil de cents »)."""

from __future__ import annotations

import re

_SIGLES = (
    (re.compile(r"\b(?:c[ .]?d[ .]?i|[cs]e ?de ?[iy])\b"), "cdi"),
    (re.compile(r"\b(?:c[ .]?d[ .]?d|[cs]e (?:de ?de|dd|d de)|[cs]edede|[cs]e ?d ?d)\b"), "cdd"),
    (re.compile(r"\b(?:c[ .]?p[ .]?f|[cs]e ?pe ?ef+e?)\b"), "cpf"),
    (re.compile(r"\b(?:r[ .]?q[ .]?t[ .]?h)\b"), "rqth"),
)
_SONS = {
    "deux": "deu deus deuz 2eux",
    "trois": "troi troa trwa trwas troix",
    "quatre": "katr katre catre catr quatr quattre kattre quatres",
    "cinq": "sinq sink cink cinc sinc cinque",
    "sept": "saite sept7",
    "huit": "uit wit uite huite",
    "neuf": "neuff neufs",
    "dix": "dice",
    "onze": "onz",
    "douze": "douz",
    "treize": "trez treze treiz",
    "quatorze": "katorz katorze catorze quatorz",
    "quinze": "kinz kinze quinz",
    "seize": "sez seze seiz",
    "vingt": "vint vaint",
    "trente": "trante trant trent",
    "quarante": "karante karant carante carant quarant",
    "cinquante": "sinkante sinquante cinkante cinquant sincante",
    "soixante": "soissante soisante soixant swasante swassante",
    "mille": "mil mile milles mill",
}
_DU_SON = {son: nombre for nombre, sons in _SONS.items() for son in sons.split()}
_SURS = re.compile(r"\b(?:" + "|".join(sorted(_DU_SON, key=len, reverse=True)) + r")\b")
_UNITE = "deux|trois|quatre|cinq|six|sept|huit|neuf"
_CENT = r"(?:cents?|cens?|sents?|sens?|sans?|cants?)"
# « de cents » n'est « deux cents » qu'en tête ou après « mille » : « plus de cent » reste tel quel.
_DEUX = re.compile(rf"(^|\bj'ai |\boui |\bmille )de (?={_CENT}\b|mille\b)")
_AMBIGUS = {"set": "sept", "cet": "sept", "sis": "six", "dis": "dix", "nef": "neuf", "sain": "cinq", "vin": "vingt"}
_DEVANT = re.compile(rf"\b({'|'.join(_AMBIGUS)}) (?=(?:{_CENT}|mille|ans)\b)")
_CENTS = re.compile(
    rf"\b({_UNITE}) {_CENT}(?=$|[ ,]+(?:{_UNITE}|dix|vingt|trente|quarante|cinquante|soixante|euros?|eur?|€))"
)
_CENT_SEUL = re.compile(r"\bmille (?:cen|sent|sen|san)\b")


def lire_sigles(simple: str) -> str:
    """Recolle les sigles épelés ; à appeler avant que l'élision ne soude « d i »."""
    for motif, sigle in _SIGLES:
        simple = motif.sub(sigle, simple)
    return simple


def lire_nombres(simple: str) -> str:
    """Écrit en toutes lettres les nombres écrits au son."""
    lu = _SURS.sub(lambda m: _DU_SON[m[0]], simple)
    if "mille" not in lu and "c" not in lu and "s" not in lu:
        return lu
    lu = _DEVANT.sub(lambda m: _AMBIGUS[m[1]] + " ", _DEUX.sub(r"\1deux ", lu))
    return _CENT_SEUL.sub("mille cent", _CENTS.sub(r"\1 cents", lu))
