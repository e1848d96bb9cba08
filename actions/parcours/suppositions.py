"""Ce qu'on suppose après un calcul, en peu de mots : « et sans le patron », « et en janvier ? », « et avec 1451 ? »."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from actions.comprehension import extraire
from actions.comprehension.aides import champ_de
from actions.comprehension.ecriture import mots
from actions.comprehension.hypotheses import plus_d_aide
from actions.comprehension.nombres import AIDES, CHAMPS, en_json
from actions.comprehension.nus import statut_nu
from actions.comprehension.reponses import question_lue
from actions.comprehension.vocabulaire import vocabulaire_en_place
from actions.droit import Droit
from actions.parcours.argent_dit import PAYEUR
from actions.parcours.faits import Faits

_SOLDE = "solde_cpf"
_MOTS_MAX = 16
_LIEN = r"^(?:(?:et|ok|oui|non|mais|alors|du coup|donc|bon|si c'est|c'est combien) )*"
_FIN = r"(?:,? (?:ca (?:fait|donne|change|serait)|je (?:paie|paye)|du coup|alors|donc|combien|quoi|svp|stp)\b)*[ ?.!]*$"
_QUI = r"(?:patron(?:ne)?|employeur|boite|chef(?:fe)?|entreprise|opco|region|aide|subvention)"
_SANS_AIDE = re.compile(
    rf"{_LIEN}sans (?:l'aide (?:du |de )?)?(?:(?:le |la |les |mon |ma |son |cette )|l')?{_QUI}s?{_FIN}"
)
_N = r"(?P<n>\d{3,6}(?:\.\d+)?)"
_DU_SOLDE = r"(?: de solde| (?:sur|de|dans|en) (?:le |mon )?(?:cpf|compte))"
_AVEC = re.compile(
    rf"{_LIEN}(?:avec|si j'ai|si j'avais|pour|plutot) (?:un (?P<quoi>solde|prix|devis|bilan) (?:de |a )?)?{_N}€?"
    rf"(?P<solde>{_DU_SOLDE})?(?P<prix> (?:de|pour le) (?:prix|devis|bilan))?{_FIN}"
)
# « Et 500 ? » : une autre valeur du dernier montant dit, et non une année.
_ET_N = re.compile(rf"^(?:(?:ok|bon|alors|oui) )*(?:et|ou)(?: plutot| juste| que)? (?!20[1-3]\d(?!€)){_N}€?{_FIN}")
# « Et avec 200 de mon employeur », « et l'OPCO à 300 » : qui le donne est nommé.
_DU_PAYEUR = re.compile(
    rf"{_LIEN}(?:avec |plus |si (?:j'ai )?)?(?:encore )?{_N}€? (?:de plus |en plus )?(?:de|d'|du|par|venant d[eu]) ?"
    rf"(?:l'aide (?:de |du )?)?(?:(?:le |la |mon |ma )|l')?(?P<qui>{_QUI}){_FIN}"
    rf"|{_LIEN}(?:avec )?(?:(?:le |la |mon |ma )|l')(?P<quoi>{_QUI}) (?:a |de |pour )?(?P<m>\d{{3,6}})€?{_FIN}"
)
# « Et si au contraire il verse 600 » : celui qui paie déjà, ou que l'on vient de supposer.
_SUPPOSE = re.compile(rf"{_LIEN}(?:(?:meme )?si |s'|imagin\w+|suppos\w+|admett\w+|mettons)")
_IL_DONNE = re.compile(
    r"\b(?:ils?|elles?)(?: me| m'en?| y)? ?(?:met\w*|vers\w+|donn\w+|pa[iy]\w+|r?ajout\w+|financ\w+|abond\w+"
    r"|complet\w+|mont\w+|pass\w+|particip\w+) (?:(?:que|juste|plutot|seulement|jusqu'a|a|pour|finalement) )*"
    rf"{_N}€?(?! ?(?:%|fois|h))"
)
_EN_FAIT = re.compile(r"(?:(?:ah|euh|non|mais|oui) ?,? ?)*(?:en fait|finalement|pardon|en realite|non|au final)\b")
# Le crédit de l'année, que l'on attend : « et en janvier ? », « si j'attends l'an prochain ».
_ATTEND = re.compile(
    rf"{_LIEN}(?:si )?(?:j'attends?|j'attendais|en attendant|attendre|en|a partir de|apres|des) ?"
    rf"(?:jusqu'en |en |a |le mois de )?(?:janvier|l'an(?:nee)? (?:prochaine?|d'apres)|debut \d{{4}}|20\d\d){_FIN}"
)
_DE_PLUS = re.compile(
    r"\b(?P<n>\d{2,5}(?:\.\d+)?)€? (?:de plus|en plus|qui (?:arrivent|tombent))\b|\+ ?(?P<m>\d{2,5})€?"
)
_EN_TOUT = re.compile(
    r"\b(?:donc|soit|ca fera|ca ferait|en tout|au total|j'aurai|j'aurais) (?:en tout )?(?P<n>\d{3,6})€?[ ?.!]*$"
)
_AURA = re.compile(r"\b(?:j'aurai|j'aurais|je recois|janvier|l'an prochain|l'annee prochaine|attend\w*)\b")
_RECALCULE = re.compile(
    r"^(?:(?:ok|bon|alors|donc|du coup|et) )*(?:recalcule[rz]?|refai\w*(?: le calcul)?|le calcul) "
    r"(?:moi ca |ca |le )?(?:(?:en|pour|comme|avec|si je suis|si j'etais) )?(?P<qui>.{3,40})$"
)
_SELON_L_EMPLOYEUR = re.compile(
    r"\b(?P<dit>(?:mon |ma |la |le |l')(?:patron(?:ne)?|employeur|boite|chef(?:fe)?|entreprise|rh)\b.{3,60})"
)
_PEUT_ETRE = re.compile(r"\b(?:peut etre|ptet|pourrait|pourra|mettrait|paierait|donnerait|verserait|ajouterait)\b")
_A_OTER = re.compile(r"\b(?:peut etre|ptet|eventuellement|normalement) ?")


def lire(
    texte: str, faits: Faits, dernier: str | None, jour: date, droit: Droit, aide: str | None = None
) -> dict[str, Any]:
    """Rend les faits que suppose un message court, après un calcul ; vide s'il dit autre chose.

    Args:
        texte: message reçu.
        faits: ce qu'on savait avant lui.
        dernier: champ du dernier montant dit.
        jour: date d'évaluation.
        droit: faits et paramètres.
        aide: champ de l'aide dont on parle : celle qu'on vient de supposer, sinon celle qui est notée.
    """
    lu = vocabulaire_en_place().normaliseur.lire(texte)
    if len(lu.split()) > _MOTS_MAX:
        return {}
    if dit := _aide_supposee(lu, aide):
        return dit
    if _SANS_AIDE.search(lu) or (_SUPPOSE.search(lu) and plus_d_aide(lu)):
        return {PAYEUR: "aucun"} if faits.get(PAYEUR) not in (None, "aucun") else {}
    if avec := _AVEC.search(lu):
        solde, prix = avec["solde"] or avec["quoi"] == "solde", avec["prix"] or avec["quoi"]
        champ = _SOLDE if solde else "prix" if prix else dernier
        return {champ: en_json(float(avec["n"]))} if champ else {}
    if dernier and (autre := _ET_N.search(lu)):
        return {dernier: en_json(float(autre["n"]))}
    if demande := _RECALCULE.search(lu):
        return statut_nu(demande["qui"])
    return _solde_a_venir(lu, faits, jour, droit) or _aide_esperee(lu, jour) or _montants_supposes(lu, jour)


def aide_corrigee(texte: str, aide: str | None) -> dict[str, Any]:
    """« En fait il verse 500 » : le montant de l'aide de qui paie déjà."""
    lu = vocabulaire_en_place().normaliseur.lire(texte)
    donne = _IL_DONNE.search(lu) if aide and _EN_FAIT.match(lu) and not question_lue(lu) else None
    return {str(aide): en_json(float(donne["n"]))} if donne else {}


def _aide_supposee(lu: str, aide: str | None) -> dict[str, Any]:
    """« Et avec 200 de mon employeur », « et s'il verse 600 » : l'aide de qui est nommé, sinon de qui paie déjà."""
    if nomme := _DU_PAYEUR.search(lu):
        financeurs = vocabulaire_en_place().financeurs.tous(mots(nomme["qui"] or nomme["quoi"]))
        code = next((code for *_, code in financeurs), "autre")
        return {champ_de(code): en_json(float(nomme["n"] or nomme["m"]))}
    seul = len(re.findall(r"\d{3,}", lu)) < 2  # « et s'il met 300 sur un devis de 2200 » : les deux se lisent ailleurs
    donne = _IL_DONNE.search(lu) if aide and seul and _SUPPOSE.search(lu) else None
    return {str(aide): en_json(float(donne["n"]))} if donne else {}


def attend_le_credit(texte: str, changements: Faits) -> bool:
    """Vrai si la supposition compte sur le crédit annuel : il faut dire quand il arrive."""
    return _SOLDE in changements and _AURA.search(vocabulaire_en_place().normaliseur.lire(texte)) is not None


def _solde_a_venir(lu: str, faits: Faits, jour: date, droit: Droit) -> dict[str, Any]:
    """« J'aurai 500 de plus en janvier » : le solde d'alors ; sans montant, celui du crédit d'une année."""
    solde = faits.get(_SOLDE)
    if solde is None:
        return {}
    aura = _AURA.search(lu)
    if aura and (total := _EN_TOUT.search(lu)):
        return {_SOLDE: en_json(float(total["n"]))}
    if aura and (plus := _DE_PLUS.search(lu)):
        return {_SOLDE: en_json(float(solde) + float(plus["n"] or plus["m"]))}
    if not _ATTEND.search(lu):
        return {}
    credit, plafond = (float(droit.montant(nom, jour)) for nom in ("cpf_credit_annuel", "cpf_credit_plafond"))
    return {_SOLDE: en_json(max(float(solde), min(float(solde) + credit, plafond)))}


def _montants_supposes(lu: str, jour: date) -> dict[str, Any]:
    """« Si mon patron met 200 » : supposé sans « et », et pourtant pas un fait."""
    extrait = extraire(lu, jour) if _SUPPOSE.search(lu) else None
    return dict(extrait.valeurs) if extrait and extrait.hypothese and set(extrait.valeurs) <= {*CHAMPS} else {}


def _aide_esperee(lu: str, jour: date) -> dict[str, Any]:
    """« On m'a dit que peut-être mon employeur mettrait 300 » : ce qu'une aide pas encore sûre changerait."""
    dit = _SELON_L_EMPLOYEUR.search(lu) if _PEUT_ETRE.search(lu) else None
    if dit is None:
        return {}
    valeurs = extraire("et si " + _A_OTER.sub("", dit["dit"]), jour).valeurs
    return dict(valeurs) if valeurs and set(valeurs) <= {*AIDES} & {*CHAMPS} else {}
