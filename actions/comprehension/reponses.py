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
    r"|je|on|aller|voir|puis|s'adresser|faut|c'est (?:que|qu'|pour))"
    r"|avez vous|pouvez vous|peux tu|peut tu|as tu|pourriez"
    r"|sais tu|savez vous|ca (?:sert|veut dire|marche comment"
    r"|change|dure combien|coute combien)|j'ai (?:le )?droit|on a (?:le )?droit|on peut|je peux"
    r"|quand est ce|quand (?:dois|peut|faut|est)|d'ou|jusqu'a quand"
    r"|(?:il )?y ?(?:aurait?|a) (?:t il )?(?:pas )?moyen\b"
    r"|lequel|laquelle|un rapport|quel rapport|quid|et s(?:i\b|'il))"
)
_DEDANS = re.compile(
    r"\b(?:c'est quoi|pas moyen qu(?:e\b|')|est ce que?|a quoi|(?:veut|veux) dire(?: quoi)?|(?:change|sert a|fait|faut"
    r"|faire|dire|pour|signifie|demandez|demande|coute|coutera|couterait|paye?|paie) quoi|quelle difference"
    r"|(?:demander?|parler?|s'adresser?|adresser|ecrire|envoyer) a qui"
    r"|(?:voudrais|aimerais|veux|cherche a) (?:savoir|comprendre|connaitre)|expliqu(?:e|ez|er) moi"
    r"|explique[zr]?\b|dis moi|dites moi|c'est combien|combien ca"
    r"|comment (?:on|je|ca|faire|savoir|voir|trouver|le savoir)|ai je|puis je|dois je|peut on"
    r"|faut il|a quel|pourquoi (?:vous|tu|cette|on|ca))\b"
    # « Je peux en refaire un ou pas », « mon patron il va le savoir » : des questions, même sans le signe.
    r"|\b(?:peu[xt]|droit|possible|faut|dois|doit|compte|marche|suffit)\b(?:(?! si )[^?.!]){0,60}\bou (?:pas|non)$"
    r"|\b(?:patron\w*|employeur|chefe?|boite|rh|il|elle|ils|on) (?:il |elle )?(?:va|vont|peut|peuvent|va t il)"
    r" (?:le |la |me |l'|etre )*(?:savoir|apprendre|au courant|preven\w*)\b"
)
_INDIRECTE = re.compile(r"^je (?:ne )?sais (?:pas|plus) (?:trop |du tout )?(?:combien|quand|si|qui|quel)\b")
# « Ok, je vais voir » accuse réception : suivi d'une phrase, ce « ok » n'est pas un oui.
_ACQUIESCE = re.compile(
    r"^(?:(?:ah|bon|bah|ben)\b[ ,]*)*(?:(?:ok|okay|oki|dac|daccord|d'accord|voila)\b[ ,.]*)+"
    r"(?!(?:oui|ouais|non|nan|si)\b)(?:et )?(?:je|j'|on|ca|il|elle|ils|faut|c'est|vous|tu|mais|mon|ma|mes)\b"
)
# Au-delà, un « je sais pas » perdu dans un récit ne répond pas.
_MOTS_MAX = 25
_ALPHABETIQUE = re.compile(r"[a-z]{2,}")
_REPONSE_HESITANTE = re.compile(
    r"^(?:[\d .,€/%-]|\b(?:en|le|la|les|environ|euros|ans|mois|vers|peut|etre|je|crois|pense|genre"
    r"|oui|non|il|y|a|depuis|dans|janvier|fevrier|mars|avril|mai"
    r"|juin|juillet|aout|septembre|octobre|novembre|decembre|debut|fin|mi|sur|mon|rien|maladie|bah"
    r"|euh|ou|jamais|de|d)\b)+$"
)

# Où commence la question d'un message qui répond aussi.
_BOUTS = re.compile(
    r",|(?<=[a-z0-9€] )(?=(?:mais|sinon|du coup|par contre|alors|et) (?:c'est (?:quoi|combien|qui|bien)|comment"
    r"|combien|pourquoi|est ce|qu'|"
    r"que |quels?\b|quelles?\b|si |ca |je peux|on peut|j'ai (?:le )?droit|a quoi|qui |faut il|puis je|mon |ma "
    r"|il |elle |y a))"
    r"|(?<=[a-z0-9€] )(?<!mais )(?<!\bet )(?<!alors )(?<!coup )(?=(?:c'est (?:quoi|combien|bien|assez|grave|bon"
    r"|normal|possible|suffisant|beaucoup|peu)|ca (?:suffit|change"
    r"|compte|marche|passe|sert|veut dire|pose|va|joue)|est ce que|pourquoi|comment|combien|quel est|quelle est"
    r"|a quoi|faut il"
    r"|puis je|est ce|j'?e? ?peux (?:en|le|y|re)|on peut)\b)"
)
# La question reprend le bout d'avant : « un agent prioritaire, c'est quoi ».
_SUJET_DE = re.compile(
    r"(?:c'est (?:quoi|qui|combien|ou|quand)|ca (?:veut dire|sert|coute|a droit|signifie|marche|dure|donne"
    r"|compte|existe)"
    r"|qu'est|ils? |elles? |a (?:quoi|droit)|peut |y a|quoi\b)"
)
_FERME = re.compile(
    r"^(?:(?:ah|bah|ben|euh|alors) )*(?:oui|ouais|non|nan|jamais|aucun)\b|\d|\bje\b|\bj'|\bmoi\b|\bm'|^en "
)
_MARQUEUR = re.compile(
    r"(?:(?:ok|okay|d'accord|dac|bon|bah|ben|euh|alors|merci|voila|bonjour|bonsoir|salut|attendez|attends|pardon"
    r"|desolee?|exact"
    r"|ah|oui mais|non mais|si|et|mais|donc|moi|vous|hein|svp|s'il vous plait|s'il te plait)\b ?)*"
)
# « c'est quoi un agent prioritaire, je sais pas » : une question et un aveu.
_AVEU = re.compile(
    r"\b(?:je (?:ne )?sais (?:pas|plus)(?: (?:du tout|trop|moi|vraiment|ce que c'est|c'est quoi))?|aucune idee"
    r"|je l'ignore"
    r"|j'en sais rien|jamais entendu parler"
    r"|(?:je (?:ne )?peux pas|j(?:e n)?'arrive pas a) me connecter)"
    r"(?=$| ?[,.;!?\n]| (?:mais|alors|du coup|et|donc|c'est)\b)"
)

# « Ça change quoi si je dis non ? » ne dit pas non.
_SI_JE_REPONDS = (
    r"si (?:je|j'|on) (?:(?:vous |te )?(?:dis?t?|reponds?|mets?|coche)|clique sur) (?:que )?"
    r"(?:oui|non|ca|l'un|l'autre|je sais pas)\b"
)
_CE_QUE_CA_CHANGE = re.compile(
    rf"\b(?:change|changerait|fait|ferait|fera|passe|donne)\b.{{0,20}}{_SI_JE_REPONDS}"
    rf"|{_SI_JE_REPONDS}.{{0,20}}\b(?:quoi|change|passe|fait|donne)\b"
)

# « Je veux pas lui en parler », « sans le dire au patron » : ce n'est pas demander à préparer l'entretien.
_REFUSE_D_EN_PARLER = re.compile(
    r"\b(?:veux|voudrais|vais|souhaite|compte|prefere|ai)(?: surtout)? (?:pas|plus|jamais)"
    r"(?: (?:du tout|envie|que|de|d'|a))*(?: (?:lui|leur|le|l'|en|y|je|me))* ?"
    r"(?:parl\w*|di(?:re|s)\b(?! (?:de|trop|n'importe))|mette?\w* au courant|preven\w*|mele\w*)"
    r"|\bsans (?:lui |leur |en |le |l')*(?:parler|dire|prevenir)\b"
)


def refuse_d_en_parler(texte: str) -> bool:
    """« Je veux pas en parler au patron » : on ne prépare pas l'échange que la personne refuse."""
    return bool(_REFUSE_D_EN_PARLER.search(vocabulaire_en_place().normaliseur.lire(texte)))


def aveu_lu(lu: str) -> bool:
    """Dit si un message qui questionne avoue aussi ne pas savoir."""
    return bool(_AVEU.search(lu))


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


def partie_reponse(texte: str) -> str:
    """Rend ce qui, dans un message, n'est pas une question : « CDI, ça change quoi ? » -> « cdi »."""
    return partie_reponse_lue(vocabulaire_en_place().normaliseur.lire(texte))


def partie_reponse_lue(lu: str) -> str:
    """Comme ``partie_reponse``, sur une écriture simple ; vide si tout est question."""
    if not question_lue(lu):
        return lu
    gardes: list[str] = []
    for phrase in re.findall(r"[^.!?;\n]+[.!?;\n]*|[.!?;\n]+", re.sub(r"(?<=\d)\.(?=\d)", "\0", lu)):
        interroge = "?" in phrase
        bouts = [b.strip(" .!?;\n,") for b in _BOUTS.split(phrase.replace("\0", "."))]
        bouts = [b for b in bouts if b]
        for rang, bout in enumerate(bouts):
            suivant = bouts[rang + 1] if rang + 1 < len(bouts) else ""
            dernier = interroge and not suivant
            if _DEBUT.match(bout) or _DEDANS.search(bout) or (dernier and not _REPONSE_HESITANTE.match(bout)):
                continue
            if suivant and _SUJET_DE.match(suivant) and not _FERME.search(bout):
                continue
            # « non mais c'est quoi » n'est pas un non.
            if not (suivant.startswith("mais ") and re.fullmatch(r"(?:ah |euh )?(?:oui|non|nan|ouais)", bout)):
                gardes.append(bout)
    if all(_MARQUEUR.fullmatch(bout) for bout in gardes):
        return ""
    return ", ".join(gardes)


def oui_non(texte: str) -> bool | None:
    """Rend le oui ou le non d'une réponse, ``None`` si elle ne tranche pas ; « ouais non » est un non."""
    voc = vocabulaire_en_place()
    return oui_non_lu(voc.normaliseur.lire(texte), voc)


def oui_non_lu(lu: str, voc: Vocabulaire) -> bool | None:
    """Comme ``oui_non``, sur une écriture simple."""
    jetons = mots(lu)
    if voc.motifs["partage"].search(lu) or not jetons or _ACQUIESCE.match(lu):
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
    """Comme ``ne_sait_pas``, sur une écriture simple ; le doute peut venir au milieu d'une réponse courte."""
    jetons = mots(lu)
    if not jetons or len(jetons) > _MOTS_MAX:
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
            return bool(voc.motifs["doute"].search(lu))
        i = leger[0]
    return False


def demande_l_effet(texte: str) -> bool:
    """« Ça change quoi si je dis non ? » demande ce que fait une réponse, sans la donner."""
    return bool(_CE_QUE_CA_CHANGE.search(vocabulaire_en_place().normaliseur.lire(texte)))
