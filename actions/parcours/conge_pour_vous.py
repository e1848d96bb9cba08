"""Le congé d'un agent public, conclu pour lui dès que ce qu'il a dit suffit : ancienneté, priorité, dernier bilan."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from actions.comprehension import dates, est_une_question, periodes
from actions.comprehension.durees import lire_duree
from actions.droit import Droit, ecriture
from actions.eligibilite import Chemin
from actions.eligibilite.dates import applicable
from actions.parcours import reouverture
from actions.parcours.choix import choix_dit, simplifier
from actions.parcours.faits import Faits, est_public
from actions.parcours.messages import Message, dire_periode, libelles
from actions.parcours.questionnaire import evaluer_faits

_CONGE, _FPH = "conge_public", "agent_fph"
_OUVERT = "utter_cas_conge_ouvert"
# Ce qui vient de dire l'ancienneté demandée à l'hôpital.
_ANCIENNETE_DITE = {"public_hospitalier", "fph_services", "conge_anciennete"}
_PRIORITE, _BILAN, _SERVICES = "agent_prioritaire", "dernier_bilan_date", "services_effectifs_mois"
_DE_FREQUENCE = ("public_frequence", "delai_5_ans")
_MOTS_DE_SERVICES = 10
# « Mes 18 mois », « j'ai un an et demi » : des services, si rien ne dit que c'est autre chose.
_AUTRE_DUREE = re.compile(
    r"\b(?:arr?et\w*|bilan|conge|attend\w*|delai|cdd|contrat|dure\w*|avant|apres|dans|il y a|y a|report\w*|demande"
    r"|restee?|malade|hospitalis\w*)\b"
)
_SES_SERVICES = re.compile(
    r"\b(?:mes|j'ai|avec|que|ca fait|depuis|seulement|anciennete)\b"
    r"|\b(?:a l'|au |en )(?:hopital|chu|chr|ehpad)\b"
    r"|^\d{1,3} (?:mois|ans?)(?: et demi)?$"
)
_A_LA_DATE = re.compile(
    r"\b(?:refaire|faire|commencer|demarrer|debuter|partir)\b(?: \w+){0,3}? (?P<quand>(?:en|le|des|debut|fin) .*)"
)
_QUAND = re.compile(
    r"\brefaire\b.{0,12}\b(?:quand|a partir de|quelle date|date exacte)\b"
    r"|\b(?:quand|a partir de quand|quelle date|quel jour)\b.{0,30}\brefaire\b"
)


@dataclass(frozen=True)
class Conclusion:
    """Ce qu'il faut dire, et ce que le message apprend de plus."""

    message: Message
    retenus: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Recu:
    """Le message : son texte, ce qu'il dit, le sujet que le classement y voit, et ceux du tour d'avant."""

    texte: str
    dits: Faits
    sujet: str | None
    precedents: Collection[str]


def conclure(recu: Recu, faits: Faits, jour: date, droit: Droit) -> Conclusion | None:
    """Rend la conclusion que les faits permettent, si le message la demande ; ``None`` sinon.

    Args:
        recu: le message.
        faits: ce qu'on sait, ce message compris.
        jour: date d'évaluation.
        droit: faits et paramètres.
    """
    services = _services_dits(recu, faits)
    connus = {**faits, **services}
    if services:
        connus["statut"] = _FPH  # on vient de lui donner les règles de l'hôpital
    if not est_public(connus) or not (services or _demande(recu, connus)):
        return None
    debut = _debut_demande(recu.texte, jour)
    conge = next(c for c in evaluer_faits(connus, max(jour, debut or jour), droit).chemins if c.chemin == _CONGE)
    if conge.motifs == ("anciennete_fph",) and conge.ferme:
        return Conclusion(_sans_anciennete(connus, jour, droit), services)
    if not connus.get(_BILAN) or periodes.est_ouverte(periodes.lire(str(connus[_BILAN]))):
        return None
    message = _du_dernier_bilan(conge, connus, jour, droit)
    if message and message.reponse == _OUVERT and debut is None and _QUAND.search(simplifier(recu.texte)):
        message = Message("utter_cas_conge_maintenant", message.mots)
    return Conclusion(message, services) if message else None


def raison(conge: Chemin, faits: Faits, jour: date, droit: Droit) -> str:
    """« 3 ans suffisent entre deux bilans, car vous êtes agent prioritaire » : ce qui ouvre le congé, si on le sait."""
    if not faits.get(_BILAN) or faits.get(_PRIORITE) is None or "dernier_bilan" in conge.manquant:
        return ""
    gabarit = libelles()["raison_du_conge"]["prioritaire" if faits[_PRIORITE] else "ordinaire"]
    return str(gabarit).format(**_mots(faits, jour, droit))


def heures(faits: Faits, jour: date, droit: Droit) -> str:
    """Le plafond du congé, pour cette personne ou pour les deux cas."""
    ordinaire, prioritaire = (_grandeur(droit, f"public_conge_heures{s}", jour) for s in ("", "_prioritaire"))
    if faits.get(_PRIORITE) is None:
        return str(libelles()["heures_conge_inconnues"]).format(ordinaire=ordinaire, prioritaire=prioritaire)
    return prioritaire if faits[_PRIORITE] else ordinaire


def _demande(recu: Recu, connus: Faits) -> bool:
    """« J'y ai droit ? », « je peux en refaire un ? » ; un fait décisif de plus suffit."""
    nouveaux = {_PRIORITE, _BILAN, _SERVICES} & set(recu.dits)
    voulu = choix_dit(recu.texte, "droit_au_conge")
    if voulu == "conge" and connus.get(_SERVICES) is not None:
        return True  # « j'ai droit au congé ? », ses services déjà dits
    if connus.get(_BILAN) and _QUAND.search(simplifier(recu.texte)):
        return True
    question = est_une_question(recu.texte) or voulu is not None
    return recu.sujet in _DE_FREQUENCE or (bool(nouveaux) and (question or _PRIORITE in nouveaux))


def _services_dits(recu: Recu, faits: Faits) -> dict[str, Any]:
    """« Et moi avec mes 18 mois ? », juste après la règle de l'hôpital."""
    dite, simple = not _ANCIENNETE_DITE.isdisjoint(recu.precedents), simplifier(recu.texte)
    if not dite or faits.get("statut") not in (None, _FPH) or len(simple.split()) > _MOTS_DE_SERVICES:
        return {}
    if _AUTRE_DUREE.search(simple) or not _SES_SERVICES.search(simple):
        return {}
    duree = lire_duree(simple, plus_longue=False)
    return {_SERVICES: int(duree.mois)} if duree and duree.mois else {}


def _debut_demande(texte: str, jour: date) -> date | None:
    """« Je peux en refaire un en février 2027 ? » : le droit se juge à cette date."""
    voulu = _A_LA_DATE.search(simplifier(texte))
    lue = dates.chercher(voulu["quand"], jour, "futur") if voulu else None
    return lue.debut if isinstance(lue, dates.Periode) else None


def _sans_anciennete(faits: Faits, jour: date, droit: Droit) -> Message:
    mots = {
        "services": ecriture.grandeur(int(faits[_SERVICES]), "mois"),
        "quand": reouverture.anciennete_atteinte(faits, jour, droit),
    }
    return Message("utter_cas_conge_anciennete", mots)


def _du_dernier_bilan(conge: Chemin, faits: Faits, jour: date, droit: Droit) -> Message | None:
    mots = _mots(faits, jour, droit)
    if set(conge.manquant) - {_SERVICES} == {_PRIORITE}:
        autre = _mots({**faits, _PRIORITE: True}, jour, droit)
        ordinaire = {**faits, _PRIORITE: False}
        quand = reouverture.apres_le_bilan(ordinaire, jour, droit)
        voulus = {"prioritaire": autre["intervalle"], "heures_prioritaires": autre["heures"], "quand": quand}
        return Message("utter_cas_conge_selon_priorite", {**mots, **_mots(ordinaire, jour, droit), **voulus})
    if set(conge.manquant) - {_SERVICES}:
        return None
    nom = "utter_cas_conge_ferme" if conge.ferme else _OUVERT
    if conge.ferme and conge.motifs != ("intervalle_public",):
        return None
    return Message(nom, {**mots, "quand": reouverture.apres_le_bilan(faits, jour, droit)})


def _mots(faits: Faits, jour: date, droit: Droit) -> dict[str, str]:
    """Le délai, sa cause, la date du dernier bilan, les heures, et ce que l'hôpital demande en plus."""
    textes, prioritaire = libelles()["conge_pour_vous"], faits.get(_PRIORITE) is True
    services = faits.get("statut") == _FPH and faits.get(_SERVICES) is None
    return {
        "intervalle": _grandeur(droit, f"public_intervalle{'_prioritaire' if prioritaire else ''}", jour),
        "cause": str(textes["cause_prioritaire" if prioritaire else "cause_ordinaire"]),
        "bilan": dire_periode(str(faits[_BILAN]), "seule"),
        "heures": heures(faits, jour, droit),
        "anciennete": droit.remplir(str(textes["anciennete_a_verifier"]), jour) if services else "",
    }


def _grandeur(droit: Droit, parametre: str, jour: date) -> str:
    return ecriture.grandeur(applicable(droit, parametre, jour).montant, droit.parametres[parametre].unite)
