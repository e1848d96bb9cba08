"""La fin d'un arrêt : « en arrêt jusqu'au 31 décembre », « je reprends le 4 janvier », « consolidation le 20 »."""

from __future__ import annotations

import re
from datetime import date, timedelta

from actions.comprehension import dates, periodes
from actions.comprehension.modele import Carnet
from actions.comprehension.motifs_dates import JOURS_RE, MOIS_RE
from actions.comprehension.periodes import Periode
from actions.comprehension.propositions import phrases
from actions.comprehension.reprise import ARRET

_JOUR_NU = r"(?:[12]\d|3[01]|[1-9])(?:er)?\b(?! ?(?:jours?|semaines?|mois|ans?|h\b|heures?|€|euros?|%))"
QUAND = (
    rf"(?:(?:le|au|en|vers|environ|debut|courant|mi|fin|du|de|mois|{JOURS_RE}) ){{0,4}}+"
    rf"(?:\d{{1,2}}(?:er)? {MOIS_RE}(?: \d{{4}})?|\d\d?[/.-]\d\d?(?:[/.-]\d{{2,4}})?(?!\d)|{MOIS_RE}(?: \d{{4}})?"
    rf"|{_JOUR_NU}|{JOURS_RE}(?: prochain)?|demain|(?:la )?semaine prochaine|(?:le )?mois prochain"
    r"|dans (?:\d{1,2}|une?|quelques) (?:jours?|semaines?|mois))"
)
_MOTS = r"(?: (?!(?:je|j|on|il|elle|bilan|cdd|contrat|mission|pas|est|devait|aurait|s)\b)\w+){0,4}?"
_D_ARRET = rf"(?:{ARRET}|(?:re)?prolonge\w*|prolongation|at(?: ?mp)?|accident(?: d[eu] travail)?|(?:en|longue) maladie)"
_FINIT = (
    r"(?:(?:(?:qui |va |doit |devrait )?(?:se )?(?:fini|finira|finisse|finir|termine|terminer|terminera)"
    r"|s'(?:arrete|acheve)|prend(?:ra)? fin|expire|fin) (?:est |(?:est )?prevue? |a priori |normalement )?)"
)
_FIN_DE = rf"fin (?:de |d'|de mon |de l'|prevue de mon ){ARRET}"
_JE_REPRENDS = (
    r"\b(?:je |j')(?:reprends?|reprendrai|reprendrais|(?:vais|dois|devrais|pense|compte) reprendre|retravaille|retourne"
    r"|recommence)(?: (?!(?:pas|mon bilan|bilan|formation|etudes|contact|ecole|si|quand|que|depuis)\b)\w+){0,5}? "
)
_REPRISE = r"\breprise(?: (?:du |de |a )?(?:travail|temps plein|plein temps|poste|boulot))?"
_EST = r"(?:,? (?:c'est|ce sera|sera|est|est prevue|prevue|est fixee))?,? "
# Chaque forme, et si la date est le dernier jour de l'arrêt ou le premier jour d'après.
_Formes = tuple[tuple[re.Pattern[str], bool], ...]
_PLUS_EN_ARRET: _Formes = (
    (
        re.compile(
            rf"\bapres (?P<quand>{QUAND}),? (?:je (?:ne )?(?:suis|serai)|c'est|j'en ai) plus (?:en |d'|dans l')?{ARRET}"
        ),
        True,
    ),
    (re.compile(rf"\bplus en {ARRET} (?:apres|passe) (?P<quand>{QUAND})"), True),
    (
        re.compile(
            rf"\b(?:a partir d[eu] |des )?(?P<quand>{QUAND}),? je (?:ne )?(?:suis|serai) plus (?:en |d'){ARRET}"
            rf"|\bplus en {ARRET} (?:a partir d[eu]|des|a compter d[eu]) (?P<quand2>{QUAND})"
        ),
        False,
    ),
)
_FORMES: _Formes = (
    (re.compile(rf"\b{_D_ARRET}{_MOTS},? jusqu(?:e|'| )?(?:a |au |en |aux )?(?P<quand>{QUAND})"), True),
    (re.compile(rf"\b{ARRET}{_MOTS} {_FINIT}(?P<quand>{QUAND})"), True),
    (re.compile(rf"\b{_FIN_DE}{_MOTS}{_EST}(?P<quand>{QUAND})"), True),
    (
        re.compile(
            rf"(?<![\w'])(?P<quand>{QUAND}),?(?: \w+){{0,4}}?,? c'est (?:ma|la|le jour de (?:ma|la)) (?:consolidation"
            rf"|{_FIN_DE})"
        ),
        True,
    ),
    (
        re.compile(rf"\bconsolid\w*{_EST}(?P<quand>{QUAND})|\bconsolid\w* (?:a la date d[eu] )?(?P<quand2>{QUAND})"),
        True,
    ),
    *_PLUS_EN_ARRET,
    (re.compile(rf"{_JE_REPRENDS}(?P<quand>{QUAND})"), False),
    (re.compile(rf"{_REPRISE}{_EST}(?P<quand>{QUAND})|(?<![\w'])(?P<quand2>{QUAND}),? c'est (?:ma|la) reprise"), False),
)
_JUSQU_A = re.compile(rf"\bjusqu(?:e|'| )?(?:a |au |en |aux )?(?P<quand>{QUAND})")
_NIE = re.compile(r"\b(?:pas|jamais|ni)\b(?: en)?")
_DEMANDE = re.compile(r"\b(?:est ce qu\w*|si|quand|savoir|meme si|au cas ou)\b[^,]*$|\b(?:etais|avais|ete)\b[^,]*$")
_AUTRUI = re.compile(
    r"\b(?:il|elle|son|sa|ses|leur|salariee?|collegue|mari|femme|conjointe?|compagne|pere|mere|frere|soeur|fils|fille"
    r"|ami|amie)\b[^,]*$"
)
# Une reprise d'après autre chose qu'un arrêt.
_AUTRE_ABSENCE = re.compile(
    r"\b(?:vacances|maternite|paternite|parental|sabbatique|conges?(?! (?:de )?(?:maladie|longue))|formation|chomage"
    r"|rentree|mon (?:mi|temps)|d'etudes)\b"
)
_REPREND = re.compile(r"\bje (?:re|vais|dois|compte|pense|devrais)|\bj'|\breprise\b")
# « Mon arrêt fini le 3 novembre », sans l'année : plus d'un an après serait celui qui vient de finir.
_TROP_LOIN = timedelta(days=300)
_ANNEE = re.compile(r"\b20\d\d\b")
_UN_JOUR = timedelta(days=1)


def lire(lu: str, jour: date, carnet: Carnet) -> None:
    """Note le dernier jour dit d'un arrêt ; dit en question, seulement si la question porte sur autre chose."""
    if carnet.dits.get("arret") == "aucun":
        return
    trouvees = {
        dernier: None
        for phrase, question in phrases(lu.replace(" :", ""))
        for dernier in _dites(phrase, question, jour)
    }
    # Le dernier jour et la reprise se disent souvent ensemble : « arrêt jusqu'au 31, je reprends le 4 ».
    nommees = [fin for fin, reprise in trouvees if not reprise] or [fin for fin, _ in trouvees]
    for fin in dict.fromkeys(nommees):
        carnet.noter("fin_arret", fin)


def repondre(texte: str, jour: date, carnet: Carnet) -> None:
    """« Oui jusqu'au 14 », dit à qui demande l'arrêt, en date la fin."""
    trouve = _JUSQU_A.search(texte)
    fin = _dernier_jour(trouve.groupdict(), True, jour) if trouve else None
    if fin and "fin_arret" not in carnet.dits:
        carnet.noter("fin_arret", periodes.ecrire(fin))


def date_une_reprise(texte: str, jour: date) -> bool:
    """« Je reprends à mi-temps le 1er février » : la reprise est à venir."""
    return any(reprise for _, reprise, _ in _lues(texte, jour))


def trouver(texte: str, jour: date) -> Periode | None:
    """Rend le dernier jour d'arrêt que dit une écriture simple, question ou supposition comprises."""
    lues = [(fin, reprise) for fin, reprise, _ in _lues(texte, jour)]
    return next((fin for fin, reprise in lues if not reprise), next((fin for fin, _ in lues), None))


def sans_fin(texte: str) -> str:
    """Retire ce qui date la fin : « après le 10, je suis plus en arrêt » ne dit pas que l'arrêt est fini."""
    for motif, _ in _PLUS_EN_ARRET:
        texte = motif.sub(" ", texte)
    return texte


def sans_dates(texte: str, jour: date) -> str:
    """Retire tout ce qui date la fin d'un arrêt ou une reprise : ce qui reste date autre chose."""
    for _, _, trouve in _lues(texte, jour):
        texte = texte.replace(trouve[0], " ")
    return texte


def _dites(phrase: str, question: bool, jour: date) -> list[tuple[str, bool]]:
    dites = []
    for fin, reprise, trouve in _lues(phrase, jour):
        avant, apres = phrase[: trouve.start()], phrase[trouve.end() :].strip(" ,?")
        if _DEMANDE.search(avant) or _AUTRUI.search(avant) or (question and not apres):
            continue
        dites.append((periodes.ecrire(fin), reprise))
    return dites


def _lues(texte: str, jour: date) -> list[tuple[Periode, bool, re.Match[str]]]:
    lues = []
    for motif, compris in _FORMES:
        for trouve in motif.finditer(texte):
            reprise = not compris
            if _NIE.search(trouve[0]) or re.search(r"\b(?:pas|jamais) (?:en |d'|un )?$", texte[: trouve.start()]):
                continue
            if reprise and _REPREND.search(trouve[0]) and _AUTRE_ABSENCE.search(texte):
                continue
            fin = _dernier_jour(trouve.groupdict(), compris, jour)
            if fin is not None:
                lues.append((fin, reprise, trouve))
    return lues


def _dernier_jour(groupes: dict[str, str | None], compris: bool, jour: date) -> Periode | None:
    quand = groupes["quand"] or groupes.get("quand2") or ""
    nu = re.fullmatch(r"(?:(?:le|au) )*(\d{1,2})(?:er)?", quand)
    lue = dates.chercher(f"le {nu[1]}" if nu else quand, jour, "futur")
    if not isinstance(lue, Periode) or lue.fin < jour:
        return None
    if not _ANNEE.search(quand) and lue.jour - jour > _TROP_LOIN:
        return None
    lue = periodes.autour(lue)
    if compris:
        return lue
    return Periode(lue.debut - _UN_JOUR, lue.fin - _UN_JOUR, lue.jour - _UN_JOUR, lue.precision)
