"""Politique des relances : un message court qui s'appuie sur ce qui précède passe avant le classement."""

from __future__ import annotations

from typing import Any

from rasa.core.constants import RULE_POLICY_PRIORITY
from rasa.core.policies.policy import Policy, PolicyPrediction, SupportedData
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT_RANKING_KEY

from actions.comprehension import est_une_question
from actions.contenus import contenus_en_place
from actions.etat import etapes_a_faire, faits_avant, faits_de, redit
from actions.fil import sujet_de_reponse
from actions.parcours import a_cote, suites
from actions.parcours.faits import CHAMPS, est_public, mettre_a_jour
from actions.rattachement import rattacher
from actions.relances import MEME_SUJET, relances_en_place
from actions.simplification import simplifier
from composants.dits import SECOURS, secours_recents

ACTION, COCHER, CORRIGER, COMPARER = "action_relancer", "action_cocher", "action_corriger", "action_comparer"
SECOURIR, FINIR_LE_RAPPEL = "action_secourir", "action_finir_le_rappel"
_RETRAITS, _ADIEU = ("dire_au_revoir", "nier"), "adieu"
# La détresse d'abord ; un bouton dit exactement ce qu'il veut.
_JAMAIS = {"exprimer_detresse", "signaler_harcelement", "effacer_donnees"}
# Un acte de conversation se comprend seul ; « pourquoi si peu ? », hors d'un questionnaire, porte sur la réponse.
_MOTS_D_UN_FAIT = 8
_REGLES_PUBLIQUES, _FAIT_DIT = "agent_public", "dire_un_fait"
_PEUVENT_CEDER = {"faq", "idee_recue", "pourquoi_cette_question", DEFAULT_NLU_FALLBACK_INTENT_NAME}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=False)
class PolitiqueRelances(Policy):
    """Prédit ``action_relancer`` quand data/relances.yml reconnaît le message après le dernier sujet traité."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Un cran au-dessus des règles."""
        return {"priority": RULE_POLICY_PRIORITY + 1}

    @staticmethod
    def supported_data() -> SupportedData:
        """Aucune donnée d'entraînement."""
        return SupportedData.ML_AND_RULE_DATA

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution: ExecutionContext
    ) -> None:
        super().__init__(config, model_storage, resource, execution)
        relances_en_place()  # une table illisible arrête le démarrage

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> PolitiqueRelances:
        """Rien n'est appris : la table est relue au démarrage, la modifier n'entraîne rien."""
        return cls(config, model_storage, resource, execution_context)

    def train(self, training_trackers: list[Any], domain: Domain, **kwargs: Any) -> Resource:
        """N'apprend rien ; Rasa l'appelle pour toute politique."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """Rend une certitude pour la relance ou l'étape, puis pour la fin du tour ; sinon rien."""
        action = None
        if tracker.latest_action_name == ACTION_LISTEN_NAME:
            action = _reconnue(tracker)
        elif _choisie_ici(tracker):
            action = ACTION_LISTEN_NAME
        probabilites = self._default_predictions(domain)
        if action:
            probabilites[domain.index_for_action(action)] = 1.0
        return self._prediction(probabilites)


def _choisie_ici(tracker: DialogueStateTracker) -> bool:
    """Vrai si cette politique a choisi la dernière action ; choisie par une règle, c'est la règle qui continue."""
    derniere = next((e for e in reversed(tracker.events) if isinstance(e, ActionExecuted)), None)
    return derniere is not None and PolitiqueRelances.__name__ in (derniere.policy or "")


def _reconnue(tracker: DialogueStateTracker) -> str | None:
    """Action qu'appelle un message qui ne se comprend qu'avec ce qui précède."""
    message = tracker.latest_message
    if message is None or tracker.active_loop_name or not message.text or message.text.startswith("/"):
        return None
    if message.intent.get("name") in _JAMAIS:
        return None
    return next((nom for nom, reconnait in _RECONNAISSENT.items() if reconnait(tracker)), None)


def _parle_d_une_etape(tracker: DialogueStateTracker) -> bool:
    """« C'est fait », « étape suivante » : tant que la demande CPF n'est pas finie, même après une question de côté."""
    if _derniere_reponse(tracker) == SECOURS:
        return False  # après un danger, « c'est fait » ne parle pas d'une étape
    restantes = etapes_a_faire(tracker)
    return bool(restantes) and suites.lire(tracker.latest_message.text, restantes) is not None


def _derniere_reponse(tracker: DialogueStateTracker) -> str | None:
    dites = (e for e in reversed(tracker.events) if isinstance(e, BotUttered))
    return next(((e.metadata or {}).get("utter_action") for e in dites), None)


def _suppose_un_fait(tracker: DialogueStateTracker) -> bool:
    """« Et si l'employeur payait 500 euros ? », après un résultat, même lu comme une demande de calcul."""
    message = tracker.latest_message
    dits = any(entite["entity"] in CHAMPS for entite in message.entities)
    return dits and bool(tracker.get_slot("resultat")) and suites.suppose(message.text)


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
    court = len(message.text.split()) <= _MOTS_D_UN_FAIT and message.intent.get("name") in _PEUVENT_CEDER
    return court and bool(dits and mettre_a_jour(faits_avant([e.as_dict() for e in tracker.events]), dits))


def _est_une_relance(tracker: DialogueStateTracker) -> bool:
    message = tracker.latest_message
    precedent, juste_avant = _dernier_sujet(tracker)
    if not precedent:
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
    if intention in _PEUVENT_CEDER or table.groupe_de.get(intention) == "parcours":
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
    return secours_recents(tracker) and relances_en_place().arrete_le_rappel(tracker.latest_message.text)


_RECONNAISSENT = {
    FINIR_LE_RAPPEL: _refuse_le_rappel,
    SECOURIR: lambda tracker: _se_retire_apres_un_danger(tracker) or _rechute(tracker),
    COCHER: _parle_d_une_etape,
    COMPARER: _suppose_un_fait,
    CORRIGER: _corrige_un_fait,
    ACTION: _est_une_relance,
}


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
