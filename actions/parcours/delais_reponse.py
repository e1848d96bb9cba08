"""La réponse à une demande d'absence : attendue, venue à temps, venue trop tard, ou le silence acquis."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions.comprehension import periodes
from actions.comprehension.delais_dits import Dits
from actions.comprehension.periodes import Periode
from actions.droit import ecriture
from actions.eligibilite.dates import decaler, nombre_applicable
from actions.parcours.delais_communs import PREFIXE, Reponse, bouts, debut_dit, dire
from actions.parcours.delais_depot import Depot
from actions.parcours.messages import Message

_DEMANDE_INCONNUE, _DEPOT = f"{PREFIXE}demande_inconnue", f"{PREFIXE}depot"
# La question d'une lettre ou d'un parcours à laquelle une date seule répond.
_QUAND_DEMANDEE = "utter_ask_date_demande"
_REPONSES = {"agent_fpe": "fpe_reponse", "agent_fpt": "fpt_reponse", "agent_fph": "fph_reponse"}


class Attente(Depot):
    """Le délai de réponse de l'employeur ou de l'administration."""

    def silence(self) -> Reponse:
        """« Et s'il ne répond pas ? », la demande étant partie : ce que vaut le silence, pour cet employeur."""
        connue, nom = self.contexte.faits.get("date_demande"), f"{PREFIXE}silence"
        parametre = self._delai_de_reponse()
        dates = ""
        if connue and parametre:
            demande = periodes.lire(connue)
            limite = decaler(bouts(demande)[1], self.droit, parametre, self.jour).date
            mots = {"demande": dire(demande), "limite": ecriture.jour(limite)}
            dates = self.gabarit(nom, "datee", mots)
        return Reponse([Message(nom, {"dates": dates})], question=True, sur=True)

    def absence(self, dits: Dits) -> Reponse | None:
        """La réponse de l'employeur : attendue, venue à temps, venue trop tard, ou le silence acquis."""
        precedente, connue = self.contexte.precedente, self.contexte.faits.get("date_demande")
        demandee = precedente in (_DEMANDE_INCONNUE, _QUAND_DEMANDEE)
        demande = dits.demande or (dits.date if precedente == _DEMANDE_INCONNUE or dits.silence else None)
        demande = demande or (dits.avant if demandee else None)
        if precedente == _DEMANDE_INCONNUE and dits.reponse is None and (avant := self.contexte.periode("reponse")):
            dits = replace(dits, reponse=avant, a_repondu=True)
        if (refus := self._refus_seul(dits)) and not connue:
            return Reponse([self._inconnue(refus)], cas={"reponse": periodes.ecrire(refus)}, question=True)
        if refus:
            dits = replace(dits, reponse=refus, a_repondu=True)
        suit = self.contexte.suit or refus is not None
        en_cause = dits.silence or dits.a_repondu or dits.demande_le_delai
        if dits.ecart is not None and not self.public:
            return Reponse([self._apres(dits.ecart)])
        if demande is None and connue and suit and (dits.a_repondu or dits.debut or dits.silence):
            demande, en_cause = periodes.lire(connue), True
        if demande is None:
            manque = dits.demande_le_delai and dits.reponse and not connue
            cas = {"reponse": periodes.ecrire(dits.reponse)} if dits.reponse else {}
            return Reponse([self._inconnue()], cas=cas) if manque else None
        corrigee = suit and connue and dits.demande and not dits.envoi
        if not (en_cause or demandee or corrigee):
            return None
        debut = dits.debut or self.debut_connu()
        messages, cas = self._de_la_reponse(demande, dits)
        messages += self.depot_tenu(demande, debut) if debut else []
        retenus = {"date_demande": periodes.ecrire(demande), **debut_dit(dits.debut)}
        repond = precedente == _QUAND_DEMANDEE and dits.a_repondu
        return Reponse(messages, retenus, cas=cas, question=repond)

    def _refus_seul(self, dits: Dits) -> Periode | None:
        """« La semaine dernière », dit après un refus, le date."""
        apres_un_refus = self.contexte.precedente.endswith("employeur_refus")
        return dits.date if apres_un_refus and dits.date and dits.date.debut <= self.jour and dits.court else None

    def _inconnue(self, refus: Periode | None = None) -> Message:
        dit = self.gabarit(_DEMANDE_INCONNUE, "refus", {"date": dire(refus)}) if refus else ""
        return Message(_DEMANDE_INCONNUE, {"apres": dit})

    def _apres(self, jours: int) -> Message:
        limite = nombre_applicable(self.droit, "absence_reponse", self.jour)
        nom = f"{PREFIXE}{'reponse_tardive' if jours > limite else 'reponse_a_temps'}"
        return Message(nom, {"dates": self.gabarit(nom, "en_jours", {"ecart": self.en_jours(jours)})})

    def _delai_de_reponse(self) -> str | None:
        """Délai de qui doit répondre ; ``None`` pour un agent public dont on ne sait pas le versant."""
        return _REPONSES.get(self.statut, None if self.public else "absence_reponse")

    def _de_la_reponse(self, demande: Periode, dits: Dits) -> tuple[list[Message], dict[str, Any]]:
        """Ce qu'il faut dire d'une réponse attendue ou venue, et la date du refus qui vient trop tard."""
        parametre = self._delai_de_reponse()
        if parametre is None:
            return [Message(f"{PREFIXE}versant_inconnu")], {}
        tot, tard = (decaler(bout, self.droit, parametre, self.jour).date for bout in bouts(demande))
        venue = dits.reponse.fin if dits.reponse else self.jour
        if tot < venue <= tard:
            return [self._inconnue()], {}  # à quelques jours près, tout change : il faut le jour
        mots = {"demande": dire(demande), "limite": ecriture.jour(tard), "delai_public": self.ecrire(parametre)}
        passe, venue_dite = tard < venue, dits.reponse is not None
        if not venue_dite and dits.a_repondu:
            return [Message(f"{PREFIXE}reponse_inconnue", mots)], {}
        if not venue_dite:
            nom = f"{PREFIXE}{'accepte' if passe else 'en_cours'}"
            marge = {"ecart": self.en_jours((tard - tot).days // 2)}
            approchee = tot != tard and demande.debut < demande.jour < demande.fin
            return [Message(nom, {**mots, "reserve": self.gabarit(nom, "approchee", marge) if approchee else ""})], {}
        nom = f"{PREFIXE}{'reponse_tardive' if passe else 'reponse_a_temps'}"
        cas = {"reponse": periodes.ecrire(dits.reponse), "tardive": passe} if dits.reponse else {}
        apres = {**mots, "apres": dire(dits.reponse)} if dits.reponse else mots
        return [Message(nom, {"dates": self.gabarit(nom, "datee", apres)})], cas
