"""Le solde du CPF dit dans un message : « j'ai 1200 sur mon CPF », « genre 1200 sur le compte », « compte 2800 »."""

from __future__ import annotations

import re

from actions.comprehension import nombres
from actions.comprehension.modele import Carnet
from actions.comprehension.sommes import N, premiere
from actions.comprehension.vocabulaire import Vocabulaire

_PAS = r"[^.!?\d]"
CPF = r"(?:cpf|compte (?:personnel )?(?:de )?formation|compte cpf|compte pro|droits formation|droits cpf)"
_AFFICHE = (
    r"(?:cpf|formation|est|c'est|affiche|indique|contient|a|de|il y a|il me|me|reste|j'ai|encore|environ|actuellement"
    r"|credite|monte|s'eleve|plus que|que|d'|dans les|en ce moment|il|avec|toujours|peu pres|sont|juste|droits|solde"
    r"|pile|presque|etait|serait|entre)"
)
_ENVIRON = (
    r"(?:(?:genre|environ|a peu pres|peu pres|dans les|autour de|j'ai|il y a|je dirais|je crois|peut etre|mettons"
    r"|disons|que|plus que|juste|encore|un truc comme),? )*"
)
_LE_COMPTE = r"compte\b(?! (?:bancaire|courant|epargne|en banque|commun|joint|cheques?))"
_SOLDES = [
    re.compile(
        rf"\b(?:j'ai|j'avais|me reste\w*|dispose de|possede|avec|mes|cumule"
        rf"|reste)\b{_PAS}{{0,30}}?{N}{_PAS}{{0,22}}?"
        rf"\b(?:sur|de|en|au|dans|du|pour)\b (?:mon |mes |le )?(?:{CPF}|droits)\b"
    ),
    re.compile(rf"\bmon (?:solde )?(?:de |du )?(?:mon )?(?:{CPF}|solde)(?:[ ,:=]+{_AFFICHE})+[ ,:=]*{N}"),
    re.compile(
        rf"(?:^|, |\bet |\bavec |\bj'ai |\bhave ){N} ?(?:(?:sur|de|en|au|du|on) )?(?:mon |le |my )?(?:{CPF}|solde)\b"
    ),
    re.compile(
        rf"(?:^|, |\bet |€ |\d )(?:mon |le |au )?(?:cpf|solde)(?: cpf)?,? ?(?:de |est de |a |c'est |il y a |: ?)?"
        rf"(?:je (?:ne )?sais pas(?: trop| exactement)?,? |environ |dans les |genre |peut etre |je crois,? )*{N}"
    ),
    re.compile(
        rf"\b(?:j'ai|il y a|il me reste|reste) (?:(?:que|plus que|juste|environ|genre|dans les|encore) )*{N} dessus\b"
    ),
    re.compile(rf"{N} (?:c'est|ce sont|sont) (?:mon|mes|sur mon|dans mon) (?:{CPF}|solde|droits)\b"),
    re.compile(rf"(?:^|, |\bet |\bj'ai |\bdit |\bnon |\boui ){_ENVIRON}{N} (?:sur|dans) (?:le|mon) {_LE_COMPTE}"),
    # « J'ai 2800 euros compte », « prix 1500, compte 2800 » : sans les petits mots.
    re.compile(rf"(?:^|, |\bet |\bj'ai ){_ENVIRON}{N} {_LE_COMPTE}(?= ?(?:$|[,.;!?]|et\b|prix|devis|bilan))"),
    re.compile(rf"(?:^|, |(?<=[\d€]) )(?:mon |le |sur (?:le |mon )?)?{_LE_COMPTE} ?(?:de |: ?|c'est |il y a |a )?{N}"),
    re.compile(rf"(?:^|, |\bet ){_ENVIRON}{N} sur compte\b"),
    # « Gé 900 sur mon CPF » : un petit mot mal écrit ; « c'est 2300 que j'ai sur mon CPF ».
    re.compile(rf"(?:^|, |\bet )(?!a )\w{{1,3}} {N} (?:sur|dans) (?:mon|le) {CPF}\b"),
    re.compile(
        rf"{N} (?:que |qu'|qui )?(?:j'ai|il (?:me |m'en )?reste|me reste|il y a)(?: \w+)? (?:sur|dans|en|de) "
        rf"(?:(?:mon|le|mes) )?(?:{CPF}|droits|compte)\b"
    ),
]
_SOLDE_NUL = re.compile(
    rf"\bmon {CPF} (?:est|c'est) (?:\w+ )?(?:vide|a sec|a 0|nul)\b"
    rf"|\b(?:rien|que dalle|(?:un |le moindre )?(?:sou|euro|rond|centime|kopeck)s?) (?:\w+ )?(?:sur"
    rf"|dans) (?:mon|le) {CPF}"
    rf"|\bsur mon {CPF},? (?:j'ai|il y a|je n'ai)(?: plus| vraiment)? (?:rien|que dalle)"
)
_PAS_UN_SOLDE = re.compile(
    r"\b(?:par an|chaque annee|annuel|depens\w+|pay\w+|utilis\w+|manque\w*|droit a|perdu"
    r"|preleve\w*|vole\w*|plafon\w*|pas|credit\w* de"
    r"|chaque|rembours\w*|besoin|recois|gagne|coute\w*|pris|debite\w*|mis|investi\w*|rachete)\b|/ ?an\b"
)
# « Compléter mon CPF de 1200 » : ce que l'on y ajouterait n'y est pas.
_A_COMPLETER = re.compile(r"\b(?:complet|abond|aliment|recharg|augment|credit|rajout|ajout)\w*(?: \w+)? $")
_COMPTE = re.compile(r"\bmon compte\b(?! (?:bancaire|banque|courant|epargne|en banque|formation|personnel|cpf|pro))")
_SUJET = re.compile(r"\b(?:cpf|formation|bilan|devis|organisme|centre|droits)\b")


def du_cpf(texte: str) -> str:
    """« Sur mon compte », quand on parle de formation, est le CPF."""
    return _COMPTE.sub("mon cpf", texte) if _SUJET.search(texte) else texte


def nul(texte: str) -> bool:
    """« Mon CPF est vide », « pas un sou sur mon CPF »."""
    return bool(_SOLDE_NUL.search(texte))


def lire(texte: str, suppose: bool, voc: Vocabulaire, carnet: Carnet) -> None:
    """Note le premier solde que dit un bloc de texte."""
    for motif in _SOLDES:
        trouve = premiere(motif, texte)
        if trouve and trouve[0].startswith("j'avais") and not suppose:
            continue
        if trouve and _A_COMPLETER.search(texte[: trouve.start()]):
            continue
        if trouve and not _PAS_UN_SOLDE.search(
            _autour_du_solde(trouve).replace(" pas le ", "").replace("sais pas", "")
        ):
            nombres.noter_somme("solde_cpf", trouve, carnet, suppose, voc)
            break


def _autour_du_solde(trouve: re.Match[str]) -> str:
    """« CPF 2300 payés » n'est pas un solde ; « CPF 2300, je paye en carte » en est un."""
    suite = trouve.string[trouve.end() : trouve.end() + 8]
    return trouve[0] + re.split(r"\b(?:je|j'|et)", suite)[0]
