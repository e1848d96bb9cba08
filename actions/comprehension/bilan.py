"""Le dernier bilan : s'il y en a eu un, quand, et qui l'a payé."""

from __future__ import annotations

import re
from datetime import date, timedelta

from actions.comprehension import dates, motifs_dates, periodes
from actions.comprehension.durees import DUREE
from actions.comprehension.ecriture import mots
from actions.comprehension.modele import Carnet
from actions.comprehension.payeurs import PAYE, financeur, payeur_accole, payeur_incertain, retenu
from actions.comprehension.propositions import Mode
from actions.comprehension.vocabulaire import Vocabulaire

_FAIT = r"(?:fait|eu|passe|realise|suivi|effectue|termine|fini|paye|finance|beneficie|commence et fini)"
_DATE_DITE = r"(?:en|le) (?:\w+ ){0,2}(?:19|20)\d\d"
_TETE = r"(?:^|[,.] ?|\bet )(?:mon |deja )?"
_PASSEE = r"(?:\b(?:19|20)\d\d\b|\by a \w+ (?:ans?|mois)\b|\b(?:an|annee|mois) derni)"
_FAIT_UN_BILAN = re.compile(
    rf"\b(?:j'ai|j'avais|j'en ai|j'en avais"
    rf"|on m'a(?:vait)?)\b(?: \w+){{0,3}}? {_FAIT}(?: \w+){{0,3}}? (?:un|mon|le|d'un"
    rf"|ce) (?:\w+ )?bilan\b"
    rf"|\bj'en (?:ai|avais)(?: \w+){{0,2}}? {_FAIT} (?:un|1|deja un)\b"
    rf"|\bmon (?:(?:dernier|precedent|premier|ancien|seul|unique) bilan(?: de competences)? (?:fait|en|du|de)"
    r"|(?:\w+ )?bilan (?:de competences )?(?:date|remonte|etait|c'etait|a ete|avait"
    r"|(?:fait )?(?:en|de) (?=(?:19|20)\d\d)))\b"
    r"|\bmon (?:dernier|precedent|seul|unique) bilan\b|\ble dernier (?=(?:c'etait|date|remonte"
    r"|etait)\b)|\bbilan (?:de competences )?deja fait\b"
    rf"|\bj'(?:avais|ai) (?:(?:deja|eu|fait) ){{0,2}}un bilan (?:de competences )?"
    rf"(?:{PAYE}|par|avec|en (?=(?:19|20)\d\d))"
    r"|(?:^|, |et |: )(?:(?:mon|un|1|seul|dernier|premier|precedent) )*bilan (?:de competences )?(?:deja )?"
    rf"(?:(?:fait|passe|realise|termine|fini|paye)(?: (?!en\b|il\b|y\b|le\b)\w+){{0,3}} (?={_DATE_DITE})"
    r"|(?:(?:fait|passe|realise|termine|fini) )?(?=(?:il )*y a (?:\d|une?\b)))"
    r"|\b(?:dernier|premier|precedent|seul) bilan (?:de competences )?(?:fait )?"
    rf"(?={_DATE_DITE})"
    # Sans verbe, dans une présentation : « …, bilan payé par la mairie en mars 2023 », « dernier bilan en 2021 ».
    rf"|{_TETE}bilan (?:de competences )?(?:deja )?(?:fait|{PAYE}) (?=[^?]{{0,45}}{_PASSEE})"
    rf"|{_TETE}(?:le )?(?:dernier|precedent) bilan\b(?=[^?]{{0,45}}{_PASSEE})"
    rf"|\bj'ai deja {_FAIT} (?:un|1)(?= (?:en|il y a|y a|avec|avant|par|paye|finance)\b)"
    rf"|\bj'ai (?:deja )?beneficie d'un bilan\b|\b(?:ma|mon) \w+ m'a(?:vait)? (?:paye|offert|finance) un bilan\b"
)
_JAMAIS = re.compile(
    rf"(?:^|, ?|\bje n'ai |\bj'ai |\bj'en ai |\bje n'en ai )(?:\w+ ){{0,2}}(?:jamais|pas encore"
    rf"|pas)\b(?: \w+){{0,4}}? {_FAIT} (?:de |un "
    rf"|d')?(?:\w+ )?bilan\b(?: de competences)?(?P<suite>.{{0,25}})"
    rf"|\bj'en ai jamais {_FAIT}\b|\bje n'en ai jamais {_FAIT}\b|\b(?:c'est|ce sera|ce serait"
    rf"|ca sera|sera) mon (?:tout )?premier bilan\b"
    rf"|\bjamais (?:eu )?de bilan\b|\bjamais {_FAIT} (?:ca|de bilan)\b"
    r"|(?:^|, ?)(?:aucun|pas de) bilan (?:avant|fait|deja|a ce jour)\b"
)
_COUPE = re.compile(
    r"\b(?:aujourd'hui|maintenant|depuis)\b|, ?(?:prix|tarif|devis|combien|verifi\w+|calcul\w+|solde|\d)"
    r"|\best ce\b|\b(?:puis je|on peut|peut on|possible)\b|\b(?:je|j'|j )(?! ?(?:crois|pense|sais|l'|avais))"
    r"|\bmais\b|\bet (?:la|maintenant|je|j')"
)

_PREMIERE = re.compile(
    r"\b(?:la |ma |une |toute |tout |mon )(?:toute |tout )?(?:premiere?|1ere?)\b(?! (?:en|il y a|c'etait|date))"
    r"|^(?:toute )?(?:premiere|1ere)(?: fois)?$|\b(?:ce (?:sera|serait)|c'est) le premier\b|\b(?:premiere"
    r"|1ere) fois\b|\bpremier bilan\b"
)
_AUCUN = re.compile(
    r"\b(?:jamais|aucun|zero|nada)\b(?! (?:souvenirs?|idees?|su\b|trop su))"
    r"|^(?:0|rien)(?:$| du tout| bilan)|\b(?:aucune fois)\b|\b(?:pas"
    r"|rien)\b(?: \w+)? (?:fait|eu|passe|suivi)\b"
)
_DEJA = re.compile(
    r"^(?:oui,? )?(?:une|\d) fois\b|"
    rf"(?<!pas )(?<!jamais )\bj'en (?:ai|avais)(?: (?!pas\b|jamais\b)\w+){{0,3}} {_FAIT}\b"
    rf"|\bj'en ai (?:deja )?(?:un|1)\b"
    rf"|\bj'ai (?:bien |deja |peut etre )*{_FAIT} (?:un|1|ca|cela|le mien)\b(?! (?:autre|bilan (?:sanguin|de sante)))"
    rf"|\bdeja (?:{_FAIT})\b|^(?:oui )?(?:fait|{_FAIT}) (?:un|une fois)\b|\b(?:un|1) (?:de )?(?:deja )?fait\b"
)
_VAGUE = re.compile(r"\b(?:long?temps|(?:quelques|plusieurs|des) (?:annees|ans|mois)|recemment)\b")
_OBJET_DU_DOUTE = re.compile(
    r"\b(?:quand|date|annees?|moment|mois|qui|comment|combien|par quoi)\b|\bmais\b(?! pas sure?)"
)
_ENTRE = re.compile(r"\bentre (?P<a>(?:19|20)\d\d) et (?P<b>(?:19|20)\d\d)\b")
# « Un titre de séjour de 1 an », « un CDD de 6 mois », « un bilan de 3 mois » : une durée, et non une date.
_DUREE_D_UNE_CHOSE = re.compile(
    r"\b(?:titre|carte|sejour|visa|contrat|cdd|interim|mission|arr?et|stage|formation|bail|conge|essai|preavis|anciennete"
    r"|apprentissage|alternance|experience|abonnement|bilan|pret|credit)\b(?: (?!date|remonte|fait)[a-z']+){0,3}? "
    rf"(?:de |d')(?:(?:plus|moins|pres) de |environ )?{DUREE}(?! (?:en arriere|plus tot))"
)
_BORNE = re.compile(rf"\b(avant|apres) (?:le |la |l'|l'annee |fin |debut |mi )*(?=\d|{motifs_dates.MOIS_RE})")
# « Jamais. Ah si, pardon, un en mars 2023 » : ce qui suit remplace ce qui précède.
_RETRACTE = re.compile(
    r"(?s)^(?P<nie>[^?]*\b(?:jamais|aucun|pas|non)\b[^?]*?)[.,;!\n ]+"
    r"(?:(?:ah|euh|oh|enfin|attendez|attends|pardon)\b[ ,.]*)+"
    r"(?:mais )?si\b(?! (?:je|j'(?!en ai|ai (?:fait|eu))|mon|ma|on|c'est|ca|le|la)\b)[ ,.!]*"
    r"(?:(?:pardon|en fait|desolee?|j'oubliais|j'avais oublie)\b[ ,.]*)*"
    r"(?:j'(?:en )?ai (?:\w+ )?(?:fait|eu) )?(?:un )?(?:bilan )?(?P<suite>.*)$"
)
_QUAND = re.compile(r"\b(?:quand|date|annees?|quel moment|mois|combien de temps|precisement|exacte?(?:ment)?)\b")


def lire(texte: str, mode: Mode, jour: date, voc: Vocabulaire, carnet: Carnet) -> None:
    """Note le dernier bilan dit dans un bloc."""
    if mode == "doute" or not any(mot in texte for mot in ("bilan", "en ai", "en avais", "deja")):
        return
    suppose = mode == "suppose"
    jamais = _JAMAIS.search(texte)
    if jamais and not (jamais["suite"] and re.search(r"depuis|cette annee|\d{4}", jamais["suite"])):
        carnet.noter("dernier_bilan", "aucun", suppose)
        return
    fait = _FAIT_UN_BILAN.search(texte)
    if jamais or not fait or _autre_bilan(texte, fait, voc):
        return
    suite = texte[fait.end() :]
    coupe = _COUPE.search(suite)
    suite = suite[: coupe.start()] if coupe else suite
    quand = fait[0][-4:] + suite
    noter_date(quand, jour, suppose, voc, carnet) or noter_date(texte[: fait.start()], jour, suppose, voc, carnet)
    payeur = financeur(f" {fait[0]} {suite}", voc)
    if payeur:
        carnet.noter("dernier_bilan_financeur", payeur, suppose)


def raconte_un_bilan(texte: str) -> bool:
    """« J'ai déjà fait un bilan », même sans date ni payeur."""
    return bool(_FAIT_UN_BILAN.search(texte)) and not _JAMAIS.search(texte)


def sans_retractation(lu: str, question: str | None) -> str:
    """Rend le message sans le « jamais » que la personne reprend aussitôt, s'il parle d'un bilan."""
    trouve = _RETRACTE.match(lu)
    if trouve is None or not (str(question).startswith("dernier_bilan") or "bilan" in trouve["nie"]):
        return lu
    return f"j'ai fait un bilan {trouve['suite']}".strip()


def _autre_bilan(texte: str, fait: re.Match[str], voc: Vocabulaire) -> bool:
    """« un bilan sanguin » n'en est pas un."""
    for bilan in re.finditer(r"\bbilan\b", texte[fait.start() :]):
        jetons = mots(texte[fait.start() + bilan.end() :])
        if jetons and voc.listes["autres_bilans"].a(jetons, 0):
            return True
        if len(jetons) > 1 and jetons[0] in ("de", "d", "du") and voc.listes["autres_bilans"].a(jetons, 1):
            return True
    return False


def noter_date(texte: str, jour: date, suppose: bool, voc: Vocabulaire, carnet: Carnet) -> bool:
    """Note la période dite ; rend vrai si une date est dite."""
    texte = _DUREE_D_UNE_CHOSE.sub(" ", texte)
    annees = {int(annee) for annee in re.findall(r"\b(?:19|20)\d\d\b(?!€)", texte)}
    # « deux fois, 2015 et 2021 » : le dernier compte.
    texte = f"en {max(annees)}" if len(annees) > 1 and not _ENTRE.search(texte) else texte
    lue = dates.chercher(texte, jour, "passe", voc.reperes)
    if isinstance(lue, dates.Periode):
        lue = _bornee(texte, lue)
    if lue is None:
        return False
    if isinstance(lue, str):
        carnet.refuser("dernier_bilan_date", lue)
    elif lue.debut > jour:
        carnet.refuser("dernier_bilan_date", "date_future")
    else:
        approximation = None if lue.precision == "jour" else lue.precision
        carnet.noter("dernier_bilan_date", periodes.ecrire(lue), suppose, approximation)
    return True


def _bornee(texte: str, lue: dates.Periode) -> dates.Periode:
    """« Avant 2020 », « après mars 2022 », « entre 2015 et 2018 » ne sont pas ces dates elles-mêmes."""
    if entre := _ENTRE.search(texte):
        return periodes.lire(f"{min(entre['a'], entre['b'])}-01-01/{max(entre['a'], entre['b'])}-12-31")
    borne = _BORNE.search(texte)
    if borne is None or periodes.est_ouverte(lue):
        return lue
    un_jour = timedelta(1)
    if borne[1] == "avant":
        return periodes.lire(periodes.ecrire_bouts(None, lue.debut - un_jour))
    return periodes.lire(periodes.ecrire_bouts(lue.fin + un_jour, None))


def repondre(
    champ: str, texte: str, oui: bool | None, doute: bool, jour: date, voc: Vocabulaire, carnet: Carnet
) -> None:
    """Comprend la réponse courte à une question sur le dernier bilan."""
    if champ == "dernier_bilan_financeur":
        codes = [code for _, _, code in voc.financeurs.tous(mots(texte))]
        sur = not payeur_incertain(texte, voc) and "dernier_bilan_financeur" not in carnet.dits
        code = retenu(codes) or financeur(texte, voc) if sur else None
        if code:
            carnet.noter(champ, code)
        return
    if "dernier_bilan_date" in carnet.dits or carnet.dits.get("dernier_bilan") == "aucun":
        return
    premiere = bool(_PREMIERE.search(texte))
    date_dite = not premiere and noter_date(dates.corrigee(texte, jour), jour, False, voc, carnet)
    deja = bool(_DEJA.search(texte)) or (
        carnet.erreurs.get("dernier_bilan_date") == "date_illisible" and _VAGUE.search(texte)
    )
    eu = deja or (oui and (not doute or _OBJET_DU_DOUTE.search(texte)))
    if date_dite or eu:
        payeur = financeur(" " + texte, voc) or payeur_accole(texte, voc)
        if payeur and "dernier_bilan_financeur" not in carnet.dits:
            carnet.noter("dernier_bilan_financeur", payeur)
    if (date_dite and not deja) or {"dernier_bilan_date", "dernier_bilan"} & carnet.dits.keys():
        return
    if premiere or (not deja and not doute and (oui is False or _AUCUN.search(texte))):
        carnet.noter("dernier_bilan", "aucun")
    elif champ == "dernier_bilan" and eu:
        carnet.noter("dernier_bilan", "oui")


def inconnus(texte: str, voc: Vocabulaire, carnet: Carnet) -> frozenset[str]:
    """Ce que la personne dit ne pas savoir d'un bilan dont elle dit une partie : sa date, qui l'a payé."""
    connus = carnet.dits.keys() & {"dernier_bilan", "dernier_bilan_date", "dernier_bilan_financeur"}
    if not connus or carnet.dits.get("dernier_bilan") == "aucun":
        return frozenset()
    payeur = re.search(rf"\bqui\b|\b{PAYE}\b|\bcomment c'etait", texte) or payeur_incertain(texte, voc)
    quand = _QUAND.search(texte) or not payeur
    return frozenset(
        champ
        for champ, doute in (("dernier_bilan_date", quand), ("dernier_bilan_financeur", payeur))
        if doute and champ not in carnet.dits
    )
