"""L'accord du médecin traitant et celui de la caisse : il faut les deux ; un seul, ou une attente, ne suffit pas."""

from __future__ import annotations

import re
from typing import Literal

from actions.comprehension.modele import Carnet
from actions.comprehension.propositions import Mode
from actions.comprehension.reponses import question_lue
from actions.comprehension.reprise import ARRET
from actions.comprehension.vocabulaire import Vocabulaire

Avis = Literal["oui", "non", "doute", "rien"]

_CAISSE = r"(?:caisse|cpam|secu|securite sociale|ameli|assurance maladie|medecin conseil|msa)"
_ACCORD = re.compile(
    rf"\b(?:ma|la|l'|mon|le)?\s?{_CAISSE}\b[^.!?]{{0,40}}?\b(?<!n')(?P<oui>(?:est"
    rf"|sont|etait|serait) (?!pas)(?:\w+ )?d'accord|(?:a|ont) (?:bien |deja )?(?:accepte|dit oui"
    r"|valide|donne (?:son|leur) accord|autorise)|accepte|valide|est ok|c'est ok)"
    rf"|\bj'ai (?:bien |deja |eu |recu |obtenu )*(?:l'|un |mon )accord\b[^.!?]{{0,30}}?{_CAISSE}"
    rf"|\b{_CAISSE}\b[^.!?]{{0,40}}?\b(?P<non>n'est pas d'accord|(?:est|sont) pas d'accord|(?:a|ont"
    rf"|m'a) (?:deja )?(?:refuse|dit non)"
    r"|refuse|dit non|veut pas|ne veut pas|pas d'accord)"
)
# « J'ai pas l'accord de la caisse », « la caisse n'a pas encore répondu ».
_PAS_ENCORE = re.compile(
    rf"\bj(?:'|e n')ai (?:pas|plus|jamais)(?: encore)?(?: eu| recu)? (?:l'|d'|leur |son )?accord\b"
    rf"[^.!?]{{0,30}}?{_CAISSE}"
    rf"|\b{_CAISSE}\b[^.!?]{{0,20}}?\b(?:n'a|n'ont|a|ont) (?:pas|rien)(?: encore)? (?:repondu|donne|accepte|dit)"
    rf"|\b{_CAISSE} (?:pas encore|toujours pas)\b"
)
_MOTS_D_UNE_REPONSE = 8
_QUI = {
    "medecin": re.compile(r"\b(?:medecin(?! conseil)|traitant|psy|therapeute|lui)\b"),
    "caisse": re.compile(rf"\b{_CAISSE}\b"),
}
_COUPE = re.compile(r"[,.;!]|\b(?:mais|et|par contre|sauf|puis|ni|alors que)\b")
_DEUX = re.compile(
    r"\b(?:les|tous les|toutes les|l'accord des|des|mes) 2\b|\b2 (?:accords|oui|ok)\b|\b(?:l'un|un) et l'autre\b"
)
_AUCUN = re.compile(r"\bni (?:l'un|de l'un|le|mon|de|du)\b|\baucun\b|\bni l'un\b")
_DOUTE = re.compile(
    r"\b(?:sais? (?:pas|plus)|aucune idee|ignore|me (?:rappelle|souviens) (?:pas|plus)|suis pas sure?)\b"
)
_NON = re.compile(
    r"\b(?:pas|non|refus\w*|rejet\w*|attends?|attente|en cours|jamais|veut pas|manque\w*|rien|reste|encore|contre"
    r"|trai?ne\w*|tarde\w*|bloque\w*)\b"
    r"|\b(?:je dois|faut) "
)
_OUI = re.compile(
    r"\b(?:oui|ok|d'accord|accords?|accepte\w*|valide\w*|autorise\w*|donne\w*|favorable|veut bien"
    r"|feu vert|aussi|pareil|egalement"
    r"|signe\w*|bon"
    r"|idem|obtenu\w*|accorde\w*|partant\w*)\b"
)
_ILS = re.compile(
    r"\bils (?:sont|ont)\b|\btou(?:t|s) (?:est )?(?:bon|ok|valide|d'accord|accepte|signe)\b"
    r"|\bj'ai (?:\w+ )?(?:les|mes|leurs?) accords?\b|\baccords? (?:\w+ )?(?:obtenu|recu|donne|eu)s?\b"
)
# « Oui je suis en arrêt jusqu'au 14 », « oui, la sécu me paye » : ce oui-là ne dit pas que les accords sont donnés.
_OUI_DE_TETE = re.compile(
    r"^(?:(?:oui|ouais|ui|ok|bah|ben|bon|euh|alors|bien sur|exactement|effectivement|voila|toujours|encore)\b[ ,.]*)+"
)
_AUTRE_CHOSE = re.compile(
    rf"\b(?:{ARRET}|patron\w*|employeur|chefe?|boite|rh|drh|cpf|prix|euros?|bilan|savoir|comment|combien"
    r"|maladie|malade|accident|at|inapte|invalidite|mi temps|reprends?|reprise|jusqu'?\w*"
    r"|prolong\w*|salarie\w*|cdi|cdd|prive|fonctionnaire|interim\w*"
    r"|(?:me|m'|nous) ?(?:paye?|paie|verse\w*|indemnise\w*|rembourse\w*|suit))\b"
)
# « Peut-on s'en passer si le médecin-conseil est d'accord ? » : qui veut faire sans un accord ne le dit pas obtenu.
_SANS_LUI = re.compile(
    r"\bse passer d|\bs'en passer\b"
    r"|\bsans (?:attendre |avoir |demander )?(?:l'|son |leur |cet |aucun )?(?:accord|avis)\b"
    r"|\bbesoin (?:aussi )?de (?:l'|son |leur )accord|\bsuffi\w*\b"
)
# Démenti d'un accord : « j'ai l'accord de personne », « j'ai aucun accord », « j'ai pas leurs accords ».
_DEMENT = re.compile(
    r"\baccords? d(?:e |')(?:personne|aucun)\b|\bj(?:'|e n')ai (?:eu |recu )?(?:aucun|0|zero) accords?\b"
    r"|\bj(?:'|e n')ai (?:pas|jamais|rien)(?: encore| du tout)? (?:eu |recu |demande )?"
    r"(?:l'|d'|les |leurs? |ces |ses |mes |les 2 |un )accords?\b(?!.*\b(?:patron|employeur|chefe?|boite|rh|drh)\b)"
    r"|\b(?:personne|ni l'un ni l'autre) (?:ne |n')?(?:m'a|a) (?:donne|dit)\b.*\baccord"
    r"|\bpersonne (?:n'est|est) d'accord\b|\bj(?:'|e n')ai (?:encore )?rien (?:demande|dit) (?:a )?(?:la |ma |mon )?"
    r"(?:caisse|secu|cpam|medecin|docteur)\b"
)
_DIT_UN_ACCORD = re.compile(
    rf"{_OUI.pattern}|{_ILS.pattern}|\b(?:deux|2|valid\w*|reponse|papiers?|courrier|ecrit|l'ai|les ai)\b"
)
_REFUS = re.compile(r"\b(?:refus\w*|dit non|veu(?:t|lent) pas|rejet\w*)\b")


def accord(texte: str, mode: Mode, interrogative: bool, carnet: Carnet) -> None:
    """Note l'accord de la caisse, dit ou supposé, sans qu'on l'ait demandé."""
    if _PAS_ENCORE.search(texte) and not interrogative:
        carnet.noter("accord_caisse", False, mode == "suppose")
        return
    trouve = _ACCORD.search(texte)
    if trouve and not (interrogative and mode == "dit"):
        carnet.noter("accord_caisse", not trouve["non"], mode == "suppose")


def dementi(lu: str) -> bool:
    """« Non j'ai l'accord de personne » dément un accord noté à tort."""
    return bool(_DEMENT.search(lu))


def s_en_passe(lu: str) -> bool:
    """« Peut-on se passer de son accord si la caisse est d'accord ? » ne suppose ni ne dit aucun accord."""
    return bool(_SANS_LUI.search(lu)) and question_lue(lu)


def repondre(texte: str, oui: bool | None, doute: bool, voc: Vocabulaire, carnet: Carnet) -> None:
    """Comprend la réponse à « le médecin et la caisse sont-ils d'accord ? » ; « je ne sais pas » reste à noter."""
    carnet.dits.pop("accord_caisse", None)
    carnet.erreurs.pop("accord_caisse", None)
    lu = _conclure(texte, oui, doute, voc)
    if lu is not None:
        carnet.noter("accord_caisse", lu)


def _conclure(texte: str, oui: bool | None, doute: bool, voc: Vocabulaire) -> bool | None:
    if (_AUCUN.search(texte) or _DEMENT.search(texte)) and not _DOUTE.search(texte):
        return False
    if oui and _parle_d_autre_chose(texte):
        return None
    avis = _avis(texte)
    if _DEUX.search(texte) and not doute:
        return not _NON.search(texte)
    if "non" in avis.values():
        return False
    if "doute" in avis.values() or (doute and not avis):
        return None
    if avis:
        # Un seul des deux accords ne suffit pas ; « oui, la caisse est d'accord » répond pour les deux.
        return len(avis) == 2 or (oui is True and "caisse" in avis)
    if _REFUS.search(texte) or voc.motifs["attente"].search(texte):
        return False
    return True if _ILS.search(texte) and not _NON.search(texte) else oui


def _parle_d_autre_chose(texte: str) -> bool:
    """Le oui porte sur l'arrêt, la paie ou le contrat, et rien après lui ne nomme un accord."""
    reste = _OUI_DE_TETE.sub("", texte)
    return bool(_AUTRE_CHOSE.search(reste)) and not _DIT_UN_ACCORD.search(reste)


def _avis(texte: str) -> dict[str, Avis]:
    """Ce que disent le médecin et la caisse, chacun dans son bout de phrase ; un bout muet suit son voisin."""
    bouts: list[tuple[list[str], Avis]] = []
    for bout in _COUPE.split(texte):
        acteurs = [nom for nom, motif in _QUI.items() if motif.search(bout)]
        dit: Avis = (
            "doute" if _DOUTE.search(bout) else "non" if _NON.search(bout) else "oui" if _OUI.search(bout) else "rien"
        )
        if acteurs or dit != "rien":
            bouts.append((acteurs, dit))
    # « J'ai peur qu'ils l'apprennent par la sécu » nomme la caisse sans rien dire de son accord.
    if all(dit == "rien" for _, dit in bouts) and len(texte.split()) > _MOTS_D_UNE_REPONSE:
        return {}
    rendus: dict[str, Avis] = {}
    for rang, (acteurs, dit) in enumerate(bouts):
        suivants: list[Avis] = [d for a, d in bouts[rang + 1 :] if d != "rien"]
        # « mon médecin oui, la caisse, j'attends » : le bout sans acteur qui suit parle de la caisse.
        seul = not acteurs and dit in ("non", "doute") and rang and bouts[rang - 1][0]
        for nom in acteurs or (bouts[rang - 1][0] if seul else []):
            precedents: list[Avis] = [d for _, d in bouts[:rang] if d != "rien"]
            voisins = [*suivants[:1], *precedents[-1:]]
            rendus[nom] = dit if dit != "rien" or not voisins else voisins[0]
    return {nom: dit if dit != "rien" else "oui" for nom, dit in rendus.items()}
