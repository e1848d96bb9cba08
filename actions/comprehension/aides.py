"""Ce que d'autres paient : employeur, OPCO, région ; qui paie décide du champ, une part se calculera sur le prix."""

from __future__ import annotations

import re
from collections.abc import Iterator

from actions.comprehension import nombres, parts
from actions.comprehension.ecriture import mots
from actions.comprehension.modele import Carnet
from actions.comprehension.nombres import AIDES
from actions.comprehension.sommes import N, pas_une_annee
from actions.comprehension.vocabulaire import Vocabulaire

_PAYER = (
    r"(?:met|mettre|mettra|mettrait|mettent|paie\w*|pay\w+|ajoute\w*|abonde|abondera\w*|financ\w+|particip\w+|verse\w*"
    r"|donne\w*|rajoute\w*|complete\w*|prend\w* en charge|offre\w*|accorde\w*)"
)
_AIDE = re.compile(rf"\b{_PAYER}\b[^.!?,\d]{{0,25}}?{N}")
_AIDE_DE = re.compile(rf"{N} (?:\w+ )?(?:de|par|du|d'|payes? par|verses? par) (?P<qui>[^.!?,]{{3,40}})")
_EMPLOYEUR = r"(?:patron(?:ne)?|employeur|boite|chef|entreprise|societe)"
# « Le bilan 1500, le patron 300 », « en fait il met 300 » : sans verbe, ou par un pronom.
_AIDE_NUE = re.compile(
    rf"(?:^|, |\bet |(?<=[\d€]) )(?:(?:oui|non|avec|c'est),? )*(?:le |mon |ma |l'|la )?"
    rf"(?P<qui>{_EMPLOYEUR}|opco|region),? {N}"
)
_IL_MET = re.compile(
    rf"(?<!\w)(?:ils?|elles?|on) (?:me |m')?(?:met\w*|ajoute\w*|rajoute\w*|complete\w*|abonde\w*) (?:que |juste )?{N}"
)
# « La moitié », « 30 % » : payés par qui est nommé juste avant, ou juste après.
_PART_PAYEE = re.compile(rf"\b(?:{_PAYER}|prend\w*|couvre\w*|rembours\w+)\b[^.!?,\d]{{0,25}}?(?<![\w/]){parts.PART}")
_PART_NUE = re.compile(rf"\b(?P<qui>{_EMPLOYEUR}|opco|region),? (?:c'est |a |pour )?{parts.PART}")
_PART_DE = re.compile(
    rf"(?<![\w/]){parts.PART} (?:\w+ )?(?:de|par|pour) (?:le |mon |ma |l'|la )?(?P<qui>{_EMPLOYEUR}|opco|region)\b"
)
# « La boîte paye 900 », sans « ma » : il n'y en a qu'une dont on parle ici.
_LE_PAYEUR_PAIE = re.compile(
    rf"(?:\b(?:la|ma|le|mon) |\bl'|^){_EMPLOYEUR}\b(?:(?!\b(?:peu[tx]|peuvent|doi|devrai|pourrai))[^.!?,\d]){{0,25}}?"
    rf"\b{_PAYER}\b"
)
# « C'est l'OPCO qui met 100 », « finalement la région verse 200 » : le fait de la personne, et non la règle.
_UN_AUTRE_PAIE = re.compile(
    rf"\b(?:c'est|en fait|finalement|maintenant),? (?:c'est )?(?:l'|la |mon |ma |le )(?:opco|region|{_EMPLOYEUR})"
    rf" (?:qui )?(?:me )?{_PAYER} "
)
_A_COMPTER = re.compile(r"\b(?:compte\w*|oubli\w+|ajoute\w*|enleve\w*|dedui\w+|retire\w*|manque\w*|prendre|pris)\b")
_PAS_UNE_AIDE = re.compile(
    r"\b(?:par mois|net|brut|salaire|de l'heure|par an|plafon\w*|jusqu'a|combien(?! (?:je|j'|ca me|il me|moi)\b)"
    r"|smic|chomage|indemnites)\b|/ ?mois"
    r"|\ballocations?\b"
)
# Ce que l'on n'a pas demandé n'est pas acquis.
_PAS_ACQUIS = re.compile(
    r"\b(?:peut etre|pourrai\w+|j'espere|esperer|pas (?:encore )?(?:ose )?(?:lui )?demande\w*"
    r"|(?:vais|dois|veux|voudrais|faut que je|aimerais) (?:lui )?(?:bien )?(?:que |demande\w*))"
    # « Une lettre pour demander à mon employeur de compléter de 1200 » : ce que l'on demande n'est pas donné.
    r"|\b(?:demander|reclamer|negocier|solliciter|proposer|convaincre|obtenir|lettre|courrier|mail)\b"
    # « Ça dépend si mon patron veut bien » : tant qu'il n'a pas dit oui, ce n'est pas un payeur.
    r"|\b(?:ca|cela|sa) depend\w*|\bpas sure?\b|\bfaut voir\b"
    r"|\bsi (?:mon |ma |mes |la |le |l'|ils? |elles? |on )[^,.;?]{0,30}?"
    r"\b(?:veu(?:t|lent)|accepte\w*|d'accord|est ok|dit oui)\b"
)
# « Personne ne m'aide », « patron paye pas » : à côté d'un prix ou d'un solde, il n'y a pas d'autre payeur.
_PERSONNE = re.compile(
    r"\bpersonne (?:d'autre )?(?:ne |n'|qui )?(?:me |m')?(?:aide|pa[iy]e|finance|participe|met|prend|complete)\b"
    rf"|\b(?:{_EMPLOYEUR}|opco|il|elle) (?:il |elle )?(?:ne |n')?(?:pa[iy]e|met|participe|finance|donne|aide"
    r"|veut (?=(?:pas|rien) (?:payer|mettre|financer|participer|donner|aider)))"
    r" ?(?:pas|rien|que dalle)\b(?! (?:que|encore|si|mes|les|le|la|mon|bien|assez|sur|pour))"
    r"|\b(?:sans|aucune|pas d'|zero ) ?aides?\b(?! (?:soignant|a domicile|de (?!mon|l'|ma)))"
    r"|(?:^|, |\bet )(?:non )?personne d'autre(?= ?(?:$|,))"
    r"|\b(?:que|juste|seulement) moi qui pa[iy]e\b"
)
_ARGENT = {"prix", "solde_cpf"}
_C_EST_MOI = re.compile(r"\b(?:je|j'|m'oblige a|me (?:fait|faire)) ?(?:\w+ )?$")
_RECU = re.compile(r"\b(?:j'ai|me reste|obtenu|recu)\b")
_CHAMP_DE = {"employeur": "dotation_employeur", "opco": "financement_opco"}
_PAS_D_UN_AUTRE = ("cpf", "soi_meme")


def lire(texte: str, suppose: bool, voc: Vocabulaire, carnet: Carnet) -> None:
    """Note « ma boîte met 500 € », « 300 € de la région », s'ils parlent d'un bilan et non d'un revenu."""
    if _PAS_UNE_AIDE.search(texte) or (not suppose and pas_acquise(texte)):
        return
    for trouve in filter(pas_une_annee, _AIDE.finditer(texte)):
        code = _qui_paie(texte, trouve, voc)
        if code and (suppose or not (code == "employeur" and _est_un_salaire(texte, trouve))):
            nombres.noter_somme(champ_de(code), trouve, carnet, suppose, voc)
    for trouve in filter(pas_une_annee, [*_AIDE_NUE.finditer(texte), *_IL_MET.finditer(texte)]):
        champ = champ_de(_nomme(trouve, voc) or "employeur")
        if champ not in carnet.dits and champ not in carnet.supposes:
            nombres.noter_somme(champ, trouve, carnet, suppose, voc)
    for trouve in filter(pas_une_annee, _AIDE_DE.finditer(texte)):
        qui = voc.financeurs.tous(mots(trouve["qui"]))
        dite = _RECU.search(texte) or _A_COMPTER.search(texte)
        if qui and qui[0][0] <= 1 and qui[0][2] not in _PAS_D_UN_AUTRE and dite:
            nombres.noter_somme(champ_de(qui[0][2]), trouve, carnet, suppose, voc)
    for code, part in _parts(texte, voc):
        if champ_de(code) not in {**carnet.dits, **carnet.supposes}:
            carnet.noter(champ_de(code), part, suppose)


def lire_le_refus(texte: str, suppose: bool, generale: bool, carnet: Carnet) -> None:
    """Note qu'il n'y a pas d'autre payeur, si un prix ou un solde dit qu'on parle du bilan, et non d'une paie."""
    aides = {*AIDES} & {*carnet.dits, *carnet.supposes}
    if not generale and not aides and _ARGENT & {*carnet.dits, *carnet.supposes} and _PERSONNE.search(texte):
        carnet.noter("autre_payeur", "aucun", suppose)


def champ_de(code: str) -> str:
    """Champ de l'aide que verse un financeur."""
    return _CHAMP_DE.get(code, "autres_financements")


def pas_acquise(texte: str) -> bool:
    """« Mon patron peut-être, mais je lui ai pas demandé » : une aide espérée n'est pas une aide."""
    return bool(_PAS_ACQUIS.search(texte))


def sans_possessif(texte: str) -> bool:
    """« En fait il met 300 », « la boîte paye 900 » : l'aide de la personne, sans « mon » ni « ma »."""
    if _UN_AUTRE_PAIE.search(texte):
        return True
    a_compter = _A_COMPTER.search(texte) and _AIDE_DE.search(texte)
    return bool(a_compter or _IL_MET.search(texte) or _LE_PAYEUR_PAIE.search(texte))


def autre_aide_dite(texte: str, voc: Vocabulaire) -> dict[str, int | float]:
    """« Il met rien, c'est l'OPCO qui met 100 » : l'aide d'un autre, que le même message dit."""
    carnet = Carnet()
    lire(texte, False, voc, carnet)
    return {champ: valeur for champ, valeur in carnet.dits.items() if isinstance(valeur, int | float)}


def _parts(texte: str, voc: Vocabulaire) -> Iterator[tuple[str, str]]:
    for motif in (_PART_PAYEE, _PART_NUE, _PART_DE):
        for trouve in motif.finditer(texte):
            code = _qui_paie(texte, trouve, voc) if motif is _PART_PAYEE else _nomme(trouve, voc)
            if code and (part := parts.ecrire(trouve)):
                yield code, part


def _qui_paie(texte: str, trouve: re.Match[str], voc: Vocabulaire) -> str | None:
    """Le financeur nommé juste avant le verbe, s'il n'est ni le CPF ni la personne."""
    avant = texte[: trouve.start()]
    codes = [code for *_, code in voc.financeurs.tous(mots(avant))]
    return codes[-1] if codes and codes[-1] not in _PAS_D_UN_AUTRE and not _C_EST_MOI.search(avant) else None


def _nomme(trouve: re.Match[str], voc: Vocabulaire) -> str | None:
    qui = trouve.groupdict().get("qui")
    return next((code for *_, code in voc.financeurs.tous(mots(qui))), None) if qui else None


def _est_un_salaire(texte: str, trouve: re.Match[str]) -> bool:
    pour_soi = re.search(r"\bme $", texte[: trouve.start()])
    return bool(pour_soi and not re.search(r"bilan|cpf|en plus|dotation|abond|formation", texte))
