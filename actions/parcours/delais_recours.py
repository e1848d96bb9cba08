"""Le dernier jour pour contester le refus d'une administration : du jour où il a été reçu, dit ici ou plus haut."""

from __future__ import annotations

import re

from actions.comprehension.delais_dits import Dits
from actions.comprehension.periodes import Periode
from actions.droit import ecriture
from actions.eligibilite.dates import decaler
from actions.parcours.choix import choix_dit
from actions.parcours.delais_communs import PREFIXE, Base, Reponse, dire
from actions.parcours.messages import Message

RECOURS = f"{PREFIXE}recours_"
_INCONNU, _REPONSE = f"{RECOURS}inconnu", f"{PREFIXE}reponse_"
_REFUS_PUBLIC = ("utter_faq/public_refus", "utter_detail_public_refus", "utter_cas_recours_public", _INCONNU)
_REFUS = ("utter_faq/employeur_refus", "utter_detail_employeur_refus", *_REFUS_PUBLIC)
_REFUSE = re.compile(r"\brefus\w*|\brejet\w*")
# « Ma demande est partie le 3, refusée » : la date est alors celle de la demande.
_UNE_DEMANDE = re.compile(r"\b(?:demande\w*|envo[iy]\w*|depos\w*|pose\w*)\b")
_RECU = re.compile(r"\b(?:recue?s?|notifi\w+|courriers?|lettre|datee?s?|arrivee?|eue?|refus\w*)\b")
_ECHEANCE = re.compile(
    r"\bjusqu'?a quand\b|\bcombien de (?:temps|jours)\b|\bquel (?:jour|delai)\b|\bquelle date\b|\bdate limite\b"
    r"|\bdernier (?:jour|delai)\b|\btrop tard\b|\bdelais?\b|\btombe\w*\b|\breste\b|\b(?:avant|pour) quand\b"
)


def repondre(texte: str, simple: str, dits: Dits, calcul: Base) -> Reponse | None:
    """Rend la date limite d'un recours contre un refus public, ou la date qui manque ; sinon ``None``."""
    precedente = calcul.contexte.precedente
    apres = precedente in _REFUS or precedente.startswith(RECOURS)
    if not (calcul.public or precedente in _REFUS_PUBLIC or precedente.startswith(RECOURS)):
        return None
    veut, echeance = choix_dit(texte, "delai_a_part") == "recours", _ECHEANCE.search(simple) is not None
    notifie = _notifie(simple, dits, apres, veut)
    if notifie and notifie.debut <= calcul.jour and (echeance or veut or apres):
        return _dernier_jour(notifie, calcul)
    connu = calcul.contexte.periode("reponse")
    # « Jusqu'à quand ? », seul : après un refus daté, ou la règle du recours.
    seul = dits.court and (precedente in _REFUS_PUBLIC or (connu and (apres or precedente.startswith(_REPONSE))))
    if not (echeance and (veut or seul or (apres and _REFUSE.search(simple)))) or dits.demande or dits.debut:
        return None
    if connu:
        return _dernier_jour(connu, calcul)
    return Reponse([Message(_INCONNU)], question=True, sur=True)


def _notifie(simple: str, dits: Dits, apres: bool, veut: bool) -> Periode | None:
    """Le jour où le refus a été reçu ; une demande datée à côté se compare, elle, au délai de réponse."""
    if dits.reponse:
        return dits.reponse if veut or not dits.demande else None
    if dits.demande:
        return dits.demande if (apres or veut or _REFUSE.search(simple)) and not _UNE_DEMANDE.search(simple) else None
    if veut or (apres and (dits.court or _RECU.search(simple))):
        return dits.date
    return None


def _dernier_jour(notifie: Periode, calcul: Base) -> Reponse:
    """Le dernier jour pour saisir le tribunal administratif ; le premier jour possible protège."""
    limite = decaler(notifie.debut, calcul.droit, "public_recours", calcul.jour).date
    nom = f"{RECOURS}{'passe' if limite < calcul.jour else 'ouvert'}"
    cas = {"reponse": notifie.debut.isoformat()} if notifie.debut == notifie.fin else {}
    mots = {"date": dire(notifie), "limite": ecriture.jour(limite)}
    return Reponse([Message(nom, mots)], cas=cas, question=True, sur=True)
