"""Ce qu'une réponse dit d'autre que ce qu'on demandait : « en CDI dans le privé », « 1200 euros », « jamais fait »."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from actions.comprehension import est_une_question, extraire, fin_arret
from actions.comprehension.aides import autre_aide_dite
from actions.comprehension.devis import PRIX_MIN
from actions.comprehension.hypotheses import payeur, plus_d_aide
from actions.comprehension.nombres import en_json
from actions.comprehension.nus import jamais_fait, montant_nu, statut_nu
from actions.comprehension.vocabulaire import vocabulaire_en_place
from actions.parcours import dates_dites, dementis
from actions.parcours.argent_dit import redit_un_montant
from actions.parcours.choix import simplifier
from actions.parcours.faits import AU_PLUS_TOT

_NOMBRE = r"(\d+(?:\.\d+)?)€?"
_OU = r"(?: (?:(?:sur|de|dans) (?:mon |le )?(?:cpf|compte|solde)|(?:le|mon) (?:prix|devis|bilan|solde|cpf)))?"
_ET_PAS = re.compile(rf"\bpas {_NOMBRE},? (?:mais |c'est |plutot )*{_NOMBRE}(?![\d.])")
_PLUTOT = re.compile(rf"(?<![\d.]){_NOMBRE}{_OU},? (?:et )?(?:non |c'est )?pas {_NOMBRE}(?![\d.])")
# Quel montant se corrige, quand l'ancien n'est pas retenu tel quel ou l'est deux fois.
_NOMMES = {
    "prix": re.compile(r"\b(?:prix|devis|tarif|coute|bilan)\b"),
    "solde_cpf": re.compile(r"\b(?:j'ai|cpf|solde|mon compte)\b"),
}
_SOLDE_ET_NON_PRIX = re.compile(rf"(?<![\d.]){_NOMBRE},? c'?est mon (?:cpf|solde|compte)\b.*\bpas (?:le|du) prix\b")
_PRIX_NOMME = re.compile(rf"\b(?:bilan|devis|prix|coute)(?: (?:a|de|est|est de|c'est))? {_NOMBRE} ?(?:€|euros?\b|$)")
_MONTANTS = ("solde_cpf", "prix", "montant_aide")
_BOUTS = re.compile(r"[,;\n]|\b(?:et|mais)\b")
# Montants que demande un parcours : une somme dite hors de propos n'est notée que s'il n'en reste qu'un.
_SOLDE = ("solde_cpf",)
_MONTANTS_DE = {"simuler_cout": ("prix", "solde_cpf")}
_BILAN = "dernier_bilan_date"
QUAND = "date_debut"
_DATENT = ("planifier", "rediger_lettre")
_AU_PLUS_TOT = re.compile(r"\b(?<!pas )(?:le |au )?plus (?:tot|vite)(?: possible)?\b|\bdes que possible\b")
_UN_JOUR = re.compile(r"\d{4}-\d\d-\d\d")
_SEMAINE = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_AUTRE_JOUR = re.compile(
    rf"\b(?:c'est|plutot|finalement|en fait) (?:c'est )?(?:plutot )?le ({'|'.join(_SEMAINE)})\b(?! \d)"
)
# « C'était hier, le 27 novembre », « finir avant juin » : une date, mais pas celle du début.
_PAS_LE_DEBUT = re.compile(
    r"\b(?:avant[- ])?hier\b|\b(?:semaine|mois|an(?:nee)?) (?:derniere?|passee?)\b|\bc'etait\b"
    r"|\bm'a (?:dit|repondu|parle|ecrit)\b|\b(?:demande|absence) (?:faite|partie|envoyee)\b|\bjusqu"
    r"|\bj'ai (?:deja )?ecrit\b(?!.*\bpour\b)|\b(?:refus|repouss|report|recul|propose)\w*|\brecue?\b"
    r"|\b(?:envoy|depos|transm)\w*|\b(?:j'ai|l'ai|a|ont) (?:\w+ )?demande\b(?!.*\bpour\b)|\b(?:la|ma|sa) demande\b"
)
_FIN_D_ARRET = re.compile(
    r"\barret\b(?: de travail| maladie)? (?:(?!est\b|etait\b)\w+ ){0,2}(?:fini\w*|se termine|s'arrete|jusqu)"
    r"|\bfin (?:de |d')(?:mon |l'|cet )?arret\b"
    r"|\b(?:je|j') (?:reprends?|reprendrai|vais reprendre) (?:le (?:travail|boulot|taf) )?(?:le \d|en |debut |mi |fin )"
)
_PLUS_CE_STATUT = re.compile(
    r"\bje (?:ne )?suis (?:plus|pas) (?:une? |du tout |au |en |dans le )?"
    r"(?:salariee?|prive|fonctionnaire|agente?|independante?|chomage|cdi|cdd|interim\w*|public)\b"
)
_FIN = re.compile(r"\b(?:fini\w*|termin\w*|boucl\w*|acheve\w*)\b.*\b(?:avan[st]?|pour|d'ici|en|au plus tard)\b")
_NOMME_UN_MOIS = re.compile(r"\b(?:janv|fev|mars\b|avri|mai\b|juin|juil|aout|sept|oct|nov|dec)|\d/\d")


def lire(
    textes: Collection[str], parcours: str | None, faits: Mapping[str, Any], jour: date, montants: bool = True
) -> dict[str, Any]:
    """Rend les faits que nomme chaque bout d'un message, à côté de la question posée.

    Args:
        textes: le message, et sa lecture à l'oreille.
        parcours: celui qui est ouvert ; il dit quels montants on attend.
        faits: ce qu'on sait déjà.
        jour: date du message ; « en février » est celui qui vient.
        montants: faux si la question demande un nombre, qui répondrait alors à elle.
    """
    lus: dict[str, Any] = {}
    for texte in textes:
        bouts = _BOUTS.split(texte)
        for bout in bouts:
            lus |= statut_nu(bout) | (_montant(bout, parcours, faits) if montants else {})
            lus |= _date(bout, texte, jour) if parcours in _DATENT else {}
        lus |= dates_dites.lire(texte, jour) if parcours in (*_DATENT, "parler_employeur") else {}
        if parcours == "planifier" and QUAND not in lus and _AU_PLUS_TOT.search(simplifier(texte)):
            lus[QUAND] = AU_PLUS_TOT  # dit à une autre question : ne se redemandera pas
        if any(map(jamais_fait, (texte, *bouts))):
            lus["dernier_bilan"] = "aucun"
    return lus


def solde_dit(texte: str) -> dict[str, Any]:
    """« J'ai 1200 euros, c'est assez ? » : ce qui précède la question dit le solde."""
    bouts = [bout for bout in _BOUTS.split(texte) if not est_une_question(bout)]
    possedes = {lu[0] for lu in map(montant_nu, bouts) if lu and lu[1]}
    return {"solde_cpf": possedes.pop()} if len(possedes) == 1 else {}


def prix_d_ouverture(texte: str, jour: date) -> dict[str, Any]:
    """La somme seule d'un message qui demande le calcul, lue comme une réponse à « quel est le prix ? »."""
    valeurs = extraire(texte, jour, "prix").valeurs
    prix = valeurs.get("prix")
    return {"prix": prix} if isinstance(prix, int | float) and prix >= PRIX_MIN else {}


def prix_nomme(texte: str, jour: date) -> dict[str, Any]:
    """« Bilan à 1700 euros », « devis 1 500 » : le prix, si c'est bien lui que le chiffre dit."""
    nomme = _PRIX_NOMME.search(simplifier(texte))
    return prix_d_ouverture(f"{nomme[1]} euros", jour) if nomme else {}


def remplacer(texte: str, faits: Mapping[str, Any]) -> dict[str, Any]:
    """« C'est 500 euros, pas 5000 » corrige le montant qui valait 5000 ; « c'est mon CPF, pas le prix » le déplace.

    « C'est le samedi, pas le jeudi » garde la semaine du début déjà dit.
    """
    simple = simplifier(texte)
    if (jour := _AUTRE_JOUR.search(simple)) and _UN_JOUR.fullmatch(str(faits.get(QUAND))):
        connu = date.fromisoformat(str(faits[QUAND]))
        return {QUAND: (connu + timedelta(days=_SEMAINE.index(jour[1]) - connu.weekday())).isoformat()}
    if dementi := dementis.lire(texte, faits):
        return dementi
    if annee := dates_dites.annee_corrigee(texte, faits.get(_BILAN)):
        return {_BILAN: annee}
    voc = vocabulaire_en_place()
    lu = voc.normaliseur.lire(texte)
    if faits.get("dernier_bilan") not in (None, "aucun") and (qui := payeur(lu, voc)) not in (
        None,
        faits.get("dernier_bilan_financeur"),
    ):
        return {"dernier_bilan_financeur": qui}
    if faits.get("autre_payeur") not in (None, "aucun") and not est_une_question(texte) and plus_d_aide(lu):
        return autre_aide_dite(lu, voc) or {"autre_payeur": "aucun"}
    trouve, inverse = _PLUTOT.search(simple), _ET_PAS.search(simple)
    if trouve is None and inverse is None:
        solde = _SOLDE_ET_NON_PRIX.search(simple)
        confondu = solde is not None and faits.get("prix") == en_json(float(solde[1]))
        return {"solde_cpf": faits["prix"], "prix": None} if confondu else {}
    nombres = trouve.groups() if trouve else inverse.groups()[::-1] if inverse else ()
    juste, faux = (en_json(float(nombre)) for nombre in nombres)
    if any(faits.get(champ) == juste and motif.search(simple) for champ, motif in _NOMMES.items()):
        return {}  # déjà retenu : « le prix c'est 1700, pas 600 » ne touche pas au solde de 600
    vises = [champ for champ in _MONTANTS if faits.get(champ) == faux]
    if len(vises) != 1:
        vises = [champ for champ, motif in _NOMMES.items() if faits.get(champ) is not None and motif.search(simple)]
    return {vises[0]: juste} if len(vises) == 1 else {}


def dement_le_statut(texte: str, faits: Mapping[str, Any]) -> bool:
    """« Je suis plus salarié, change » : le statut retenu n'est plus le bon, sans que le bon soit dit."""
    return faits.get("statut") is not None and _PLUS_CE_STATUT.search(simplifier(texte)) is not None


def date_la_fin_d_arret(texte: str) -> bool:
    """« Mon arrêt finit le 14 janvier », « je reprends le 15 » : la fin de l'arrêt, et non le début du bilan."""
    return _FIN_D_ARRET.search(simplifier(texte)) is not None


def date_une_fin(texte: str) -> bool:
    """« Je veux finir avant juin » ne dit pas quand commencer."""
    return _FIN.search(simplifier(texte)) is not None


def debut_dit(texte: str, jour: date) -> dict[str, Any]:
    """« La lettre, mi-mars, bilan sur 7 mois » : le début que date un bout du message."""
    dits = (_date(bout, texte, jour) for bout in _BOUTS.split(texte))
    return next((dit for dit in dits if dit), {})


def _date(bout: str, texte: str, jour: date) -> dict[str, Any]:
    """« En février, je pense » : une date nommée, qui ne date ni un arrêt ni un contrat. Une durée n'en est pas une."""
    simple = simplifier(bout)
    autre_date = any(motif.search(simple) for motif in (_FIN, _FIN_D_ARRET, _PAS_LE_DEBUT))
    if autre_date or not _NOMME_UN_MOIS.search(simple):
        return {}
    valeurs = extraire(bout, jour, QUAND).valeurs
    # « Après le 20 janvier je fais comment, c'est ma consolidation » : la fin de l'arrêt se dit plus loin.
    return dict(valeurs) if set(valeurs) == {QUAND} and valeurs[QUAND] not in _de_l_arret(texte, jour) else {}


def _de_l_arret(texte: str, jour: date) -> Collection[str]:
    """Dernier jour d'arrêt et jour de reprise qu'un message dit."""
    fin = fin_arret.trouver(vocabulaire_en_place().normaliseur.lire(texte), jour)
    return {fin.jour.isoformat(), (fin.jour + timedelta(days=1)).isoformat()} if fin else ()


def _montant(bout: str, parcours: str | None, faits: Mapping[str, Any]) -> dict[str, Any]:
    """Une somme seule : prix ou solde ? Sans le savoir, on redemande."""
    montant = montant_nu(bout)
    if montant is None:
        return {}
    valeur, possede = montant
    possibles = _SOLDE if possede else _MONTANTS_DE.get(str(parcours), _SOLDE)
    attendus = [champ for champ in possibles if faits.get(champ) is None] or possibles
    return {attendus[0]: valeur} if len(attendus) == 1 else redit_un_montant(valeur, possibles, faits)
