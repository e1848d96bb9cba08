"""Après un calendrier ou une lettre : « change pour le 3 mai », « pendant mes heures finalement », « sur 7 mois »."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from actions.calendrier import FRANCE, textes
from actions.comprehension import dates, demarche, durees
from actions.comprehension.motifs_dates import JOURS_RE, MOIS_RE
from actions.comprehension.periodes import Periode
from actions.comprehension.periodes import lire as lire_periode
from actions.parcours import a_cote, dates_dites
from actions.parcours.choix import choix_dit, simplifier
from actions.parcours.faits import Faits

CALENDRIER, LETTRE = "planifier", "rediger_lettre"
_MOTS_MAX = 20
_ANNONCE = re.compile(
    r"\b(?:chang\w+|plutot|en fait|finalement|nouvelle date|decal\w+|repouss\w+|avance\w*|met[sz]?|mettez|refai\w*"
    r"|recalcul\w*|(?:ca|ce) sera|au lieu|maintenant|non)\b|\bet si\b"
)
_TEMPS = re.compile(r"\b(?:heures?|temps|travail|boulot|taf|bureau|soirs?|samedis?|week|conges?|repos)\b")
_UNE_DATE = rf"(?:(?:debut|mi|fin|{JOURS_RE}) )*(?:\d{{1,2}}(?:er)? )?{MOIS_RE}(?: \d{{4}})?|\d\d?/\d\d?(?:/\d{{2,4}})?"
_RIEN_QU_UNE_DATE = re.compile(
    r"(?:(?:c'est|ce sera|ok|euh|alors|donc|oui|non|mais|du|le|en|a partir du|pour|des|vers|la date|date|debut)"
    r" ?(?:: ?)?)*"
    rf"(?:{_UNE_DATE})(?: (?:jusqu')?au (?P<fin>{_UNE_DATE}))?(?: plutot| finalement| svp| merci)*[ .!]*"
)
_AVANT = re.compile(r"\b(?:avan[st]?|d'ici|pour) (?:le |la |l'|cet |cette )?")


def lire(texte: str, resultat: str | None, faits: Faits, jour: date) -> dict[str, Any]:
    """Rend les champs qu'un message change au calendrier ou à la lettre qui vient d'être donné ; vide sinon.

    Args:
        texte: message reçu.
        resultat: dernier parcours conclu.
        faits: ce qu'on sait.
        jour: date du message.
    """
    if resultat not in (CALENDRIER, LETTRE) or texte.startswith("/"):
        return {}
    simple = simplifier(texte)
    if len(simple.split()) > _MOTS_MAX:
        return {}
    dits = {**_dates(texte, simple, jour), **_etalement(simple)}
    if resultat == CALENDRIER:
        dits |= _moment(texte, simple)
        dits |= {} if a_cote.QUAND in dits else debut_pour_finir(texte, faits, jour)
    return dits


def debut_pour_finir(texte: str, faits: Faits, jour: date) -> dict[str, Any]:
    """« Finir avant l'été » : le dernier début qui laisse l'étalement dit, sinon la marge conseillée."""
    simple = simplifier(texte)
    if not a_cote.date_une_fin(texte):
        return {}
    fin = dates.chercher(_AVANT.sub("en ", simple), jour, "futur")
    if not isinstance(fin, Periode):
        return {}
    mois = faits.get("duree_mois")
    jours = round(float(mois) * 365.25 / 12) if mois else int(textes()["marges"]["etalement"])
    debut = FRANCE.ouvre_precedent(fin.debut - timedelta(days=jours))
    return {a_cote.QUAND: debut.isoformat()} if debut > jour else {}


def _dates(texte: str, simple: str, jour: date) -> dict[str, Any]:
    """Une date nommée par son verbe, dite seule, ou annoncée par « plutôt », « change »."""
    if nommees := dates_dites.lire(texte, jour):
        return nommees
    seule = _RIEN_QU_UNE_DATE.fullmatch(simple)
    if not (seule or _ANNONCE.search(simple)):
        return {}
    dits = a_cote.debut_dit(texte, jour)
    if seule and seule["fin"] and dits:
        depuis = lire_periode(dits[a_cote.QUAND]).jour
        fin = dates.chercher(seule["fin"], depuis, "futur")
        if isinstance(fin, Periode):
            dits["duree_mois"] = round((fin.jour - depuis).days * 12 / 365.25, 1)
    return dits


def _etalement(simple: str) -> dict[str, Any]:
    dit = demarche.BILAN_SUR.search(simple)
    duree = durees.lire_duree(dit["duree"]) if dit else None
    return {"duree_mois": duree.mois} if duree and duree.mois else {}


def _moment(texte: str, simple: str) -> dict[str, Any]:
    code = choix_dit(texte, "moment") if _ANNONCE.search(simple) and _TEMPS.search(simple) else None
    return {"moment": code} if code else {}
