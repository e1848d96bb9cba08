"""Trouve où la personne parle d'elle : après « je suis », « je travaille », ou dans une présentation sans verbe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from actions.comprehension.ecriture import mots
from actions.comprehension.propositions import Mode, Proposition
from actions.comprehension.vocabulaire import Vocabulaire

_NE = r"(?:ne |n')?"
_FOIS = r"(?:(?:aussi|bien|toujours|deja|encore|donc|juste|actuellement|en fait) )?"
ANCRE = re.compile(
    rf"(?P<etre>\bje {_NE}suis|\bje {_NE}me (?:suis (?:mise?|installee?|lancee?|declaree?|inscrite?)|retrouve)"
    r"|\bje reste|\bme (?:voila|voici)|\betant|\ben tant que?|\bje viens d'etre|\bje passe|\bje reprends?)\b"
    rf"|(?P<travail>\bje {_NE}(?:travaille|bosse|taffe|fais|gere)|\bj'(?:exerce|occupe|enseigne|interviens))\b"
    rf"|(?P<touche>\bje {_NE}(?:touche|percois|recois))\b"
    r"|(?P<avoir>\bj(?:e n)?'ai(?: ete)?|\bje viens de (?:re)?(?:trouver|signer|decrocher|commencer|demarrer|avoir)) "
    rf"{_FOIS}(?!(?:eu|ete|quitte|perdu|fini|refuse|cherche"
    rf"|postule|vu|lu|entendu)\b)"
    r"|(?P<presente>\bmoi c'est|\bje m'appelle|\bmon (?:metier|statut|contrat)(?: c'est| est)?"
    r"|\bma situation c'est|\b(?:mon|ma) (?:employeur|ehpad|clinique|boite|entreprise|etablissement|residence)"
    r" (?:c'est|est)(?= (?:du|dans le|au) prive))\b"
    r"|(?P<possede>\b(?:mon|ma))(?= (?:contrat|cdi|cdd|interim|apprentissage|alternance|rqth|propre|sasu|micro))"
    rf"|(?P<suppose>\bj{_NE}(?:'etais|'avais|e n'etais|e n'avais|e serais?|e sois|e travaillais|e bossais|e passais?"
    r"|e devenais?|e deviens|e devienne|e me mets?|e me mettais?|e prends?|e trouve|e me retrouve"
    r"|e change\w* pour))\b"
)
# « Avant mon CDI », « créer ma micro-entreprise » : passé ou projet, pas la situation d'aujourd'hui.
_PASSE_OU_PROJET = re.compile(
    r"(?:fini|termine|apres|avant|fin d[eu'] ?|quitte|perdu|depuis|suite a|rompu|ancien"
    r"|creer|monter|lancer|ouvrir|demarrer|developper|projet d[e'](?: monter| creer)?) ?$"
)
_NEGATION = re.compile(r"^ (?:pas|plus|jamais|ni|point)\b")
_TOUTE_LA_QUESTION = re.compile(
    r"^je suis(?! .*(?:\b(?:mon|ma|mes|je|peut|puis|ai|droits?|comment|combien|quoi|quel\w*|faut"
    r"|ca|sont|possible|y|me|m)\b|'))"
)
_QUESTION_SUR_SOI = re.compile(r"(?:est ce que?|es ce que?|si|quand|lorsque?|des que|tant que|pour que|avant que) ?$")
_VERBES_AUTRES = re.compile(
    r"\b(?:c'|ca|cela|est|sont|serait|seraient|peut|peuvent|droit|ont|faut|doit|doivent|me|te|vous"
    r"|il|elle|on|ils|pourquoi|comment"
    r"|ou|quel\w*|combien|quoi|exemple|peut etre|sera|suffit|marche|paye|paie|existe|veut|fait|etait|va)\b"
)
_PRESENTATION = re.compile(
    r"^(?:j'ai )?\d\d ans$|^(?:bonjour|bonsoir|salut|coucou|hello|bjr|slt)\b|\b(?:moi c'est|je m'appelle)\b"
)
_SALUT = re.compile(
    r"^(?:(?:bonjour|bonsoir|salut|coucou|hello|bjr|slt|madame|monsieur|oui|non|bah|ben|alors|enfin|donc"
    r"|finalement)\b[ ,]*)+"
)
_C_EST = re.compile(r"^(?:(?:bah|ben|euh|oui|en fait) )*c'est (?!pas\b|plus\b|quoi\b)")
_DE_SOI = re.compile(r"\b(?:je|moi|mon|ma|mes|me)\b|\bm'|\bj'")
_EN_ARRET = re.compile(
    r"(?:(?:pas |actuellement |toujours |encore )?(?:en|d') ?|mise? en )(?:arr?et|maladie"
    r"|accident)|arr?etee? |longue maladie"
    r"|en (?:cld|clm|citis|conges? (?:de |pour )?(?:longue|grave) (?:duree|maladie))\b"
)
_POUR_AUTRUI = re.compile(
    r"\bpour (?:mon|ma|mes|un|une) (?:\w+ )?(?:pere|mere|mari|femme|fils|fille|ami\w*|coll\w+"
    r"|parents|enfants?|frere|soeur)\b"
)
# Ce qui, dit d'emblée avec une précision de plus, présente celui qui parle ; un contrat seul peut n'être qu'un sujet.
_PRESENTENT = ("situation", "contrat_public", "metier", "neutre")
_CATEGORIE_OU_SERVICES = re.compile(r"cat(?:egorie)? [abc]\b|titulaire|contractuel\w*|\d+ ans d")
_ENTREE = frozenset(["en", "au", "a", "actuellement", "toujours", "encore", "pas", "ni", "pour"])
_SITUE = re.compile(r"\bje (?:suis|reste) (?:au|aux|a la|a l'|chez|dans)(?:\b|(?<='))")
# Ce que la proposition précédente prépare : rien, un « je suis » encore vide, ou une présentation commencée.
_Avant = Literal["rien", "etre", "suite"]


@dataclass(frozen=True)
class Zone:
    """Ce que la personne dit d'elle dans une proposition, après « je suis », « je travaille »…"""

    texte: str
    verbe: str
    nie: bool
    mode: Mode


def reperer(propositions: list[Proposition], voc: Vocabulaire, implicite: bool = False) -> list[Zone]:
    """Rend les zones d'un message, dans l'ordre.

    Args:
        implicite: le message répond à une question ; ce qu'il nomme sans « je suis » parle de la personne.
    """
    parle_de_soi = any(_DE_SOI.search(p.texte) for p in propositions) or _se_presente(propositions, voc)
    rendues: list[Zone] = []
    phrase = -1
    avant: _Avant = "rien"
    for proposition in propositions:
        if proposition.phrase != phrase:
            phrase, avant = proposition.phrase, "rien"
        seule = sum(p.phrase == phrase for p in propositions) == 1
        trouvees = list(_apres_ancre(proposition, seule and not implicite))
        if not trouvees and _sans_verbe(proposition, avant, parle_de_soi, implicite, voc):
            nie = proposition.texte.startswith(("pas ", "ni ", "plus "))
            verbe = "reponse" if implicite else "seul"
            texte = _C_EST.sub("", proposition.texte) if implicite else proposition.texte
            trouvees = [Zone(" " + texte, verbe, nie, proposition.mode)]
        rendues += trouvees
        avant = _apres(proposition, trouvees, avant, voc)
    return rendues


def _se_presente(liste: list[Proposition], voc: Vocabulaire) -> bool:
    """« Contractuel de la mairie en arrêt, qui doit donner l'accord ? » : une présentation, puis une question."""
    if len(liste) < 2 or _VERBES_AUTRES.search(liste[0].texte):
        return False
    jetons = mots(_SALUT.sub("", liste[0].texte))
    premier = voc.termes.a(jetons, 0) if jetons else None
    if premier is None or premier[1].nature not in _PRESENTENT:
        return False
    return len(voc.termes.tous(jetons)) > 1 or bool(_CATEGORIE_OU_SERVICES.match(liste[1].texte))


def _apres(proposition: Proposition, trouvees: list[Zone], avant: _Avant, voc: Vocabulaire) -> _Avant:
    if any(z.nie or voc.termes.tous(mots(z.texte)) for z in trouvees) or _PRESENTATION.search(proposition.texte):
        return "suite"
    if any(z.verbe == "etre" for z in trouvees):
        return "etre"
    # « j'ai 1200 euros » parle encore d'elle : « salarié, j'ai 1200 euros, arrêté depuis mars ».
    d_elle = bool(trouvees) and not voc.motifs["proches"].search(proposition.texte)
    return avant if d_elle or (not trouvees and not _VERBES_AUTRES.search(proposition.texte)) else "rien"


def _apres_ancre(proposition: Proposition, phrase_seule: bool) -> Iterator[Zone]:
    if proposition.mode == "doute":
        return
    ancres = list(ANCRE.finditer(proposition.texte))
    for rang, ancre in enumerate(ancres):
        verbe, avant = ancre.lastgroup or "", proposition.texte[: ancre.start()]
        fin = ancres[rang + 1].start() if rang + 1 < len(ancres) else len(proposition.texte)
        texte = proposition.texte[ancre.start() if verbe == "possede" else ancre.end() : fin]
        if _QUESTION_SUR_SOI.search(avant) or (verbe == "possede" and _PASSE_OU_PROJET.search(avant)):
            continue
        if verbe == "possede" and re.search(
            r"^(?:mon|ma)(?: \w+){1,2} (?:est (?:fini|termine)|s'est|a pris fin)", texte
        ):
            continue
        if verbe == "suppose" and proposition.mode != "suppose":
            continue
        if (
            verbe == "etre"
            and phrase_seule
            and proposition.mode != "suppose"
            and proposition.interrogative
            and _TOUTE_LA_QUESTION.match(proposition.texte)
        ):
            continue
        nie = "n'" in ancre[0] or " ne " in ancre[0] or bool(_NEGATION.match(texte))
        yield Zone(texte, verbe, nie, proposition.mode)


def _sans_verbe(proposition: Proposition, avant: _Avant, parle_de_soi: bool, implicite: bool, voc: Vocabulaire) -> bool:
    """« magasinier en CDI », « au chômage depuis janvier » : la suite d'une présentation, ou une présentation."""
    texte = _SALUT.sub("", proposition.texte)
    jetons = mots(texte)
    if proposition.mode == "doute" or not jetons:
        return False
    if implicite:
        return True
    if _VERBES_AUTRES.search(texte):
        return False
    debut = next((i for i, jeton in enumerate(jetons) if jeton not in _ENTREE), 0)
    premier = voc.termes.a(jetons, debut) or voc.termes.a(jetons, 0)
    if avant == "rien" and (_POUR_AUTRUI.search(texte) or (premier and premier[1].nature in ("employeur", "bref"))):
        return False
    arret = _EN_ARRET.match(texte) or (re.match(r"arr?et", texte) and "depuis" in texte)
    arret = arret or (avant != "rien" and re.match(r"arr?et", texte))
    if not premier and not arret:
        return False
    if avant == "suite" or (avant == "etre" and (jetons[0] in ("en", "au") or arret)):
        return True
    # « CDD, … » ou « à la retraite, … » peuvent ne nommer qu'un sujet.
    nu = premier and (premier[1].nature in ("contrat", "allocation") or jetons[0] in ("a", "au", "en")) and not arret
    seul = proposition.premiere and (parle_de_soi or ("depuis" in jetons and not proposition.interrogative))
    return bool(seul and not (nu and "depuis" not in jetons))


def lieu_de_travail(lu: str, voc: Vocabulaire) -> str | None:
    """« Je suis à la mairie », dit à qui demande la situation, nomme l'employeur ; l'hôpital peut être d'un patient."""
    if not _SITUE.search(lu):
        return None
    lieux = {
        str(terme.faits["statut"])
        for _, _, terme in voc.termes.tous(lu.replace("'", " ").split())
        if terme.nature == "employeur" and "statut" in terme.faits
    }
    return lieux.pop() if len(lieux) == 1 else None
