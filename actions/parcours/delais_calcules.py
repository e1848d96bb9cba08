"""Le calcul d'un délai en cours : de la date dite à la date limite, et à la réponse qui conclut."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from actions.comprehension import periodes
from actions.comprehension.delais_dits import Dits
from actions.comprehension.periodes import Periode
from actions.contenus import Contenus
from actions.droit import Droit, ecriture
from actions.eligibilite.dates import applicable, decaler, nombre_applicable
from actions.entreprise import Entreprise
from actions.parcours import fin_arret
from actions.parcours.faits import Faits, est_public
from actions.parcours.messages import Message, dire_periode

PREFIXE = "utter_delai_"
_DEMANDE_INCONNUE, _DEBUT_INCONNU = f"{PREFIXE}demande_inconnue", f"{PREFIXE}debut_inconnu"
_CONVENTION_INCONNUE = f"{PREFIXE}convention_inconnue"
# Statut -> délai de réponse, délai de dépôt ; l'État n'impose pas de délai de dépôt (fpe.demande).
_REPONSES = {"agent_fpe": "fpe_reponse", "agent_fpt": "fpt_reponse", "agent_fph": "fph_reponse"}
_DEPOTS = {"agent_fpt": "fpt_demande", "agent_fph": "fph_demande"}
# « Il y a cinq semaines » : à quelques jours près.
_A_PEU_PRES = timedelta(days=3)


@dataclass(frozen=True)
class Contexte:
    """Ce qui précède : faits connus, dernière réponse dite, lettre déjà donnée."""

    faits: Faits
    precedente: str = ""
    lettre: str | None = None


@dataclass(frozen=True)
class Reponse:
    """Ce qu'il faut dire et retenir.

    Attributes:
        messages: la réponse.
        retenus: dates dites, par champ.
        redire: la réponse d'avant valait déjà pour cette question.
        question: un délai est demandé en toutes lettres ; sinon le récit d'une démarche suffit à répondre.
    """

    messages: list[Message] = field(default_factory=list)
    retenus: Mapping[str, Any] = field(default_factory=dict)
    redire: bool = False
    question: bool = False


@dataclass(frozen=True)
class Calcul:
    """Le calcul d'un tour : le droit et l'accord de l'entreprise, au jour du message."""

    contexte: Contexte
    jour: date
    droit: Droit
    contenus: Contenus
    entreprise: Entreprise

    @property
    def _statut(self) -> str:
        return str(self.contexte.faits.get("statut"))

    @property
    def _public(self) -> bool:
        return est_public(self.contexte.faits)

    def convention(self, dits: Dits) -> Reponse:
        """Le dernier jour pour signer la convention d'un bilan payé par l'employeur."""
        recue = dits.demande or dits.date
        if recue is None:
            dite = self.contexte.precedente.startswith(PREFIXE) and self.contexte.precedente != _CONVENTION_INCONNUE
            return Reponse(redire=True) if dite else Reponse([Message(_CONVENTION_INCONNUE)])
        delai = timedelta(days=self.entreprise.delai("convention_delai_salarie", self.jour, self.droit))
        tot, tard = (bout + delai for bout in _bouts(recue))
        if tot < self.jour <= tard:
            return Reponse([Message(_CONVENTION_INCONNUE)])
        nom = f"{PREFIXE}convention_{'passee' if tard < self.jour else 'a_signer'}"
        # À quelques jours près, la date la plus proche protège.
        return Reponse([Message(nom, {"demande": _dire(recue), "limite": ecriture.jour(tot)})])

    def absence(self, dits: Dits) -> Reponse | None:
        """La réponse de l'employeur : attendue, venue à temps, venue trop tard, ou le silence acquis."""
        precedente, connue = self.contexte.precedente, self.contexte.faits.get("date_demande")
        demande = dits.demande or (dits.date if precedente == _DEMANDE_INCONNUE or dits.silence else None)
        suit = precedente.startswith(PREFIXE)
        en_cause = dits.silence or dits.a_repondu or dits.demande_le_delai
        if dits.ecart is not None and not self._public:
            return Reponse([self._apres(dits.ecart)])
        if demande is None and connue and suit and (dits.a_repondu or dits.debut or dits.silence):
            demande, en_cause = periodes.lire(connue), True
        if demande is None:
            manque = dits.demande_le_delai and dits.reponse and not connue
            return Reponse([Message(_DEMANDE_INCONNUE)]) if manque else None
        if not (en_cause or precedente == _DEMANDE_INCONNUE):
            return None
        debut = dits.debut or self._debut_connu()
        messages = [*self._de_la_reponse(demande, dits), *(self._depot_tenu(demande, debut) if debut else [])]
        return Reponse(messages, {"date_demande": periodes.ecrire(demande), **_debut_dit(dits.debut)})

    def _apres(self, jours: int) -> Message:
        limite = nombre_applicable(self.droit, "absence_reponse", self.jour)
        nom = f"{PREFIXE}{'reponse_tardive' if jours > limite else 'reponse_a_temps'}"
        mots = {"ecart": ecriture.grandeur(jours, "jours")}
        return Message(nom, {"dates": self._gabarit(nom, "en_jours", mots)})

    def _de_la_reponse(self, demande: Periode, dits: Dits) -> list[Message]:
        parametre = _REPONSES.get(self._statut, "absence_reponse")
        if self._public and self._statut not in _REPONSES:
            return [Message(f"{PREFIXE}versant_inconnu")]
        tot, tard = (decaler(bout, self.droit, parametre, self.jour).date for bout in _bouts(demande))
        venue = dits.reponse.fin if dits.reponse else self.jour
        if tot < venue <= tard:
            return [Message(_DEMANDE_INCONNUE)]  # à quelques jours près, tout change : il faut le jour
        mots = {"demande": _dire(demande), "limite": ecriture.jour(tard), "delai_public": self._ecrire(parametre)}
        passe = tard < venue
        if dits.reponse is None and dits.a_repondu:
            return [Message(f"{PREFIXE}reponse_inconnue", mots)]
        if dits.reponse is None:
            return [Message(f"{PREFIXE}{'accepte' if passe else 'en_cours'}", mots)]
        nom = f"{PREFIXE}{'reponse_tardive' if passe else 'reponse_a_temps'}"
        return [Message(nom, {"dates": self._gabarit(nom, "datee", {**mots, "apres": _dire(dits.reponse)})})]

    def _depot_tenu(self, demande: Periode, debut: Periode) -> list[Message]:
        """La demande était-elle faite assez tôt ? Sinon, l'accord du silence se discute."""
        parametre = self._delai_de_depot()
        if parametre is None or _bouts(demande)[0] > debut.debut:
            return []
        limite = decaler(debut.debut, self.droit, parametre, self.jour, sens=-1).date
        nom = f"{PREFIXE}depot_{'tenu' if _bouts(demande)[1] <= limite else 'court'}"
        return [Message(nom, {"debut": _dire(debut), "limite": ecriture.jour(limite), "plan": self._ecrire(parametre)})]

    def depot(self, dits: Dits, a_l_employeur: bool) -> Reponse | None:
        """Quand envoyer : le dernier jour pour un début dit ou connu ; et, pour un envoi prévu, le début possible."""
        repond = dits.a_venir if self.contexte.precedente == _DEBUT_INCONNU else None
        debut = dits.debut or repond or (self._debut_connu() if dits.demande_l_envoi else None)
        trop_tard = dits.demande_le_delai and dits.debut and a_l_employeur
        if not (dits.demande_l_envoi or trop_tard or repond):
            return None
        if dits.envoi and not dits.debut:
            return self._debut_possible(dits.envoi)
        if debut is None:
            return Reponse([Message(_DEBUT_INCONNU)]) if a_l_employeur and dits.demande_l_envoi else None
        return Reponse([self._dernier_jour(debut), *self._pendant_l_arret()], _debut_dit(dits.debut or repond))

    def envoi_prevu(self, dits: Dits) -> Reponse | None:
        """« Si je l'envoie le 4 janvier, c'est bon ? » : ce qu'il reste de jours avant le début, et le dernier jour."""
        debut = dits.debut or self._debut_connu()
        if not (dits.envoi and debut and dits.demande_le_delai):
            return None
        parametre = self._delai_de_depot() or "fpe_reponse"
        limite = decaler(debut.debut, self.droit, parametre, self.jour, sens=-1).date
        premiere = decaler(dits.envoi.fin, self.droit, parametre, self.jour).date
        nom = f"{PREFIXE}envoi_{'tenu' if dits.envoi.fin <= limite else 'court'}"
        mots = {"envoi": _dire(dits.envoi), "debut": _dire(debut), "plan": self._ecrire(parametre)}
        mots |= {"ecart": ecriture.grandeur((debut.debut - dits.envoi.fin).days, "jours")}
        mots |= {"limite": ecriture.jour(limite), "premiere": ecriture.jour(premiere)}
        sinon = self._gabarit(nom, "passe" if limite < self.jour else "a_venir", mots)
        return Reponse([Message(nom, {**mots, "sinon": sinon}), *self._pendant_l_arret()], _debut_dit(dits.debut))

    def _pendant_l_arret(self) -> list[Message]:
        """Un arrêt n'empêche pas d'envoyer la demande d'un bilan qui commence après lui."""
        fin = fin_arret.lire(self.contexte.faits, "fin_arret")
        apres = fin and fin_arret.en_arret(self.contexte.faits)
        return [Message(f"{PREFIXE}pendant_l_arret", {"fin": _dire(fin)})] if fin and apres else []

    def _debut_possible(self, envoi: Periode) -> Reponse:
        parametre = self._delai_de_depot() or "fpe_reponse"
        premiere = decaler(envoi.jour, self.droit, parametre, self.jour).date
        mots = {"demande": _dire(envoi), "debut": ecriture.jour(premiere), "plan": self._ecrire(parametre)}
        return Reponse([Message(f"{PREFIXE}debut_possible", mots)])

    def _dernier_jour(self, debut: Periode) -> Message:
        parametre = self._delai_de_depot() or "fpe_reponse"
        limite = decaler(debut.debut, self.droit, parametre, self.jour, sens=-1).date
        premiere = decaler(self.jour, self.droit, parametre, self.jour).date
        nom = f"{PREFIXE}depot_{'passe' if limite < self.jour else 'a_venir'}"
        un_jour = debut.debut == debut.fin
        compte = "" if un_jour else self._gabarit(nom, "compte", {"date": ecriture.jour(debut.debut)})
        regle = "regle_etat" if parametre == "fpe_reponse" else "regle_public" if self._public else "regle"
        mots = {"limite": ecriture.jour(limite), "debut": _dire(debut), "plan": self._ecrire(parametre)}
        mots |= {"promise": ecriture.jour(premiere), "apres": compte}
        return Message(nom, {**mots, "raison": self._gabarit(nom, regle, mots)})

    def _delai_de_depot(self) -> str | None:
        if self._public:
            return _DEPOTS.get(self._statut, None if self._statut == "agent_fpe" else "fpt_demande")
        duree = self.contexte.faits.get("duree_mois")
        long = duree is not None and duree >= nombre_applicable(self.droit, "absence_seuil_long", self.jour)
        return "absence_demande_longue" if long else "absence_demande"

    def _debut_connu(self) -> Periode | None:
        ecrite = self.contexte.faits.get("date_debut")
        return periodes.lire(ecrite) if ecrite and ecrite[:1].isdigit() else None

    def _ecrire(self, parametre: str) -> str:
        valeur = applicable(self.droit, parametre, self.jour)
        return ecriture.grandeur(valeur.montant, self.droit.parametres[parametre].unite)

    def _gabarit(self, nom: str, cle: str, mots: Mapping[str, Any]) -> str:
        return self.droit.remplir(str(self.contenus.metadonnees(nom)[cle]), self.jour, mots)


def _bouts(dite: Periode) -> tuple[date, date]:
    """Entre quels jours tombe une date dite : le jour, quelques jours autour, ou tout le mois."""
    if dite.debut == dite.fin:
        return dite.jour, dite.jour
    if dite.debut < dite.jour < dite.fin:
        return dite.jour - _A_PEU_PRES, dite.jour + _A_PEU_PRES
    return dite.debut, dite.fin


def _dire(dite: Periode) -> str:
    return dire_periode(periodes.ecrire(periodes.autour(dite)), "dans_une_phrase")


def _debut_dit(debut: Periode | None) -> dict[str, Any]:
    return {"date_debut": periodes.ecrire(debut)} if debut else {}
