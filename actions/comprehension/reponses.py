"""Petites réponses : oui, non, je ne sais pas, et reconnaître une question."""

from __future__ import annotations

import re

from actions.comprehension.ecriture import mots
from actions.comprehension.vocabulaire import Vocabulaire, vocabulaire_en_place

_DEBUT = re.compile(
    r"^(?:(?:et|mais|alors|du coup|bonjour|bonsoir|salut|coucou|sinon|donc|dites|dis|s'il (?:vous"
    r"|te) plait|ok|oui|non|euh|bah|ben|merci|d'accord"
    r"|moi|attendez|excusez moi|pardon)\b[ ,]*)*"
    r"(?:est ce|c'est quoi|c'est combien|c'est qui|comment|combien|pourquoi|quoi|quels?\b"
    r"|quelles?\b|qui\b|a quoi|a qui|de quoi|faut il|peut on|puis je"
    r"|dois je|suis je|ai je|a t on|y a t|il y a t|doit on|peut il|est il|est on|qu'est|qu'y"
    r"|que (?:faire|dois|faut|veut|signifie|se)|ou (?:est|sont|trouver"
    r"|je|on|aller|voir|puis|s'adresser|faut)|avez vous|pouvez vous|peux tu|peut tu|as tu|pourriez"
    r"|sais tu|savez vous|ca (?:sert|veut dire|marche comment"
    r"|change|dure combien|coute combien)|j'ai (?:le )?droit|on a (?:le )?droit|on peut|je peux"
    r"|quand est ce|quand (?:dois|peut|faut|est)|d'ou|jusqu'a quand"
    r"|lequel|laquelle|un rapport|quel rapport|quid|et si (?:je|j'|mon|ma|on|c'))"
)
_DEDANS = re.compile(
    r"\b(?:c'est quoi|est ce que?|a quoi|(?:veut|veux) dire(?: quoi)?|(?:change|sert a|fait|faut"
    r"|faire|dire|pour|signifie|demandez|demande) quoi|quelle difference"
    r"|(?:voudrais|aimerais|veux|cherche a) (?:savoir|comprendre|connaitre)|expliqu(?:e|ez|er) moi"
    r"|explique[zr]?\b|dis moi|dites moi|c'est combien|combien ca"
    r"|comment (?:on|je|ca|faire|savoir|voir|trouver|le savoir)|ai je|puis je|dois je|peut on"
    r"|faut il|a quel|pourquoi (?:vous|tu|cette|on|ca))\b"
)
_INDIRECTE = re.compile(r"^je (?:ne )?sais (?:pas|plus) (?:trop |du tout )?(?:combien|quand|si|qui|quel)\b")
_ALPHABETIQUE = re.compile(r"[a-z]{2,}")
_REPONSE_HESITANTE = re.compile(
    r"^(?:[\d .,€/%-]|\b(?:en|le|la|les|environ|euros|ans|mois|vers|peut|etre|je|crois|pense|genre"
    r"|oui|non|il|y|a|depuis|dans|janvier|fevrier|mars|avril|mai"
    r"|juin|juillet|aout|septembre|octobre|novembre|decembre|debut|fin|mi|sur|mon|rien|maladie|bah"
    r"|euh|ou|jamais|de|d)\b)+$"
)


def est_une_question(texte: str) -> bool:
    """Dit si un message pose une question ; « 1200 » ou « en 2021 ? » répondent, « stp c koi le cpf » demande."""
    lu = vocabulaire_en_place().normaliseur.lire(texte)
    return question_lue(lu)


def question_lue(lu: str) -> bool:
    """Comme ``est_une_question``, sur une écriture simple."""
    if _INDIRECTE.match(lu) and "?" not in lu:
        return False
    if any(_DEBUT.match(phrase.strip()) for phrase in re.split(r"[.!?;\n]", lu)) or _DEDANS.search(lu):
        return True
    if "?" not in lu:
        return False
    devant, apres = lu.split("?")[0].strip(" ,.!"), lu.split("?")[-1].strip(" ,.!")
    if apres and _REPONSE_HESITANTE.match(apres):
        # « mon CPF ? 1200 » répond.
        return False
    return not (devant and (_REPONSE_HESITANTE.match(devant) or not _ALPHABETIQUE.search(devant)))


def oui_non(texte: str) -> bool | None:
    """Rend le oui ou le non d'une réponse, ``None`` si elle ne tranche pas ; « ouais non » est un non."""
    voc = vocabulaire_en_place()
    return oui_non_lu(voc.normaliseur.lire(texte), voc)


def oui_non_lu(lu: str, voc: Vocabulaire) -> bool | None:
    """Comme ``oui_non``, sur une écriture simple."""
    jetons = mots(lu)
    if voc.motifs["partage"].search(lu) or not jetons:
        return None
    dernier: bool | None = None
    i = 0
    while i < len(jetons):
        suites = [
            (suite[0], verdict)
            for nom, verdict in (("oui", True), ("non", False))
            if (suite := voc.listes[nom].a(jetons, i)) is not None
        ]
        hesitation = voc.listes["hesitation"].a(jetons, i)
        if jetons[i] == "d":
            i += 1
        elif suites:
            i, dernier = max(suites, key=lambda s: (s[0], not s[1]))
        elif hesitation:
            i = hesitation[0]
        else:
            # Le premier mot plein met fin au oui ou au non ; s'il ne l'a pas précédé, la réponse ne tranche pas.
            break
    return dernier


def ne_sait_pas(texte: str) -> bool:
    """Dit si la personne répond qu'elle ne sait pas, ou qu'elle ne veut pas répondre."""
    voc = vocabulaire_en_place()
    return doute_lu(voc.normaliseur.lire(texte), voc)


def doute_lu(lu: str, voc: Vocabulaire) -> bool:
    """Comme ``ne_sait_pas``, sur une écriture simple."""
    jetons = mots(lu)
    if not jetons or len(jetons) > 25:
        return False
    i = 0
    while i < len(jetons):
        passe = voc.listes["passe"].a(jetons, i)
        if voc.listes["doute"].a(jetons, i) or (passe and len(jetons) - passe[0] <= 1):
            return True
        leger = (
            voc.listes["hesitation"].a(jetons, i) or voc.listes["oui"].a(jetons, i) or voc.listes["non"].a(jetons, i)
        )
        if not leger:
            return bool(voc.motifs["doute"].search(lu) and len(jetons) <= 8)
        i = leger[0]
    return False
