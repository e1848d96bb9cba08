"""Quand demander : le dernier jour pour un début voulu, le premier début pour un envoi prévu."""

from __future__ import annotations

from actions.comprehension.delais_dits import Dits
from actions.comprehension.periodes import Periode
from actions.droit import ecriture
from actions.eligibilite.dates import decaler, nombre_applicable
from actions.parcours import fin_arret
from actions.parcours.delais_communs import PREFIXE, Base, Reponse, bouts, debut_dit, dire
from actions.parcours.messages import Message

_DEPOT, _DEBUT, _DEBUT_INCONNU = f"{PREFIXE}depot", f"{PREFIXE}debut", f"{PREFIXE}debut_inconnu"
# L'État n'impose pas de délai de dépôt (fpe.demande).
_DEPOTS = {"agent_fpt": "fpt_demande", "agent_fph": "fph_demande"}


class Depot(Base):
    """Le délai entre une demande et le début du bilan."""

    def depot_tenu(self, demande: Periode, debut: Periode) -> list[Message]:
        """La demande était-elle faite assez tôt ? Sinon, l'accord du silence se discute."""
        parametre = self._delai_de_depot()
        if parametre is None or bouts(demande)[0] > debut.debut:
            return []
        limite = decaler(debut.debut, self.droit, parametre, self.jour, sens=-1).date
        nom = f"{PREFIXE}depot_{'tenu' if bouts(demande)[1] <= limite else 'court'}"
        return [Message(nom, {"debut": dire(debut), "limite": ecriture.jour(limite), "plan": self.ecrire(parametre)})]

    def deux_dates(self, dits: Dits) -> Reponse | None:
        """« Je demande le 3 janvier pour commencer le 3 mars » : assez tôt, ou non, et la date qui le serait."""
        parametre = self._delai_de_depot()
        # « Si je l'envoie le 4, c'est bon ? » : le début déjà dit compte.
        debut = dits.debut or (self.debut_connu() if dits.demande_le_delai else None)
        if not (dits.envoi and debut) or parametre is None or debut.jour <= dits.envoi.jour:
            return None
        limite = decaler(debut.debut, self.droit, parametre, self.jour, sens=-1).date
        premiere = decaler(dits.envoi.fin, self.droit, parametre, self.jour).date
        mots = {
            "demande": dire(dits.envoi),
            "debut": dire(debut),
            "limite": ecriture.jour(limite),
            "promise": ecriture.jour(premiere),
            "plan": self.ecrire(parametre),
            "ecart": self.en_jours((debut.debut - dits.envoi.fin).days),
        }
        nom = f"{PREFIXE}deux_dates_{'tenu' if dits.envoi.fin <= limite else 'court'}"
        arret = self._pendant_l_arret(debut, dits.envoi)
        return Reponse([Message(nom, mots), *arret], debut_dit(dits.debut), question=True)

    def _pendant_l_arret(self, debut: Periode, envoi: Periode | None = None) -> list[Message]:
        """Un arrêt n'empêche pas d'envoyer la demande d'un bilan qui commence après lui."""
        fin = fin_arret.lire(self.contexte.faits, "fin_arret")
        if fin is None or not fin_arret.en_arret(self.contexte.faits) or debut.debut <= fin.fin:
            return []
        apres = envoi is not None and envoi.debut > fin.fin
        return [] if apres else [Message(f"{PREFIXE}pendant_l_arret", {"fin": dire(fin)})]

    def depot(self, dits: Dits, a_l_employeur: bool) -> Reponse | None:
        """Quand envoyer : le dernier jour pour un début dit ou connu ; et, pour un envoi prévu, le début possible."""
        repond = dits.a_venir if self.contexte.precedente == _DEBUT_INCONNU else None
        debut = dits.debut or repond or (self.debut_connu() if dits.demande_l_envoi else None)
        trop_tard = dits.demande_le_delai and dits.debut and a_l_employeur
        corrige = dits.envoi and not dits.debut and self.contexte.precedente.startswith((_DEPOT, _DEBUT))
        if not (dits.demande_l_envoi or trop_tard or repond or corrige):
            return None
        if dits.envoi and not dits.debut:
            return self._debut_possible(dits.envoi)
        if debut is None:
            return Reponse([Message(_DEBUT_INCONNU)]) if a_l_employeur and dits.demande_l_envoi else None
        return Reponse([self._dernier_jour(debut), *self._pendant_l_arret(debut)], debut_dit(dits.debut or repond))

    def _debut_possible(self, envoi: Periode) -> Reponse:
        parametre = self._delai_de_depot() or "fpe_reponse"
        premiere = decaler(envoi.jour, self.droit, parametre, self.jour).date
        mots = {"demande": dire(envoi), "debut": ecriture.jour(premiere), "plan": self.ecrire(parametre)}
        return Reponse([Message(f"{PREFIXE}debut_possible", mots)])

    def _dernier_jour(self, debut: Periode) -> Message:
        parametre = self._delai_de_depot() or "fpe_reponse"
        limite = decaler(debut.debut, self.droit, parametre, self.jour, sens=-1).date
        premiere = decaler(self.jour, self.droit, parametre, self.jour).date
        nom = f"{PREFIXE}depot_{'passe' if limite < self.jour else 'a_venir'}"
        un_jour = debut.debut == debut.fin
        compte = "" if un_jour else self.gabarit(nom, "compte", {"date": ecriture.jour(debut.debut)})
        regle = "regle_etat" if parametre == "fpe_reponse" else "regle_public" if self.public else "regle"
        mots = {"limite": ecriture.jour(limite), "debut": dire(debut), "plan": self.ecrire(parametre)}
        mots |= {"promise": ecriture.jour(premiere), "apres": compte}
        return Message(nom, {**mots, "raison": self.gabarit(nom, regle, mots)})

    def _delai_de_depot(self) -> str | None:
        if self.public:
            return _DEPOTS.get(self.statut, None if self.statut == "agent_fpe" else "fpt_demande")
        duree = self.contexte.faits.get("duree_mois")
        long = duree is not None and duree >= nombre_applicable(self.droit, "absence_seuil_long", self.jour)
        return "absence_demande_longue" if long else "absence_demande"
