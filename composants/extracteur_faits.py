"""Pose comme entités les faits que la personne dit d'elle : on ne les lui redemandera pas."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from actions.comprehension import extraire
from actions.comprehension.vocabulaire import vocabulaire_en_place
from actions.reglages import aujourd_hui

ET_SI = "et_si"
# Un bouton porte déjà ses entités.
_BOUTON = "/"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ExtracteurFaits(GraphComponent, EntityExtractorMixin):
    """Lit les faits explicites d'un message ; une hypothèse (« et si… ») devient l'entité ``et_si``."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ExtracteurFaits:
        """Crée le composant ; un vocabulaire mal écrit arrête le démarrage."""
        vocabulaire_en_place()
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Ajoute les entités aux messages ; celles qui y sont déjà restent."""
        for message in messages:
            texte = message.get(TEXT)
            if texte and not texte.startswith(_BOUTON):
                posees = message.get(ENTITIES, []) + self._entites(texte)
                message.set(ENTITIES, posees, add_to_output=True)
        return messages

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
