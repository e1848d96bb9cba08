"""Ce qu'on décide d'un message : l'intention de Rasa, son étiquette complète, et ce qui s'y joint."""

from __future__ import annotations

from typing import Any

from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME

from composants.sens_probables import Vu, situations

Decision = dict[str, Any]
GENERAUX = ("verifier_eligibilite", "beneficiaires")


def a_offrir(autres: list[Vu], couverts: list[Vu], soupcon: float, du_tout: float, en_tete: float) -> list[Vu]:
    """Ce qui s'offre en bouton ; ce que la réponse effleure aussi, si on le demande (« artisan, qui paie ? »).

    Args:
        autres: sujets que la réponse ne traite pas ; ``couverts`` : ceux qu'elle traite en passant.
        soupcon: seuil dans une proposition qui demande.
        du_tout: seuil dans le message entier ; ``en_tete`` : dans une proposition qui raconte.
    """
    offerts = [v for v in autres if v.soupcon >= soupcon or v.dans_le_tout >= du_tout or v.en_tete >= en_tete]
    # Tout vérifier convient toujours : ce qu'on a demandé passe devant.
    return sorted([*couverts, *offerts], key=lambda vu: vu.sujet in GENERAUX)


def acte(nom: str, reponse: str, confiance: float = 1.0) -> Decision:
    """Dire une réponse (« utter_ » + ``reponse``) que l'intention ``nom`` porte : les mots suffisent à la choisir."""
    return {"name": nom, "confidence": confiance, "etiquette": reponse, "certain": True}


def aussi_sure_que_sa_question(decision: Decision, surs: list[Vu]) -> Decision:
    """« Je suis en CDI depuis deux ans, et ça dure combien ? » : la question seule est plus sûre que le tout."""
    demande = max((vu.demande for vu in surs if vu.etiquette == decision.get("etiquette")), default=0.0)
    return {**decision, "confidence": max(decision["confidence"], demande)}


def avec_la_seconde(decision: Decision, vu: Vu) -> Decision:
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


def preferer_le_cas(decision: Decision, surs: list[Vu], verifier: bool) -> Decision:
    """« En longue maladie, je peux faire un bilan ? » : son cas a sa réponse ; tout vérifier s'offre."""
    precis = next((vu for vu in surs if vu.sujet in situations() and vu.sujet not in GENERAUX), None)
    if decision.get("etiquette") in GENERAUX and precis and not verifier:
        return intention(precis.etiquette, precis.en_tete)
    return decision
