"""Un message qui n'est qu'un fait : « en CDI dans le privé », « 1200 euros », « 1er mars 2027 », « jamais fait ».

Seul, un mot peut n'être qu'un sujet (« CDD ») : c'est à l'appelant de savoir ce que la conversation en attend.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from actions.comprehension import dates, motifs_dates, nombres, periodes, statuts
from actions.comprehension.ecriture import mots
from actions.comprehension.modele import Carnet
from actions.comprehension.propositions import propositions
from actions.comprehension.reponses import question_lue
from actions.comprehension.vocabulaire import Vocabulaire, vocabulaire_en_place
from actions.comprehension.zones import reperer

_DE_LA_PERSONNE = ("situation", "contrat", "contrat_public", "generique", "metier", "possession", "prioritaire")
_LIEUX = ("employeur", "neutre")
_MOTS_MAX = 10
_REPREND = (
    r"(?:pardon|oups|en fait|enfin|finalement|plutot|erreur|attends?|attendez|desolee?|ah|je me suis trompee?|mince)"
)
_MONTANT = re.compile(
    rf"(?:(?:environ|j'ai|c'est|dans les|a peu pres|genre|bah|ben|euh|{_REPREND}),? )*(?P<n>\d+(?:\.\d+)?)€"
    rf"(?: {_REPREND})?[ .!]*"
)
# « J'ai 900 », sans l'unité : un nombre si grand n'est ni un âge ni une durée.
_POSSEDE = re.compile(
    rf"(?:(?:bah|ben|euh|oui|moi|{_REPREND}),? )*j'ai (?P<n>\d{{3,5}}(?:\.\d+)?)€?"
    rf"(?: dessus| sur (?:mon|le) (?:cpf|compte))?(?: {_REPREND})?[ .!]*"
)
_JOUR = re.compile(r"(?:(?:le|en|c'est|pour|a partir du|vers) )*(?P<date>[\w/. -]+?)[ .!]*")
# L'année est dite : sans elle, « 3 mars » peut être passé ou à venir.
_FORMES_DE_DATE = re.compile(
    rf"(?:(?:debut|mi|fin|courant) )?(?:{motifs_dates.JOURS_RE} )?(?:\d{{1,2}}(?:er)? )?{motifs_dates.MOIS_RE} \d{{4}}"
    r"|\d\d?[/. -]\d\d?[/. -]\d{2,4}|\d\d?/\d{4}|\d{4}-\d\d-\d\d"
)
# « Pour un CDD » demande ce qui vaut pour lui ; ce n'est pas dire que l'on est en CDD.
_DEMANDE = re.compile(r"^(?:pour|et|avec|sans|si|quand|mais|un|une|le|la|les|l') ?")
# « CDD 7 mois » : la durée du contrat ne dit rien d'autre.
_DUREE_DU_CONTRAT = re.compile(
    r"\b(cdd|contrat|interim|alternance|apprentissage)(?: (?:de|pour))? \d+ (?:mois|ans?|semaines?)\b"
)
# « Finalement salarié du privé » corrige, et ne dit que cela.
_REPRISE = re.compile(r"^(?:(?:finalement|au final|plutot|pardon)\b[ ,]*)+")
_VALEURS = re.compile(
    rf"(?=.*(?:\d|{motifs_dates.MOIS_RE}|\bete\b|\bannee\b))(?:[\d .,€/%-]|\b[ld]'|\b(?:{motifs_dates.MOIS_RE}"
    r"|debut|mi|fin|en|le|la|ete|hiver|automne|printemps|an|ans|annee|derniere?|prochaine?|mois|oui"
    r"|environ|vers|depuis|de|d'|d|il y a|dans)(?!\w))+"
)
# « J'ai regardé, 3100 » : ces mots-là disent seulement d'où vient le nombre. N'y mettre aucun mot qui pourrait dire
# autre chose qu'une lecture (« compté », « choisi », « fini », « pris »).
_D_UNE_VALEUR_LUE = re.compile(
    r"(?!.*\bai compte\b)(?=.*(?:\d|\b(?:" + motifs_dates.MOIS_RE + r")))(?:[\d .,;:!€/%()-]|\b[jld]'|\b(?:"
    r"je viens de (?:regarder|verifier|voir)|regarde\w*|verifiee?|consultee?|vue?|lue?|trouve|note|marque|affiche"
    r"|ai|a|y|il|me|reste|c'est|est|ca fait|ca donne|mon|ma|le|la|les|du|de|des|sur|dans|en|et|au|compte|cpf|solde|site"
    r"|appli\w*|prix|devis|tarif|montant|centre|date|dessus|environ|vers|a peu pres|exactement|pile|alors|donc|bon|bah"
    r"|ben|euh|voila|oui|ok|merci|euros?|debut|mi|fin|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre"
    r"|novembre|decembre|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b)++"
)
_AUTRE_FAIT = re.compile(
    r"(?:j'ai |environ )?\d+(?:\.\d+)?€? .*\bcpf\b|(?:pas |plus |ni |jamais )?(?:en |je suis |d')?(?:arr?et"
    r"|longue maladie|accident du)|categorie [abc]\b"
    r"|(?:mon |le )?(?:dernier |deja )?bilan (?:en|fait|paye|finance|date|de|il y a|y a)\b"
    r"|(?:jamais|aucun|pas) (?:de |fait )?(?:bilan|fait)\b|(?:pas|non)? ?prioritaire\b|\d+ (?:ans?|mois) (?:de |d')\w+"
    r"|(?:en )?(?:hors|dehors) "
)
_JAMAIS_FAIT = re.compile(
    r"(?:(?:non|nan|bah|ben|euh|ah|oui|en fait|pardon|finalement|mais),? )*(?:je n'ai |j'ai |j'en ai |je n'en ai )?"
    r"(?:jamais|pas encore) (?:encore )?(?:fait|realise|suivi|passe)"
    r"(?: (?:ca|cela|(?:de |un )?bilan(?: de competences)?|encore))?[ .!]*"
)


_AUCUN_PAYEUR = re.compile(
    r"(?:(?:non|en fait|finalement|pardon|chang\w+ (?:le montant|ca)),? )*"
    r"(?:(?:l'|les )?autres? payeurs? ?(?:c'est |est |: ?)?(?:aucun|personn?e|non|0)"
    r"|(?:il (?:n')?y a )?(?:aucun|pas d')(?: ?)autre payeur"
    r"|(?:il (?:n')?y a )?personn?e (?:d'autre )?(?:qui |ne )?pa[iy]e\w*(?: (?:a part moi|pour moi|avec moi|rien))?"
    r"|(?:il (?:n')?y a )?(?:que|seulement|juste) moi qui pa[iy]e\w*)[ .!]*"
)


def aucun_payeur(texte: str) -> bool:
    """« Il y a personne qui paie à part moi » ne dit que cela : aucun autre payeur."""
    return bool(_AUCUN_PAYEUR.fullmatch(vocabulaire_en_place().normaliseur.lire(texte)))


def statut_nu(texte: str, dechiffre: str | None = None) -> dict[str, object]:
    """Rend le statut et le contrat d'un message qui ne nomme qu'eux ; vide sinon."""
    voc = vocabulaire_en_place()
    for lu in _ecritures(texte, dechiffre, voc):
        if _ne_nomme_que_la_personne(lu, voc):
            carnet, liste = Carnet(), propositions(lu)
            statuts.lire(liste, reperer(liste, voc, implicite=True), voc, carnet)
            if carnet.dits:
                return dict(carnet.dits)
    return {}


def montant_nu(texte: str, dechiffre: str | None = None) -> tuple[float, bool] | None:
    """Rend le montant d'un message qui n'est qu'une somme en euros, et si la personne dit l'avoir (« j'ai… »)."""
    voc = vocabulaire_en_place()
    lues = _ecritures(texte, dechiffre, voc)
    trouves = (motif.fullmatch(lu) for lu in lues for motif in (_MONTANT, _POSSEDE))
    return next(((nombres.en_json(float(t["n"])), "j'ai" in t[0]) for t in trouves if t), None)


def que_des_valeurs(texte: str) -> bool:
    """Dit si un message ne porte que des nombres et des mots de date."""
    return bool(_VALEURS.fullmatch(vocabulaire_en_place().normaliseur.lire(texte)))


def que_des_valeurs_lues(texte: str) -> bool:
    """« J'ai regardé, 3100 », « c'est le 12 mars » : un nombre ou une date, et les mots qui disent qu'on l'a lu."""
    return bool(_D_UNE_VALEUR_LUE.fullmatch(vocabulaire_en_place().normaliseur.lire(texte)))


def que_des_faits(lu: str, voc: Vocabulaire) -> bool:
    """« CDI, 900 € de CPF, arrêt maladie » : plusieurs faits à la suite parlent de la personne, même sans « je »."""
    bouts = [bout.strip() for bout in re.split(r"[,;\n]| et (?=\d|en |j'ai )", lu.strip(" .!")) if bout.strip()]
    return len(bouts) > 1 and all(_ne_nomme_que_la_personne(bout, voc) or _AUTRE_FAIT.match(bout) for bout in bouts)


def date_nue(texte: str, jour: date) -> str | None:
    """Rend la période d'un message qui n'est qu'une date."""
    lu = vocabulaire_en_place().normaliseur.lire(texte)
    trouve = _JOUR.fullmatch(lu)
    if trouve is None or not _FORMES_DE_DATE.fullmatch(trouve["date"]):
        return None
    lue = dates.chercher(lu, jour, "futur")
    return periodes.ecrire(lue) if isinstance(lue, dates.Periode) else None


def jamais_fait(texte: str) -> bool:
    """« Jamais fait » répond à « avez-vous déjà fait un bilan ? », quelle que soit la question posée."""
    return jamais_fait_lu(vocabulaire_en_place().normaliseur.lire(texte))


def jamais_fait_lu(lu: str) -> bool:
    """Comme ``jamais_fait``, sur une écriture simple."""
    return bool(_JAMAIS_FAIT.fullmatch(lu))


def parle_d_un_bilan_lu(lu: str) -> bool:
    """« Jamais fait de bilan, je crois » : ce « jamais » ne répond qu'à la question du bilan."""
    trouve = _JAMAIS_FAIT.match(lu)
    return trouve is not None and (
        "bilan" in trouve[0] or bool(re.match(r"$|[.,;!]", lu[len(trouve[0].rstrip(" .!")) :]))
    )


def _ecritures(texte: str, dechiffre: str | None, voc: Vocabulaire) -> list[str]:
    lues = [voc.normaliseur.lire(ecrit) for ecrit in (texte, dechiffre) if ecrit]
    return [lu for lu in lues if not question_lue(lu)]


def _ne_nomme_que_la_personne(lu: str, voc: Vocabulaire) -> bool:
    lu = _REPRISE.sub("", lu)
    if _DEMANDE.match(lu):
        return False
    jetons, natures, i = mots(_DUREE_DU_CONTRAT.sub(r"\1", lu)), set(), 0
    while i < len(jetons):
        terme = voc.termes.a(jetons, i)
        leger = voc.listes["remplissage"].a(jetons, i) or voc.listes["hesitation"].a(jetons, i)
        if terme:
            natures.add(terme[1].nature)
            i = terme[0]
        elif leger:
            i = leger[0]
        else:
            return False
    # « Infirmière à l'hôpital » dit où l'on travaille ; « à l'hôpital » peut être d'un patient.
    dits = bool(natures & set(_DE_LA_PERSONNE)) or natures == set(_LIEUX)
    return dits and len(jetons) <= _MOTS_MAX and natures <= {*_DE_LA_PERSONNE, *_LIEUX}


def fin_d_arret_nue(texte: str, dits: Mapping[str, object]) -> dict[str, object]:
    """« Je reprends à plein temps le 1er mars » : rend ces faits si rien d'autre n'est dit ni demandé."""
    lu = vocabulaire_en_place().normaliseur.lire(texte)
    seule = "fin_arret" in dits and dits.keys() <= {"fin_arret", "arret"}
    return dict(dits) if seule and not question_lue(lu) and len(lu.split()) <= _MOTS_MAX + 2 else {}


def raconte_un_arret(texte: str, dits: Mapping[str, object], incompris: bool) -> bool:
    """« Mon arrêt finit le 31, je commence le bilan le 4 » raconte un arrêt ; sa fin seule se note."""
    rien_d_autre = incompris and dits.keys() <= {"fin_arret", "arret", "statut"}
    return "fin_arret" in dits and ("date_debut" in dits or rien_d_autre) and not fin_d_arret_nue(texte, dits)
