"""Montants : solde du CPF, prix, aides ; ce que la personne chiffre pour elle, jamais un chiffre général."""

from __future__ import annotations

import re
from collections.abc import Callable

from actions.comprehension.ecriture import mots
from actions.comprehension.modele import Carnet
from actions.comprehension.propositions import Mode
from actions.comprehension.vocabulaire import Vocabulaire

# Borne technique : au-delà, c'est une faute de frappe.
MONTANT_MAX = 100_000
CHAMPS = ("solde_cpf", "prix", "dotation_employeur", "financement_opco", "autres_financements")
_PLUS_HAUT = ("prix",)

_N = r"(?P<n>-?\d+(?:\.\d+)?)(?:€|(?![\d/.h%]))(?! ?(?:heures?|h\b|ans?\b|mois|%|jours?|ou plus))"
_CPF = r"(?:cpf|compte (?:personnel )?(?:de )?formation|compte cpf|compte (?:pro )?formation)"
_PAS = r"[^.!?\d]"
_SOLDES = [
    re.compile(rf"\b(?:j'ai|j'avais|me reste\w*|dispose de|possede|avec|mes|cumule|reste)\b{_PAS}{{0,30}}?{_N}{_PAS}{{0,22}}?"
               rf"\b(?:sur|de|en|au|dans|du|pour)\b (?:mon |mes |le )?{_CPF}\b"),
    re.compile(rf"\bmon (?:solde )?(?:de |du )?(?:mon )?(?:{_CPF}|solde)(?: (?:cpf|formation|est|c'est|affiche|indique|contient|a|de|il y a|il me"
               rf"|me|reste|j'ai|encore|environ|actuellement|credite|monte|s'eleve|plus que|que|d'|dans les|en ce moment|il|avec|toujours"
               rf"|peu pres|sont|a l'heure actuelle|juste|droits|euros|solde|,|=|presque))*[ ,=]*{_N}"),
    re.compile(rf"^{_N} ?(?:sur|de|en) (?:mon )?{_CPF}\b"),
]  # fmt: skip
_SOLDE_NUL = re.compile(
    rf"\bmon {_CPF} (?:est|c'est) (?:\w+ )?(?:vide|a sec|a 0|nul)\b|\b(?:rien|que dalle|(?:un |le moindre )?(?:sou|euro|rond|centime|kopeck)s?)"
    rf" (?:\w+ )?(?:sur|dans) (?:mon|le) {_CPF}|\bsur mon {_CPF},? (?:j'ai|il y a|je n'ai)(?: plus| vraiment)? (?:rien|que dalle)"
)
_PAS_UN_SOLDE = re.compile(
    r"\b(?:par an|/ ?an|chaque annee|annuel|depens\w+|pay\w+|utilis\w+|manque\w*|droit a|perdu|preleve\w*|vole\w*|plafon\w*|credit\w* de"
    r"|chaque|rembours\w*|besoin|recois|gagne|coute\w*|pris|debite\w*|mis|investi\w*)\b"
)
_PRIX = [
    re.compile(rf"\b(?:mon|le|leur|son|un|ce|du) (?:devis|tarif|prix|cout)\b{_PAS}{{0,25}}?{_N}"),
    re.compile(rf"\b(?:me|m'en|nous) (?:demande(?:nt)?|reclame(?:nt)?|couterait|coute|facture(?:nt)?|propose(?:nt)? (?:un|le|ce) bilan{_PAS}{{0,20}}?a)"
               rf"\b{_PAS}{{0,15}}?{_N}"),
    re.compile(rf"\b(?:mon|le|ce|leur|son) bilan{_PAS}{{0,35}}?\b(?:coute\w*|est a|vaut|serait a|revient a|est de|a|de)\b{_PAS}{{0,12}}?{_N}"),
    re.compile(rf"\bbilan (?:de competences? )?(?:a|pour|de) {_N}"),
]  # fmt: skip
_PAS_UN_PRIX = re.compile(
    r"\b(?:en moyenne|moyen\w*|generalement|souvent|par an|plafon\w*|reste a charge|caution|acompte|participation|par mois|par heure|l'heure"
    r"|cpf (?:paie|paye|finance|couvre|prend)|salaire|en general|jusqu'a|combien)\b"
)
_PAYER = (
    r"(?:met|mettra|mettrait|mette|mettent|paie\w*|paye\w*|payer|paierait|ajoute\w*|abonde\w*|financ\w+|particip\w+|verse\w*|donne\w*|rajoute\w*"
    r"|complete\w*|prend\w* en charge|aide\w*|offre\w*|accorde\w*)"
)
_AIDE = re.compile(rf"\b(?P<verbe>{_PAYER})\b{_PAS}{{0,25}}?{_N}")
_AIDE_DE = re.compile(rf"{_N} (?:\w+ )?(?:de|par|du|d'|payes? par|verses? par) (?P<qui>[^.!?,]{{3,40}})")
_PAS_UNE_AIDE = re.compile(
    r"\b(?:par mois|/ ?mois|net|brut|salaire|de l'heure|par an|plafon\w*|jusqu'a|combien|smic)\b"
)
_POUR_MOI = re.compile(r"\b(?:me|m'|mon|ma|mes|moi|j'ai|je)\b")
_CHAMP_DE = {"employeur": "dotation_employeur", "opco": "financement_opco"}
_C2P = re.compile(
    r"\b(?:utilise|mobilise|convertis|abonde|prends|mets|abondement)\b[^.!?]{0,30}\b(?:c2p|points? (?:de )?(?:penibilite|prevention)"
    r"|compte (?:penibilite|professionnel de prevention)|rente|at ?mp)\b"
)


_AVANT_ANNEE = re.compile(
    r"\b(?:en|de|depuis|annee|fin|debut|date|courant|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre"
    r"|octobre|novembre|decembre) $"
)


def lire(texte: str, mode: Mode, interrogative: bool, voc: Vocabulaire, carnet: Carnet) -> None:
    """Note les montants d'un bloc de texte."""
    suppose = mode == "suppose"
    environ = "environ" if voc.motifs["environ"].search(texte) else None
    if _C2P.search(texte) and re.search(r"\b(?:je|j'|mes|mon)\b", texte):
        carnet.noter("abondement_c2p_ou_atmp", not re.search(r"\b(?:pas|jamais)\b", texte), suppose)
    if _SOLDE_NUL.search(texte):
        carnet.noter("solde_cpf", 0, suppose)
    if not re.search(r"\d", texte):
        return
    for motif in _SOLDES:
        trouve = _sans_annee(motif, texte)
        if trouve and not _PAS_UN_SOLDE.search(_alentour(texte, trouve)):
            _noter("solde_cpf", trouve["n"], suppose, environ, carnet)
            break
    for rang, motif in enumerate(_PRIX):
        trouve = _sans_annee(motif, texte)
        general = rang >= 2 and interrogative and not suppose
        if trouve and not general and not _PAS_UN_PRIX.search(texte) and not _est_solde(trouve["n"], carnet):
            _noter("prix", trouve["n"], suppose, environ, carnet)
            break
    if _POUR_MOI.search(texte) and not _PAS_UNE_AIDE.search(texte) and not (interrogative and not suppose):
        _aides(texte, suppose, environ, voc, carnet)


def _aides(texte: str, suppose: bool, environ: str | None, voc: Vocabulaire, carnet: Carnet) -> None:
    """« ma boîte met 500 € », « 300 € de la région » : qui paie décide du champ."""
    for trouve in filter(_pas_une_annee, _AIDE.finditer(texte)):
        avant = [
            code for _, _, code in voc.financeurs.tous(mots(texte[: trouve.start()])) if code not in ("cpf", "soi_meme")
        ]
        if avant and not (avant[-1] == "employeur" and _est_un_salaire(texte, trouve)):
            _noter(_CHAMP_DE.get(avant[-1], "autres_financements"), trouve["n"], suppose, environ, carnet)
    for trouve in filter(_pas_une_annee, _AIDE_DE.finditer(texte)):
        qui = voc.financeurs.tous(mots(trouve["qui"]))
        if (
            qui
            and qui[0][0] <= 1
            and qui[0][2] not in ("cpf", "soi_meme")
            and re.search(r"\b(?:j'ai|me reste|obtenu|recu)\b", texte)
        ):
            _noter(_CHAMP_DE.get(qui[0][2], "autres_financements"), trouve["n"], suppose, environ, carnet)


def _sans_annee(motif: re.Pattern[str], texte: str) -> re.Match[str] | None:
    return next(filter(_pas_une_annee, motif.finditer(texte)), None)


def _pas_une_annee(trouve: re.Match[str]) -> bool:
    """« en 2021 », « 12/03/2020 » sont des dates ; « 2000 » après « j'ai » est un montant."""
    texte, debut, fin = trouve.string, trouve.start("n"), trouve.end("n")
    nue = re.fullmatch(r"(?:19|20)\d\d", trouve["n"]) and texte[fin : fin + 1] != "€"
    return not (texte[debut - 1 : debut] in ("/", "-") or (nue and _AVANT_ANNEE.search(texte[:debut])))


def _est_un_salaire(texte: str, trouve: re.Match[str]) -> bool:
    return bool(
        re.search(r"\bme $", texte[: trouve.start()])
        and not re.search(r"bilan|cpf|en plus|dotation|abond|formation", texte)
    )


def _est_solde(nombre: str, carnet: Carnet) -> bool:
    return _json(float(nombre)) in (carnet.dits.get("solde_cpf"), carnet.supposes.get("solde_cpf"))


def _alentour(texte: str, trouve: re.Match[str]) -> str:
    return texte[max(0, trouve.start() - 12) : trouve.end() + 14]


def _noter(champ: str, nombre: str, suppose: bool, approximation: str | None, carnet: Carnet) -> None:
    valeur = float(nombre)
    if valeur < 0:
        carnet.refuser(champ, "montant_negatif")
    elif valeur > MONTANT_MAX:
        carnet.refuser(champ, "trop_grand")
    else:
        carnet.noter(champ, _json(valeur), suppose, approximation)


def _json(valeur: float) -> int | float:
    """Un montant au centime : entier si possible."""
    arrondi = round(valeur, 2)
    return int(arrondi) if arrondi == int(arrondi) else arrondi


_NOMBRE_SEUL = re.compile(
    r"(?<![\w.,/])(?P<n>(?:-|moins )?\d+(?:\.\d+)?)(?P<euro>€| ?e\b)?(?![\w/.])(?! ?(?P<autre>heures?|h\b|ans?\b|mois\b|%|jours?\b))"
)
_HEURES = re.compile(r"\d ?(?:heures?|h)\b")
_FOURCHETTE = re.compile(r"\b(?:entre|de) \d+(?:\.\d+)?€? (?:et|a) \d|\d€? (?:ou|a|/|-) ?\d|\d€? \d+€?$")


def repondre(champ: str, texte: str, oui: bool | None, voc: Vocabulaire, carnet: Carnet) -> None:
    """Comprend un montant donné en réponse à une question ; d'une fourchette, le bout prudent."""
    if champ in carnet.dits or champ in carnet.erreurs:
        return
    propre = re.sub(r"\bpas \d+(?:\.\d+)?€?(?=.*\d)|\ben (?:19|20)\d\d\b|\b\d\d?/\d\d?(?:/\d+)?\b", " ", texte)
    trouves = list(_NOMBRE_SEUL.finditer(propre))
    if not trouves:
        _sans_nombre(champ, texte, oui, voc, carnet)
        return
    en_euros = [t for t in trouves if t["euro"]]
    choisis = en_euros if len(en_euros) == 1 else trouves
    nombres = [t["n"].replace("moins ", "-") for t in choisis]
    approximation = "environ" if voc.motifs["environ"].search(texte) else None
    if re.fullmatch(r"[1-9]00[2-9]", nombres[-1]):
        # « mille cinq » : 1 005 ou 1 500 ? On redemande.
        carnet.refuser(champ, "montant_ambigu")
    elif len(set(nombres)) == 1:
        _noter(
            champ,
            nombres[0].lstrip("-") if approximation and "moins de" in texte else nombres[0],
            False,
            approximation,
            carnet,
        )
    elif _FOURCHETTE.search(texte):
        choix: Callable[[list[float]], float] = max if champ in _PLUS_HAUT else min
        _noter(champ, str(choix([abs(float(n)) for n in nombres])), False, "fourchette", carnet)
    elif voc.motifs["correction"].search(texte):
        _noter(champ, nombres[-1], False, approximation, carnet)
    else:
        carnet.refuser(champ, "montant_ambigu")


def _sans_nombre(champ: str, texte: str, oui: bool | None, voc: Vocabulaire, carnet: Carnet) -> None:
    if _HEURES.search(texte):
        carnet.refuser(champ, "en_heures")
    elif voc.motifs["nul"].search(texte) or (oui is False and champ not in ("solde_cpf", "prix")):
        carnet.noter(champ, 0)
    elif oui:
        carnet.refuser(champ, "montant_manquant")
    elif re.search(
        r"\b(?:beaucoup|pas mal|pas grand chose|un peu|peu|plein|plafond|plafonne|le max|la totale)\b", texte
    ):
        carnet.refuser(champ, "montant_imprecis")
