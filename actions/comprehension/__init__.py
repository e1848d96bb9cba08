"""Comprendre les faits que l'on dit en texte libre. Python pur : ni Rasa, ni horloge, ni réseau."""

from __future__ import annotations

import re
from datetime import date

from actions.comprehension import (
    accord,
    arret,
    bilan,
    demarche,
    fin_contrat,
    hypotheses,
    moment,
    montants,
    nombres,
    priorite,
    reprise,
    services,
    statuts,
)
from actions.comprehension.autrui import d_autrui, noter_son_prix
from actions.comprehension.fin_arret import sans_fin
from actions.comprehension.modele import Carnet, Faits
from actions.comprehension.nus import parle_d_un_bilan_lu, que_des_faits
from actions.comprehension.payeurs import payeur_incertain
from actions.comprehension.propositions import blocs, propositions
from actions.comprehension.reponses import (
    aveu_lu,
    demande_l_effet,
    doute_lu,
    est_une_question,
    ne_sait_pas,
    oui_non,
    oui_non_lu,
    partie_reponse,
    partie_reponse_lue,
    question_lue,
    refuse_d_en_parler,
)
from actions.comprehension.vocabulaire import Vocabulaire, vocabulaire_en_place
from actions.comprehension.zones import lieu_de_travail, reperer

__all__ = [
    "PRIVE_SUPPOSE",
    "Faits",
    "demande_l_effet",
    "est_une_question",
    "extraire",
    "ne_sait_pas",
    "oui_non",
    "partie_reponse",
    "refuse_d_en_parler",
]

_BOOLEENS = ("abondement_c2p_ou_atmp", "conge_reclassement", "agent_prioritaire", "agent_public")
_STATUTS = ("statut", "contrat", "agent_public")
# Un contrat qui existe aussi dans le public : sans rien d'autre, on suppose le privé, et on le dit.
PRIVE_SUPPOSE = "prive_suppose"
_AUSSI_DANS_LE_PUBLIC = ("cdd", "apprentissage", "contrat_ambigu")
# Questions dont la réponse nomme un métier ou un employeur : « usine » y parle de la personne.
_IMPLICITES = (*_STATUTS, "agent_prioritaire")
# « Mon CDD finit le 31 mars » ne dit ni qu'un arrêt est fini, ni quand un bilan a eu lieu.
_SANS_ECHEANCE = ("arret", "dernier_bilan")
_POSSEDE = re.compile(r"\bj'ai (?:bien |deja |encore |toujours )*(?:des|mes|les|\d+|quelques) (?:points|droits)\b")
_NON_L_IDEE = re.compile(
    r"(?:(?:mais|bah|ah) )*(?:non|nan)\b,? (?:\w+ )?(?:(?:l'?)?idee\b|c'est (?:moi|lui|elle) qui\b)"
)
# « Non 10 séances de 2 h », « non je parle de la durée » : ce « non » reprend autre chose que la question posée.
_NON_A_AUTRE_CHOSE = re.compile(
    r"(?:(?:mais|ah|euh|bah|ben) )*(?:non|nan)\b,? (?:(?:c'est|plutot|juste|mais) )*"
    r"(?:\d+ ?(?:seances?|rendez ?vous|heures?|h|fois|personnes?|salarie\w*|€)(?!\w)"
    r"|je (?:parl\w+|demand\w+|v(?:eux|oulais) dire)\b|c'est pas ca\b|une? vraie?\b)"
)
# « Et si j'étais que micro-entrepreneur ? »
_SEULEMENT = re.compile(
    r"\b(je suis|j'etais|je serais) (?:que|seulement|uniquement|juste|plus que) (?!je|j'|tu|il|elle|on|nous|vous)"
)
_REVIENT = re.compile(
    r"\ben fait\b|\bfinalement\b|\bpardon\b|\bc'est faux\b|\berreur\b|\btrompee?\b"
    r"|\bpas (?:le|un|mon|du|en) (?:prix|cpf|solde|compte|arret)\b"
)
# « Je sais pas si je suis en arrêt ou pas » : un doute sur le fait lui-même n'en dit rien.
_NE_SAIT_PAS_SI = re.compile(r"\bsais? (?:pas|plus)(?: trop| vraiment)? si (?:je suis|j'(?:en )?ai|je l'ai)\b.{0,40}$")


def extraire(texte: str, jour: date, question: str | None = None, dechiffre: str | None = None) -> Faits:
    """Rend les faits que la personne dit d'elle-même.

    Args:
        texte: le message, tel qu'il est écrit.
        jour: le jour de la conversation, pour « y a 3 ans » ou « lundi 14 ».
        question: champ que l'on vient de demander ; une réponse courte (« 1600e », « nan », « usine ») le remplit.
        dechiffre: le même message relu à l'oreille (« chui » : « je suis ») ; il complète ce que le texte laisse vide.
    """
    voc = vocabulaire_en_place()
    lu, relu = voc.normaliseur.lire(texte), voc.normaliseur.lire(dechiffre or "")
    faits = _extraire(lu, jour, question, voc)
    return faits if not relu or relu == lu else faits.complete_par(_extraire(relu, jour, question, voc))


def _extraire(lu: str, jour: date, question: str | None, voc: Vocabulaire) -> Faits:
    if not lu:
        return Faits()
    lu = _SEULEMENT.sub(r"\1 ", bilan.sans_retractation(lu, question))
    carnet = Carnet(corrige=bool(voc.motifs["correction"].search(lu)))
    if question is None:
        _lire_dits(lu, jour, voc, carnet, implicite=que_des_faits(lu, voc) and not question_lue(lu))
        moment.lire(lu, question, carnet)
        carnet.erreurs.clear()
        return carnet.rendre()
    reponse = partie_reponse_lue(lu)
    implicite = question in _IMPLICITES and not d_autrui(lu, voc)
    if reponse != lu:
        _lire_dits(lu, jour, voc, carnet, implicite=False)
    if reponse:
        _lire_dits(reponse, jour, voc, carnet, implicite)
    moment.lire(lu, question, carnet)
    return _repondre(question, lu, reponse, jour, voc, carnet)


def _lire_dits(lu: str, jour: date, voc: Vocabulaire, carnet: Carnet, implicite: bool) -> None:
    liste = propositions(montants.accoler(sans_fin(lu)))
    zones, sans_accord = reperer(liste, voc, implicite), accord.s_en_passe(lu)
    statuts.lire(liste, zones, voc, carnet)
    arret.lire(lu, liste, zones, jour, carnet)
    for texte, mode, interrogative in blocs(liste):
        if mode != "doute":
            bilan.lire(texte, mode, jour, voc, carnet)
            montants.lire(texte, mode, interrogative, voc, carnet)
            demarche.lire(texte, mode, interrogative, jour, voc, carnet)
            if mode == "suppose":
                hypotheses.lire(texte, jour, voc, carnet)
            if not sans_accord:
                accord.accord(texte, mode, interrogative, carnet)
            fin_contrat.lire(texte, mode, interrogative, jour, carnet)
            services.lire(texte, mode, interrogative, carnet)


def _repondre(question: str, lu: str, reponse: str, jour: date, voc: Vocabulaire, carnet: Carnet) -> Faits:
    """Complète par ce que vaut le message, ou sa part qui ne questionne pas, comme réponse à la question posée."""
    if question.startswith(_SANS_ECHEANCE):
        reponse = fin_contrat.sans_echeance(reponse)
    if question.startswith("dernier_bilan"):
        reponse = fin_contrat.sans_avenir(reponse)
    oui, doute = oui_non_lu(reponse, voc), doute_lu(reponse, voc)
    if parle_d_un_bilan_lu(reponse) and not question.startswith("dernier_bilan"):
        oui = None  # « jamais fait » parle d'un bilan : ce n'est un non à aucune autre question
    if _NON_A_AUTRE_CHOSE.match(lu):
        oui = None
    if question == "arret" and "agent_prioritaire" in carnet.dits and "arret" not in carnet.dits:
        oui = None  # « oui j'ai pas le bac » parle d'autre chose que d'un arrêt
    if not question.startswith("arret") and reprise.oui_en_arret(reponse):
        arret.repondre(reponse, oui, jour, carnet)
        oui = None  # « oui toujours en arrêt » ne dit que l'arrêt
    if carnet.dits and (_REVIENT.search(lu) or ("initiative" in carnet.dits and _NON_L_IDEE.match(lu))):
        oui = None  # « en fait non, je suis pas en arrêt » corrige ce qui est dit, et ne répond pas
    if question in ("prix", "solde_cpf"):
        noter_son_prix(lu, voc, carnet)
    if reponse and not d_autrui(lu, voc) and not carnet.supposes and not _NE_SAIT_PAS_SI.search(reponse):
        if question == "prix" and (possede := montants.possede_seul(reponse)):
            carnet.noter("solde_cpf", possede)
        elif question in nombres.CHAMPS:
            nombres.repondre(question, reponse, oui, voc, carnet)
        elif question in ("arret", "arret_depuis"):
            arret.repondre(reponse, oui, jour, carnet)
        elif question == "accord_caisse":
            accord.repondre(reponse, oui, doute, voc, carnet)
        elif question.startswith("dernier_bilan"):
            bilan.repondre(question, reponse, oui, doute, jour, voc, carnet)
        elif question in _BOOLEENS and question not in carnet.dits and not doute:
            oui = False if question == "agent_prioritaire" and priorite.bac_dit(reponse) else oui
            _repondre_oui_non(question, reponse, oui, carnet)
        elif question in _STATUTS:
            _repondre_statut(question, reponse, voc, carnet)
        else:
            demarche.repondre(question, reponse, oui, jour, voc, carnet)
    repondu = question in carnet.dits or question in carnet.erreurs or _partie_dite(question, carnet)
    doute = doute or (question.startswith("dernier_bilan") and payeur_incertain(reponse, voc))
    aveu = doute or voc.motifs["attente"].search(reponse) if reponse else False
    if not repondu and (aveu or (reponse != lu and aveu_lu(lu))):
        return carnet.rendre(frozenset([question]))
    if doute and question in ("dernier_bilan", "dernier_bilan_date"):
        return carnet.rendre(bilan.inconnus(reponse, voc, carnet))
    return carnet.rendre()


def _repondre_oui_non(question: str, lu: str, oui: bool | None, carnet: Carnet) -> None:
    """« J'ai des points », dit à qui demande si l'on en a, vaut un oui."""
    possede = _POSSEDE.search(lu) if question == "abondement_c2p_ou_atmp" and oui is None else None
    if oui is not None or possede:
        carnet.noter(question, bool(oui or possede))


def _repondre_statut(question: str, lu: str, voc: Vocabulaire, carnet: Carnet) -> None:
    """« CDI », dit à qui demande la situation, est d'un salarié ; un métier qui s'exerce partout ne suffit pas."""
    if question != "statut" or {"statut", "agent_public"} & (carnet.dits.keys() | carnet.erreurs.keys()):
        return
    if lieu := lieu_de_travail(lu, voc):
        carnet.noter("statut", lieu)
        return
    termes = [terme for _, _, terme in voc.termes.tous(lu.replace("'", " ").split())]
    contrat = carnet.dits.get("contrat") or carnet.erreurs.get("contrat")
    public = any(priorite.au_public(terme) for terme in termes)
    if contrat == "cdi":
        carnet.noter("statut", "salarie_prive")
    elif contrat in _AUSSI_DANS_LE_PUBLIC and not public:
        carnet.noter("statut", "salarie_prive", approximation=PRIVE_SUPPOSE)
    elif any(terme.nature in ("neutre", "ambigu", "dirigeant", "mixte") for terme in termes):
        carnet.refuser("statut", "statut_ambigu")


def _partie_dite(question: str, carnet: Carnet) -> bool:
    connus = carnet.dits.keys() | carnet.erreurs.keys()
    return (question == "statut" and "agent_public" in connus) or (
        question == "dernier_bilan" and bool({"dernier_bilan_date", "dernier_bilan_financeur"} & connus)
    )
