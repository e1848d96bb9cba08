"""« J'arrête d'être en arrêt le 15, je peux commencer le 4 ? » : la conclusion d'abord, d'après les deux dates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from actions.comprehension import dates, delais_dits, est_une_question, extraire, periodes
from actions.comprehension import fin_arret as fin_dite
from actions.comprehension.durees import decaler, lire_duree
from actions.comprehension.periodes import Periode
from actions.comprehension.vocabulaire import vocabulaire_en_place
from actions.contenus import Contenus
from actions.droit import ecriture
from actions.parcours.choix import choix_dit
from actions.parcours.delais_communs import Reponse
from actions.parcours.faits import est_public
from actions.parcours.fin_arret import comparer, en_arret, lendemain, lire, position
from actions.parcours.messages import Message, dire_periode

PREFIXE = "utter_arret_bilan_"
_APRES = "apres_sans_date"
# « Et après le 20 je fais comment, c'est ma consolidation » : ces mots demandent, sans point d'interrogation.
_QUESTIONS = ("comment", "accord_qui")
_DU_BILAN = re.compile(
    r"\b(?:bilans?|commenc\w*|debut\w*|demarr\w*|faire|seances?|rendez ?vous|rdv|d[eu] .{3,25} au)\b"
)
_ENSUITE = re.compile(
    r"\bapres\b|\bune fois (?:que|fini|repris|rentre)|\bquand (?:j'aurai|je serai|je repren\w*)|\bplus en arret\b"
    r"|\ble lendemain\b|\ba partir d[eu]\b"
)
_JOUR_NU = re.compile(r"\ble ([12]?\d|3[01])\b(?! ?(?:jours?|h\b|heures?|€|mois|ans))")
_AU = re.compile(rf"\b(?:jusqu')?au (?P<quand>{fin_dite.QUAND})")
_DURE = re.compile(r"\b(?:dur\w+|sur|pendant|de) (?:environ )?(?P<duree>\d{1,2} (?:semaines?|mois))\b")


@dataclass(frozen=True)
class _Dates:
    fin: Periode
    debut: Periode | None
    dernier: date | None


def repondre(texte: str, faits: Mapping[str, Any], jour: date, contenus: Contenus) -> Reponse | None:
    """Rend ce qu'il faut demander d'après la fin de l'arrêt et le début du bilan ; ``None`` si ce n'est pas demandé."""
    sujet, place = choix_dit(texte, "arret_et_bilan"), position(faits)
    if place != "apres" and choix_dit(texte, "caisse_silence"):
        return Reponse([Message("utter_cas_caisse_silence")], question=True, sur=True)
    if texte.startswith("/") or not (est_une_question(texte) or sujet in _QUESTIONS):
        return None
    lu = vocabulaire_en_place().normaliseur.lire(texte)
    ici = fin_dite.trouver(lu, jour)
    if sujet is None or sujet == "ailleurs" or not (ici or "fin_arret" in faits):
        return None
    fin = ici or (lire(faits, "fin_arret") if en_arret(faits) else None)
    reste = fin_dite.sans_dates(lu, jour)
    demande = delais_dits.lire(reste, jour)
    if demande.envoi and demande.debut:
        return None  # « je demande le 5 pour commencer le 20 mars » : le délai entre les deux (parcours/delais_depot)
    dit = _debut(reste, fin, jour)
    # Sans date, « je peux ? » ne parle de l'arrêt que s'il le nomme.
    if fin is None or not (ici or dit or sujet.startswith("accord")):
        return None
    # « Après, je peux ? » ne parle plus du début déjà dit.
    ensuite = ici and _ENSUITE.search(reste) and sujet != "comment"
    connu = None if ensuite else lire(faits, "date_debut")
    dates_ = _Dates(fin, dit or connu, _dernier(reste, dit or connu, faits, jour))
    cas = comparer(dates_.debut, fin, dates_.dernier) if dates_.debut else _APRES
    if (cas == _APRES and not _ENSUITE.search(lu)) or (cas == "pendant" and faits.get("accord_caisse")):
        return None
    retenus = {c: v for c, v in extraire(texte, jour).valeurs.items() if c in ("fin_arret", "date_debut", "arret")}
    message = _message(cas, sujet.removeprefix("accord_"), dates_, contenus, est_public(faits))
    return Reponse([message], retenus, question=True, sur=True)


def noter(faits: Mapping[str, Any], contenus: Contenus) -> Message | None:
    """Ce que change une fin d'arrêt que l'on vient de dire ; ``None`` si elle n'est pas connue."""
    fin, debut = lire(faits, "fin_arret"), lire(faits, "date_debut")
    if fin is None or not en_arret(faits):
        return None
    d = _Dates(fin, debut, None)
    return _message(comparer(debut, fin) if debut else _APRES, "note", d, contenus, est_public(faits))


def _debut(reste: str, fin: Periode | None, jour: date) -> Periode | None:
    if not _DU_BILAN.search(reste):
        return None
    lue = dates.chercher(reste, jour, "futur")
    if lue is None and fin and (nu := _JOUR_NU.search(reste)):
        # « Mon arrêt finit le 10 janvier, si je commence le 20 » : celui du même mois.
        lue = periodes.exact(fin.jour.year, fin.jour.month, int(nu[1]))
    return lue if isinstance(lue, Periode) and lue.fin >= jour else None


def _dernier(reste: str, debut: Periode | None, faits: Mapping[str, Any], jour: date) -> date | None:
    """Le dernier rendez-vous : dit (« du 11 janvier au 12 mars »), ou compté depuis le début."""
    if debut is None:
        return None
    au = _AU.search(reste)
    lue = dates.chercher(au["quand"], debut.jour, "futur") if au else None
    if isinstance(lue, Periode) and lue.jour > debut.jour:
        return lue.jour
    dite = _DURE.search(reste)
    ecrite = dite["duree"] if dite else f"{faits['duree_mois']:g} mois" if faits.get("duree_mois", 0) >= 1 else None
    duree = lire_duree(ecrite) if ecrite else None
    return decaler(debut.jour, duree, str(ecrite), 1) if duree else None


def _message(cas: str, sujet: str, d: _Dates, contenus: Contenus, public: bool) -> Message:
    nom = f"{PREFIXE}{cas}"
    intro = str(contenus.metadonnees(nom, {"public": public})[sujet]).format(fin=_dire(d.fin))
    mots = {
        "intro": f"{intro} " if intro else "",
        "fin": _dire(d.fin),
        "lendemain": ecriture.jour(lendemain(d.fin)),
        "debut": _dire(d.debut) if d.debut else "",
        "dernier": ecriture.jour(d.dernier) if d.dernier else "",
    }
    return Message(nom, {**mots, "le_debut": mots["debut"][:1].upper() + mots["debut"][1:]})


def _dire(periode: Periode) -> str:
    return dire_periode(periodes.ecrire(periode), "dans_une_phrase")
