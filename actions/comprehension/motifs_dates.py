"""Les formes sous lesquelles une date se dit, une par motif ; dates.py leur donne un sens."""

from __future__ import annotations

import re

from actions.comprehension.durees import DUREE

RANG_DU_MOIS = {
    "janvier": 1,
    "janv": 1,
    "jan": 1,
    "fevrier": 2,
    "fevr": 2,
    "fev": 2,
    "mars": 3,
    "avril": 4,
    "avr": 4,
    "mai": 5,
    "juin": 6,
    "juillet": 7,
    "juil": 7,
    "aout": 8,
    "septembre": 9,
    "sept": 9,
    "octobre": 10,
    "oct": 10,
    "novembre": 11,
    "nov": 11,
    "decembre": 12,
    "dec": 12,
}
RANG_DU_JOUR = {"lundi": 0, "mardi": 1, "mercredi": 2, "jeudi": 3, "vendredi": 4, "samedi": 5, "dimanche": 6}
SAISONS = {"hiver": (1, 3), "printemps": (3, 6), "ete": (6, 9), "automne": (9, 12), "rentree": (9, 9)}
PARTS_D_ANNEE = {"debut": (1, 4), "mi": (5, 8), "milieu": (5, 8), "fin": (9, 12), "courant": (1, 12)}
MOIS_RE = "(?:" + "|".join(sorted((m for m in RANG_DU_MOIS if len(m) > 2), key=len, reverse=True)) + r")\b\.?"
JOURS_RE = "(?:" + "|".join(RANG_DU_JOUR) + ")"
NUMERIQUE = re.compile(
    r"(?<![\d/.-])(?:(?P<a1>\d{4})-(?P<m1>\d\d?)-(?P<j1>\d\d?)|(?P<j2>\d\d?)(?P<sep>[/.-]"
    r"| (?=\d\d? \d{4}))(?P<m2>\d\d?)(?:(?:[/.-]| )(?P<a2>\d{4}|\d\d))?)(?![\d/€])(?! ?(?:ans|mois"
    r"|h\b))"
)
JOUR_MOIS = re.compile(rf"\b(?P<j>\d\d?)(?:er)? (?P<mois>{MOIS_RE})(?: (?P<a>\d{{4}})\b)?")
MOIS_ANNEE = re.compile(r"(?<![\d/])(?:0?(?P<m>[1-9]|1[0-2]))/(?P<a>\d{4})\b")
MOIS = re.compile(
    rf"(?:\b(?P<part>debut|mi|fin|courant) )?(?:du mois de |de "
    rf"|d')?\b(?P<mois>{MOIS_RE})(?: (?P<a>\d{{4}}|\d\d)\b(?! ?(?:mois|ans|€))"
    rf"| (?:de )?(?P<relatif>dernier|prochaine?))?"
)
IL_Y_A = re.compile(
    rf"\b(?P<avant>il y a|ca (?:fait|remonte a|date de|doit faire)|cela fait|fait|depuis|voila|dans"
    rf"|d'ici|remonte a|date de) (?:deja |bien |peut etre |a peu pres |a |genre |je crois |environ "
    rf"|bien |maintenant )*(?P<duree>(?:(?:plus|moins) d(?:e |')|au moins |presque |pas loin de "
    rf"|bientot )?{DUREE})"
)
DUREE_SEULE = re.compile(
    rf"(?<!\ba )(?<!j'avais )\b(?P<avant>)(?P<duree>(?:(?:plus|moins) d(?:e |')|au moins )?{DUREE})"
    rf"(?: en arriere| plus tot|$|(?= (?:je crois|environ|peut etre|a peu pres|maintenant)))"
)
RELATIF = re.compile(
    r"\bl'an(?:nee)? (?:dernier|passee?|derniere|prochaine?|precedente?)|\b(?:an dernier"
    r"|annee derniere|annee prochaine)\b|\bcette annee\b|\b(?:le )?mois (?:dernier|prochain"
    r"|passe)\b|\bce mois(?: ci)?\b|\b(?:la )?semaine (?:derniere|prochaine|passee)\b"
    r"|\bcette semaine\b"
)
JOUR_PROCHE = re.compile(r"\bavant hier\b|\bhier\b|\baujourd'hui\b|\bapres demain\b|\bdemain\b")
JOUR_SEMAINE = re.compile(
    rf"(?<!premier )(?<!dernier )\b(?P<js>{JOURS_RE})(?! \d\d?(?:er)? {MOIS_RE}"
    rf"| (?:le )?\d\d?/)(?: (?P<n>[12]?\d|3[01])\b(?! ?(?:{MOIS_RE}|/|ans|mois|€))"
    rf"| (?P<relatif>prochain|dernier))?"
)
ANNEE = re.compile(
    r"(?:\b(?P<part>debut|mi|fin|courant|printemps|ete|automne|hiver|rentree) (?:de l'annee "
    r"|d'annee |de )?)?(?<![\d.,€/-])\b(?P<a>(?:19|20)\d\d)(?: ou (?P<ou>(?:19|20)\d\d))?\b(?![€/]"
    r"| ?(?:euros|heures))"
)
ANNEE_COURTE = re.compile(r"\ben (?P<a>\d\d)(?=$|[ ,.!?]+(?:$|je crois|environ|avec|paye|finance|par))")
NUMERO = re.compile(r"^(?:c'est |pour |ce sera )?le (?P<n>[12]?\d|3[01])$")
SAISON = re.compile(
    r"\b(?<!avant )(?:au |cet |l'|a la |cette |en |pour la )(?P<s>printemps|ete|automne|hiver"
    r"|rentree)\b(?! (?:de )?(?:19|20)\d\d)(?: (?P<relatif>derniere?))?"
)
VAGUE = re.compile(
    r"\b(?:il y a |ca fait |depuis )?(?:tres |super |bien |assez )?long?temps\b"
    r"|\b(?:il y a )?(?:quelques|plusieurs|des) (?:annees|mois|ans|semaines)\b"
    r"|\bapres? l[ae]s? (?:vacances?|fetes?)\b|\bun jour\b|\bbientot\b|\brecemment\b"
)
_AN = (
    r"(?:l'an(?:nee)? (?:dernier|passee?|derniere|prochaine?|precedente?|d'avant)|cette annee|an dernier|annee derniere"
    r"|annee passee|il y a \d\d? ans?)"
)
_MOIS_OU_SAISON = rf"(?:{MOIS_RE}|{'|'.join(SAISONS)})"
MOIS_RELATIF = re.compile(
    rf"(?:\b(?:debut|mi|fin|courant) )?(?:du mois de |de |d'|l')?\b(?P<mois>{_MOIS_OU_SAISON}),? (?:de "
    rf"|d')?(?P<an>{_AN})\b"
    rf"|\b(?P<an2>{_AN}),? (?:(?:en|au|vers|c'etait|a|la|l'|mois|de|debut|fin"
    rf"|mi) ?){{0,4}}(?P<mois2>{_MOIS_OU_SAISON})\b"
)
PART_D_ANNEE = re.compile(
    r"\b(?P<part>debut|mi|milieu|fin|courant) (?:de |d'|du )?(?:l'|cette )?an(?:nee)?\b(?! (?:19|20)\d\d)"
    r"(?: (?P<relatif>derniere?|passee?|precedente?|d'avant|prochaine?|en cours))?"
)
# « Le vendredi après-midi », « les mardis » : un jour de chaque semaine, aucune date.
HABITUEL = re.compile(
    rf"\b(?:(?:le|un) {JOURS_RE}s? (?:matin|soir|midi|aprem|apres[- ]midi)"
    rf"|(?:les|chaque|tous les) {JOURS_RE})s?\b(?! ?\d)"
)
# « Du 5 au 20 janvier » commence le 5 janvier.
DU_AU = re.compile(rf"\bdu (\d{{1,2}}(?:er)?) (?:au|jusqu'au) \d{{1,2}} ({MOIS_RE}(?: \d{{4}})?)")
# « Nan pas décembre, j'ai dit mars », « le samedi, pas le jeudi » : la date niée n'est pas dite.
PAS_CELLE_LA = re.compile(
    r"\bpas (?:le |en |au |pour |debut |fin )?(?:\d{1,2} )?"
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre"
    r"|octobre|novembre|decembre)\b(?: prochain\b)?"
)


def epurer(texte: str, a_venir: bool) -> str:
    """Rend le texte sans ses dates niées, sans les jours de chaque semaine quand la date est à venir."""
    texte = PAS_CELLE_LA.sub(" ", texte)
    return DU_AU.sub(r"\1 \2", HABITUEL.sub(" ", texte) if a_venir else texte)
