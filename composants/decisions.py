"""Ce qu'on décide d'un message : l'intention de Rasa, son étiquette complète, et ce qui s'y joint."""

from __future__ import annotations

from typing import Any

from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME

from composants.sens_probables import Vu


def avec_la_seconde(decision: dict[str, Any], vu: Vu) -> dict[str, Any]:
    """Joint une seconde étiquette. Un parcours vient après une réponse : c'est elle qui l'annonce."""
    if "/" in decision["etiquette"]:
        return {**decision, "seconde": vu.etiquette}
    if "/" in vu.etiquette:
        return {**intention(vu.etiquette, vu.en_tete), "seconde": decision["etiquette"]}
    return {**decision, "seconde": vu.etiquette}


def incompris(confiance: float) -> dict[str, Any]:
    """Rien compris : ni réponse, ni sens à proposer."""
    return {"name": DEFAULT_NLU_FALLBACK_INTENT_NAME, "confidence": confiance, "propositions": []}


def intention(etiquette: str, confiance: float) -> dict[str, Any]:
    """Répondre à une étiquette complète (« faq/duree »), avec sa probabilité."""
    return {"name": etiquette.split("/")[0], "confidence": confiance, "etiquette": etiquette}
