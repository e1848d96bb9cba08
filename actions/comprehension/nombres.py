"""Montants donnés en réponse à une question : « 1600e », « rien », « entre 800 et 1000 »."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.comprehension import parts
from actions.comprehension.modele import Carnet
from actions.comprehension.motifs_dates import MOIS_RE
from actions.comprehension.sommes import bornes, environ
from actions.comprehension.vocabulaire import Vocabulaire

AIDES = ("dotation_employeur", "financement_opco", "autres_financements")
CHAMPS = ("solde_cpf", "prix", *AIDES)
# Borne technique : au-delà, c'est une faute de frappe.
_MONTANT_MAX = 100_000
# Le bout prudent d'une fourchette : le plus haut pour un prix, le plus bas pour ce que l'on a.
_PRUDENCE_HAUTE = ("prix",)
_NOMBRE = re.compile(
    r"(?<![\w.,/])(?P<n>(?:-|moins )?\d+(?:\.\d+)?)(?P<euro>€|(?<=\d\d)e\b| e\b)?(?![\w/.])(?! ?(?:heures?|h\b"
    r"|ans?\b|mois\b|%|jours?\b))"
)
# « Depuis 2019 », « entré en 2015 » : une année n'est pas un montant.
_PAS_UN_MONTANT = re.compile(
    rf"\bpas \d+(?:\.\d+)?(?![\d.])€?(?=.*\d)|\b\d\d?/\d\d?(?:/\d+)?\b"
    rf"|\b(?:en|depuis|des|debut|fin|courant|annee|embauchee?|l'an|ne en|{MOIS_RE}) (?:19|20)\d\d\b(?!€|\.)"
)
_MILLE_ET_UN_CHIFFRE = re.compile(r"[1-9]00[2-9]")
_FOURCHETTE = re.compile(r"\b(?:entre|de) \d+(?:\.\d+)?€? (?:et|a) \d|\d€? (?:ou|a|/|-) ?\d|\d€? \d+€?$")
_HEURES = re.compile(r"\d ?(?:heures?|h)\b")
_GRATUIT = re.compile(r"\b(?:gratuit|gratos|offert|0)")
_J_AI = re.compile(r"\bj'ai (?P<n>\d+(?:\.\d+)?)(?![\d/.])")
# « Sur les 1800, 750, c'est beaucoup » : le prix est le tout, pas la part.
_SUR = re.compile(r"\bsur (?:les? |un total de |un prix de )?(?P<n>\d+(?:\.\d+)?)€?(?=[ ,]+\d)")
# « Rien je crois, enfin j'ai jamais regardé » : on ne sait pas.
_PAS_REGARDE = re.compile(r"\b(?:jamais|pas) (?:encore |vraiment )?(?:regarde|verifie|vu|consulte)\b")
_SE_REPREND = re.compile(
    r"\d.*\b(?:enfin|plutot|pardon|euh non|non|nan)\b,? (?:(?:c'est|plutot|dans les|pardon) )*\d+(?:\.\d+)?(?:€|\b)"
)
_PRESQUE_NUL = re.compile(r"\b(?:quasi(?:ment)?|presque|limite) (?:rien|0|vide|que dalle)\b")
_VAGUE = re.compile(r"\b(?:beaucoup|pas mal|pas grand chose|un peu|peu|plein|plafond|plafonne|le max|la totale)\b")


def noter(champ: str, nombre: str, carnet: Carnet, suppose: bool = False, approximation: str | None = None) -> None:
    """Note un montant en euros, au centime ; refuse le négatif et l'aberrant."""
    valeur = float(nombre)
    if valeur < 0:
        carnet.refuser(champ, "montant_negatif")
    elif valeur > _MONTANT_MAX:
        carnet.refuser(champ, "trop_grand")
    elif _MILLE_ET_UN_CHIFFRE.fullmatch(nombre):
        carnet.refuser(champ, "montant_ambigu")  # « mille deux » : 1 002 ou 1 200 ? On redemande.
    else:
        carnet.noter(champ, en_json(valeur), suppose, approximation)


def noter_somme(champ: str, trouve: re.Match[str], carnet: Carnet, suppose: bool, voc: Vocabulaire) -> None:
    """Note la somme trouvée dans un message, ou le bout prudent de la fourchette qu'elle ouvre."""
    bouts = bornes(trouve)
    if len(bouts) > 1:
        noter_fourchette(champ, bouts, carnet, suppose)
    else:
        noter(champ, trouve["n"], carnet, suppose, environ(trouve, voc))


def noter_fourchette(champ: str, bouts: Sequence[float], carnet: Carnet, suppose: bool = False) -> None:
    """Note le bout prudent ; l'autre prix possible reste une supposition : on calculera les deux."""
    prudent = max(bouts) if champ in _PRUDENCE_HAUTE else min(bouts)
    if champ == "prix" and not suppose and prudent != min(bouts):
        noter(champ, str(min(bouts)), carnet, suppose=True)
    noter(champ, str(prudent), carnet, suppose, "fourchette")


def en_json(valeur: float) -> int | float:
    """Un montant arrondi au centime : entier si possible."""
    arrondi = round(valeur, 2)
    return int(arrondi) if arrondi == int(arrondi) else arrondi


def repondre(champ: str, texte: str, oui: bool | None, voc: Vocabulaire, carnet: Carnet) -> None:
    """Comprend un montant donné en réponse à une question."""
    if champ in carnet.dits or champ in carnet.erreurs:
        return
    if champ in AIDES and (part := parts.dite(texte)):
        carnet.noter(champ, part)
        return
    a_cote = _J_AI.search(texte) if champ == "prix" else None
    if a_cote and len(_NOMBRE.findall(texte)) > 1:
        noter("solde_cpf", a_cote["n"], carnet)  # « 1800, et j'ai 1200 »
    if champ == "prix" and (tout := _SUR.search(texte)):
        noter(champ, tout["n"], carnet)
        return
    ailleurs = {carnet.dits.get(autre) for autre in CHAMPS if autre != champ}
    # « Je sais pas, 2300 peut-être » : le nombre l'emporte sur l'aveu.
    net = voc.motifs["doute"].sub(" ", texte)
    tous = list(_NOMBRE.finditer(_PAS_UN_MONTANT.sub(" ", net)))
    if len(tous) == 1 and _valeur(tous[0]) in ailleurs:
        return  # « 600 sur mon compte », à qui demande le prix
    trouves = [t for t in tous if _valeur(t) not in ailleurs] or tous
    if not trouves and _PAS_REGARDE.search(texte):
        return
    if not trouves:
        # « aucun souvenir », « j'en sais rien » ne disent pas « rien ».
        _sans_nombre(champ, net, oui, voc, carnet)
        return
    en_euros = [t for t in trouves if t["euro"]]
    if _SE_REPREND.search(net):
        trouves, en_euros = trouves[-1:], []  # « 500 euros je crois, enfin 540 »
    nombres = [t["n"].replace("moins ", "-") for t in (en_euros if len(en_euros) == 1 else trouves)]
    approximation = "environ" if net != texte or voc.motifs["environ"].search(texte) else None
    if "moins de" in texte and champ not in _PRUDENCE_HAUTE:
        carnet.refuser(champ, "montant_imprecis")
    elif len(set(nombres)) == 1:
        noter(champ, nombres[0], carnet, approximation=approximation)
    elif _FOURCHETTE.search(texte):
        noter_fourchette(champ, [abs(float(n)) for n in nombres], carnet)
    elif carnet.corrige:
        noter(champ, nombres[-1], carnet, approximation=approximation)
    else:
        carnet.refuser(champ, "montant_ambigu")


def _valeur(trouve: re.Match[str]) -> int | float:
    return en_json(float(trouve["n"].replace("moins ", "-")))


def _sans_nombre(champ: str, texte: str, oui: bool | None, voc: Vocabulaire, carnet: Carnet) -> None:
    if _HEURES.search(texte):
        carnet.refuser(champ, "en_heures")
    elif _PRESQUE_NUL.search(texte):
        carnet.refuser(champ, "montant_imprecis")
    elif champ == "prix" and voc.motifs["nul"].search(texte) and not _GRATUIT.search(texte):
        carnet.refuser(champ, "montant_manquant")  # « rien », « aucun » ne disent pas un prix
    elif voc.motifs["nul"].search(texte) or (oui is False and champ not in ("solde_cpf", "prix")):
        carnet.noter(champ, 0)
    elif oui:
        carnet.refuser(champ, "montant_manquant")
    elif _VAGUE.search(texte):
        carnet.refuser(champ, "montant_imprecis")
