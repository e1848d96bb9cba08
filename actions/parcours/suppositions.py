"""Ce qu'on suppose après un calcul, en peu de mots : « et sans le patron », « et en janvier ? », « et avec 1451 ? »."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from actions.comprehension import extraire
from actions.comprehension.nombres import AIDES, CHAMPS, en_json
from actions.comprehension.nus import statut_nu
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


def lire(texte: str, faits: Faits, dernier: str | None, jour: date, droit: Droit) -> dict[str, Any]:
    """Rend les faits que suppose un message court, après un calcul ; vide s'il dit autre chose.

    Args:
        texte: message reçu.
        faits: ce qu'on savait avant lui.
        dernier: champ du dernier montant dit.
        jour: date d'évaluation.
        droit: faits et paramètres.
    """
    lu = vocabulaire_en_place().normaliseur.lire(texte)
    if len(lu.split()) > _MOTS_MAX:
        return {}
    if _SANS_AIDE.search(lu):
        return {PAYEUR: "aucun"} if faits.get(PAYEUR) not in (None, "aucun") else {}
    if avec := _AVEC.search(lu):
        solde, prix = avec["solde"] or avec["quoi"] == "solde", avec["prix"] or avec["quoi"]
        champ = _SOLDE if solde else "prix" if prix else dernier
        return {champ: en_json(float(avec["n"]))} if champ else {}
    if demande := _RECALCULE.search(lu):
        return statut_nu(demande["qui"])
    return _solde_a_venir(lu, faits, jour, droit) or _aide_esperee(lu, jour)


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


def _aide_esperee(lu: str, jour: date) -> dict[str, Any]:
    """« On m'a dit que peut-être mon employeur mettrait 300 » : ce qu'une aide pas encore sûre changerait."""
    dit = _SELON_L_EMPLOYEUR.search(lu) if _PEUT_ETRE.search(lu) else None
    if dit is None:
        return {}
    valeurs = extraire("et si " + _A_OTER.sub("", dit["dit"]), jour).valeurs
    return dict(valeurs) if valeurs and set(valeurs) <= {*AIDES} & {*CHAMPS} else {}
