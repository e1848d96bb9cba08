"""Quand la personne veut faire le bilan : pendant ses heures de travail ou en dehors."""

from __future__ import annotations

import re

from actions.comprehension.modele import Carnet
from actions.comprehension.motifs_dates import MOIS_RE
from actions.comprehension.propositions import propositions
from actions.comprehension.reponses import partie_reponse_lue, question_lue

_TRAVAIL = r"(?:travail|boulot|taf|service|bureau)"
_HEURES = rf"(?:temps|heures?|horaires?|{_TRAVAIL})(?: d[eu] (?:mon )?{_TRAVAIL})?"
_A_MOI = r"(?:(?:de|du|des|mes|mon|le|les) ?){0,2} ?"
_LE_SOIR = (
    r"(?:(?:le|les|en|mes) (?:soirs?|soirees?)|(?:le|les|mes) (?:samedis?|dimanches?|week ?-?ends?|we)"
    r"(?: (?:matins?|apres midi))?)"
)
_LIBRE = (
    r"(?:conges|vacances|rtt|repos|temps libre|jours? (?:de )?(?:repos|conges?|off|libres?|rtt|sans missions?"
    r"|non travailles?))"
)
_HORS = (
    rf"(?:(?:en )?(?:de)?hors {_A_MOI}{_HEURES}|{_LE_SOIR}|(?:sur|pendant|durant) (?:mes|mon|les|des) {_LIBRE}"
    rf"|entre (?:2|deux|mes) missions|apres (?:le|mon|ma) (?:{_TRAVAIL}|journee)"
    rf"|pas (?:pendant|sur|durant) (?:mes|mon|les|le) {_HEURES})"
)
_PENDANT = rf"(?:pendant|sur|durant) (?:mes|mon|les|le) {_HEURES}"
_UN_MOMENT = rf"(?:(?P<hors>{_HORS})|(?P<pendant>{_PENDANT}))"
_APPUI = (
    r"(?:(?:non|oui|ben|bah|bon|ok|euh|alors|tant pis|finalement|toujours|surtout|uniquement|seulement|que|juste|moi"
    r"|idealement|de preference|et|mais) )*"
)
_SOUHAIT = (
    r"(?:(?:c'est|(?:ce|ca) (?:sera|serait|se fera)"
    r"|(?:je|j')(?: le| la)? ?(?:fais|ferai|ferais|prefere\w*|veux|voudrais|souhaite|vais|compte|pense|aimerais)"
    r"(?: bien)?(?: le)?(?: (?:faire|passer|suivre))?|(?:le )?faire)"
    r"(?: (?:mon|un|ce|le) bilan(?: de competences?)?(?: cpf)?)? )?"
)
_FIN = (
    r"(?: (?:plutot|finalement|de preference|idealement|si possible|alors|du coup|donc|svp|stp|seulement|uniquement))*"
)
# « Hors temps de travail », « je le fais le soir » : rien d'autre n'est dit dans la proposition.
_DIT = re.compile(rf"{_APPUI}{_SOUHAIT}{_UN_MOMENT}(?: apres (?:le|mon) {_TRAVAIL})?{_FIN}")
# « Une lettre pour un bilan pendant mes heures » ; « je travaille le samedi », non.
_DU_BILAN = re.compile(
    rf"\bbilan(?: de competences?)?(?: cpf)?"
    rf"(?: (?:a partir d[eu]|du|au|le|en|debut|mi|fin|\d{{1,4}}(?:er)?|{MOIS_RE})){{0,7}}"
    rf" {_UN_MOMENT}"
)
_PAS_UN_CHOIX = re.compile(
    r"\b(?:peux|peut|puis|droit|possible|faut|doi[st]|oblig\w*|refus\w*|veut|dit|propose\w*|pas|jamais|sans|quand"
    r"|chefe?|patronn?e?|employeur|boite|fait|eu)\b"
)
_DES_JOURS = re.compile(r"\b(?:samedis?|dimanches?|week)\b")


def lire(lu: str, question: str | None, carnet: Carnet) -> None:
    """Note le moment que la personne choisit ; dans une question, seulement s'il s'ajoute à d'autres faits."""
    if question_lue(lu) and not carnet.dits:
        return  # « sur mes heures, c'est possible ? » ne choisit rien
    for proposition in propositions(partie_reponse_lue(lu)):
        trouve = _moment(proposition.texte) if proposition.mode == "dit" else None
        # « Le samedi », à qui demande une date, nomme un jour.
        if trouve and not (question and "date" in question and _DES_JOURS.search(trouve[0])):
            carnet.noter("moment", "hors_temps" if trouve["hors"] else "temps_travail")


def _moment(texte: str) -> re.Match[str] | None:
    return _DIT.fullmatch(texte) or (None if _PAS_UN_CHOIX.search(texte) else _DU_BILAN.search(texte))
