"""« Reçue le 20 octobre, c'est accepté ? » : la date calculée et la conclusion d'abord, ou la seule date qui manque."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from actions.comprehension import delais_dits, fin_arret
from actions.comprehension.delais_dits import Dits
from actions.contenus import Contenus
from actions.droit import Droit
from actions.entreprise import entreprise_en_place
from actions.parcours.choix import simplifier
from actions.parcours.delais_calcules import PREFIXE, Calcul, Contexte, Reponse
from actions.parcours.fin_arret import en_arret_au_bilan

__all__ = ["PREFIXE", "Contexte", "Reponse", "repondre"]

_DE_CONVENTION = (
    "utter_faq/convention_tripartite",
    "utter_detail_convention_tripartite",
    "utter_faq/employeur_propose",
)
# Une lettre demandée se rédige ; payer, la caisse et le site du CPF ont d'autres délais.
_UNE_LETTRE = re.compile(
    r"\b(?:fai[st]|ecri[st]\w*|redig\w+|prepare\w*|refai\w*|modele|besoin d|aide\w* a)\b.{0,40}"
    r"\b(?:lettre|courrier|mail|relance|rappel)\b|\b(?:une|la) lettre (?:pour|de|d')"
)
_AUTRE_DEMANDE = re.compile(
    r"\b(?:(?:pay|pai|financ)\w+(?! par (?:mon |le )?cpf)|prise? en charge|caisse|cpam|secu|organisme|prestataire"
    r"|centre|site|mon compte formation|devis|resultats?|synthese|medecin|france travail|opco|reclassement|licenci\w+"
    r"|csp|entretien|prime|vae)\b"
)
_A_L_EMPLOYEUR = re.compile(
    r"\b(?:patronn?e?|employeur|chef\w*|rh|drh|boite|entreprise|direction|mairie|hopital|rectorat|administration|absence"
    r"|conge|lettre|courrier|heures|m'absenter|demande)\b|\bjours (?:avant|d'avance|a l'avance)\b"
)
# Après ces sujets, « je dois l'envoyer combien de temps avant ? » parle de la demande à l'employeur.
_D_ABSENCE = (
    "temps_travail",
    "public_conge",
    "employeur_refus",
    "public_refus",
    "public_territorial",
    "public_hospitalier",
)


def repondre(texte: str, contexte: Contexte, jour: date, droit: Droit, contenus: Contenus) -> Reponse | None:
    """Rend la réponse à une question de délai dont le message, ou ce qu'on sait, donne les dates ; sinon ``None``."""
    simple = simplifier(texte)
    if texte.startswith("/") or _UNE_LETTRE.search(simple):
        return None
    dits = delais_dits.lire(fin_arret.sans_dates(simple, jour), jour)
    calcul = Calcul(contexte, jour, droit, contenus, entreprise_en_place())
    suit = contexte.precedente.startswith(PREFIXE)
    question = dits.demande_le_delai or dits.demande_l_envoi
    if _sur_la_convention(dits, contexte):
        return replace(calcul.convention(dits), question=question)
    if _AUTRE_DEMANDE.search(simple) or en_arret_au_bilan(contexte.faits):
        return None
    nommee = contexte.lettre is not None or contexte.precedente.endswith(_D_ABSENCE)
    a_l_employeur = nommee or _A_L_EMPLOYEUR.search(simple) is not None
    rendue = calcul.envoi_prevu(dits) or calcul.absence(dits) or calcul.depot(dits, a_l_employeur)
    if rendue is None and suit and dits.demande_le_delai and not contexte.precedente.endswith(("inconnue", "inconnu")):
        return Reponse(redire=True, question=True)
    return rendue and replace(rendue, question=question)


def _sur_la_convention(dits: Dits, contexte: Contexte) -> bool:
    """« La convention, il me l'a envoyée vendredi » ; ou, après elle : « je dois signer avant quand »."""
    apres = contexte.precedente.startswith(f"{PREFIXE}convention") or contexte.precedente in _DE_CONVENTION
    datee = dits.demande or dits.date
    if dits.convention:
        return bool(dits.demande or dits.demande_le_delai)
    return apres and bool(
        dits.demande_le_delai or (dits.signer and datee) or (datee and "inconnue" in contexte.precedente)
    )
