"""Ce qu'un employeur, une RH ou un élu conclut des dates qu'il donne : la règle de sa place, la conclusion d'abord."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from actions.comprehension import dates_du_role, periodes
from actions.comprehension.dates_du_role import Dites
from actions.comprehension.periodes import Periode
from actions.contenus import Contenus
from actions.droit import Droit, ecriture
from actions.eligibilite.dates import applicable, decaler, nombre_applicable
from actions.parcours.choix import choix_dit, choix_dits
from actions.parcours.faits import Faits, est_public
from actions.parcours.messages import Message, dire_periode
from actions.parcours.suites import suppose

ROLES = ("employeur", "elu")
ABSENCE, CONVENTION = "utter_cas_employeur_delai", "utter_cas_employeur_convention"
_PRIVE = ("absence_reponse", "absence_demande")
# L'État n'impose pas de délai de dépôt (fpe.demande).
_DU_PUBLIC: dict[Any, tuple[str, str | None]] = {
    "agent_fpe": ("fpe_reponse", None),
    "agent_fpt": ("fpt_reponse", "fpt_demande"),
    "agent_fph": ("fph_reponse", "fph_demande"),
}
# Thèmes auxquels la conclusion répond déjà.
_DE_L_ABSENCE = ("faq/temps_travail", "idee_recue/silence_vaut_refus", "faq/employeur_refus", "faq/refuser_bilan")
_DE_LA_CONVENTION = (
    "faq/convention_tripartite",
    "idee_recue/silence_convention_accord",
    "idee_recue/silence_vaut_refus",
    "faq/employeur_propose",
    "faq/refuser_bilan",
    "faq/peur_sanction",
    "cas_elu_convention",
)


@dataclass(frozen=True)
class Conclusion:
    """Ce qu'il faut dire des dates ; ``traite`` : thèmes qu'elle rend inutiles ; ``demande`` : date à retenir."""

    message: Message
    traite: tuple[str, ...]
    demande: str | None = None


@dataclass(frozen=True)
class _Calcul:
    """Les textes et le droit d'une place, au jour du message."""

    texte: str
    profil: Mapping[str, Any]
    jour: date
    droit: Droit
    contenus: Contenus

    def ecrire(self, reponse: str, cle: str, mots: Mapping[str, Any]) -> str:
        """Une phrase de la réponse, dite de cette place."""
        gabarit = str(self.contenus.metadonnees(reponse, self.profil)[cle])
        return self.droit.remplir(gabarit, self.jour, mots)

    def verdict(self, en_retard: bool) -> str:
        """« C'est trop tard ? » appelle « oui » d'un retard, « je peux encore ? » « non » ; sinon rien."""
        supposes = choix_dits(self.texte, "verdict_du_delai") - {"depot"}
        if not supposes or "ouverte" in supposes:
            return ""
        if "acceptee" in supposes:  # dans le public, le silence n'est pas un accord établi
            return "oui" if en_retard and not self.profil["public"] else "non"
        return "oui" if ("en_retard" in supposes) == en_retard else "non"

    @property
    def sur_le_depot(self) -> bool:
        """« Le délai de 60 jours est respecté ? » : la demande, et non la réponse, est en question."""
        supposes = choix_dits(self.texte, "verdict_du_delai")
        return "depot" in supposes and "ouverte" not in supposes

    def conclure(self, reponse: str, verdict: str, cle: str, mots: Mapping[str, Any]) -> str:
        """La phrase, « oui » ou « non » devant si la question l'appelle."""
        phrase = self.ecrire(reponse, cle, mots)
        devant = self.ecrire(reponse, verdict, {}) if verdict else ""
        return f"{devant}{phrase}" if devant else phrase[:1].upper() + phrase[1:]

    def delai(self, parametre: str) -> str:
        """Un délai en vigueur, écrit."""
        return ecriture.grandeur(
            applicable(self.droit, parametre, self.jour).montant, self.droit.parametres[parametre].unite
        )


def conclure(
    texte: str, role: Any, faits: Faits, jour: date, droit: Droit, contenus: Contenus, theme: str | None = None
) -> Conclusion | None:
    """Rend la conclusion des dates dites, ou connues si l'on demande un délai ; ``None`` s'il n'y en a pas à tirer."""
    if role not in ROLES or texte.startswith("/"):
        return None
    dites, public = dates_du_role.lire(texte, jour), est_public(faits)
    calcul = _Calcul(texte, {**faits, "role": role, "public": public}, jour, droit, contenus)
    if dites.convention:
        return None if public else _de_la_convention(calcul, dites)
    if public and (role != "employeur" or faits.get("statut") not in _DU_PUBLIC):
        return None
    connue = faits.get("date_demande") if _rappelle(dites, theme) else None
    demande = dites.demande or (periodes.lire(connue) if connue else None)
    delais = _DU_PUBLIC[faits["statut"]] if public else _PRIVE
    if demande is None:
        return _en_jours(calcul, dites, delais[0]) if dites.ecart else None
    # « Et si elle l'avait demandée le 15 ? » se calcule, et ne se retient pas.
    retenue = None if suppose(texte) else periodes.ecrire(demande)
    return Conclusion(_de_l_absence(calcul, dites, demande, delais), _DE_L_ABSENCE, retenue)


def _rappelle(dites: Dites, theme: str | None) -> bool:
    """« Il me reste combien de jours ? », « je réponds le 4 » : la demande dont on a déjà donné la date."""
    dit = dites.reponse or dites.debut or dites.ecart or dites.demande_le_delai
    return bool(dit) or theme in _DE_L_ABSENCE[:2]


def _de_la_convention(calcul: _Calcul, dites: Dites) -> Conclusion | None:
    """Dix jours pour signer, puis un refus sans faute : le silence d'un salarié n'est jamais un accord."""
    if dites.demande is None:
        return None
    delai = timedelta(days=nombre_applicable(calcul.droit, "convention_delai_salarie", calcul.jour))
    limite = dites.demande.jour + delai
    entendu = choix_dit(calcul.texte, "verdict_du_silence")
    passe = limite < calcul.jour
    verdict = ("oui" if entendu == "refus" and passe else "non") if entendu else ""
    mots = {"demande": _dire(dites.demande), "limite": ecriture.jour(limite), "reste": _reste(limite, calcul.jour)}
    phrase = calcul.conclure(CONVENTION, verdict, "passee" if passe else "future", mots)
    return Conclusion(Message(CONVENTION, {"echeance": phrase}), _DE_LA_CONVENTION)


def _en_jours(calcul: _Calcul, dites: Dites, parametre: str) -> Conclusion:
    """« Refusée au bout de 34 jours » : l'écart suffit à conclure."""
    ecart = dites.ecart or 0
    tard = calcul.jour + timedelta(days=ecart) > decaler(calcul.jour, calcul.droit, parametre, calcul.jour).date
    mots = {"ecart": ecriture.grandeur(ecart, "jours"), "delai": calcul.delai(parametre)}
    phrase = calcul.conclure(ABSENCE, calcul.verdict(tard), "jours_tard" if tard else "jours_a_temps", mots)
    return Conclusion(Message(ABSENCE, {"echeance": phrase}), _DE_L_ABSENCE)


def _de_l_absence(calcul: _Calcul, dites: Dites, demande: Periode, delais: tuple[str, str | None]) -> Message:
    recue = min(demande.jour, calcul.jour)
    limite = decaler(recue, calcul.droit, delais[0], calcul.jour).date
    venue = dites.reponse.jour if dites.reponse else None
    if dites.ecart:
        venue = recue + timedelta(days=dites.ecart)
    tard = limite < (venue or calcul.jour)
    mots = {"demande": _dire(demande), "limite": ecriture.jour(limite), "delai": calcul.delai(delais[0])}
    if venue:
        mots |= {"apres": ecriture.jour(venue), "ecart": ecriture.grandeur(max((venue - recue).days, 0), "jours")}
        cle = "reponse_tard" if tard else "reponse_a_temps"
    else:
        mots["reste"] = _reste(limite, calcul.jour)
        cle = "passee" if tard else "future"
    debut = dites.debut
    depot = _du_depot(calcul, recue, debut, delais[1]) if debut and delais[1] else ""
    sur_le_depot = bool(depot) and calcul.sur_le_depot
    verdict = "" if sur_le_depot else calcul.verdict(tard)
    phrases = [calcul.conclure(ABSENCE, verdict, cle, mots), depot]
    return Message(ABSENCE, {"echeance": "\n".join(filter(None, reversed(phrases) if sur_le_depot else phrases))})


def _du_depot(calcul: _Calcul, recue: date, debut: Periode, parametre: str) -> str:
    """La demande venait-elle assez tôt pour ce début ?"""
    limite = decaler(debut.debut, calcul.droit, parametre, calcul.jour, sens=-1).date
    possible = decaler(recue, calcul.droit, parametre, calcul.jour).date
    tenu = recue <= limite
    mots = {"debut": _dire(debut), "depot": ecriture.jour(limite), "plan": calcul.delai(parametre)}
    mots |= {"debut_possible": ecriture.jour(possible), "avance": _reste(debut.debut, recue)}
    verdict = ("oui_depot" if tenu else "non_depot") if calcul.sur_le_depot else ""
    return calcul.conclure(ABSENCE, verdict, "depot_tenu" if tenu else "depot_court", mots)


def _reste(limite: date, jour: date) -> str:
    return ecriture.grandeur(max((limite - jour).days, 0), "jours")


def _dire(dite: Periode) -> str:
    return dire_periode(periodes.ecrire(dite), "dans_une_phrase")
