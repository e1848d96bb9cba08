"""Pendant le calcul, ce qui n'est pas la réponse attendue : un montant corrigé, « personne », une question d'argent."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from actions.comprehension.nombres import en_json
from actions.comprehension.nus import que_des_valeurs
from actions.comprehension.vocabulaire import vocabulaire_en_place
from actions.droit import Droit
from actions.parcours import a_cote
from actions.parcours.argent_dit import CALCUL, MONTANT, PAYEUR
from actions.parcours.choix import simplifier
from actions.parcours.faits import Faits
from actions.parcours.lecture import Lecture, MessageRecu

_AUCUN, _SOLDE, _STATUT = "aucun", "solde_cpf", "statut"
_TOTAL = re.compile(
    r"\b(?:au total|en tout|ca (?:fait|donne) (?:combien|quoi)|detaille|le calcul|combien (?:je|moi|il me))\b"
)
_COMBIEN = re.compile(r"(?:(?:et|bon|ok|alors|du coup|donc|c'est) )*combien(?: (?:du coup|alors|donc|ca fait))?[ ?!.]*")
_PERSONNE = re.compile(
    r"(?:(?:non|nan|bah|ben|euh|y a|il y a|il n'y a)[ ,]*)*personne(?: d'autre)?"
    r"(?: (?:qui |ne )?(?:pa[iy]e|aide)\w*)?[ .!]*"
)
# « Pardon 8000 », « non 8000 pardon » : une correction vise le dernier montant dit.
_MARQUE = (
    r"(?:pardon|oups|erreur|mince|enfin|plutot|desolee?|faute de frappe|je voulais (?:dire|ecrire|mettre)"
    r"|je me suis trompee?|non|nan|c'est|c'etait|euh|ah|attends?)"
)
_CORRIGE = re.compile(
    rf"(?:{_MARQUE}[ ,.]+)*(?:en fait |finalement )?(?P<n>\d{{3,6}}(?:\.\d+)?)€?(?:[ ,.]+{_MARQUE})*[ .!]*"
)
_NOMBRE_SEUL = re.compile(
    r"(?:(?:environ|genre|a peu pres|dans les|c'est|ok|bon|alors|disons|mettons) )*(?P<n>\d{3,5}(?:\.\d+)?)€?[ .!]*"
)
_PRENDS = re.compile(
    r"(?:(?:ok|oui|bon|alors|et|donc|du coup|voila|parfait|d'accord)[ ,]+)*(?:tu |vous |on |je )?"
    r"(?:prend[sz]?|prene?z|prenons|met[sz]?|mettez|mettons|gardez?|gardes|garde|retiens|retenez|note[sz]?|adopte[sz]?"
    r"|partons? sur|pars sur|part sur|va pour|reste[zs]? sur)"
    r" (?:(?:le|la|les|plutot|celui|celle|un|bilan|devis|prix|solde|a|de|pour|sur|avec|donc)[ :]+)*"
    r"(?:(?P<n>\d{3,6}(?:\.\d+)?)€?|ca|celui la|celle la|cette (?:valeur|hypothese)|ce (?:prix|montant|calcul)(?: la)?)"
    r"(?:[ ,]+(?:plutot|alors|du coup|donc|stp|svp|pour de vrai|definitivement|comme prix"
    r"|pour le (?:bilan|prix|calcul)))*"
    r"[ .!]*"
)
_COMBIEN_DEJA = re.compile(
    r"(?:(?:et|bon|ok|alors|du coup|donc|c'est|ca (?:me )?(?:fait|donne|coute)|au final|finalement|moi)[ ,]+)*"
    r"(?:je (?:vais |dois )?pa[iy]\w* |il me reste |je sors )?combien(?: (?:du coup|alors|donc|ca (?:me )?fait|au final"
    r"|deja|je (?:dois |vais )?pa[iy]\w*|il me reste|a payer|moi|en tout|au total))*[ ?!.]*"
)
_SE_REPREND = re.compile(r"\b(?:pardon|oups|erreur|mince|enfin|plutot|desolee?|faute|voulais|trompee?|non|nan)\b")
_SUFFIT = re.compile(
    r"(?:(?:et|si|avec|j'ai|si j'ai|du coup) )*(?P<n>\d{3,6}(?:\.\d+)?)€?,? "
    r"(?:(?:sur (?:le|mon)|de|d'|en) (?:cpf|compte) )?"
    r"(?:(?:est ce que|c'est|ca|ca va|ca me|il|ils|est ce|va|serait) )*(?:suffi\w*|assez)\b.{0,30}"
)
_SON_SOLDE = re.compile(
    r"\b(?:j'ai|j'aurais?|je dois avoir|il me reste|on a|j'en ai) combien\b.{0,15}\b(?:cpf|compte|droits)\b"
    r"|\bcombien (?:j'ai|j'aurais|je dois avoir|il me reste|on a)\b.{0,15}\b(?:cpf|compte|droits)\b"
    r"|\bcombien de (?:cpf|droits)\b"
)
_CE_QUI_MANQUE = re.compile(
    r"\bcombien (?:il|elle|ils|on|mon \w+|ma \w+|l'employeur)? ?(?:doi\w+|faut|devrait|faudrait)? ?"
    r"(?:qu'il |qu'elle |que mon \w+ )?(?:mett\w+|mette|pay\w+|pai\w+|donn\w+|ajout\w+|complet\w+|manque)\b"
    r"|\b(?:il|me) manque (?:combien|quoi)\b|\bcombien (?:il )?(?:me )?manque\b"
    r"|\b(?:doit|faut)\b.{0,20}\bmett\w+ combien\b"
)


def demande_le_total(message: MessageRecu, question: str, faits: Faits) -> frozenset[str]:
    """« Du coup ça fait combien au total ? » veut le calcul : les questions qui attendront une autre fois."""
    lu = simplifier(message.texte)
    if message.parcours != CALCUL or not (_TOTAL.search(lu) or _COMBIEN.fullmatch(lu)):
        return frozenset()
    if question == PAYEUR:
        return frozenset({PAYEUR})
    # Prix et solde connus, le montant se dit sous condition ; sans eux, il n'y a rien à calculer.
    complet = question == _STATUT and faits.get("prix") is not None and faits.get(_SOLDE) is not None
    return frozenset({_STATUT, PAYEUR} if complet and faits.get(PAYEUR) is None else {_STATUT} if complet else ())


def dit_a_cote(message: MessageRecu, question: str, faits: Faits, jour: date, droit: Droit) -> Lecture | None:
    """Ce qu'un message dit d'autre que la réponse : un montant corrigé, « personne », une date, une question."""
    if message.parcours != CALCUL:
        return None
    lu = vocabulaire_en_place().normaliseur.lire(message.texte)
    corrige = _CORRIGE.fullmatch(lu) if message.dernier_montant and _SE_REPREND.search(lu) else None
    if corrige:
        return Lecture({str(message.dernier_montant): en_json(float(corrige["n"]))})
    if question not in (PAYEUR, MONTANT) and faits.get(PAYEUR) is None and _PERSONNE.fullmatch(lu):
        return Lecture({PAYEUR: _AUCUN})
    if suffit := _SUFFIT.fullmatch(lu):
        solde = en_json(float(suffit["n"]))
        assez = solde >= float(droit.montant("cpf_plafond_bilan", jour))
        return Lecture({_SOLDE: solde}, a_dire="utter_solde_suffit" if assez else "utter_solde_selon_le_prix")
    if _SON_SOLDE.search(lu) and not re.search(r"\d{3}", lu):
        return Lecture(question="faq/cpf_definition")
    if que_des_valeurs(message.texte) and (date_dite := a_cote.debut_dit(message.texte, jour)):
        return Lecture(date_dite)
    return None


def corrige_un_montant(texte: str, dernier: str | None) -> dict[str, Any]:
    """« Non 8000 pardon », après un résultat : le dernier montant dit se corrige."""
    lu = vocabulaire_en_place().normaliseur.lire(texte)
    corrige = _CORRIGE.fullmatch(lu) if dernier and _SE_REPREND.search(lu) else None
    return {str(dernier): en_json(float(corrige["n"]))} if corrige else {}


def adopte_la_supposition(texte: str, suppose: Faits) -> dict[str, Any]:
    """« Prends 1700 », « ok prends ça », après « et si le bilan coûte 1700 » : la supposition devient un fait."""
    adopte = _PRENDS.fullmatch(vocabulaire_en_place().normaliseur.lire(texte)) if suppose else None
    if adopte is None:
        return {}
    return dict(suppose) if not adopte["n"] or en_json(float(adopte["n"])) in suppose.values() else {}


def prend_un_autre_montant(texte: str, dernier: str | None) -> dict[str, Any]:
    """« Prends 1700 », « mets 1700 plutôt » : le dernier montant dit change."""
    prend = _PRENDS.fullmatch(vocabulaire_en_place().normaliseur.lire(texte)) if dernier else None
    return {str(dernier): en_json(float(prend["n"]))} if prend and prend["n"] else {}


def redemande_le_montant(texte: str) -> bool:
    """« Donc combien ? », « je paie combien du coup », après un calcul : on le redit."""
    return _COMBIEN_DEJA.fullmatch(vocabulaire_en_place().normaliseur.lire(texte)) is not None


def donne_le_montant_manquant(texte: str, faits: Faits) -> dict[str, Any]:
    """« 1700 », après un calcul auquel il ne manquait que le prix, ou que le solde."""
    seul = _NOMBRE_SEUL.fullmatch(vocabulaire_en_place().normaliseur.lire(texte))
    manquants = [champ for champ in ("prix", _SOLDE) if faits.get(champ) is None]
    return {manquants[0]: en_json(float(seul["n"]))} if seul and len(manquants) == 1 else {}


def demande_ce_qui_manque(texte: str) -> bool:
    """« Combien il doit mettre ? », à qui demande combien paie l'employeur : ce qui manque après le CPF."""
    return _CE_QUI_MANQUE.search(vocabulaire_en_place().normaliseur.lire(texte)) is not None
