"""Montants dits sans qu'on les demande : solde du CPF, prix, aides ; les siens, jamais un chiffre général."""

from __future__ import annotations

import re

from actions.comprehension import aides, devis, nombres, parts, soldes
from actions.comprehension.devis import PRIX_MIN
from actions.comprehension.modele import Carnet
from actions.comprehension.propositions import Mode
from actions.comprehension.soldes import CPF
from actions.comprehension.sommes import N, pas_une_annee, premiere
from actions.comprehension.vocabulaire import Vocabulaire

_PAS = r"[^.!?\d]"
_BILAN = r"bilan(?: de competences?)?"
_TROUVE = r"(?:centre|organisme|cabinet|devis|prestataire|truc|offre)"
_COUTE = r"(?:coute\w*|est a|vaut|serait a|revient a|est de|c'est|fait|a)"
# « La dame m'a dit 1590 » : qui vend le bilan en dit le prix.
_ANNONCE = r"(?:dit|annonce|propose|parle de|sorti|demande) (?:(?:environ|dans les|genre|un (?:prix|devis) (?:de|a)) )*"
# Sûrs : ils disent le prix fait à la personne. Les autres ne comptent pas dans une question.
_PRIX_SURS = [
    re.compile(
        rf"\b(?:mon|le|leur|son|un|ce|du|l') ?(?:devis?|tarif|prix|cout|offre|formule|prestation)\b"
        rf"(?: pour (?:un |le |mon )?{_BILAN})?{_PAS}{{0,25}}?{N}"
    ),
    re.compile(
        rf"{N} (?:c'est )?(?:le|mon|pour le|de) (?:devis|{_BILAN}|prix|tarif)\b(?! ?(?:[:=]|est|c'est|a|de|\d))"
    ),
    re.compile(
        rf"\b(?:me|m'en|nous) (?:demande(?:nt)?|reclame(?:nt)?|couterait|coute|facture(?:nt)?)\b"
        rf"(?:(?!avec\b){_PAS}){{0,15}}?{N}"
    ),
    re.compile(
        rf"\b(?:centre|organisme|cabinet|prestataire|consultante?) (?:\w+ )?(?:demande|facture|prend"
        rf"|propose)\b{_PAS}{{0,12}}?{N}"
    ),
    re.compile(rf"\b(?:je|j'|moi)\b{_PAS}{{0,25}}\bpour (?:un |mon |le |ce ){_BILAN} (?:a |de |qui coute )?{N}"),
    re.compile(
        rf"\b(?:propose(?:nt)?|trouve|choisi|repere|vu|prends|prendre) (?:un|le"
        rf"|ce) {_BILAN}{_PAS}{{0,20}}? (?:a|pour|de) {N}"
    ),
    # « J'ai trouvé un à 1900 », « j'en ai un à 1650 » : dit ici, « un » est un bilan, un devis, un centre.
    re.compile(rf"\b(?:j'ai|j'en ai) (?:\w+ )?(?:trouve|repere|vu|choisi)(?: un\w*)?(?: {_TROUVE})? (?:a|pour) {N}"),
    re.compile(rf"\bj'en ai (?:un|une) (?:a|pour) {N}"),
    re.compile(
        r"\b(?:dame|monsieur|conseillere?|consultante?|coach|psy\w*|prestataire|organisme|centre|cabinet)"
        rf"(?: du \w+)? (?:m'a|a|nous a) {_ANNONCE}{N}(?! (?:de|d'|sur|du) )"
    ),
]
_PRIX_AUTRES = [
    re.compile(rf"(?:^|\bsi |\bet )(?:ca|il|cela) (?:fait|coute) {N}"),
    re.compile(rf"\b(?:mon|le|ce|leur|son) bilan{_PAS}{{0,35}}?\b{_COUTE}\b{_PAS}{{0,12}}?{N}"),
]
# Sûrs seulement si le solde est dit à côté.
_PRIX_ACCOLES = [
    re.compile(rf"^{N} (?:le |pour le )?(?:{_BILAN}|devis?)\b"),
    re.compile(
        rf"(?:^|, |\bet |\bpour |€ |\d )(?:le |mon |un )?(?:{_BILAN}|devis?|prix|tarif) "
        rf"(?:est |c'est )?(?:a |de |: )?{N}"
    ),
    re.compile(rf"\b(?:ils?|elles?|on) (?:me |m'en )?(?:demande|reclame|facture)(?:nt)? {N}"),
    # Jamais seul : « il m'a proposé 500 » peut être de l'employeur.
    re.compile(rf"(?<=[ ,])(?:ils?|elles?|on) (?:m'a|m'ont|a|ont) {_ANNONCE}{N}(?! (?:de|d'|sur|du) )"),
]
# « combien je paie si c'est 1800 » : une hypothèse sur le prix.
_PRIX_SUPPOSE = re.compile(rf"(?:^|\bsi )(?:c'est|(?:ca|il|cela) (?:fait|coute)) {N}")
# « bilan à 1750, cpf 900 » : un chiffre nu est un prix quand le solde est dit à côté.
_DU_SOLDE = re.compile(r"\b(?:solde|cpf)\b")
_PAS_UN_PRIX = re.compile(
    r"\b(?:en moyenne|moyen\w*|generalement|souvent|par an|plafon\w*|reste a charge|caution|acompte|cheque|arrhes"
    r"|participation|par mois|par heure|l'heure|salaire|en general|jusqu'a|legal|maxi\w*|max|autorise|officiel"
    r"|pris en charge|autre a)\b"
)
# « 900 sur mon CPF » est un solde, quoi qu'en dise le reste.
_AU_COMPTE = re.compile(rf"€? ?(?:sur|dans) (?:mon|le) (?:{CPF}|compte)\b")
# « J'ai 1100 et un devis à 1900 » : à côté d'un prix, ce que l'on a est son solde.
_POSSEDE = re.compile(
    rf"\bj'ai (?:(?:que|plus que|juste|seulement|deja|encore|environ|dans les) )*{N}"
    r"(?!€? ?(?:de |d'|pour|par|net|brut|dans|en|a (?:payer|ma charge)))"
)
_SEULE = re.compile(rf"(?:^|, )(?:(?:environ|genre|dans les|a peu pres) )*{N}(?= ?(?:$|,))")
# « Il a 1500 sur son CPF et le devis est à 2100 » : le calcul demandé est le sien.
_SOLDE_D_UN_AUTRE = re.compile(rf"\b(?:a|avec) {N} (?:sur|de|dans) (?:son |le )?{CPF}\b")
_POUR_MOI = re.compile(r"\b(?:me|mon|ma|mes|moi|je)\b|\b[mj]'")
_DIT_UN_PRIX = re.compile(r"\b(?:devis|prix|tarif|cout\w*|bilan|centre|organisme|cabinet|proposition|trouve|vu)\b")
_DEUX_POINTS = re.compile(rf"\b(prix|tarif|devis|solde|{CPF}) ?: ?(?=\d)")
# « Salarié du privé jamais fait de bilan solde 3000 devis 1750 combien je paie » : ce que des virgules sépareraient.
_APRES_UN_STATUT = "|".join(
    rf"(?<=\b{mot})" for mot in ("prive", "privee", "cdi", "cdd", "salarie", "salariee", "chomage")
)
_APRES = rf"(?<=\d{{3}})|(?<=€)|(?<=\bbilan)|(?<=\bcpf)|(?<=\bcompte)|{_APRES_UN_STATUT}"
_SANS_VIRGULE = re.compile(
    rf"(?:{_APRES}) (?=(?:solde|devis|prix|compte|bilan) (?:cpf )?(?:de |a )?\d{{3}})"
    r"|(?<=[a-z\d€])(?<!ai)(?<!\ba)(?<!\bje)(?<!sais)(?<!savoir)(?<!dire)(?<!voir)(?<!\bet)"
    r" (?=jamais fait\b|personne (?:d'autre )?(?:ne |n'|me |m'|qui )|combien (?:je|j'|moi|ca me|il me)\b"
    r"|(?:je |moi )(?:dois |vais |devrai )?(?:pa[iy]e\w*|sors|debourse) (?:combien|quoi)\b"
    r"|(?:mon |le )?reste a payer\b)"
    rf"|(?:{_APRES_UN_STATUT}) (?=\d{{3,}}\b)"
)
_QUESTION_FINALE = re.compile(
    r"(?:(?<=\d)€?|(?<=\d%)|(?<=\d %)|(?<=moitie)|(?<=tiers)|(?<=dessus)),? (?:(?:et|du coup|donc|alors|ca|il|je) )*"
    r"(?:combien|je (?:(?:dois|vais|devrai) )?(?:pa[iy]e\w*|sors|debourse) (?:combien|quoi)|(?:me )?reste combien"
    r"|(?:mon |le )?reste a (?:payer|ma charge)|a payer combien|(?:ca )?(?:me )?(?:fait|coute\w*|revient a) combien"
    r"|c'est combien|quel)\b(?P<suite>.*)$"
)
_AVEC_UN_BILAN = re.compile(
    rf"\bavec (?P<solde>\d{{3,5}}(?:\.\d+)?)€?(?: (?:de|sur|sur mon|de mon) cpf)? (?:et|pour) (?:un|le|mon) {_BILAN} "
    rf"(?:a|de|qui coute|qui vaut) (?P<prix>\d{{3,5}}(?:\.\d+)?)(?![\w/.%])(?! ?(?:heures?|h\b))"
)

_C2P = re.compile(
    r"\b(?:utilise|mobilise|convertis|abonde|prends|mets|abondement)\b[^.!?]{0,30}\b(?:c2p"
    r"|points? (?:de )?(?:penibilite|prevention)"
    r"|compte (?:penibilite|professionnel de prevention)|rente|at ?mp)\b"
    r"|\b(?:j'ai|avec|il me reste|cumule)\b[^.!?,]{0,20}\b(?:c2p|points? (?:de |du )?(?:c2p|penibilite|prevention))\b"
    r"|\b(?:que|sauf|a part|avec|utilise|prends) (?:mes|les|\d+) points?\b(?! (?:retraite|de (?:retraite|permis)))"
)


def accoler(lu: str) -> str:
    """« Le prix : 2500 » : le deux-points ne coupe pas la phrase ; la virgule oubliée, si."""
    return _SANS_VIRGULE.sub(", ", _DEUX_POINTS.sub(r"\1 de ", lu))


def lire(texte: str, mode: Mode, interrogative: bool, voc: Vocabulaire, carnet: Carnet) -> None:
    """Note les montants d'un bloc de texte."""
    suppose = mode == "suppose"
    if not suppose:
        # « Mon bilan coûte 1800, j'ai 1200, combien je paie ? » dit, puis demande.
        finale = _QUESTION_FINALE.search(texte)
        # « Je paie combien, bilan 1850, CPF 1200 » : des montants suivent la question, on les garde.
        if finale and (interrogative or not re.search(r"\d", finale["suite"])):
            texte, interrogative = texte[: finale.start()], False
    if (les_deux := _AVEC_UN_BILAN.search(texte)) and _POUR_MOI.search(texte):
        nombres.noter("solde_cpf", les_deux["solde"], carnet, suppose)
        nombres.noter("prix", les_deux["prix"], carnet, suppose)
        return
    if (points := _C2P.search(texte)) and _POUR_MOI.search(texte):
        nies = re.search(r"\b(?:pas|jamais|aucun)\b", texte[max(0, points.start() - 12) : points.end()])
        carnet.noter("abondement_c2p_ou_atmp", not nies, suppose)
    texte = soldes.du_cpf(texte)
    if soldes.nul(texte):
        carnet.noter("solde_cpf", 0, suppose)
    generale = interrogative and not suppose
    if not re.search(r"\d", texte) and not parts.dite(texte):
        aides.lire_le_refus(texte, suppose, generale, carnet)
        return
    soldes.lire(texte, suppose, voc, carnet)
    # « J'ai 1200 de CPF, le bilan coûte 1800, combien je paie ? » : le solde dit, le prix l'est aussi.
    du_sien = not generale or "solde_cpf" in carnet.dits
    par_devis = devis.lire(texte, suppose, interrogative, voc, carnet)
    for motif in (
        []
        if par_devis
        else [
            *_PRIX_SURS,
            *([_PRIX_SUPPOSE] if suppose else []),
            *([*_PRIX_AUTRES, *_PRIX_ACCOLES] if du_sien else []),
        ]
    ):
        trouve = premiere(motif, texte)
        seul = trouve is not None and trouve[0].strip() == texte.strip(" .!")  # « devis 1751 » ne dit rien d'autre
        solde = "solde_cpf" in carnet.dits or _DU_SOLDE.search(texte) or _POSSEDE.search(texte)
        accole = suppose or seul or solde
        if trouve and (motif not in _PRIX_ACCOLES or accole) and _est_un_prix(trouve, carnet):
            nombres.noter_somme("prix", trouve, carnet, suppose, voc)
            break
    if "solde_cpf" in carnet.dits and not {"prix"} & {*carnet.dits, *carnet.supposes} and not generale:
        _somme_seule(texte, suppose, voc, carnet)
    if (
        "prix" in carnet.dits
        and "solde_cpf" not in carnet.dits
        and not _POUR_MOI.search(texte.replace("mon collegue", ""))
    ):
        autrui = premiere(_SOLDE_D_UN_AUTRE, texte)
        if autrui:
            nombres.noter_somme("solde_cpf", autrui, carnet, suppose, voc)
    notes = {**carnet.supposes, **carnet.dits}
    possede = premiere(_POSSEDE, texte) if "prix" in notes and "solde_cpf" not in notes else None
    if possede and not generale and nombres.en_json(float(possede["n"])) != notes["prix"]:
        nombres.noter_somme("solde_cpf", possede, carnet, suppose, voc)
    if (
        suppose or _POUR_MOI.search(texte) or {"prix", "solde_cpf"} & set(carnet.dits) or aides.sans_possessif(texte)
    ) and (not generale):
        aides.lire(texte, suppose, voc, carnet)
    aides.lire_le_refus(texte, suppose, generale, carnet)


def _somme_seule(texte: str, suppose: bool, voc: Vocabulaire, carnet: Carnet) -> None:
    """« Salarié du privé, 1400 euros, 800 sur le compte » : à côté du solde, la somme seule est le prix."""
    seules = [t for t in _SEULE.finditer(texte) if pas_une_annee(t) and _est_un_prix(t, carnet)]
    if len(seules) == 1:
        nombres.noter_somme("prix", seules[0], carnet, suppose, voc)


def possede_seul(reponse: str) -> float | int | None:
    """« J'ai 1340, prenez le prix normal », dit à qui demande le prix : ce que l'on a n'est pas ce que cela coûte."""
    if len(re.findall(r"\d+", reponse)) > 1:
        return None  # deux nombres : l'un est le prix
    for bout in re.split(r"[,;.!]", reponse):
        trouve = premiere(_POSSEDE, bout)
        if trouve and not _DIT_UN_PRIX.search(bout):
            return nombres.en_json(float(trouve["n"]))
    return None


def _est_un_prix(trouve: re.Match[str], carnet: Carnet) -> bool:
    soldes = (carnet.dits.get("solde_cpf"), carnet.supposes.get("solde_cpf"))
    autour = trouve.string[max(0, trouve.start() - 20) : trouve.end() + 20]
    montant = float(trouve["n"])
    return (
        (montant >= PRIX_MIN or montant < 0)
        and not _PAS_UN_PRIX.search(autour)
        and not _AU_COMPTE.match(trouve.string, trouve.end("n"))
        # « 1500 de CPF, bilan à 1500 » : le même montant, dit deux fois, est aussi le prix.
        and (nombres.en_json(montant) not in soldes or trouve.string.count(trouve["n"]) > 1)
    )
