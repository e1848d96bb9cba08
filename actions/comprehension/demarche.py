"""La démarche voulue : qui en a l'idée, quand commencer, sur combien de temps."""

from __future__ import annotations

import re
from datetime import date

from actions.comprehension import dates, debut, idee, periodes
from actions.comprehension.durees import lire_duree, lire_duree_corrigee
from actions.comprehension.ecriture import mots
from actions.comprehension.modele import Carnet
from actions.comprehension.propositions import Mode
from actions.comprehension.vocabulaire import Vocabulaire

# Bornes techniques : au-delà, c'est une faute de frappe.
_MOIS_MAX, _SERVICES_MAX = 36, 600
_PROPOSE = re.compile(
    r"\b(?P<qui>(?:(?:mon|ma|mes|le|la|les|notre) |l')[\w+ ]{1,30}?) (?P<ne>ne )?(?:(?:me |m'en "
    r"|m')(?P<le>l[ea] |l')?(?:a |ont |avait )?"
    r"(?:propos\w*|impos\w*|oblig\w*|deman\w*|sugger\w*|pouss\w*|conseill\w*|forc\w*"
    r"|recommand\w*)(?P<pas> pas)?(?P<suite>.*)"
    r"|(?:veut|veulent|voudrait|souhaite|insiste pour|aimerait|exige) que je (?:fasse|le fasse"
    r"|passe|suive)(?P<suite2>.*))"
)
_DEMANDE_EMPLOYEUR = re.compile(
    r"\b(?:a la demande|a l'initiative|sur (?:proposition|demande)) (?:de |du |d')(?P<qui>.{2,40})"
)
_MOI = re.compile(
    r"\bc'est moi qui (?:veu[xt]?|demande|souhaite|voudrais|propose)|\b(?:de ma propre|a mon"
    r"|de mon|mon) initiative\b"
    r"|\bdemarche (?:perso\w*|a moi)\b|\bc'est mon (?:idee|choix|envie)\b|\b(?:c'est|c'est a"
    r"|faite? a) ma (?:propre )?demande\b|\bmon idee a moi\b"
)
_PROPRE_CHEF = re.compile(r"\b(?:de |a )?(?:mon|leur) propre chef\b")
# « mon patron ma demandé » : l'apostrophe oubliée ; « c'est ma demande », non.
_M_A = re.compile(r"(?<!c'est )(?<!de )(?<!a )(?<!^)\bma (?=(?:demande|propose|impose|oblige|conseille|suggere)e?\b)")
_C_EST_MOI = re.compile(
    r"\bc'est (?:bien |surtout |juste )?moi\b|\bmoi qui\b|\btoute? seule?\b|\bmon (?:idee|initiative|choix|envie)\b"
    r"|\bma (?:propre )?(?:decision|initiative|demande|volonte)\b"
    r"|\bj'(?:y ai pense|ai eu l'idee|en ai (?:eu )?envie)\b"
    r"|\bj'ai (?:tout )?(?:demande a|voulu|propose a)\b|\bje (?:l'ai|le) (?:demande|voulu|veux|choisi|decide)\b"
    r"|^(?:bah |ben )?moi\b(?! et)|\bj'(?:en )?ai (?:deja )?parle a\b"
    r"|\bvient de moi\b|\bde moi(?: meme)?\b|\bpar moi meme\b"
)
_PAS_DE_MOI = re.compile(
    r"\bpas (?:de |vraiment |du tout )*(?:moi|mon (?:idee|choix|initiative|envie)|ma (?:decision|demande|propre"
    r"|volonte))\b"
    r"|\bpas une (?:idee|envie) a moi\b|\bni mon idee\b"
)
_LA_CAISSE = re.compile(r"\b(?:ma|la|l'|de) ?(?:caisse|cpam|secu|assurance maladie)\b")
_SI = re.compile(r"(?:(?:et|mais|ou|ok|oui|alors) )*(?:si\b|s'il)")
# « Ça coûte combien pour moi » ne dit pas d'où vient l'idée.
_POUR_MOI = re.compile(r"\bpour moi\b(?! (?:seule?|meme))")
_MOTS_D_UNE_REPONSE = 4
# Au passif, qui subit n'a pas eu l'idée : « on me l'a imposé », « proposé par la RH ».
_SUBI = re.compile(
    r"\b(?:on|ils?|elles?) (?:me|m'|nous) ?(?:l'|le |la |les |y )?(?:a |ont |avait )?(?:\w+ )?"
    r"(?:impos\w*|propos\w*|oblig\w*|suggere\w*|pousse\w*|force\w*|demande\w*|conseille\w*|recommande\w*)"
    r"|^(?:\w+ ){0,2}(?:impose|obligee?|forcee?|contrainte?|suggere|propose|conseille|pousse|demande|souhaite"
    r"|voulu)e?s?"
    r"(?=$| (?:par|du|de la)\b)"
    r"|\bd'en haut\b|\bc'est (?:eux|lui qui|elle qui)\b"
    r"|\b(?:idee|vient|venu) (?:de la|du|de l'|d'eux|de mon|de ma|des) ?(?!moi)"
)
_ETALER = re.compile(
    r"\b(?:etal\w+|repart\w+|durer|dure|le faire|faire mon bilan)\b(?:.{0,20}?\b(?:sur|pendant"
    r"|en)\b| de)(?P<duree>.{0,25})"
)
# « Bilan sur 7 mois », « le bilan dure 7 mois » : il n'est que de soi, dit sans « je ».
BILAN_SUR = re.compile(
    r"\bbilan (?:de competences )?(?:est |sera |qui )?(?:etale |dure(?:ra)? |s'etale |sur |de )(?:sur |pendant )?"
    r"(?P<duree>\d{1,2} mois)\b"
)
_DANS = re.compile(r"(?:(?:bah|ben|euh|oui|plutot) )*(?:dans|d'ici|a partir d[eu'])\b ?")
_DE_MOI = re.compile(r"\b(?:je|j'|mon|ma|moi|m')\b|^l'etaler")


def lire(texte: str, mode: Mode, interrogative: bool, jour: date, voc: Vocabulaire, carnet: Carnet) -> None:
    """Note l'initiative, le début souhaité et l'étalement dits dans un bloc."""
    suppose = mode == "suppose"
    if not interrogative or suppose:
        initiative = _initiative(texte, voc)
        if initiative:
            carnet.noter("initiative", initiative, suppose)
    debut.lire(texte, suppose, interrogative, jour, carnet)
    etale = _ETALER.search(texte) if not re.search(r"arr?et|depuis", texte) else None
    duree = lire_duree(etale["duree"]) if etale and _DE_MOI.search(texte) and not interrogative else None
    bilan = BILAN_SUR.search(texte) if not interrogative else None
    duree = duree or (lire_duree(bilan["duree"]) if bilan else None)
    if duree and duree.mois <= _MOIS_MAX:
        carnet.noter("duree_mois", _nombre(duree.mois), suppose, "environ" if duree.approchee else None)


def _initiative(texte: str, voc: Vocabulaire) -> str | None:
    if _MOI.search(texte):
        return "salarie"
    for trouve in _PROPOSE.finditer(texte):
        suite = trouve["suite"] or trouve["suite2"] or ""
        du_bilan = trouve["le"] or trouve["suite2"] is not None or re.match(r".{0,30}\b(?:un|le|ce|du) bilan\b", suite)
        if trouve["ne"] or trouve["pas"] or not du_bilan or re.search(r"\bbilan\b.*\d", suite):
            continue
        if _designe(trouve["qui"], voc) and not re.search(r"\bbilan (?:sanguin|de sante|medical|psy)", suite):
            return "employeur"
    if qui := idee.dite(texte, voc):
        return qui
    demande = _DEMANDE_EMPLOYEUR.search(texte)
    return "employeur" if demande and _designe(demande["qui"], voc) else None


def _designe(qui: str, voc: Vocabulaire) -> bool:
    """Dit si ces mots nomment l'employeur ; « mon chef peut… » ne dit pas qu'il le fait."""
    autre = re.search(r"\b(?:peut|peuvent|pourrait|doit|va|veut|droit|medecin|collegue|syndicat|je|conseill\w*)\b", qui)
    return bool(voc.listes["employeur"].tous(mots(qui))) and not autre


def _nombre(mois: float) -> int | float:
    return int(mois) if mois == int(mois) else mois


def repondre(champ: str, texte: str, oui: bool | None, jour: date, voc: Vocabulaire, carnet: Carnet) -> None:
    """Comprend la réponse courte à une question sur la démarche ou sur l'ancienneté à l'hôpital."""
    if champ in carnet.dits or champ in carnet.erreurs:
        return
    if champ == "initiative":
        _repondre_initiative(texte, oui, voc, carnet)
    elif champ == "date_debut":
        lue = dates.chercher(texte, jour, "futur")
        if isinstance(lue, str):
            carnet.refuser(champ, lue)
        elif lue and lue.fin < jour:
            carnet.refuser(champ, "date_passee")
        elif lue:
            debut.noter(periodes.au_jour_dit(texte, lue), jour, False, carnet)
    elif champ == "duree_mois":
        _repondre_duree(texte, jour, carnet)
    elif champ == "services_effectifs_mois":
        _repondre_services(texte, jour, carnet)


def _repondre_initiative(texte: str, oui: bool | None, voc: Vocabulaire, carnet: Carnet) -> None:
    if _SI.match(texte) or _LA_CAISSE.search(texte):
        return  # « et s'il dit non, mon chef ? », « le docteur oui, la caisse non »
    texte = _M_A.sub("m'a ", texte if len(mots(texte)) <= _MOTS_D_UNE_REPONSE else _POUR_MOI.sub(" ", texte))
    sans_chef = _PROPRE_CHEF.sub("c'est moi", texte.replace("medecin du travail", "medecin"))
    employeur = bool(voc.listes["employeur"].tous(mots(sans_chef)) or _SUBI.search(texte))
    salarie = bool(voc.motifs["salarie"].search(sans_chef))
    if _PAS_DE_MOI.search(texte):
        employeur, salarie = True, False
    elif re.search(r"\bpas (?:mon|ma|le|la|l'|les|eux|du|de la)\b", texte) and not _SUBI.search(texte):
        employeur, salarie = False, True
    elif _C_EST_MOI.search(sans_chef) and not _SUBI.search(texte):
        # « c'est moi qui en ai parlé à mon chef » : l'employeur n'est que nommé.
        employeur, salarie = False, True
    elif _SUBI.search(texte) and not _C_EST_MOI.search(sans_chef):
        salarie = False
    if not employeur and not salarie and oui is None and idee.UN_TIERS.search(sans_chef):
        salarie = True
    if employeur != salarie:
        carnet.noter("initiative", "employeur" if employeur else "salarie")
    elif employeur or oui is not None or re.search(r"\bles 2\b|\bensemble\b", texte):
        carnet.refuser("initiative", "initiative_ambigue")


def _repondre_duree(texte: str, jour: date, carnet: Carnet) -> None:
    duree = None if _DANS.match(texte) else lire_duree_corrigee(texte)
    dit = dates.chercher(texte, jour, "futur") if duree is None else None
    if isinstance(dit, dates.Periode) and dit.fin >= jour:
        debut.noter(dit, jour, False, carnet)  # « samedi 2 janvier » dit quand commencer, non sur combien de mois
        return
    nu = re.fullmatch(r"\D{0,12}?(\d{1,3})(?:\.\d)?\D{0,12}", texte) if duree is None else None
    if duree is None and re.search(r"\d ?(?:h\b|heures?)", texte):
        carnet.refuser("duree_mois", "en_heures")
        return
    mois = duree.mois if duree else float(nu[1]) if nu else None
    if mois is None:
        return
    if not 0 < mois <= _MOIS_MAX:
        carnet.refuser("duree_mois", "trop_grand" if mois else "duree_nulle")
        return
    carnet.noter("duree_mois", _nombre(mois), approximation="environ" if duree and duree.approchee else None)


def _repondre_services(texte: str, jour: date, carnet: Carnet) -> None:
    duree = lire_duree(texte, plus_longue=False)
    if duree:
        # « moins de deux ans » : on n'en retient que ce qui est sûr, sous deux ans.
        mois = int(duree.mois) - (1 if duree.borne in ("moins", "presque") else 0)
        if mois > _SERVICES_MAX:
            carnet.refuser("services_effectifs_mois", "trop_grand")
        else:
            carnet.noter("services_effectifs_mois", mois, approximation="environ" if duree.approchee else None)
        return
    lue = dates.chercher(texte, jour, "passe")
    if isinstance(lue, dates.Periode) and lue.fin <= jour:
        mois = (jour.year - lue.fin.year) * 12 + jour.month - lue.fin.month
        # « depuis novembre » : le mois compte en entier ; d'une année ou d'un jour, on ne retient que ce qui est sûr.
        mois -= 1 if lue.precision != "mois" and jour.day < lue.fin.day else 0
        carnet.noter(
            "services_effectifs_mois", max(0, mois), approximation=None if lue.precision == "jour" else lue.precision
        )
    elif re.search(r"\d", texte):
        carnet.refuser("services_effectifs_mois", "unite_absente")
