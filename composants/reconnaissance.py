"""Messages qui ne se comprennent qu'avec ce qui précède, et l'action que chacun appelle."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT_RANKING_KEY

from actions.comprehension import est_une_question
from actions.contenus import contenus_en_place
from actions.conversions import converti
from actions.delais import article_demande, autre_bilan_demande, delai_demande
from actions.etat import (
    QUESTIONNAIRE,
    etapes_a_faire,
    faits_de,
    parle_pour_un_autre,
    retouche_dite,
)
from actions.fil import derniers_tours, reponse_a_suivre, sujet_de_reponse
from actions.lettre_donnee import TOURS, dit_son_nom, reprise_de, suite_de
from actions.orienter_vers_humain import demande_les_autres
from actions.parcours import suites
from actions.parcours.faits import est_public
from actions.rattachement import rattacher
from actions.relances import MEME_SUJET, relances_en_place
from actions.role import conclusion_dite, se_presente, theme_dit
from actions.simplification import simplifier
from composants import relances_du_calcul as du_calcul
from composants.apres_un_resultat import corrige_un_fait, suppose_un_fait
from composants.cas_dits import dit_un_cas, situe_face_a_l_arret
from composants.dits import APAISEMENT, SECOURS, rappel_fini, secours_recents
from composants.relances_du_calcul import PEUVENT_CEDER, change_le_calcul, redemande_ses_notes
from composants.vigilance import nie_le_danger, redresser

ACTION, COCHER, CORRIGER, COMPARER = "action_relancer", "action_cocher", "action_corriger", "action_comparer"
CONCLURE = "action_conclure_parcours"
REPONDRE, ORIENTER = "action_repondre", "action_orienter_vers_humain"
SECOURIR, FINIR_LE_RAPPEL = "action_secourir", "action_finir_le_rappel"
_LE_RAPPEL = re.compile(r"\b(?:3114|num[eé]ros?|suicid\w*|id[eé]es? noires?|rappels?)\b", re.I)
_RETRAITS, _ADIEU = ("dire_au_revoir", "nier"), "adieu"
# La détresse d'abord ; un bouton dit exactement ce qu'il veut.
_JAMAIS, _EFFACER = {"exprimer_detresse", "signaler_harcelement"}, "effacer_donnees"
# Un employeur aussi demande une lettre, une personne, un texte.
_SE_SUFFISENT = {"rediger_lettre", "parler_a_un_humain", "recapituler", "approfondir", "reformuler", "autre_langue"}
# Un acte de conversation se comprend seul ; « pourquoi si peu ? », hors d'un questionnaire, porte sur la réponse.
_CONNAISSANCES, _SUR = ("faq", "idee_recue"), 0.6
_DES_DELAIS = ("employeur", "public", "roles", "parcours")  # groupes de data/sujets.yml où un délai se demande
_REGLES_PUBLIQUES, _FAIT_DIT = "agent_public", "dire_un_fait"
_DERNIERES = 4


def reconnaitre(tracker: DialogueStateTracker) -> str | None:
    """Rend l'action qu'appelle un message qui ne se comprend qu'avec ce qui précède, ou ``None``."""
    message = tracker.latest_message
    if message is None or not message.text or message.text.startswith("/"):
        return None
    if message.intent.get("name") in _JAMAIS:
        return None
    # Pendant un questionnaire aussi ; « efface ça » vise alors le numéro.
    if _refuse_le_rappel(tracker) or _s_apaise(tracker):
        return FINIR_LE_RAPPEL
    if tracker.active_loop_name:
        return REPONDRE if _demande_de_sa_place(tracker) else None
    # Ce que les mots suffisent à comprendre (« vous êtes sur quel serveur ? ») n'est la suite de rien.
    if message.intent.get("name") == _EFFACER or message.intent.get("certain"):
        return None
    return next((nom for nom, reconnait in _RECONNAISSENT if reconnait(tracker)), None)


def _demande_de_sa_place(tracker: DialogueStateTracker) -> bool:
    """« Je dois motiver ? », d'un employeur ou d'un élu : son thème passe avant le classement et le questionnaire."""
    message = tracker.latest_message
    if message.intent.get("name") in _SE_SUFFISENT:
        return False
    if tracker.active_loop_name:
        return tracker.active_loop_name == QUESTIONNAIRE and parle_pour_un_autre(tracker)
    theme = theme_dit(tracker, message.text, message.parse_data.get("dechiffre"))
    return bool(theme or conclusion_dite(tracker, message.text))


def _parle_d_une_etape(tracker: DialogueStateTracker) -> bool:
    """« C'est fait », « étape suivante » : tant que la demande CPF n'est pas finie, même après une question de côté."""
    if _derniere_reponse(tracker) == SECOURS:
        return False  # après un danger, « c'est fait » ne parle pas d'une étape
    if suites.silence_de_l_organisme(tracker.latest_message.text):
        return True
    restantes = etapes_a_faire(tracker)
    return bool(restantes) and suites.lire(tracker.latest_message.text, restantes) is not None


def _derniere_reponse(tracker: DialogueStateTracker) -> str | None:
    dites = (e for e in reversed(tracker.events) if isinstance(e, BotUttered))
    return next(((e.metadata or {}).get("utter_action") for e in dites), None)


def _demande_un_delai(tracker: DialogueStateTracker) -> bool:
    """« Reçue le 20 octobre, c'est passé ? », « je peux en refaire un quand ? » : une date à calculer."""
    message = tracker.latest_message
    dites = (e for e in reversed(tracker.events) if isinstance(e, BotUttered))
    noms = filter(None, ((e.metadata or {}).get("utter_action") for e in dites))
    precedente = reponse_a_suivre(list(islice(noms, _DERNIERES)))
    if autre_bilan_demande(tracker, message.text, message.intent.get("etiquette"), precedente):
        return True
    rendue = delai_demande(tracker, message.text, precedente)
    if rendue is None or (rendue.sans_date and message.intent.get("seconde")):
        return False  # deux questions, et aucune date : leurs réponses disent la règle, et les disent toutes deux
    return rendue.sur or not _parle_surement_d_autre_chose(message.intent)


def _parle_surement_d_autre_chose(intention: Mapping[str, Any]) -> bool:
    """« Mon bilan s'est fini en mars, et la suite ? » : une date dite ne suffit pas à demander un délai."""
    etiquette = intention.get("etiquette")
    if intention.get("name") not in _CONNAISSANCES or not etiquette:
        return False
    groupe_de, sujets = relances_en_place().groupe_de, contenus_en_place().sujets_d_etiquette(etiquette)
    des_delais = any(groupe_de.get(sujet) in _DES_DELAIS for sujet in sujets)
    return not des_delais and float(intention.get("confidence") or 0) >= _SUR


def _reprend_la_lettre(tracker: DialogueStateTracker) -> bool:
    """« Mets que c'est un bilan », « refais-la », « en pdf », après une lettre."""
    texte, tours = tracker.latest_message.text, _tours(tracker)
    return reprise_de(tracker, texte, tours) is not None or dit_son_nom(tracker, texte, tours)


def _demande_d_une_lettre(tracker: DialogueStateTracker) -> bool:
    """« Il a combien de temps pour répondre ? », après une lettre : ce délai-là, pas un autre."""
    return suite_de(tracker, tracker.latest_message.text, _tours(tracker)) is not None


def _tours(tracker: DialogueStateTracker) -> list[list[str]]:
    return derniers_tours((evenement.as_dict() for evenement in reversed(tracker.events)), TOURS)


def _est_une_relance(tracker: DialogueStateTracker) -> bool:
    message = tracker.latest_message
    precedent, juste_avant = _dernier_sujet(tracker)
    if not precedent or message.intent.get("lettre_demandee") or du_calcul.donne_ses_montants(message):
        return False
    table = relances_en_place()
    vers = table.trouver(message.text, precedent)
    if vers == MEME_SUJET and precedent == _REGLES_PUBLIQUES and est_public(faits_de(tracker)):
        return False  # chaque sujet a sa réponse d'agent public : le classement y mène mieux que les règles générales
    if vers:
        return True
    if not juste_avant:
        return False
    intention, etiquette = message.intent.get("name") or "", message.intent.get("etiquette")
    if intention in PEUVENT_CEDER or table.groupe_de.get(intention) == "parcours":
        classement = contenus_en_place().sujets_d_etiquette(etiquette)[0] if etiquette else None
        if table.garde_le_sujet(message.text, precedent, classement):
            return True
    if intention == _FAIT_DIT:
        return False  # « je vous dis que je suis du privé » se note, et ne suit pas le sujet d'avant
    return rattacher(message.text, message.parse_data.get(INTENT_RANKING_KEY) or [], precedent) is not None


def _se_retire_apres_un_danger(tracker: DialogueStateTracker) -> bool:
    """« Merci pour tout, adieu », « ça changera rien » : après un danger, ce n'est ni une politesse ni un refus."""
    message = tracker.latest_message
    retrait = message.intent.get("name") in _RETRAITS or _ADIEU in simplifier(message.text).split()
    return retrait and secours_recents(tracker)


def _rechute(tracker: DialogueStateTracker) -> bool:
    """« Le soir ça revient » : après un danger dit, dans toute la conversation, il en faut moins pour s'inquiéter."""
    dits = ((e.metadata or {}).get("utter_action") for e in tracker.events if isinstance(e, BotUttered))
    return SECOURS in dits and relances_en_place().fait_craindre_une_rechute(tracker.latest_message.text)


def _refuse_le_rappel(tracker: DialogueStateTracker) -> bool:
    """« Je vais très bien », « j'ai pas d'idées noires », « c'est quoi ce numéro » : l'alerte est démentie."""
    texte = tracker.latest_message.text
    vise = secours_recents(tracker) or (_LE_RAPPEL.search(texte) and rappel_fini(tracker))
    return bool(vise) and (relances_en_place().arrete_le_rappel(texte) or nie_le_danger(redresser(texte)))


def _s_apaise(tracker: DialogueStateTracker) -> bool:
    """« Ça va mieux maintenant », puis « je veux reprendre » : après un danger, rien ne s'ouvre d'office."""
    texte = tracker.latest_message.text
    vise = secours_recents(tracker) or _derniere_reponse(tracker) == APAISEMENT
    if not vise or est_une_question(texte) or relances_en_place().fait_craindre_une_rechute(texte):
        return False
    return relances_en_place().apaise(texte)


_CORRIGENT = (redemande_ses_notes, change_le_calcul, corrige_un_fait)
_RECONNAISSENT: tuple[tuple[str, Callable[[DialogueStateTracker], bool]], ...] = (
    (SECOURIR, lambda tracker: _se_retire_apres_un_danger(tracker) or _rechute(tracker)),
    # « L. 6313-4, c'est le bon article ? », « quel décret a fixé les 150 euros ? »
    (REPONDRE, lambda t: article_demande(t.latest_message.text, t.latest_message.intent) is not None),
    (REPONDRE, _demande_de_sa_place),
    (ORIENTER, lambda tracker: demande_les_autres(tracker.latest_message.text, _derniere_reponse(tracker))),
    # « En disponibilité, mes 83 heures font combien d'euros ? » : le calcul avant le cas.
    (ACTION, lambda tracker: converti(tracker.latest_message.text) is not None),
    (ACTION, situe_face_a_l_arret),
    (REPONDRE, dit_un_cas),
    (CORRIGER, _reprend_la_lettre),
    (ACTION, _demande_un_delai),
    (COCHER, _parle_d_une_etape),
    (CORRIGER, lambda tracker: bool(retouche_dite(tracker, tracker.latest_message.text))),
    (CONCLURE, du_calcul.redemande_le_calcul),
    (COMPARER, suppose_un_fait),
    (CORRIGER, lambda tracker: any(vu(tracker) for vu in _CORRIGENT)),
    (ACTION, lambda tracker: _demande_d_une_lettre(tracker) or _est_une_relance(tracker)),
    (REPONDRE, lambda t: se_presente(t, t.latest_message.text, t.latest_message.intent.get("name"))),
)


def _dernier_sujet(tracker: DialogueStateTracker) -> tuple[str | None, bool]:
    """Rend le dernier sujet traité, et s'il l'a été juste avant ce message."""
    messages = 0
    for evenement in reversed(tracker.events):
        if isinstance(evenement, UserUttered):
            messages += 1
        elif isinstance(evenement, BotUttered):
            sujet = sujet_de_reponse((evenement.metadata or {}).get("utter_action"))
            if sujet:
                return sujet, messages <= 1
    return None, False
