"""La lettre que l'on veut : nommée par la demande, ou appelée par ce que l'on sait et par ce qui précède juste."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any

from actions.documents.modeles import lettre_apres, modeles_en_place
from actions.parcours.choix import choix_dit
from actions.parcours.delais_communs import PREFIXE
from actions.parcours.faits import Faits, est_public
from actions.parcours.fin_arret import en_arret, en_arret_au_bilan, position

ABSENCE, CONGE, CPF_PUBLIC, PLAN, CAISSE, ANFH = (
    "demande_absence",
    "demande_agent_public",
    "demande_cpf_public",
    "demande_plan",
    "demande_caisse",
    "demande_anfh",
)
RELANCE, RECOURS = "relance_silence", "recours_gracieux"
# Après un délai calculé, la lettre qu'il appelle.
_RAPPELLENT = ("accepte", "en_cours", "reponse_tardive", "silence", "preuve")
_DEMANDENT = ("reponse_a_temps", "depot", "debut", "deux_dates")
_HOSPITALIER = "agent_fph"
_D_ARRET = frozenset(["public_arret", "arret_maladie"])
# Réponses à ce que l'employeur a dit : on les demande sans dire « lettre ».
REPONSES = ("reponse_report", "bilan_propose_acceptation", "bilan_propose_refus", "relance_silence")
_UN_JOUR = re.compile(r"\d{4}-\d\d-\d\d")
# Ce que l'employeur a répondu -> la lettre qui suit, dans le privé.
_SELON_LA_REPONSE = {"silence": "relance_silence", "report": "reponse_report"}


def nommee(textes: Collection[str], faits: Faits) -> str | None:
    """La lettre que nomme une demande, par son destinataire ou par ce qu'elle veut obtenir."""
    code = _premier(textes, "lettre_nommee") or _premier(textes, "lettre_voulue")
    if code is None and _premier(textes, "relance_demandee"):
        code = RELANCE
    if code is None and en_arret(faits) and _premier(textes, "lettre_a_l_employeur"):
        code = ABSENCE  # en arrêt, mais pour un bilan d'après : à l'employeur, on demande l'absence
    if code == ABSENCE and _pendant_l_arret(faits):
        return None  # pendant un arrêt, la caisse d'abord
    return a_sa_place(code, faits) if code else None


def _pendant_l_arret(faits: Faits) -> bool:
    """Faux si la fin de l'arrêt est connue et que rien ne dit que le bilan la précède : la lettre vaut pour après."""
    return en_arret_au_bilan(faits) and not (faits.get("fin_arret") and position(faits) is None)


def a_sa_place(code: str, faits: Faits) -> str | None:
    """La même demande, dans la lettre qui va à l'employeur que l'on a ; ``None`` si aucune ne s'impose."""
    public, prive = est_public(faits), faits.get("statut") == "salarie_prive"
    if code == ANFH and faits.get("statut") not in (None, _HOSPITALIER):
        return CONGE if public else None  # l'ANFH ne connaît que l'hôpital public
    if public:
        # Le silence d'une administration ne vaut pas accord : la relance du privé le ferait croire.
        return {ABSENCE: CONGE, PLAN: CONGE, "relance_silence": None}.get(code, code)
    if code == CPF_PUBLIC:
        return ABSENCE if prive else None
    if code == CONGE and prive:
        return ABSENCE
    # Rien ne se devine d'une administration pour qui ne s'est pas dit agent public ; le congé, elle seule le donne.
    autre = code in modeles_en_place() and modeles_en_place()[code].destinataire == "employeur_public"
    return None if autre and code != CONGE else code


def choisie(code: str, faits: Faits) -> str:
    """La lettre choisie par des mots à « quelle lettre ? », à la place de la personne ; le choix reste, sans mieux."""
    return a_sa_place(code, faits) or (ABSENCE if code == CPF_PUBLIC else code)


def lettres() -> Collection[str]:
    """Noms des lettres ; les autres choix de « quelle lettre ? » n'ouvrent qu'une liste."""
    return modeles_en_place().keys()


def du_fil(faits: Faits, resultat: str | None, sujets: Iterable[str]) -> str | None:
    """« La lettre », sans plus : celle qu'appelaient les réponses qui précèdent juste, ou ce que l'on sait."""
    public, sujets = est_public(faits), [*sujets]
    if faits.get("contrat") == "contractuel" and en_arret_au_bilan(faits) and not _D_ARRET.isdisjoint(sujets):
        return CAISSE  # contractuel en arrêt : la caisse d'abord, l'employeur ensuite
    prolonge = next(filter(None, (lettre_apres(sujet, public) for sujet in sujets)), None)
    if prolonge and not (prolonge == CAISSE and en_arret(faits) and not en_arret_au_bilan(faits)):
        return prolonge
    if resultat == "parler_employeur" and faits.get("reponse_employeur") in _SELON_LA_REPONSE and not public:
        return _SELON_LA_REPONSE[str(faits["reponse_employeur"])]
    if en_arret_au_bilan(faits):
        return CAISSE if resultat == "planifier" and not public else None
    if public:
        return CONGE if resultat in ("parler_employeur", "planifier") else None
    return ABSENCE if faits.get("moment") == "temps_travail" else None


def du_delai(reponse: str | None, faits: Faits) -> str | None:
    """« Écris-lui », après un délai calculé : rappeler une demande restée sans réponse, ou en faire une."""
    nom = (reponse or "").removeprefix(PREFIXE)
    if nom == reponse:
        return None
    if nom.startswith("recours"):
        return RECOURS
    if nom.startswith("anfh"):
        return ANFH
    code = RELANCE if nom in _RAPPELLENT else ABSENCE if nom.startswith(_DEMANDENT) else None
    return a_sa_place(code, faits) if code else None


def date_du_refus(lettre: str | None, cas: Any) -> dict[str, str]:
    """Le jour du refus, pour la lettre qui le dit : un recours, ou le rappel d'un refus venu après le délai."""
    dit = lettre == RECOURS or (lettre == RELANCE and (cas or {}).get("tardive"))
    jour = (cas or {}).get("reponse") if dit else None
    return {"date_refus": str(jour)} if jour and _UN_JOUR.fullmatch(str(jour)) else {}


def _premier(textes: Iterable[str], famille: str) -> str | None:
    return next(filter(None, (choix_dit(texte, famille) for texte in textes)), None)
