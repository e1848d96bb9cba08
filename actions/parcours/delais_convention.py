"""La convention d'un bilan payé par l'employeur : jusqu'à quand la signer, et ce que vaut ne rien dire."""

from __future__ import annotations

from datetime import timedelta

from actions.comprehension import periodes
from actions.comprehension.delais_dits import Dits
from actions.droit import ecriture
from actions.parcours.delais_communs import CONVENTION, Base, Reponse, bouts, dire
from actions.parcours.messages import Message

_CONVENTION_INCONNUE = f"{CONVENTION}_inconnue"


class Convention(Base):
    """Le délai de signature d'une convention."""

    def convention(self, dits: Dits, sans_rien_dire: bool = False) -> Reponse:
        """Le dernier jour pour signer la convention, ou ce que vaut le jour proposé."""
        connue = self.contexte.periode("convention")
        recue = dits.demande or (None if dits.signature or (dits.signer and connue) else dits.date) or connue
        if recue is None and sans_rien_dire:
            return Reponse([Message(f"{CONVENTION}_silence", {"dates": ""})], question=True, sur=True)
        if recue is None:
            return Reponse([Message(_CONVENTION_INCONNUE)])
        delai = timedelta(days=self.entreprise.delai("convention_delai_salarie", self.jour, self.droit))
        tot, tard = (bout + delai for bout in bouts(recue))
        if tot < self.jour <= tard:
            return Reponse([Message(_CONVENTION_INCONNUE)])
        # À quelques jours près, la date la plus proche protège.
        mots = {"demande": dire(recue), "limite": ecriture.jour(tot), "reserve": ""}
        nom = f"{CONVENTION}_{'passee' if tard < self.jour else 'a_signer'}"
        if sans_rien_dire:
            nom = f"{CONVENTION}_silence"
            mots["dates"] = self.gabarit(nom, "datee", mots)
        elif dits.signature:
            nom = f"{CONVENTION}_signee_{'tard' if dits.signature.jour > tot else 'a_temps'}"
            mots |= {"date": dire(dits.signature), "ecart": self.en_jours((dits.signature.jour - tot).days)}
        elif tard < self.jour and recue.debut < recue.jour < recue.fin:
            marge = {"ecart": self.en_jours((tard - tot).days // 2)}
            mots |= {"limite": ecriture.jour(recue.jour + delai), "reserve": self.gabarit(nom, "approchee", marge)}
        elif tot >= self.jour:
            mots["reste"] = self.en_jours((tot - self.jour).days) if tot > self.jour else ""
            mots["reste"] = self.gabarit(nom, "reste" if tot > self.jour else "ce_jour", mots)
        cas = {"convention": periodes.ecrire(recue)}
        return Reponse(
            [Message(nom, mots)], question=sans_rien_dire or bool(dits.signature), cas=cas, sur=sans_rien_dire
        )
