"""« Je peux refaire un bilan ? » : oui, non ou pas avant tel jour, selon la date et le payeur de l'ancien (pur)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, get_args

from actions.comprehension import autre_bilan, est_une_question, periodes
from actions.comprehension.autre_bilan import Dits
from actions.comprehension.periodes import Periode
from actions.contenus import Contenus
from actions.droit import Droit
from actions.eligibilite.dates import anniversaire, nombre_applicable
from actions.eligibilite.situation import FinanceurCompte
from actions.parcours.choix import choix_dits, simplifier
from actions.parcours.delais_calcules import Contexte, Reponse
from actions.parcours.dernier_bilan import situer_le_bilan
from actions.parcours.faits import Faits, est_public
from actions.parcours.messages import Message, dire_periode, libelles
from actions.parcours.reouverture import fin

PREFIXE = "utter_refaire_"
# Ce qu'une réponse demande : « mon patron » n'est un payeur qu'après elle.
_MOIS, _ANNEE = f"{PREFIXE}mois_inconnu", re.compile(r"\b20\d\d\b")
_QUESTIONS = {
    _MOIS: ("dernier_bilan_date",),
    f"{PREFIXE}quand": ("dernier_bilan_date", "dernier_bilan_financeur"),
    f"{PREFIXE}payeur_inconnu": ("dernier_bilan_financeur",),
}
# Sujets après lesquels « et s'il datait de 2021 ? » parle de ce délai ; étiquettes où une date veut une conclusion.
_D_AVANT = ("faq/delai_5_ans", "detail_delai_5_ans", "idee_recue/aucun_delai", "idee_recue/tout_bilan_bloque")
_DU_DELAI = ("faq/delai_5_ans", "idee_recue/aucun_delai", "idee_recue/tout_bilan_bloque", "faq/public_frequence")
_DEMANDENT = {"refaire", "bloque", "encore"}
_SANS_CPF = ("retraite_taux_plein", "etudiant_sans_activite")
_NON_COMPTES = ("employeur", "soi_meme")
# Près du terme, le point de départ que le texte ne précise pas peut tout changer.
_MARGE = timedelta(days=366)


@dataclass(frozen=True)
class _Delai:
    """Le délai qui court depuis l'ancien bilan, et le jour où l'on veut demander le nouveau."""

    depuis: Periode
    ans: int
    au: Periode

    @property
    def passe(self) -> bool:
        return anniversaire(self.depuis.fin, self.ans) <= self.au.debut

    @property
    def court(self) -> bool:
        return self.au.fin < anniversaire(self.depuis.debut, self.ans)

    @property
    def proche(self) -> bool:
        return self.au.debut < anniversaire(self.depuis.fin, self.ans) + _MARGE


def repondre(
    texte: str, contexte: Contexte, etiquette: str | None, jour: date, droit: Droit, contenus: Contenus
) -> Reponse | None:
    """Rend la conclusion que le message demande, ou la question qui manque pour conclure ; sinon ``None``.

    Args:
        texte: message reçu.
        contexte: faits connus, ceux du message compris, et dernière réponse dite.
        etiquette: ce que le classement a décidé.
        jour: aujourd'hui.
        droit: les délais.
        contenus: les gabarits.
    """
    if texte.startswith("/") or contexte.faits.get("statut") in _SANS_CPF:
        return None
    suit = contexte.precedente.startswith(PREFIXE) or contexte.precedente.removeprefix("utter_") in _D_AVANT
    mots = choix_dits(texte, "refaire_un_bilan")
    if not (suit or _DEMANDENT & mots or etiquette in _DU_DELAI):
        return None
    simple = simplifier(texte)
    if contexte.precedente == _MOIS and not _ANNEE.search(simple):
        # « En mars », à qui a dit « en 2021 ».
        simple = texte = f"{simple} {str(contexte.faits.get('dernier_bilan_date'))[:4]}"
    dits = autre_bilan.lire(texte, simple, jour, suit, _QUESTIONS.get(contexte.precedente, ()))
    if not _demande(texte, mots, dits, suit, etiquette, contexte.faits):
        return None
    calcul = _Calcul({**contexte.faits, **dits.bilan}, dits.au or Periode(jour, jour, jour), mots, jour)
    message = calcul.conclure(droit, contenus)
    retenus = {} if dits.suppose else situer_le_bilan(dits.bilan, jour, droit)
    return Reponse([message], retenus, question=True) if message else None


def _demande(texte: str, mots: set[str], dits: Dits, suit: bool, etiquette: str | None, faits: Faits) -> bool:
    """Le message veut-il savoir s'il peut refaire un bilan, lui qui en a fait un ?"""
    if "autre_chose" in mots:
        return False
    connu = dits.raconte or bool({"dernier_bilan_date", "dernier_bilan_financeur"} & faits.keys())
    if suit and (dits.bilan or dits.au) and "autre_sujet" not in mots:
        return True
    if "refaire" in mots:
        return connu
    du_delai = etiquette in _DU_DELAI and "delai" in mots and est_une_question(texte)
    return bool(dits.bilan.get("dernier_bilan_date")) and bool({"bloque", "encore"} & mots or du_delai)


@dataclass(frozen=True)
class _Calcul:
    faits: Mapping[str, Any]
    au: Periode
    mots: set[str]
    jour: date

    def conclure(self, droit: Droit, contenus: Contenus) -> Message | None:
        """La conclusion, ou ce qui manque pour conclure."""
        public = est_public(self.faits)
        payeur, dite = self.faits.get("dernier_bilan_financeur"), self.faits.get("dernier_bilan_date")
        situe = self.faits.get("dernier_bilan")
        if situe == "aucun":
            return None
        delai = self._delai(dite, public, droit)
        if delai is None and not public and payeur in _NON_COMPTES:
            return self._message("non_compte", None, droit, contenus)
        if delai is None and situe == "ancien" and not public:
            return self._message("oui", None, droit, contenus)
        if delai is None:
            return Message(f"{PREFIXE}quand") if not public and situe != "recent" else None
        if delai.passe:
            return self._message("oui", delai, droit, contenus)
        if public:
            prioritaire = self._delai(dite, public, droit, prioritaire=self.faits.get("agent_prioritaire") is not False)
            return self._message("non", delai, droit, contenus) if prioritaire and prioritaire.court else None
        if payeur in _NON_COMPTES:
            return self._message("non_compte", delai, droit, contenus)
        if "sans_cpf" in self.mots:
            return self._message("sans_cpf", delai, droit, contenus)
        if periodes.est_ouverte(delai.depuis):
            return None
        if payeur not in get_args(FinanceurCompte):
            return self._message("payeur_inconnu", delai, droit, contenus)
        return self._message("non" if delai.court else "mois_inconnu", delai, droit, contenus)

    def _delai(self, dite: Any, public: bool, droit: Droit, prioritaire: bool = False) -> _Delai | None:
        if not dite:
            return None
        nom = "cpf_carence_bilan"
        if public:
            moins = prioritaire or self.faits.get("agent_prioritaire")
            nom = "public_intervalle_prioritaire" if moins else "public_intervalle"
        depuis = periodes.lire(str(dite))
        depuis = replace(depuis, fin=min(depuis.fin, self.jour))
        return _Delai(depuis, nombre_applicable(droit, nom, self.jour), self.au)

    def _message(self, quoi: str, delai: _Delai | None, droit: Droit, contenus: Contenus) -> Message:
        nom = f"{PREFIXE}{quoi}"
        gabarits = contenus.metadonnees(nom, {"public": est_public(self.faits)})
        payeur, payeurs = (
            self.faits.get("dernier_bilan_financeur"),
            libelles()["champs"]["dernier_bilan_financeur"]["valeurs"],
        )
        ouverture = "statut_bloque" if {"bloque"} == {"bloque", "refaire"} & self.mots else "statut_refaire"
        mots = {"payeur": str(payeurs.get(payeur, "")), "statut": gabarits.get(ouverture, "")}
        mots |= {"apres": "", "date": "", "limite": "", "debut": ""}
        if self.au.debut > self.jour or self.au.debut < self.au.fin:
            mots["apres"] = f", {_dire(self.au)}"
        if delai:
            mots["date"] = f" {_dire(delai.depuis)}"
        if delai and not periodes.est_ouverte(delai.depuis):
            terme = fin(periodes.lire(str(self.faits["dernier_bilan_date"])), delai.ans)
            mots |= {"limite": _dire(terme, "borne"), "debut": _dire(terme)}
        cle = "reserve" if delai and delai.proche else ""
        if quoi == "non_compte":
            cle = ("reserve_date" if delai else "reserve_sans_date") if payeur == "employeur" else ""
        reserve = f" {droit.remplir(gabarits[cle], self.jour, mots)}" if cle in gabarits else ""
        return Message(nom, {**mots, "reserve": reserve})


def _dire(periode: Periode, forme: str = "dans_une_phrase") -> str:
    return dire_periode(periodes.ecrire(periodes.autour(periode)), forme)
