"""« Reçue le 20 octobre, c'est accepté ? » : la date calculée et la conclusion d'abord, ou la seule date qui manque."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from actions.comprehension import delais_dits, fin_arret, periodes
from actions.comprehension.delais_dits import Dits
from actions.contenus import Contenus
from actions.droit import Droit
from actions.entreprise import entreprise_en_place
from actions.parcours import delais_a_part
from actions.parcours.choix import choix_dit, simplifier
from actions.parcours.delais_calcules import PREFIXE, Calcul, Contexte, Reponse
from actions.parcours.faits import est_public
from actions.parcours.fin_arret import en_arret_au_bilan
from actions.parcours.lettre_voulue import ABSENCE, CONGE
from actions.parcours.versant_dit import parle_d_un_proche, situer

__all__ = ["PREFIXE", "Contexte", "Reponse", "repondre"]

_DE_CONVENTION = (
    "utter_faq/convention_tripartite",
    "utter_detail_convention_tripartite",
    "utter_faq/employeur_propose",
    "utter_detail_employeur_propose",
    "utter_faq/refuser_bilan",
)
# Une lettre demandée se rédige ; payer, la caisse et le site du CPF ont d'autres délais.
_UNE_LETTRE = re.compile(
    r"\b(?:fai[st]|ecri[st]\w*|redig\w+|prepare\w*|refai\w*|modele|besoin d|aide\w* a)\b.{0,40}"
    r"\b(?:lettre|courrier|mail|relance|rappel)\b|\b(?:une|la) lettre (?:pour|de|d')"
)
_AUTRE_DEMANDE = re.compile(
    r"\b(?:(?:pay|pai|financ)\w+(?! par (?:mon |le )?cpf)|prise? en charge|caisse|cpam|secu|organisme|prestataire"
    r"|centre|site|mon compte formation|devis|resultats?|synthese|medecin|france travail|opco|reclassement|licenci\w+"
    r"|csp|entretien|prime|vae|motiv\w*|justifi\w*)\b"
)
_A_L_EMPLOYEUR = re.compile(
    r"\b(?:patronn?e?|employeur|chef\w*|rh|drh|boite|entreprise|direction|mairie|hopital|rectorat|administration|absence"
    r"|conge|lettre|courrier|heures|m'absenter|demande)\b|\bjours (?:avant|d'avance|a l'avance)\b"
)
# Une convention, ou un papier à signer pour un bilan : celui d'un licenciement ou d'un prestataire n'en est pas une.
_UNE_CONVENTION = re.compile(r"\bconvention|\bbilan\b")
_UN_AUTRE_PAPIER = re.compile(r"\b(?:licenci\w+|csp|rupture|reclassement|prestataire|organisme|embauche|avenant)\b")
# « Ils ont refusé une première fois, je redemande » : un droit, et non le délai de la première demande.
_REDEMANDE = re.compile(r"\bredemand\w+|\b(?:une |la )?(?:premiere|deuxieme|seconde|2e|1ere) (?:fois|demande)\b")
_QUESTION = "utter_ask_"
_DE_MOI = re.compile(r"\bmoi\b|\bj'ai (?:demande|envoye|depose|recu)\b|\bma demande\b")
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
    demandee = contexte.faits.get("date_demande")
    voisine = periodes.lire(demandee) if contexte.suit and demandee else None
    dits = delais_dits.lire(fin_arret.sans_dates(simple, jour), jour, voisine)
    if contexte.cas.get("proche") and _DE_MOI.search(simple):
        contexte = replace(contexte, cas={})  # « et moi, j'ai demandé le 5 » ne parle plus du proche
    connus = {**contexte.faits, **(contexte.du_cas if contexte.suit else {})}
    faits, profil = situer(texte, connus, jour)
    if contexte.suit and not profil:
        profil = {champ: v for champ, v in contexte.profil_du_cas.items() if contexte.faits.get(champ) != v}
    if dits.etalement:
        faits = {**faits, "duree_mois": dits.etalement}
    ici = replace(contexte, faits=faits)
    calcul = Calcul(ici, jour, droit, contenus, entreprise_en_place())
    rendue = delais_a_part.repondre(texte, dits, calcul) or _de_la_demande(texte, simple, dits, calcul)
    if rendue is None:
        return None
    question = rendue.question or dits.demande_le_delai or dits.demande_l_envoi
    # Une date seule, à qui vient d'en demander une, n'a pas d'autre sens.
    sur = rendue.sur or (contexte.attend_une_date and dits.court and bool(dits.date or dits.a_venir))
    return _adresser(replace(rendue, question=question, sur=sur), profil, parle_d_un_proche(texte), dits)


def _de_la_demande(texte: str, simple: str, dits: Dits, calcul: Calcul) -> Reponse | None:
    """La convention à signer, la réponse attendue, le jour où demander."""
    contexte, suite = calcul.contexte, choix_dit(texte, "suite_de_delai")
    if _sur_la_convention(simple, dits, contexte, suite):
        return calcul.convention(dits, suite == "je_me_tais")
    if _AUTRE_DEMANDE.search(simple) or en_arret_au_bilan(contexte.faits):
        return None
    if _REDEMANDE.search(simple) and not dits.demande and not dits.debut:
        return None
    questionne = contexte.precedente.startswith(_QUESTION) and dits.demande_le_delai
    if suite == "il_se_tait" and questionne and contexte.faits.get("statut") == "salarie_prive":
        return calcul.silence()
    attend = suite == "il_se_tait" and not (dits.demande or dits.date or dits.a_repondu)
    d_un_public = est_public(contexte.faits) and dits.silence and dits.debut is not None
    if attend and (d_un_public or (contexte.suit and not contexte.sur_la_convention)):
        return calcul.silence()
    if contexte.lettre in (ABSENCE, CONGE) and choix_dit(texte, "dernier_envoi") and not dits.demande:
        dits = replace(dits, demande_l_envoi=True)
    nommee = contexte.lettre is not None or contexte.precedente.endswith(_D_ABSENCE)
    a_l_employeur = nommee or _A_L_EMPLOYEUR.search(simple) is not None
    rendue = calcul.deux_dates(dits) or calcul.absence(dits) or calcul.depot(dits, a_l_employeur)
    if rendue is None and contexte.suit and dits.demande_le_delai and not contexte.attend_une_date:
        return Reponse(redire=True, question=True)
    return rendue


def _sur_la_convention(simple: str, dits: Dits, contexte: Contexte, suite: str | None) -> bool:
    """« La convention, il me l'a envoyée vendredi » ; ou, après elle : « je signe avant quand », « si je dis rien »."""
    apres = contexte.sur_la_convention or contexte.precedente in _DE_CONVENTION
    datee = dits.demande or dits.date
    if apres and (suite == "je_me_tais" or (dits.signature and contexte.cas.get("convention"))):
        return True
    if dits.convention and _UNE_CONVENTION.search(simple) and not _UN_AUTRE_PAPIER.search(simple):
        return bool(datee or dits.demande_le_delai)
    return apres and bool(
        dits.demande_le_delai or (dits.signer and datee) or (datee and "inconnue" in contexte.precedente)
    )


def _adresser(rendue: Reponse, profil: Mapping[str, Any], proche: bool, dits: Dits) -> Reponse:
    """Dit la réponse selon le statut de qui l'on parle ; d'un proche, rien n'est retenu pour la personne."""
    messages = [replace(m, mots={**m.mots, "profil": dict(profil)}) if profil else m for m in rendue.messages]
    retenus = {} if proche else dict(rendue.retenus)
    if dits.etalement and retenus.get("date_debut"):
        retenus["duree_mois"] = dits.etalement
    cas = {**rendue.cas, **({"profil": dict(profil)} if profil else {})}
    cas |= {"proche": True} if proche else {}
    cas |= {"date_demande": rendue.retenus["date_demande"]} if proche and "date_demande" in rendue.retenus else {}
    return replace(rendue, messages=messages, retenus=retenus, cas=cas)
