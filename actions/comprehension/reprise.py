"""L'arrêt est-il fini, nié, ou toujours là ? « Arrêt terminé », « plus d'arrêt », « j'ai repris »."""

from __future__ import annotations

import re
from typing import Literal

Etat = Literal["fini", "nie", "en_cours"]

ARRET = (
    r"(?:arr?et+(?:ee?)?s?|conge (?:de )?(?:longue )?maladie|longue maladie|conge (?:de )?longue duree|clm|cld|citis)"
)
_LEVE = r"(?:finie?s?|terminee?s?|achevee?s?|close?|levee?s?|derriere moi)"
_RECHUTE = re.compile(r"\b(?:rechut\w*|(?:de|a) nouveau (?:en )?arr?et\w*|rearr?et\w*|reprolonge\w*|re arr?et\w*)\b")
_PAS_FINI = re.compile(
    rf"\b(?:pas|jamais)(?: (?:encore|tout a fait|vraiment|toujours))? (?:{_LEVE}|repris\b|pu reprendre|retravaille)"
    r"|\bje reprends? (?:le|lundi|mardi|mercredi|jeudi|vendredi|dans|bientot|demain|en|pas|mi|fin|debut)\b"
    r"|\b(?:toujours|encore) (?:en )?arr?et"
    # « mon arrêt finit le 31 » : sans « est », la fin est à venir.
    rf"|\b{ARRET}(?: maladie| de travail)? (?:se )?fini (?:le|en|fin|debut|mi|dans|vers|au) "
)
_FUTUR = r"(?: (?:le \d+ )?(?:bientot|demain|dans|la semaine prochaine|le mois prochain|lundi prochain|fin du mois))"
_ARRET_FINI = re.compile(
    rf"\b{ARRET}(?: (?!se\b|va\b|pas\b|ne\b)\w+){{0,3}} (?:s'est |est |a ete )?(?<!\bse )(?<!\bva )(?:{_LEVE})\b"
    rf"(?!{_FUTUR})|\b{ARRET}(?: \w+){{0,2}} (?:a pris fin|s'est (?:fini|termine|arrete))"
    rf"|\b(?<!se )(?<!pas )(?:{_LEVE})(?: \w+){{0,2}} {ARRET}\b"
    rf"|\b(?:je|j'en) (?:sors|suis sortie?|reviens)(?: \w+){{0,2}} (?:d'|de |mon ){ARRET}"
)
_FINI = re.compile(rf"(?<!\bse )(?<!\bva )\b{_LEVE}\b(?!{_FUTUR})|\ba pris fin\b|\bj'en suis sortie?\b|\bj'en sors\b")
_TRAVAIL = r"(?:travail|boulot|poste|service|taff?|job|activite|bureau|usine|chantier|cours)"
_QUAND = (
    r"(?:(?:depuis |le )?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier|ce matin|\d{1,2}(?: \w+)?)"
    r"(?: dernier)?|(?:depuis )?(?:la semaine derniere|cette semaine|peu|ce mois ci))"
)
_REPRIS_TRAVAIL = re.compile(
    rf"\brepris(?: \w+)? (?:le|mon|ma|du|au|a l'|une|l') ?(?:\w+ )?{_TRAVAIL}\b"
    r"|\bje viens (?:juste )?de reprendre(?=$| ?[.,;!?]| (?:apres|le|mon|a|au|mes|hier|lundi|cette))"
    # « J'ai repris lundi » : rien d'autre n'est dit repris que le travail.
    rf"|\bj'ai (?:deja |enfin )?repris {_QUAND}(?=$| ?[.,;!?])"
    rf"|\b(?:de retour|retourne\w*|revenue?|remise?)(?: \w+)? (?:au|a l'|en|sur mon|a mon) ?{_TRAVAIL}\b"
)
_REPRIS = re.compile(
    r"\brepris\b|\brecommence a (?:travailler|bosser)\b|^plus (?:depuis|maintenant)|\bje (?:re|re )?(?:travaille"
    r"|bosse|taffe)\b|\bretravaille\b|\bje suis (?:en poste|au travail|en activite)\b"
    r"|^(?:(?:toujours|encore) )?(?:au travail|en poste|en activite|au boulot)\b"
)
_PASSE = re.compile(rf"\b(?:j'etais|j'ai ete|j'en etais)(?: \w+)? (?:en|d'|mise? en) ?{ARRET}")
_PASSE_BORNE = re.compile(_PASSE.pattern + r"(?: \w+){0,3} jusqu'?(?:a|au|en|aux?)\b")
_TOUJOURS = re.compile(r"\b(?:toujours|encore|depuis|je suis)\b")
_NIE = re.compile(
    r"\b(?:pas|plus|aucune?|sans|jamais|ni|nullement)(?: (?:du tout|eu|ete|encore|actuellement|vraiment|mise?|du))* "
    rf"(?:d'|en |de |un |une |cet |par |mon )?(?:{ARRET}|maladie|malade)\b"
)
# « Oui toujours en arrêt, maladie » : ce qui suit le oui ne parle que de l'arrêt, et ne répond pas à autre chose.
_OUI_EN_ARRET = re.compile(
    r"(?:(?:oui|ouais|ui|ok|bah|ben|bon|euh|mais|moi)\b[ ,.]*)++"
    r"(?:(?:je suis|chui|je reste|toujours|encore|actuellement|bien|deja|la|en ce moment)\b[ ,]*)*+"
    rf"(?:en |d'|mise? en |un |mon )?{ARRET}(?![\w'])"
    r"(?:[ ,]+(?:maladie|de travail|de|accident|at|jusqu\w*|depuis|pour|la|encore|toujours)(?!\w)"
    r"(?:(?!\b(?:accord|d'accord|accepte|valide|dit|signe|patron|chef|employeur|rh)\b)[^?]){0,60})?[ .!]*"
)
_CONTRASTE = re.compile(r"\b(?:mais|c'est|plutot|juste|seulement)\b(?: \w+){0,2} (?:accident|maladie|at\b|arr?et)")


def etat(texte: str, demande: bool = False) -> Etat | None:
    """Dit si ces mots finissent ou nient l'arrêt ; ``None`` s'ils n'en disent rien.

    Args:
        demande: ces mots répondent à « êtes-vous en arrêt ? » ; « c'est fini » y parle de l'arrêt.
    """
    if _RECHUTE.search(texte):
        return None
    if _PAS_FINI.search(texte):
        return "en_cours"
    if _ARRET_FINI.search(texte) or _REPRIS_TRAVAIL.search(texte):
        return "fini"
    if demande and (_FINI.search(texte) or (_REPRIS.search(texte) and not _en_arret(texte))):
        return "fini"
    if _PASSE_BORNE.search(texte):
        return "fini"
    if demande and _PASSE.search(texte) and not _TOUJOURS.search(texte):
        return "fini"
    nie = _NIE.search(texte)
    return "nie" if nie and not _CONTRASTE.search(texte, nie.end()) else None


def finit(texte: str) -> bool:
    """« Je suis plus en arrêt », « j'ai repris lundi » : il y en a eu un ; « pas en arrêt » ne le dit pas."""
    nie = _NIE.search(texte)
    return etat(texte) == "fini" or bool(nie and nie[0].startswith("plus"))


def _en_arret(texte: str) -> bool:
    """« je travaille à la mairie mais je suis en arrêt » : l'arrêt l'emporte, sauf si l'on a repris."""
    return "repris" not in texte and bool(re.search(rf"\b{ARRET}\b", texte)) and not _NIE.search(texte)


def oui_en_arret(texte: str) -> bool:
    """« Oui je suis en arrêt jusqu'au 14 », à qui demande autre chose, n'est pas un oui à sa question."""
    return bool(_OUI_EN_ARRET.fullmatch(texte))


def oppose(texte: str) -> bool:
    """« pas un arrêt maladie, c'est un accident » : ce qui suit la négation la remplace."""
    nie = _NIE.search(texte)
    return bool(nie and _CONTRASTE.search(texte, nie.end()))
