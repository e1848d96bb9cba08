"""Lit la réponse à une question : un bouton, des mots, plusieurs faits à la fois, un « je ne sais pas »."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from actions.comprehension import (
    PRIVE_SUPPOSE,
    demande_l_effet,
    est_une_question,
    extraire,
    ne_sait_pas,
    nombres,
    partie_reponse,
    refuse_d_en_parler,
)
from actions.comprehension.autrui import TIERS
from actions.comprehension.nus import que_des_valeurs
from actions.comprehension.reprise import oui_en_arret
from actions.droit import Droit
from actions.parcours import a_cote, argent_dit, calcul_en_cours, dates_dites, lettre_voulue
from actions.parcours.choix import choix, choix_dit, simplifier
from actions.parcours.dernier_bilan import situer_le_bilan
from actions.parcours.lecture import Lecture, MessageRecu
from actions.parcours.reponse_completee import PRECISES, avec_ce_qui_est_dit_a_cote, sans_remplacer
from actions.parcours.reprises import choisi, dit_autre_chose

INCONNU = "inconnu"
# Passent avant toute lecture de réponse, quoi que le message contienne d'autre.
_PRIORITAIRES = {"exprimer_detresse", "effacer_donnees", "signaler_harcelement", "et_si", "pause", "reprise", "suite"}
# Passent avant, s'ils sont sûrs et dits en toutes lettres : un « non » seul n'arrête rien.
_CONDUITE = {"arreter", "recommencer", "parler_a_un_humain", "pourquoi_cette_question"}
# Un oui, un non ou un message mal compris n'interrompt pas : c'est une réponse à relire.
_PAS_UNE_INTERRUPTION = {"affirmer", "nier", "ne_sait_pas", "nlu_fallback", "donner_avis_positif", "dire_un_fait"}
_PARCOURS = {
    "verifier_eligibilite", "demander_cpf", "simuler_cout", "parler_employeur", "rediger_lettre", "planifier",
    "recapituler", "reprendre", "repeter",
}  # fmt: skip
_SAVOIR = {"faq", "idee_recue", "hors_sujet"}
# « Non, en fait je suis en CDD » corrige autre chose : ce « non » ne répond pas à la question posée.
_NON_DE_REPRISE = re.compile(
    r"^\W*(?:(?:ah|euh|bah|mais)\W+)?(?:non|oui)\W+"
    r"(?=(?:en fait|finalement|plut[oô]t|pardon|en r[ée]alit[ée]|enfin)\b|\d[\d ]*(?:€|euros?)? ?c'?est\b)",
    re.I,
)
_QUELLE_LETTRE = ("famille_lettre", "lettre")
_DATE = re.compile(r"\bdates?\b", re.I)
_CONFIANCE_CONDUITE = 0.5
_CONFIANCE_SAVOIR = 0.5
_CONFIANCE_DOUTE = 0.9
# « J'ai envoyé un courrier » raconte ; « écris-moi un courrier » demande.
_RACONTE = re.compile(
    r"\W*(?:(?:oui|non|nan)\W+)?(?:j'?\s?ai|jé|g|je l'ai|on m'a|ils? (?:a|ont)|elles? (?:a|ont))\b", re.I
)
_MOTS_D_UNE_DEMANDE = 4
_AUTRE_MONTANT = re.compile(r"[1-9]")
_BOOLEENS = {"accord_caisse", "abondement_c2p_ou_atmp", "agent_prioritaire"}
_OUI_OU_NON = {*_BOOLEENS, "arret", "dernier_bilan"}
_D_UN_BILAN_PASSE = {"dernier_bilan_date", "dernier_bilan_financeur"}
# Questions dont la réponse se lit comme un autre champ du cœur.
_SE_LIT_COMME = {"montant_aide": "dotation_employeur", "date_demande": "dernier_bilan_date"}


_AUTRE, _INCOMPRIS = Lecture(autre=True), Lecture(incompris=True)


def lire(message: MessageRecu, question: str, faits: Mapping[str, Any], jour: date, droit: Droit) -> Lecture:
    """Lit un message reçu quand ``question`` (nom de champ) est posée, à qui l'on sait déjà ``faits``."""
    if message.bouton is not None:
        choisie = _lire_bouton(message.bouton, question, jour, droit)
        paye = question == argent_dit.PAYEUR and choisie.faits
        return argent_dit.avec_le_montant(dict(choisie.faits), "", jour) if paye else choisie
    if message.texte.startswith("/"):
        return _AUTRE
    if corrige := a_cote.remplacer(message.texte, faits):
        return Lecture({**a_cote.lire(message.lectures, message.parcours, faits, jour, montants=False), **corrige})
    if question in (dates_dites.DEBUT, dates_dites.DEMANDE) and (dites := dates_dites.lire(message.texte, jour)):
        return Lecture(dites)
    if demande_l_effet(message.texte) or demande_l_effet(message.dechiffre or ""):
        return Lecture(pourquoi=True)
    interrompt = message.intention in _PRIORITAIRES and message.intention != "et_si"
    if not interrompt and (suppose := argent_dit.supposee(message, faits, jour)):
        return suppose
    if remises := calcul_en_cours.demande_le_total(message, question, faits):
        return Lecture(inconnus=remises)
    if a_part := calcul_en_cours.dit_a_cote(message, question, faits, jour, droit):
        return a_part
    # « L'hôpital », dit par un agent public, nomme sa fonction publique.
    famille = "versant" if question == "statut" and faits.get("agent_public") else question
    lu = _lire_texte(message, question, famille, jour, droit)
    precise = question in PRECISES and lu is not None and question in lu.faits
    if _passe_avant(message, precise) and not _repond_a_l_arret(message, question, lu):
        return _AUTRE
    longue = len(message.texte.split()) >= _MOTS_D_UNE_DEMANDE
    raconte = lu is not None and question in lu.faits and _RACONTE.match(message.texte)
    if _demande_un_autre_parcours(message) and not precise and not raconte and (longue or lu is None):
        return _AUTRE
    if _ignore(message, question, lu):
        return Lecture(inconnus=frozenset({question}))
    if lu is None and question == "duree_mois" and message.intention == "nier" and not longue:
        return Lecture(inconnus=frozenset({question}))  # « non », à qui demande sur combien de mois : pas de durée
    lu = avec_ce_qui_est_dit_a_cote(message, question, lu, faits, jour)
    if lu is not None and lu.approches.get("prix") == TIERS and faits.get("prix") is not None:
        lu = replace(lu, faits={champ: valeur for champ, valeur in lu.faits.items() if champ != "prix"})
    if lu is not None and "lettre" in lu.faits:
        lettre = lettre_voulue.choisie(str(lu.faits["lettre"]), {**faits, **lu.faits})
        lu = replace(lu, faits={**lu.faits, "lettre": lettre})
    if lu is not None:
        aussi = (
            message.intention in _SAVOIR and message.confiance >= _CONFIANCE_SAVOIR and est_une_question(message.texte)
        )
        dits = sans_remplacer(lu.faits, question, faits, message, jour)
        if not (dits or lu.inconnus or lu.autre_prix or aussi):
            return _AUTRE
        return replace(lu, faits=dits, question=message.etiquette if aussi else None)
    if message.intention in _PAS_UNE_INTERRUPTION:
        return _INCOMPRIS
    # Revenir en arrière sur un mot mal compris défait une réponse ; « 500 », seul, n'a pas de sujet.
    doute = message.confiance < _CONFIANCE_SAVOIR or dit_autre_chose(message.texte)
    recule = message.intention == "corriger" and doute
    if recule or que_des_valeurs(message.texte):
        return _INCOMPRIS
    # Une question hésitante reçoit sa réponse ; une démarche n'en remplace pas une autre sur un doute.
    douteuses = _PARCOURS if est_une_question(message.texte) else _SAVOIR | _PARCOURS
    incertain = message.confiance < _CONFIANCE_SAVOIR and message.intention in douteuses
    return _INCOMPRIS if incertain else _AUTRE


def _ignore(message: MessageRecu, question: str, lu: Lecture | None) -> bool:
    """Un oui ou un non mêlé à un « je ne sais pas » très sûr n'en est pas un."""
    sur = message.intention == "ne_sait_pas" and message.confiance >= _CONFIANCE_DOUTE
    return sur and question in _OUI_OU_NON and lu is not None and set(lu.faits) == {question}


def _demande_un_autre_parcours(message: MessageRecu) -> bool:
    autre = message.intention in _PARCOURS and message.intention != message.parcours
    refuse = message.intention == "parler_employeur" and refuse_d_en_parler(message.texte)
    return autre and not refuse and message.confiance >= _CONFIANCE_SAVOIR


def _repond_a_l_arret(message: MessageRecu, question: str, lu: Lecture | None) -> bool:
    """« Je reprends lundi », à qui demande l'arrêt, ne met pas la conversation en pause."""
    return message.intention == "pause" and question == "arret" and lu is not None and question in lu.faits


def _passe_avant(message: MessageRecu, precise: bool) -> bool:
    if message.intention in _PRIORITAIRES:
        # « En 2027 » n'a de mot que d'une date : rien n'y dit un danger.
        return not que_des_valeurs(message.texte)
    if precise:
        return False
    sur = message.confiance >= _CONFIANCE_CONDUITE and len(message.texte.split()) > 1
    return message.intention in _CONDUITE and sur


def _lire_texte(message: MessageRecu, question: str, famille: str, jour: date, droit: Droit) -> Lecture | None:
    texte = _NON_DE_REPRISE.sub("", message.texte)
    relu = _NON_DE_REPRISE.sub("", message.dechiffre or "")
    champ = _SE_LIT_COMME.get(question, question)
    if question == "montant_aide" and _aucun_payeur(texte):
        return Lecture({"autre_payeur": "aucun"})
    extrait = extraire(texte, jour, champ, relu)
    faits = dict(extrait.valeurs) if champ != question else situer_le_bilan(extrait.valeurs, jour, droit)
    # « Un bilan récent, c'est quoi ? » ne dit rien : seule la part qui répond choisit.
    code = next(filter(None, (choisi(partie_reponse(t), famille) for t in (texte, relu) if t)), None)
    if question != "arret" and any(oui_en_arret(simplifier(t)) for t in (texte, relu) if t):
        code = None  # « oui toujours en arrêt » n'est pas un oui de l'employeur
    if question == "autre_payeur" and _D_UN_BILAN_PASSE & set(faits):
        code = None  # « j'avais un bilan payé par Pôle emploi » : ce payeur-là n'est pas celui d'aujourd'hui
    if code:
        aussi = {} if extrait.hypothese else {champ: v for champ, v in faits.items() if champ != "agent_public"}
        lus = {**aussi, **_lire_bouton(code, question, jour, droit).faits}
        return argent_dit.avec_le_montant(lus, texte, jour) if question == argent_dit.PAYEUR else Lecture(lus)
    if extrait.hypothese:
        return None
    inconnus = frozenset({question} if champ in extrait.inconnus else extrait.inconnus)
    if champ != question and champ in faits:
        faits[question] = faits.pop(champ)
    if question == "dernier_bilan_date" and question not in faits and faits.get("dernier_bilan") == "oui":
        inconnus |= {question}  # « moins de dix ans » ne dit pas de quel côté du délai : inutile de redemander
    if not inconnus and not faits and not est_une_question(texte) and any(map(ne_sait_pas, (texte, relu))):
        inconnus = frozenset({question})
    if question in _QUELLE_LETTRE and question in inconnus and _DATE.search(texte):
        # « Quelle lettre ? — Je ne sais pas encore la date » : la lettre reste à dire, la date ne se demandera plus.
        inconnus = frozenset({"date_debut"})
    suppose = extrait.approximations.get("statut") == PRIVE_SUPPOSE and "statut" in faits
    approches = {
        question if c == champ else c: code for c, code in extrait.approximations.items() if c in nombres.CHAMPS
    }
    autre = extrait.suppositions.get("prix") if "prix" in faits else None
    autre_prix = float(str(autre)) if autre else None
    lecture = Lecture(faits, inconnus, prive_suppose=suppose, approches=approches, autre_prix=autre_prix)
    return lecture if faits or inconnus else None


def _aucun_payeur(texte: str) -> bool:
    """« Personne », « 0 », « non », à qui demande combien paie l'autre payeur : il n'y en a pas."""
    dit = partie_reponse(texte)
    return choix_dit(dit, "autre_payeur") == "aucun" and not ne_sait_pas(texte) and not _AUTRE_MONTANT.search(dit)


def _lire_bouton(code: str, question: str, jour: date, droit: Droit) -> Lecture:
    if code == INCONNU:
        return Lecture(inconnus=frozenset({question}))
    retient = choix().get(question, {}).get(code, {}).get("retient")
    if retient:
        return Lecture({champ: _valeur(v, jour, droit) for champ, v in retient.items()})
    if question in _BOOLEENS and code in ("oui", "non"):
        return Lecture({question: code == "oui"})
    return Lecture({question: code})


def _valeur(valeur: Any, jour: date, droit: Droit) -> Any:
    return float(droit.montant(valeur["parametre"], jour)) if isinstance(valeur, dict) else valeur
