"""Ce qu'un bilan coûte au salarié quand l'employeur complète : le prix et l'aide dits par l'employeur."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from actions.droit import Droit, ecriture
from actions.eligibilite.dates import applicable
from actions.parcours.choix import simplifier
from actions.parcours.messages import Message

REPONSE = "utter_cas_employeur_cout"
_SOMME = re.compile(r"(?<![\d/.])(\d{2,5}(?:\.\d{1,2})?)(?![\d/])(?! ?(?:h\b|heures?|jours?|mois|salarie|personne|%))")
# Ce que nomme le dernier de ces mots avant une somme.
_NOMMENT = re.compile(
    r"(?P<aide>\b(?:vers\w*|met\w*|complet\w*|abond\w*|ajout\w*|pay\w*|pai\w*|aid\w*|donn\w*|financ\w*|particip\w*"
    r"|cofinanc\w*|credit\w*|prend\w*)\b)|(?P<prix>\b(?:bilan|coute\w*|prix|devis|facture|tarif)\b)"
    r"|(?P<solde>\b(?:il|elle|salariee?) (?:n')?a\b|\bsolde\b|\bdispose\w*)"
)


def cout_du_salarie(texte: str, jour: date, droit: Droit) -> Message | None:
    """Rend ce que le salarié paie, si le message donne le prix et ce que l'employeur verse ; sinon ``None``."""
    sommes = _sommes(simplifier(texte))
    prix, aide, solde = sommes.get("prix"), sommes.get("aide"), sommes.get("solde")
    if not prix or not aide or aide > prix:
        return None
    utilisable = min(Decimal(applicable(droit, "cpf_plafond_bilan", jour).montant), prix - aide)
    droits = utilisable if solde is None else min(utilisable, solde)
    mots = {"prix": prix, "aide": aide, "droits": droits, "reste": prix - aide - droits}
    ecrits = {nom: ecriture.grandeur(somme, "euros") for nom, somme in mots.items()}
    return Message(REPONSE, ecrits)


def _sommes(simple: str) -> dict[str, Decimal]:
    trouvees: dict[str, Decimal] = {}
    for somme in _SOMME.finditer(simple):
        noms = [m.lastgroup for m in _NOMMENT.finditer(simple, 0, somme.start())]
        if noms and noms[-1]:
            trouvees.setdefault(noms[-1], Decimal(somme[1]))
    return trouvees
