"""Pose comme entités les faits que la personne dit d'elle : on ne les lui redemandera pas."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from actions.comprehension import extraire
from actions.comprehension.vocabulaire import vocabulaire_en_place
from actions.reglages import aujourd_hui
from composants.sans_apprentissage import SansApprentissage

ET_SI = "et_si"
_DROITS = "verifier_eligibilite"
_DEMANDES = (_DROITS, "simuler_cout", "demander_cpf", "rediger_lettre", "planifier")
_FAITS_D_UN_RECIT = 2
_JAMAIS_UNE_HYPOTHESE = ("exprimer_detresse", "signaler_harcelement", "effacer_donnees", "parler_a_un_humain")
# Un bouton porte déjà ses entités.
_BOUTON = "/"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ExtracteurFaits(SansApprentissage, EntityExtractorMixin):
    """Lit les faits explicites d'un message ; une hypothèse (« et si… ») devient l'entité ``et_si``."""

    @staticmethod
    def preparer() -> None:
        """Lit data/vocabulaire."""
        vocabulaire_en_place()

    def process(self, messages: list[Message]) -> list[Message]:
        """Ajoute les entités aux messages ; celles qui y sont déjà restent."""
        for message in messages:
            texte = message.get(TEXT)
            if texte and not texte.startswith(_BOUTON):
                posees = message.get(ENTITIES, []) + self._entites(texte)
                message.set(ENTITIES, posees, add_to_output=True)
                self._reconnaitre_hypothese(message)
                self._preferer_le_questionnaire(message)
        return messages

    def _reconnaitre_hypothese(self, message: Message) -> None:
        """« Et si j'étais en CDD ? » compare ; l'étiquette du classement reste, pour qui n'a rien à comparer.

        Qui demande un calcul donne ses nombres : « si le bilan coûte… » n'est pas une hypothèse.
        """
        intention, entites = message.get(INTENT) or {}, message.get(ENTITIES, [])
        suppose = next((entite for entite in entites if entite["entity"] == ET_SI), None)
        if suppose is None or intention.get("name") in _JAMAIS_UNE_HYPOTHESE:
            return
        if intention.get("name") in _DEMANDES:
            faits = [{**suppose, "entity": champ, "value": valeur} for champ, valeur in suppose["value"].items()]
            message.set(ENTITIES, [e for e in entites if e is not suppose] + faits, add_to_output=True)
        else:
            message.set(INTENT, {**intention, "name": ET_SI}, add_to_output=True)

    def _preferer_le_questionnaire(self, message: Message) -> None:
        """« Je suis en CDD, j'y ai droit ? » : des faits et une demande de droits ouvrent le questionnaire.

        Raconter sa situation sans question reconnue aussi : mieux vaut la vérifier que faire répéter.
        """
        intention, faits = message.get(INTENT) or {}, message.get(ENTITIES, [])
        # Un contrat dit aussi le statut : il en faut un de plus pour faire un récit.
        recit = len({fait["entity"] for fait in faits} - {"statut"}) >= _FAITS_D_UN_RECIT
        perdu = intention.get("name") == DEFAULT_NLU_FALLBACK_INTENT_NAME
        if recit and (intention.get("seconde") == _DROITS or perdu):
            droits = {"name": _DROITS, "confidence": intention["confidence"], "etiquette": _DROITS}
            message.set(INTENT, droits, add_to_output=True)

    def _entites(self, texte: str) -> list[dict[str, Any]]:
        """Une entité par fait, sur tout le message : un fait se dit parfois en plusieurs endroits."""
        faits = extraire(texte, aujourd_hui())
        dits = {} if faits.hypothese else faits.valeurs
        supposes = faits.valeurs if faits.hypothese else faits.suppositions
        nommes = [*dits.items(), *([(ET_SI, dict(supposes))] if supposes else [])]
        return [
            {"entity": nom, "value": valeur, "start": 0, "end": len(texte), "extractor": type(self).__name__}
            for nom, valeur in nommes
        ]
