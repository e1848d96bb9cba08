"""Arrêt de travail et sa date."""

from __future__ import annotations

import re
from datetime import date

from actions.comprehension import dates, fin_arret, periodes, reprise
from actions.comprehension.modele import Carnet
from actions.comprehension.propositions import Proposition, phrase_de
from actions.comprehension.reprise import ARRET
from actions.comprehension.zones import Zone

_DANS_ZONE = re.compile(
    rf"(?:^| )(?:mise? )?(?:(?:en|d'|de nouveau en|pour|par) )?(?:un |cet )?(?P<arret>{ARRET})\b"
    r"(?! (?:au feu|sur|dans|devant|a un|cardiaque|de bus|de tram|du tabac|de fumer|de boire"
    r"|par la police|a cause du feu))"
    r"|(?:^| )(?:en|placee? en|mise? en) (?P<maladie>maladie|maladie pro\w*|accident(?: d[eu] trav\w+)?|at(?: ?mp)?"
    r"|cld|clm|citis|conges? (?:de |pour )?(?:longue|grave) (?:duree|maladie))\b"
)
_AT_MP = re.compile(
    r"accident(?: d[eu] (?:trav\w+|trajet|boulot))?\b|maladie prof?\w*|\bat\b|\bat ?/? ?mp\b|\bcitis\b|\batmp\b"
    r"|\bmp reconnu"
)
_SUITE_ACCIDENT = re.compile(
    r"\b(?:suite a|apres|cause d[eu']|pour) ?(?:mon|un|l'|cet)? ?accident (?:d[eu] travail|de trajet|du boulot)"
)
_MI_TEMPS = re.compile(r"\b(?:mi|temps) ?(?:temps|partiel) ?therap\w*|\btpt\b")
_ACTIF = re.compile(
    rf"\b(?:medecin|psy\w*|on|hopital|urgences|specialiste|travail|il|elle"
    rf"|chirurgien\w*)\b(?: \w+){{0,4}} m'(?:a|ont)"
    rf"(?: \w+)? (?:mise? (?:en )?|remise? en |donne un |prescrit un |fait un |prolonge (?:mon "
    rf"|en )?|reprolonge )?(?P<arret>{ARRET})\b"
    r"|\bj'ai ete (?:(?:re)?(?:mise?|placee?) en arret|(?:re)?arr?etee?)\b"
    r"(?! (?:par la police|au feu|sur|a un|de)|.{0,20}(?:dernier|\d mois|\d semaines|\d jours|en (?:19|20)\d\d))"
    rf"|\bj'ai (?:un|mon|eu un) {ARRET}(?: de travail| maladie| en cours| jusqu| de \d)"
)
_POSSESSIF = re.compile(
    rf"\bmon {ARRET}\b(?! (?:cardiaque|de bus|du tabac|est (?:fini|termine)|s'est|a pris fin|etait|avait))"
)
_APRES = re.compile(r"\b(?:apres|avant|fin de|depuis la fin de|a la fin de|suite a|lors de|retour de|sortie de) $")
_DEPUIS = re.compile(r"\b(?:depuis|ca fait|cela fait|voila|a partir du|il y a)\b")
_JUSQUE = re.compile(
    r"\b(?:jusqu|se (?:termine|finit)|fini(?=t\b| (?:le|en|fin|mi|debut|au|vers|dans) )"
    r"|prolonge\w* (?:de|au|jusqu)|fin (?:le|en|prevue)|reprends?|reprise).*"
)
_JUSQU_AU = re.compile(r"\bjusqu[^,]*")
_AUTRE_CHOSE = re.compile(r"\b(?:je|j'|mon|ma|mes|le bilan|un bilan|il|elle|on)(?!\w)")
_PAS_AT = re.compile(r"\b(?:pas|ni)(?: \w+){0,2} (?:d'|un |en )?(?:accident|at\b|maladie prof?\w*)")
_MALADIE = re.compile(
    rf"\b{ARRET}\b|\bmaladie\b|^\d+ (?:jours?|semaines?|mois|ans?)$|^(?:oui )?depuis\b|\brechut|\bprolongee?\b"
)
_NIE = re.compile(r"\b(?:pas|jamais|ni|plus)\b")
# « …, pas en arrêt, … » : la proposition ne dit rien d'autre.
_AUCUN = re.compile(
    rf"(?:(?:non|et|je (?:ne )?suis|j'ai|je n'ai) )*(?:pas|ni|aucun|jamais)(?: du tout| ete| eu| mise?| d'| en| de)* ?"
    rf"{ARRET}"
    r"(?: (?:de|du) (?:travail|maladie)| maladie)?(?: (?:du tout|en ce moment|actuellement))?"
)

# « J'ai jamais été en arrêt, j'ai droit… » : dit d'un trait, avec sa question.
_JAMAIS_EN_ARRET = re.compile(rf"\bj(?:'|e n')ai jamais (?:ete|eu) (?:mise? )?(?:en |d'|un )?{ARRET}")
# « Accident du travail le 4 mars, je suis maçon » : nommé sans verbe, il est de la personne.
_ACCIDENT = re.compile(
    r"(?:(?:bonjour|salut|slt|alors|moi|j'ai eu|eu|suite a|apres)\b[ ,]*)*(?:un |mon )?"
    r"(?:accident d[eu] (?:travail|trajet)|maladie prof\w+)\b(?P<quand> (?:le|en|depuis|y a|il y a|hier)\b)?"
)
# « C'est une maladie simple », dit pour écarter l'accident.
_ORDINAIRE = re.compile(
    r"\b(?:c'est|juste|mon arret est|en)(?: \w+){0,2} maladie (?:simple|normale|ordinaire|classique|non prof\w*)\b"
)


def nie_l_accident(texte: str) -> bool:
    """« C'est une maladie normale, pas un accident » : un arrêt ordinaire."""
    return bool(_PAS_AT.search(texte))


def lire(lu: str, propositions: list[Proposition], zones: list[Zone], jour: date, carnet: Carnet) -> None:
    """Note l'arrêt dit de soi (« aucun » s'il est nié), son début et sa fin."""
    # « Je reprends à mi-temps thérapeutique le 1er février » : jusque-là, l'arrêt dure.
    futurs = [p.texte for p in propositions if _MI_TEMPS.search(p.texte) and fin_arret.date_une_reprise(p.texte, jour)]
    for zone in zones:
        dit = _dans(zone)
        if dit and not any(zone.texte in futur for futur in futurs):
            carnet.noter("arret", dit, zone.mode == "suppose")
    for proposition in propositions:
        if proposition.mode == "doute":
            continue
        suppose = proposition.mode == "suppose"
        texte = proposition.texte
        etat = reprise.etat(texte)
        nie = (_AUCUN.fullmatch(texte) or _JAMAIS_EN_ARRET.search(texte)) is not None
        if (nie or (etat == "fini" and not proposition.interrogative)) and "arret" not in carnet.dits:
            carnet.noter("arret", "aucun", suppose)
        if nie or etat in ("fini", "nie"):
            continue
        possessif = _POSSESSIF.search(texte)
        actif = _ACTIF.search(texte)
        if possessif and not _APRES.search(texte[: possessif.start()]):
            # « si je fais un bilan pendant mon arrêt » : l'arrêt, lui, n'est pas supposé.
            carnet.noter("arret", _nature(texte))
        elif actif and not _NIE.search(actif[0]):
            carnet.noter("arret", _nature(texte), suppose)
        if re.search(r"\bmon (?:mi|temps)\b", texte) and _MI_TEMPS.search(texte):
            carnet.noter("arret", "aucun", suppose)
    de_soi = any(zone.verbe in ("etre", "travail", "seul", "reponse") and not zone.nie for zone in zones)
    if any(p.mode == "dit" and not p.interrogative and _ORDINAIRE.search(p.texte) for p in propositions):
        carnet.noter("arret", "maladie")
    if de_soi and "arret" not in carnet.dits and _accident_nomme(propositions):
        carnet.noter("arret", "at_mp")
    if carnet.dits.get("arret") == "maladie" and any(_SUITE_ACCIDENT.search(p.texte) for p in propositions):
        carnet.dits["arret"] = "at_mp"
    if carnet.dits.get("arret") in ("maladie", "at_mp"):
        debut(propositions, jour, carnet)
    fin_arret.lire(lu, jour, carnet)


def _accident_nomme(propositions: list[Proposition]) -> bool:
    """« Accident du travail le 4 mars, je suis maçon » ; « accident du travail et bilan » n'est qu'un sujet."""
    liens = [*(p.lien for p in propositions[1:]), ""]
    for dite, lien in zip(propositions, liens, strict=True):
        trouve = _ACCIDENT.match(dite.texte) if dite.mode == "dit" and not dite.interrogative else None
        if trouve and (trouve["quand"] or (trouve.end() == len(dite.texte) and lien in (",", ""))):
            return True
    return False


def _dans(zone: Zone) -> str | None:
    if _MI_TEMPS.search(zone.texte):
        return None if zone.nie or zone.verbe in ("touche", "avoir") else "aucun"
    trouve = _DANS_ZONE.search(zone.texte) if zone.verbe in ("etre", "seul", "reponse", "suppose") else None
    if not trouve or (zone.nie and trouve["maladie"] and nie_l_accident(f"pas {zone.texte}")):
        return None  # « je suis pas en accident » ne dit pas qu'il n'y a pas d'arrêt
    if zone.nie or _NIE.search(zone.texte[: trouve.start() + 1]) or reprise.etat(zone.texte) in ("fini", "nie"):
        return "aucun"
    return _nature(zone.texte)


def _nature(texte: str) -> str:
    return "at_mp" if _AT_MP.search(texte) and not nie_l_accident(texte) else "maladie"


def debut(propositions: list[Proposition], jour: date, carnet: Carnet) -> None:
    """Note ``arret_depuis`` si la phrase de l'arrêt dit depuis quand."""
    for rang in dict.fromkeys(p.phrase for p in propositions):
        phrase = phrase_de(propositions, rang)
        arret = re.search(rf"{ARRET}|maladie|accident|\bat\b|m'a arrete", phrase)
        if not arret:
            continue
        # « En arrêt jusqu'au 15, je suis dans la boîte depuis juin » : ce « depuis » date autre chose.
        suite = _AUTRE_CHOSE.split(_JUSQU_AU.sub(" ", phrase[arret.end() :]), maxsplit=1)[0]
        apres = _DEPUIS.search(suite) or re.search(r"^ (?:hier|ce matin|aujourd'hui)\b", suite)
        avant = re.search(r"\b(?:ca|cela) fait\b", phrase[: arret.start()])
        if apres:
            noter_depuis(suite, jour, carnet)
        elif avant:
            noter_depuis(phrase[avant.start() : arret.start()], jour, carnet)


def noter_depuis(texte: str, jour: date, carnet: Carnet) -> None:
    """Note le début d'un arrêt à partir des mots qui le disent."""
    lue = dates.chercher(texte, jour, "passe")
    if isinstance(lue, dates.Periode) and lue.jour <= jour:
        carnet.noter(
            "arret_depuis",
            periodes.ecrire(periodes.autour(lue)),
            approximation=None if lue.precision == "jour" else lue.precision,
        )


def repondre(texte: str, oui: bool | None, jour: date, carnet: Carnet) -> None:
    """Comprend la réponse courte à « êtes-vous en arrêt ? » : la fin et la négation d'abord."""
    if "arret" not in carnet.dits:
        lu = _repondu(texte, oui)
        if lu:
            carnet.noter("arret", lu)
    if carnet.dits.get("arret") in ("maladie", "at_mp"):
        fin_arret.repondre(texte, jour, carnet)
    if carnet.dits.get("arret") in ("maladie", "at_mp") and "arret_depuis" not in carnet.dits:
        noter_depuis(_JUSQUE.sub(" ", texte), jour, carnet)


def _repondu(texte: str, oui: bool | None) -> str | None:
    etat = reprise.etat(texte, demande=True)
    if "c'est fait" in texte:
        oui = None  # parle d'une démarche
    if _MI_TEMPS.search(texte) or etat in ("fini", "nie"):
        return "aucun"
    if nie_l_accident(texte) and _MALADIE.search(_PAS_AT.sub(" ", texte)):
        return "maladie"  # « non c'est pas un accident, une maladie normale »
    at = _AT_MP.search(texte) and not _PAS_AT.search(texte)
    contraste = at and etat is None and _NIE.search(texte) and reprise.oppose(texte)
    if at and (oui is not False or contraste):
        return "at_mp"
    if etat == "en_cours" or (oui is not False and _MALADIE.search(texte)) or oui or reprise.oppose(texte):
        return "maladie"
    return "aucun" if oui is False else None
