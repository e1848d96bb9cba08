"""Messages qui ne se comprennent qu'avec ce qui précède, et l'action que chacun appelle."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT_RANKING_KEY

from actions.comprehension import est_une_question
from actions.contenus import contenus_en_place
from actions.delais import conclusion_dite, delai_demande
from actions.etat import (
    QUESTIONNAIRE,
    absence_datee,
    etapes_a_faire,
    faits_avant,
    faits_de,
    parle_en_employeur,
    redit,
    retouche_dite,
)
from actions.fil import derniers_tours, sujet_de_reponse
from actions.lettre_donnee import TOURS, dit_son_nom, reprise_de, suite_de
from actions.parcours import a_cote, suites
from actions.parcours.choix import theme_du_role
from actions.parcours.faits import CHAMPS, est_public, mettre_a_jour
from actions.rattachement import rattacher
from actions.relances import MEME_SUJET, relances_en_place
from actions.simplification import simplifier
from composants.dits import SECOURS, rappel_fini, secours_recents
from composants.relances_du_calcul import PEUVENT_CEDER, change_le_calcul, compare_deux_prix, redemande_ses_notes
from composants.vigilance import nie_le_danger, redresser

ACTION, COCHER, CORRIGER, COMPARER = "action_relancer", "action_cocher", "action_corriger", "action_comparer"
REPONDRE = "action_repondre"
SECOURIR, FINIR_LE_RAPPEL = "action_secourir", "action_finir_le_rappel"
_LE_RAPPEL = re.compile(r"\b(?:3114|num[eé]ros?|suicid\w*|id[eé]es? noires?|rappels?)\b", re.I)
_RETRAITS, _ADIEU = ("dire_au_revoir", "nier"), "adieu"
# La détresse d'abord ; un bouton dit exactement ce qu'il veut.
_JAMAIS, _EFFACER = {"exprimer_detresse", "signaler_harcelement"}, "effacer_donnees"
# Un employeur aussi demande une lettre, une personne, un texte.
_SE_SUFFISENT = {"rediger_lettre", "parler_a_un_humain", "recapituler", "approfondir", "reformuler", "autre_langue"}
# Un acte de conversation se comprend seul ; « pourquoi si peu ? », hors d'un questionnaire, porte sur la réponse.
_MOTS_D_UN_FAIT = 8
_CONNAISSANCES, _SUR = ("faq", "idee_recue"), 0.6
_DES_DELAIS = ("employeur", "public", "roles", "parcours")  # groupes de data/sujets.yml où un délai se demande
_REGLES_PUBLIQUES, _FAIT_DIT = "agent_public", "dire_un_fait"


def reconnaitre(tracker: DialogueStateTracker) -> str | None:
    """Rend l'action qu'appelle un message qui ne se comprend qu'avec ce qui précède, ou ``None``."""
    message = tracker.latest_message
    if message is None or not message.text or message.text.startswith("/"):
        return None
    if message.intent.get("name") in _JAMAIS:
        return None
    # Pendant un questionnaire aussi ; « efface ça » vise alors le numéro.
    if _refuse_le_rappel(tracker):
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
        return tracker.active_loop_name == QUESTIONNAIRE and parle_en_employeur(tracker)
    textes = (message.text, message.parse_data.get("dechiffre"))
    theme = theme_du_role(tracker.get_slot("role"), textes)
    return bool(theme or absence_datee(tracker, message.text).get("date_demande"))


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
    """« Reçue le 20 octobre, c'est passé ? », « j'envoie ma demande quand ? » : une date à calculer."""
    if conclusion_dite(tracker, tracker.latest_message.text) is not None:
        return True
    if _parle_surement_d_autre_chose(tracker.latest_message.intent):
        return False
    dites = (e for e in reversed(tracker.events) if isinstance(e, BotUttered))
    precedente = next(filter(None, ((e.metadata or {}).get("utter_action") for e in dites)), None)
    return delai_demande(tracker, tracker.latest_message.text, precedente) is not None


def _parle_surement_d_autre_chose(intention: Mapping[str, Any]) -> bool:
    """« Mon bilan s'est fini en mars, et la suite ? » : une date dite ne suffit pas à demander un délai."""
    etiquette = intention.get("etiquette")
    if intention.get("name") not in _CONNAISSANCES or not etiquette:
        return False
    groupe_de, sujets = relances_en_place().groupe_de, contenus_en_place().sujets_d_etiquette(etiquette)
    des_delais = any(groupe_de.get(sujet) in _DES_DELAIS for sujet in sujets)
    return not des_delais and float(intention.get("confidence") or 0) >= _SUR


def _suppose_un_fait(tracker: DialogueStateTracker) -> bool:
    """« Et si l'employeur payait 500 euros ? », après un résultat, même lu comme une demande de calcul."""
    message = tracker.latest_message
    dits = any(entite["entity"] in CHAMPS for entite in message.entities)
    return dits and bool(tracker.get_slot("resultat")) and (suites.suppose(message.text) or compare_deux_prix(tracker))


def _corrige_un_fait(tracker: DialogueStateTracker) -> bool:
    """« En fait je suis salarié », « j'ai l'accord de la caisse » : un fait change après un résultat, sans question."""
    message = tracker.latest_message
    dits = {e["entity"]: e["value"] for e in message.entities if e["entity"] in CHAMPS}
    if not tracker.get_slot("resultat") or est_une_question(message.text):
        return False
    connus = faits_de(tracker)
    if a_cote.remplacer(message.text, connus):
        return True
    if suites.annonce_une_correction(message.text) or suites.dit_l_accord(message.text, connus):
        return bool(dits or redit(tracker, message.text))
    court = len(message.text.split()) <= _MOTS_D_UN_FAIT and message.intent.get("name") in PEUVENT_CEDER
    return court and bool(dits and mettre_a_jour(faits_avant([e.as_dict() for e in tracker.events]), dits))


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
    if not precedent or message.intent.get("lettre_demandee"):
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


_CORRIGENT = (redemande_ses_notes, change_le_calcul, _corrige_un_fait)
_RECONNAISSENT: tuple[tuple[str, Callable[[DialogueStateTracker], bool]], ...] = (
    (SECOURIR, lambda tracker: _se_retire_apres_un_danger(tracker) or _rechute(tracker)),
    (REPONDRE, _demande_de_sa_place),
    (CORRIGER, _reprend_la_lettre),
    (ACTION, _demande_un_delai),
    (COCHER, _parle_d_une_etape),
    (CORRIGER, lambda tracker: bool(retouche_dite(tracker, tracker.latest_message.text))),
    (COMPARER, _suppose_un_fait),
    (CORRIGER, lambda tracker: any(vu(tracker) for vu in _CORRIGENT)),
    (ACTION, lambda tracker: _demande_d_une_lettre(tracker) or _est_une_relance(tracker)),
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
