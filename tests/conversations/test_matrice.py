"""La matrice : à chaque question du questionnaire, chaque interruption a sa réponse et la question revient.

On arrive à la question par des boutons, comme une personne ; l'interruption, elle, est tapée.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from rasa.core.agent import Agent

from actions.contenus import envoi
from canaux.echange import echanger

# Ce que répond la personne à chaque question, pour arriver à celle que l'on éprouve.
REPONSES = {
    "statut": "salarie_prive",
    "arret": "aucun",
    "initiative": "salarie",
    "accord_caisse": "non",
    "dernier_bilan": "aucun",
    "dernier_bilan_date": "mars 2024",
    "dernier_bilan_financeur": "cpf",
    "solde_cpf": "1200",
    "prix": "1800",
    "autre_payeur": "aucun",
    "montant_aide": "300",
    "moment": "temps_travail",
    "duree_mois": "court",
    "reponse_employeur": "silence",
    "agent_prioritaire": "non",
    "contrat": "titulaire",
}
TAPEES = {"dernier_bilan_date", "solde_cpf", "prix", "montant_aide"}


@dataclass(frozen=True)
class Acces:
    """Comment arriver à une question : le parcours, et ce qui diffère des réponses ordinaires."""

    parcours: str
    reponses: dict[str, str]


ACCES = {
    "statut": Acces("verifier_eligibilite", {}),
    "arret": Acces("verifier_eligibilite", {}),
    "initiative": Acces("verifier_eligibilite", {}),
    "dernier_bilan": Acces("verifier_eligibilite", {}),
    "solde_cpf": Acces("verifier_eligibilite", {}),
    "accord_caisse": Acces("verifier_eligibilite", {"arret": "maladie"}),
    "dernier_bilan_date": Acces(
        "verifier_eligibilite", {"statut": "agent_fpt", "dernier_bilan": "recent", "agent_prioritaire": "oui"}
    ),
    "dernier_bilan_financeur": Acces("verifier_eligibilite", {"dernier_bilan": "recent"}),
    "abondement_c2p_ou_atmp": Acces("verifier_eligibilite", {"solde_cpf": "zéro"}),
    "contrat": Acces("verifier_eligibilite", {"statut": "agent_fpe", "arret": "maladie"}),
    "agent_prioritaire": Acces("verifier_eligibilite", {"statut": "agent_fph"}),
    "services_effectifs_mois": Acces("verifier_eligibilite", {"statut": "agent_fph"}),
    "prix": Acces("simuler_cout", {}),
    "autre_payeur": Acces("simuler_cout", {}),
    "montant_aide": Acces("simuler_cout", {"autre_payeur": "employeur"}),
    "moment": Acces("demander_cpf", {}),
    "reponse_employeur": Acces("parler_employeur", {}),
    "date_demande": Acces("parler_employeur", {}),
    "lettre": Acces("rediger_lettre", {}),
    "date_debut": Acces("planifier", {}),
    "duree_mois": Acces("planifier", {}),
}
VERSANTS = {"agent_fpe", "agent_fpt", "agent_fph"}

Messages = list[dict[str, Any]]
Suite = Callable[["Joueur", Messages], Any]


class Joueur:
    """Une personne dans une conversation."""

    def __init__(self, agent: Agent) -> None:
        self.agent, self.conversation = agent, f"matrice-{uuid.uuid4()}"

    async def dire(self, texte: str) -> Messages:
        return await echanger(self.agent, self.conversation, texte, "dialogue")

    async def cliquer(self, code: str) -> Messages:
        return await self.dire(envoi(f"/repondre/{code}"))

    async def aller_a(self, question: str) -> Messages:
        """Répond jusqu'à ce que ``question`` soit posée."""
        acces = ACCES[question]
        reponses = {**REPONSES, **acces.reponses}
        await self.dire("bonjour")
        messages = await self.dire({
            "verifier_eligibilite": "est-ce que j'y ai droit ?",
            "simuler_cout": "combien il me resterait à payer ?",
            "demander_cpf": "je veux faire ma demande cpf",
            "parler_employeur": "aide-moi à en parler à mon employeur",
            "rediger_lettre": "je veux écrire une lettre",
            "planifier": "fais-moi un calendrier des démarches",
        }[acces.parcours])  # fmt: skip
        for _ in range(9):
            posee = question_posee(messages)
            if posee == question:
                return messages
            assert posee, [m.get("utter_action") for m in messages]
            messages = await self._repondre(posee, reponses[posee], messages)
        raise AssertionError(f"{question} n'est jamais posée")

    async def _repondre(self, posee: str, reponse: str, messages: Messages) -> Messages:
        if posee in TAPEES:
            return await self.dire(reponse)
        offerts = {b["payload"] for m in messages for b in m.get("buttons") or []}
        if reponse in VERSANTS and envoi(f"/repondre/{reponse}") not in offerts:
            return await self.cliquer("agent_public")
        return await self.cliquer(reponse)


def noms(messages: Messages) -> list[str]:
    return [str(m.get("utter_action")) for m in messages]


def question_posee(messages: Messages) -> str | None:
    """Champ de la question qui termine le tour."""
    dernier = noms(messages)[-1]
    return dernier.removeprefix("utter_ask_") if dernier.startswith("utter_ask_") else None


INTERRUPTIONS = {
    "question annexe": ("au fait, combien de temps dure un bilan ?", ["utter_faq/duree"]),
    "pourquoi": ("pourquoi cette question ?", ["utter_pourquoi_{question}"]),
    "personne": ("je veux parler à quelqu'un", ["utter_humains"]),
    "charabia": ("gfdsq trezp poiuy", ["utter_erreur_{question}"]),
    "merci": ("merci beaucoup", ["utter_remercier"]),
    "hors sujet": ("quand est-ce qu'on est payé ce mois-ci ?", ["utter_hors_sujet/paie"]),
    "robot": ("t'es un robot ou une vraie personne ?", ["utter_defi_robot"]),
}


@pytest.mark.parametrize("question", sorted(ACCES))
@pytest.mark.parametrize("interruption", sorted(INTERRUPTIONS))
async def test_une_interruption_a_sa_reponse_et_la_question_revient(
    agent: Agent, question: str, interruption: str
) -> None:
    joueur = Joueur(agent)
    await joueur.aller_a(question)
    texte, attendues = INTERRUPTIONS[interruption]
    messages = await joueur.dire(texte)
    for attendue in attendues:
        assert attendue.format(question=question) in noms(messages), noms(messages)
    assert question_posee(messages) == question, noms(messages)


@pytest.mark.parametrize("question", sorted(ACCES))
async def test_je_ne_sais_pas_est_toujours_admis(agent: Agent, question: str) -> None:
    joueur = Joueur(agent)
    await joueur.aller_a(question)
    messages = await joueur.dire("je ne sais pas")
    assert not any(nom.startswith(("utter_erreur_", "utter_ne_sait_pas")) for nom in noms(messages)), noms(messages)
    assert question_posee(messages) != question


@pytest.mark.parametrize("question", sorted(ACCES))
async def test_un_fait_dit_en_passant_est_note(agent: Agent, question: str) -> None:
    joueur = Joueur(agent)
    await joueur.aller_a(question)
    messages = await joueur.dire("en fait je suis intérimaire")
    assert {"utter_fait_note", "utter_fait_corrige"} & set(noms(messages)), noms(messages)


@pytest.mark.parametrize("question", sorted(ACCES))
async def test_revenir_en_arriere_repose_la_question_d_avant(agent: Agent, question: str) -> None:
    joueur = Joueur(agent)
    await joueur.aller_a(question)
    messages = await joueur.dire("reviens à la question d'avant")
    assert {"utter_retour", "utter_retour_impossible"} & set(noms(messages)), noms(messages)
    assert question_posee(messages)


@pytest.mark.parametrize("question", sorted(ACCES))
@pytest.mark.parametrize("arret", ["je m'arrête là pour ce soir", "stop", "on verra plus tard"])
async def test_on_s_arrete_puis_on_reprend_a_la_meme_question(agent: Agent, question: str, arret: str) -> None:
    joueur = Joueur(agent)
    await joueur.aller_a(question)
    messages = await joueur.dire(arret)
    assert noms(messages) == ["utter_questionnaire_arrete"]
    assert question_posee(await joueur.dire("reprendre")) == question


@pytest.mark.parametrize("question", sorted(ACCES))
async def test_une_detresse_suspend_tout(agent: Agent, question: str) -> None:
    joueur = Joueur(agent)
    await joueur.aller_a(question)
    messages = await joueur.dire("j'en peux plus, je veux en finir avec la vie")
    assert noms(messages) == ["utter_exprimer_detresse"]
    assert question_posee(await joueur.dire("bonjour")) is None


@pytest.mark.parametrize("question", sorted(ACCES))
async def test_effacer_efface_le_questionnaire(agent: Agent, question: str) -> None:
    joueur = Joueur(agent)
    await joueur.aller_a(question)
    messages = await joueur.dire("efface toute la conversation")
    assert noms(messages) == ["utter_effacer_donnees"]
    assert await agent.tracker_store.retrieve(joueur.conversation) is None


@pytest.mark.parametrize("question", sorted(ACCES))
async def test_recommencer_oublie_les_reponses(agent: Agent, question: str) -> None:
    joueur = Joueur(agent)
    await joueur.aller_a(question)
    messages = await joueur.dire("je veux tout recommencer depuis le début")
    assert noms(messages) == ["utter_recommencer"]
    tracker = await agent.tracker_store.retrieve(joueur.conversation)
    assert tracker is not None and tracker.get_slot("statut") is None and tracker.active_loop_name is None


@pytest.mark.parametrize("question", sorted(ACCES))
async def test_un_autre_parcours_s_ouvre_et_l_ancien_attend(agent: Agent, question: str) -> None:
    joueur = Joueur(agent)
    await joueur.aller_a(question)
    await joueur.dire("je veux écrire une lettre à mon employeur")
    tracker = await agent.tracker_store.retrieve(joueur.conversation)
    assert tracker is not None and tracker.get_slot("parcours") == "rediger_lettre"
    ancien = ACCES[question].parcours
    assert ancien == "rediger_lettre" or ancien in (tracker.get_slot("parcours_en_attente") or [])
