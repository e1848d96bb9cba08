"""Ce que d'autres paient : employeur, OPCO, région ; qui paie décide du champ."""

from __future__ import annotations

import re

from actions.comprehension import nombres
from actions.comprehension.ecriture import mots
from actions.comprehension.modele import Carnet
from actions.comprehension.sommes import N, environ, pas_une_annee
from actions.comprehension.vocabulaire import Vocabulaire

_PAYER = (
    r"(?:met|mettra|mettrait|mettent|paie\w*|pay\w+|ajoute\w*|abonde|abondera\w*|financ\w+|particip\w+|verse\w*"
    r"|donne\w*|rajoute\w*|complete\w*|prend\w* en charge|offre\w*|accorde\w*)"
)
_AIDE = re.compile(rf"\b{_PAYER}\b[^.!?,\d]{{0,25}}?{N}")
_AIDE_DE = re.compile(rf"{N} (?:\w+ )?(?:de|par|du|d'|payes? par|verses? par) (?P<qui>[^.!?,]{{3,40}})")
# « Le bilan 1500, le patron 300 », « en fait il met 300 » : sans verbe, ou par un pronom.
_AIDE_NUE = re.compile(
    rf"(?:^|, |\bet )(?:le |mon |ma |l'|la )?(?P<qui>patron(?:ne)?|employeur|boite|chef|opco|region) {N}"
)
_IL_MET = re.compile(
    rf"(?<!\w)(?:ils?|elles?|on) (?:me |m')?(?:met\w*|ajoute\w*|rajoute\w*|complete\w*|abonde\w*) (?:que |juste )?{N}"
)
_PAS_UNE_AIDE = re.compile(
    r"\b(?:par mois|net|brut|salaire|de l'heure|par an|plafon\w*|jusqu'a|combien|smic|chomage|indemnites)\b|/ ?mois"
    r"|\ballocations?\b"
)
_RECU = re.compile(r"\b(?:j'ai|me reste|obtenu|recu)\b")
_CHAMP_DE = {"employeur": "dotation_employeur", "opco": "financement_opco"}


def lire(texte: str, suppose: bool, voc: Vocabulaire, carnet: Carnet) -> None:
    """Note « ma boîte met 500 € », « 300 € de la région », s'ils parlent d'un bilan et non d'un revenu."""
    if _PAS_UNE_AIDE.search(texte):
        return
    for trouve in filter(pas_une_annee, _AIDE.finditer(texte)):
        avant = [
            code for *_, code in voc.financeurs.tous(mots(texte[: trouve.start()])) if code not in ("cpf", "soi_meme")
        ]
        if avant and (suppose or not (avant[-1] == "employeur" and _est_un_salaire(texte, trouve))):
            champ = _CHAMP_DE.get(avant[-1], "autres_financements")
            nombres.noter(champ, trouve["n"], carnet, suppose, environ(trouve, voc))
    for trouve in filter(pas_une_annee, [*_AIDE_NUE.finditer(texte), *_IL_MET.finditer(texte)]):
        qui = trouve.groupdict().get("qui")
        code = next((code for *_, code in voc.financeurs.tous(mots(qui))), "") if qui else "employeur"
        champ = _CHAMP_DE.get(code, "autres_financements")
        if champ not in carnet.dits and champ not in carnet.supposes:
            nombres.noter(champ, trouve["n"], carnet, suppose)
    for trouve in filter(pas_une_annee, _AIDE_DE.finditer(texte)):
        qui = voc.financeurs.tous(mots(trouve["qui"]))
        if qui and qui[0][0] <= 1 and qui[0][2] not in ("cpf", "soi_meme") and _RECU.search(texte):
            champ = _CHAMP_DE.get(qui[0][2], "autres_financements")
            nombres.noter(champ, trouve["n"], carnet, suppose, environ(trouve, voc))


def par_pronom(texte: str) -> bool:
    """« En fait c'est vrai, il met 300 » : l'aide déjà nommée."""
    return bool(_IL_MET.search(texte))


def _est_un_salaire(texte: str, trouve: re.Match[str]) -> bool:
    pour_soi = re.search(r"\bme $", texte[: trouve.start()])
    return bool(pour_soi and not re.search(r"bilan|cpf|en plus|dotation|abond|formation", texte))
