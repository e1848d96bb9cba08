"""Lit les dates et les durées comme on les dit : « y a 3 ans », « mars 2023 », « lundi 14 », « un an et demi ».

Écrit à la main plutôt qu'avec une bibliothèque : une date dite est une période, et l'on veut ses deux bouts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Literal

from actions.comprehension import motifs_dates as motifs
from actions.comprehension.durees import ANS, avancer, decaler, lire_duree
from actions.comprehension.periodes import ANNEES, Periode, annee_ecrite, du_mois, exact, precise

__all__ = ["Periode", "chercher", "corrigee"]

Sens = Literal["passe", "futur"]


def chercher(texte: str, jour: date, sens: Sens, reperes: Mapping[str, Periode] | None = None) -> Periode | str | None:
    """Rend la première période dite, ``date_illisible``, ou ``None`` si aucune date n'est dite."""
    texte, trouvees = motifs.DU_AU.sub(r"\1 \2", motifs.PAS_CELLE_LA.sub(" ", motifs.HABITUDE.sub(" ", texte))), []
    for repere, periode in (reperes or {}).items():
        if repere in texte:
            return periode
    for rang, (motif, lire) in enumerate(_FORMES):
        trouve = motif.search(texte)
        if trouve:
            trouvees.append((trouve.start(), rang, lire, trouve))
    # « il y a longtemps, genre 2012 » : le vague ne vaut que s'il est seul.
    ordre = sorted(trouvees, key=lambda t: (t[2] is _vague, *t[:2]))
    lues = [lue for _, _, lire, trouve in ordre if (lue := lire(trouve, jour, sens)) is not None]
    if not lues or isinstance(lues[0], str):
        return next(iter(lues), None)
    # « En avril, le mardi 6 avril » : la date précise, dans ce mois, l'emporte.
    return next((lue for lue in lues if precise(lue, lues[0])), lues[0])


def corrigee(texte: str, jour: date) -> str:
    """Rend ce qui suit la dernière correction (« en mars, non, en avril ») si une date y est dite, sinon tout."""
    derniere = list(_CORRIGE.finditer(texte))
    reste = texte[derniere[-1].end() :] if derniere else ""
    return reste if reste and isinstance(chercher(reste, jour, "passe"), Periode) else texte


_CORRIGE = re.compile(r"\b(?:non|pardon|plutot|en fait|je veux dire|erreur)\b")


def _numerique(t: re.Match[str], jour: date, sens: Sens) -> Periode | str | None:
    a, m, j = (t["a1"], t["m1"], t["j1"]) if t["a1"] else (t["a2"], t["m2"], t["j2"])
    if not a:
        return _jour_du_mois(int(j), int(m), jour, sens)
    return exact(annee_ecrite(a), int(m), int(j))


def _jour_mois(t: re.Match[str], jour: date, sens: Sens) -> Periode | str:
    mois = motifs.RANG_DU_MOIS[t["mois"].rstrip(".")]
    return exact(int(t["a"]), mois, int(t["j"])) if t["a"] else _jour_du_mois(int(t["j"]), mois, jour, sens)


def _jour_du_mois(numero: int, mois: int, jour: date, sens: Sens) -> Periode | str:
    """Sans l'année : le plus proche dans le sens voulu."""
    if not 1 <= mois <= 12:
        return "date_illisible"
    for pas in range(5) if sens == "futur" else range(0, -5, -1):
        lue = exact(jour.year + pas, mois, numero)
        if isinstance(lue, Periode) and (lue.jour >= jour if sens == "futur" else lue.jour <= jour):
            return lue
    return "date_illisible"


def _mois_seul(t: re.Match[str], jour: date, sens: Sens) -> Periode | str:
    mois = motifs.RANG_DU_MOIS[t["mois"].rstrip(".")]
    annee = annee_ecrite(t["a"]) if t["a"] else jour.year
    if not t["a"] and sens == "passe" and (mois > jour.month or t["relatif"] == "dernier"):
        annee -= 1 if mois >= jour.month else 0
    if not t["a"] and sens == "futur" and (mois < jour.month or (t["relatif"] or "").startswith("proch")):
        annee += 1 if mois <= jour.month else 0
    lue = du_mois(annee, mois)
    if isinstance(lue, str) or not t["part"]:
        return lue
    milieu = {"debut": (1, 10), "mi": (10, 20), "fin": (20, 31), "courant": (1, 31)}[t["part"]]
    debut, fin = (min(n, lue.fin.day) for n in milieu)
    return Periode(lue.debut.replace(day=debut), lue.fin.replace(day=fin), lue.debut.replace(day=debut), "mois")


def _annee_seule(t: re.Match[str], jour: date, sens: Sens) -> Periode | str | None:
    annee = max(int(t["a"]), int(t["ou"] or 0))
    mois = {**motifs.PARTS_D_ANNEE, **motifs.SAISONS}.get(t["part"] or "", (1, 12))
    lue = du_mois(annee, *mois, precision="annee")
    if isinstance(lue, Periode) and t["ou"]:
        return Periode(date(min(int(t["a"]), int(t["ou"])), 1, 1), lue.fin, lue.debut, "annee")
    return lue


def _il_y_a(t: re.Match[str], jour: date, sens: Sens) -> Periode | str | None:
    duree = lire_duree(t["duree"], plus_longue=False)
    if duree is None or duree.mois > 1200:
        return "date_illisible"
    # « 2 mois », dit à qui demande un début, est à venir.
    a_venir = (t["avant"] or "").startswith(("dans", "d'ici")) or (not t["avant"] and sens == "futur")
    vers = 1 if a_venir else -1
    le_jour = decaler(jour, duree, t["duree"], vers)
    if duree.borne in ("plus", "moins"):
        # « plus de cinq ans » : au plus tard il y a cinq ans ; « moins de » : au plus tard aujourd'hui.
        loin = date(ANNEES.start, 1, 1)
        return (
            Periode(loin, le_jour, le_jour, "plus_de")
            if duree.borne == "plus"
            else Periode(le_jour, jour, le_jour, "moins_de")
        )
    if "jour" in t["duree"]:
        return Periode(le_jour, le_jour, le_jour)
    if "semaine" in t["duree"]:
        return Periode(le_jour - timedelta(6), le_jour + timedelta(6), le_jour, "semaine")
    entiere = duree.mois % 12 == 0 and re.search(ANS, t["duree"])
    autour = du_mois(le_jour.year, 1, 12, "annee") if entiere else du_mois(le_jour.year, le_jour.month)
    return autour if isinstance(autour, str) else Periode(autour.debut, autour.fin, le_jour, autour.precision)


def _relatif(t: re.Match[str], jour: date, sens: Sens) -> Periode | str | None:
    mot, passe = t[0], bool(re.search(r"dernier|passe|precedent", t[0]))
    futur = "proch" in mot or "prochain" in mot
    pas = -1 if passe else 1 if futur else 0
    if mot.startswith(("l'an", "an ", "annee", "l'annee", "cette annee")):
        return du_mois(jour.year + pas, 1, 12, "annee")
    if "mois" in mot:
        cible = avancer(jour.replace(day=1), pas)
        return du_mois(cible.year, cible.month)
    lundi = jour - timedelta(jour.weekday()) + timedelta(7 * pas)
    return Periode(lundi, lundi + timedelta(6), lundi, "semaine")


def _jour_proche(t: re.Match[str], jour: date, sens: Sens) -> Periode | str | None:
    ecart = {"avant hier": -2, "hier": -1, "aujourd'hui": 0, "apres demain": 2, "demain": 1}[t[0]]
    le_jour = jour + timedelta(ecart)
    return Periode(le_jour, le_jour, le_jour)


def _jour_semaine(t: re.Match[str], jour: date, sens: Sens) -> Periode | str | None:
    rang = motifs.RANG_DU_JOUR[t["js"]]
    if t["n"]:
        pas = 1 if sens == "futur" else -1
        for decalage in range(0, 62 * pas, pas):
            le_jour = jour + timedelta(decalage)
            if le_jour.day == int(t["n"]):
                return Periode(le_jour, le_jour, le_jour) if le_jour.weekday() == rang else "date_illisible"
        return "date_illisible"
    passe = t["relatif"] == "dernier" or (sens == "passe" and t["relatif"] != "prochain")
    ecart = -((jour.weekday() - rang - 1) % 7 + 1) if passe else (rang - jour.weekday() - 1) % 7 + 1
    le_jour = jour + timedelta(ecart)
    return Periode(le_jour, le_jour, le_jour)


def _saison(t: re.Match[str], jour: date, sens: Sens) -> Periode | str | None:
    debut, fin = motifs.SAISONS[t["s"]]
    annee = jour.year
    if sens == "passe" and (debut > jour.month or (t["relatif"] and fin >= jour.month)):
        annee -= 1
    if sens == "futur" and fin < jour.month:
        annee += 1
    return du_mois(annee, debut, fin, "saison")


def _mois_annee(t: re.Match[str], jour: date, sens: Sens) -> Periode | str | None:
    return du_mois(int(t["a"]), int(t["m"]))


def _mois_relatif(t: re.Match[str], jour: date, sens: Sens) -> Periode | str | None:
    """« juin de l'an passé », « cette année en février », « l'été de l'année dernière »."""
    nom = (t["mois"] or t["mois2"]).rstrip(".")
    an = t["an"] or t["an2"]
    il_y_a = re.search(r"\d+", an)
    pas = -int(il_y_a[0]) if il_y_a else 0 if an.startswith("cette") else 1 if "prochain" in an else -1
    if nom in motifs.SAISONS:
        return du_mois(jour.year + pas, *motifs.SAISONS[nom], precision="saison")
    return du_mois(jour.year + pas, motifs.RANG_DU_MOIS[nom])


def _part_d_annee(t: re.Match[str], jour: date, sens: Sens) -> Periode | str | None:
    """« en début d'année », « à la fin de l'année dernière »."""
    relatif = t["relatif"] or ""
    debut, fin = motifs.PARTS_D_ANNEE[t["part"]]
    pas = 1 if "prochain" in relatif else -1 if relatif and relatif != "en cours" else 0
    if not relatif and sens == "passe" and debut > jour.month:
        pas = -1
    if not relatif and sens == "futur" and fin < jour.month:
        pas = 1
    return du_mois(jour.year + pas, debut, fin, "annee")


def _annee_courte(t: re.Match[str], jour: date, sens: Sens) -> Periode | str | None:
    return du_mois(annee_ecrite(t["a"]), 1, 12, "annee")


def _numero(t: re.Match[str], jour: date, sens: Sens) -> Periode | str | None:
    """« le 14 », seul : le plus proche dans le sens voulu."""
    pas = 1 if sens == "futur" else -1
    jours = (jour + timedelta(n * pas) for n in range(62))
    le_jour = next((j for j in jours if j.day == int(t["n"])), None)
    return Periode(le_jour, le_jour, le_jour) if le_jour else "date_illisible"


def _vague(t: re.Match[str], jour: date, sens: Sens) -> Periode | str | None:
    if "fete" in t[0] and sens == "futur":
        return du_mois(jour.year + (jour.month > 1), 1)
    return "date_illisible"


_Lecteur = Callable[[re.Match[str], date, Sens], Periode | str | None]
_FORMES: list[tuple[re.Pattern[str], _Lecteur]] = [
    (motifs.NUMERIQUE, _numerique),
    (motifs.JOUR_MOIS, _jour_mois),
    (motifs.MOIS_ANNEE, _mois_annee),
    (motifs.MOIS_RELATIF, _mois_relatif),
    (motifs.PART_D_ANNEE, _part_d_annee),
    (motifs.MOIS, _mois_seul),
    (motifs.IL_Y_A, _il_y_a),
    (motifs.DUREE_SEULE, _il_y_a),
    (motifs.RELATIF, _relatif),
    (motifs.JOUR_PROCHE, _jour_proche),
    (motifs.JOUR_SEMAINE, _jour_semaine),
    (motifs.ANNEE, _annee_seule),
    (motifs.ANNEE_COURTE, _annee_courte),
    (motifs.NUMERO, _numero),
    (motifs.SAISON, _saison),
    (motifs.VAGUE, _vague),
]
