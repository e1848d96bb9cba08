"""Relit en français ordinaire un message écrit à l'oreille : « sé koi le bilan » → « c'est quoi le bilan ».

Chaque mot a des lectures possibles (lui-même, une écriture de téléphone, un mot de même son, une lettre d'écart) ; la
suite de lectures retenue est la plus vraisemblable d'après les exemples appris (suites de deux mots). Sert au vecteur
de phrase, qui ne connaît que les mots bien écrits (caractères et sons lisent le message tel quel), et aux faits.
"""

from __future__ import annotations

import heapq
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from actions.simplification import simplifier
from composants.phonetique import prononcer

Lecture = tuple[tuple[str, ...], float]  # mots lus, coût

_MOT = re.compile(r"[a-zà-ÿœ0-9€]+(?:'(?=[a-zà-ÿœ]))?|[?!.,;:]+")
_DEBUT = "<début>"
_MOTS_LUS = 80
_PISTES = 8  # lectures menées de front
_PART_CONNUE = 0.85  # part de mots français au-delà de laquelle un exemple montre comment on écrit
_SIGLE_MIN = 5
_LECTURES_MAX = 6
_ELISIONS = {
    "j": ("j'", "je"), "l": ("l'", "le"), "d": ("d'", "de"), "c": ("c'", "ce"), "s": ("s'", "se"), "t": ("t'", "te"),
    "m": ("m'", "me"), "n": ("n'", "ne"), "k": ("qu'", "que"), "qu": ("qu'", "que"),
}  # fmt: skip
# Coûts (−log d'une vraisemblance), réglés sur le jeu A.
_ECRITURE, _SON, _COURT, _LONG, _ELISION, _LETTRE = 0.5, 1.5, 3.0, 5.0, 2.0, 2.5
_SON_VOISIN, _INCONNU, _MOT_DE_PLUS = 3.0, 4.0, 4.0
_COURT_MAX, _VOISIN_MIN = 4, 5


class Dechiffrage:
    """Décodeur appris sur les exemples ; ``dechiffrer`` rend un texte en minuscules."""

    def __init__(self) -> None:
        self._comptes: dict[str, int] = {}
        self._suites: dict[str, int] = {}
        self._ecritures: dict[str, str] = {}

    def apprendre(
        self, textes: Sequence[str], est_francais: Callable[[str], bool], ecritures: Mapping[str, str]
    ) -> None:
        """Relève les mots français des exemples et leurs suites.

        Args:
            textes: exemples, bien ou mal écrits.
            est_francais: dit si un mot (minuscules, accents) est au dictionnaire.
            ecritures: écritures de téléphone d'un mot et leur lecture (« koi » : « quoi »).
        """
        self._ecritures = {cle: lecture for cle, lecture in ecritures.items() if " " not in cle}
        segmentes = [_mots(texte) for texte in textes]
        connus = {
            mot
            for mot in {mot for suite in segmentes for mot in suite}
            if mot not in self._ecritures and (_est_signe(mot) or mot.endswith("'") or est_francais(mot))
        }
        soignes = [suite for suite in segmentes if sum(mot in connus for mot in suite) >= _PART_CONNUE * len(suite)]
        courants = Counter(mot for suite in soignes for mot in suite)
        # Sigles et noms du métier (« cdd », « agefiph ») : hors du dictionnaire, mais courants chez qui écrit bien.
        connus |= {mot for mot, n in courants.items() if n >= _SIGLE_MIN and mot not in self._ecritures}
        comptes: Counter[str] = Counter(dict.fromkeys(connus, 0))
        suites: Counter[str] = Counter()
        for suite in soignes:
            comptes.update([_DEBUT, *(mot for mot in suite if mot in connus)])
            suites.update(f"{avant} {mot}" for avant, mot in pairwise([_DEBUT, *suite]))
        self._comptes, self._suites = dict(comptes), dict(suites)
        self._indexer()

    def _indexer(self) -> None:
        """Range les mots par son et par voisinage d'une lettre."""
        self._total = sum(self._comptes.values())
        par_son: dict[str, list[str]] = defaultdict(list)
        par_lettres: dict[str, set[str]] = defaultdict(set)
        for mot, nombre in self._comptes.items():
            if _est_signe(mot) or mot.endswith("'") or mot == _DEBUT:
                continue
            if nombre >= 2 and len(mot) > 1:
                par_son[prononcer(mot)].append(mot)
            if nombre >= 3:
                for cle in _voisinage(simplifier(mot)):
                    par_lettres[cle].add(mot)
        par_son.pop("", None)
        self._par_son = {son: self._frequents(mots) for son, mots in par_son.items()}
        self._par_lettres = dict(par_lettres)
        sons_voisins: dict[str, set[str]] = defaultdict(set)
        for son in par_son:
            for cle in _voisinage(son):
                sons_voisins[cle].add(son)
        self._sons_voisins = dict(sons_voisins)

    def _frequents(self, mots: Iterable[str]) -> list[str]:
        return sorted(mots, key=lambda mot: (-self._comptes[mot], mot))[:_LECTURES_MAX]

    def dechiffrer(self, texte: str) -> str:
        """Rend la lecture la plus vraisemblable d'un message ; au-delà de quatre-vingts mots, la suite est omise."""
        return _coller(mot for choix in self._choisir(_mots(texte)) for mot in choix)

    def relire(self, texte: str) -> str:
        """Rend le même message, ses mots déchiffrés, nombres et signes à leur place."""
        return self.dechiffrer_et_relire(texte)[1]

    def dechiffrer_et_relire(self, texte: str) -> tuple[str, str]:
        """Rend ``dechiffrer`` et ``relire`` d'un message, dont la lecture n'est cherchée qu'une fois."""
        simple = _simple(texte)
        trouves = list(_MOT.finditer(simple))[:_MOTS_LUS]
        lectures = self._choisir([trouve[0] for trouve in trouves])
        bouts, fin = [], 0
        for trouve, choix in zip(trouves, lectures, strict=True):
            lu = _coller(choix)
            # « j'sui » : le mot qui a perdu son apostrophe se sépare du suivant.
            perdue = trouve[0].endswith("'") and not lu.endswith("'")
            bouts += [simple[fin : trouve.start()], lu, " " if perdue else ""]
            fin = trouve.end()
        return _coller(mot for choix in lectures for mot in choix), "".join([*bouts, simple[fin:]])

    def _choisir(self, ecrits: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        """La lecture de chaque mot, dans la suite la plus vraisemblable."""
        pistes: list[tuple[float, str, tuple[tuple[str, ...], ...]]] = [(0.0, _DEBUT, ())]
        for mot in ecrits:
            lectures = self._lectures(mot)
            suivantes: dict[str, tuple[float, str, tuple[tuple[str, ...], ...]]] = {}
            for cout, dernier, lus in pistes:
                for choix, ecart in lectures:
                    total = cout + ecart + self._surprise(dernier, choix)
                    fin = choix[-1] if choix else dernier
                    if fin not in suivantes or total < suivantes[fin][0]:
                        suivantes[fin] = (total, fin, (*lus, choix))
            pistes = heapq.nsmallest(_PISTES, suivantes.values())
        return pistes[0][2]

    def _surprise(self, avant: str, choix: tuple[str, ...]) -> float:
        """Improbabilité d'une suite de mots ; un mot ajouté ne coûte pas sa rareté."""
        total = -_MOT_DE_PLUS * (len(choix) - 1)
        for mot in choix:
            seul = (self._comptes.get(mot, 0) + 0.5) / (self._total + 5000)
            ensemble = self._suites.get(f"{avant} {mot}", 0) / max(self._comptes.get(avant, 0), 1)
            total -= math.log(0.6 * ensemble + 0.4 * seul)
            avant = mot
        return total

    def _lectures(self, mot: str) -> list[Lecture]:
        if _est_signe(mot):
            return [((mot,), 0.0)]
        lectures: list[Lecture] = []
        if mot in self._ecritures:
            lectures.append((tuple(_mots(self._ecritures[mot])), _ECRITURE))
        son, connu = prononcer(mot), mot in self._comptes
        ecart_de_son = _SON if not connu else _COURT if len(mot) <= _COURT_MAX else _LONG
        lectures += [((autre,), ecart_de_son) for autre in self._par_son.get(son, ()) if autre != mot]
        if connu:
            return [*lectures, ((mot,), 0.0)]
        lectures += [*self._elisions(mot), *self._voisins(mot, son), ((mot,), _INCONNU)]
        return lectures

    def _elisions(self, mot: str) -> list[Lecture]:
        """« jai » : j' + ai ; « kon » : qu' + on."""
        lectures: list[Lecture] = []
        for debut, articles in _ELISIONS.items():
            reste = mot[len(debut) :]
            if not mot.startswith(debut) or len(reste) < 2:
                continue
            suites = [reste] if reste in self._comptes else []
            for suite in suites + self._par_son.get(prononcer(reste), [])[:4]:
                article = articles[0] if simplifier(suite)[:1] in set("aeiouhy") else articles[1]
                lectures.append(((article, suite), _ELISION))
        return lectures

    def _voisins(self, mot: str, son: str) -> list[Lecture]:
        """Mots à une lettre ou à un son d'écart."""
        lettres = {m for cle in _voisinage(simplifier(mot)) for m in self._par_lettres.get(cle, ())}
        lectures: list[Lecture] = [((autre,), _LETTRE) for autre in self._frequents(lettres)]
        if son not in self._par_son:
            sons = {s for cle in _voisinage(son) for s in self._sons_voisins.get(cle, ())}
            proches = {m for s in sons for m in self._par_son[s]}
            lectures += [((autre,), _SON_VOISIN) for autre in self._frequents(proches)]
        return lectures

    def fiche(self) -> dict[str, Any]:
        """Ce qu'il faut garder pour le refaire : comptes, suites et écritures (JSON)."""
        return {"comptes": self._comptes, "suites": self._suites, "ecritures": self._ecritures}

    @classmethod
    def depuis(cls, fiche: dict[str, Any]) -> Dechiffrage:
        """Refait un décodeur de sa fiche."""
        decodeur = cls()
        decodeur._comptes, decodeur._suites = fiche["comptes"], fiche["suites"]
        decodeur._ecritures = fiche["ecritures"]
        decodeur._indexer()
        return decodeur


def _mots(texte: str) -> list[str]:
    return _MOT.findall(_simple(texte))[:_MOTS_LUS]


def _simple(texte: str) -> str:
    return unicodedata.normalize("NFC", texte).lower().replace("’", "'")


def _coller(mots: Iterable[str]) -> str:
    return " ".join(mots).replace("' ", "'")


def _est_signe(mot: str) -> bool:
    return not mot[0].isalpha()


def _voisinage(cle: str) -> list[str]:
    """La clé et chacune de ses formes amputées d'une lettre ; deux clés à une lettre d'écart en partagent une."""
    return [cle, *(cle[:i] + cle[i + 1 :] for i in range(len(cle)))] if len(cle) >= _VOISIN_MIN else []
