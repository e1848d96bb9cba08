"""Teams de bout en bout : un vrai serveur, un faux Bot Framework qui valide ce qu'il reçoit."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import pytest

from actions.contenus import contenus_en_place
from canaux.teams import CanalTeams
from tests.canaux.clients import ClientTeams, actions_de_carte, durees_d_accueil, texte_de_carte
from tests.canaux.conftest import URL_PUBLIQUE, URL_WIDGET, reglages_teams, servir
from tests.canaux.faux_agent import GENERATEUR, FauxAgent
from tests.canaux.pairs import LOCATAIRE, FauxTeams

MESSAGES = "/activites/message"


@pytest.fixture
def client(teams: str, faux_teams: FauxTeams) -> ClientTeams:
    return ClientTeams(teams, faux_teams)


def cartes(faux: FauxTeams) -> list[dict[str, Any]]:
    return [r["corps"] for r in faux.de(MESSAGES)]


def texte(nom: str) -> str:
    return GENERATEUR.composer(nom)["text"]


async def test_un_message_recoit_notice_ouverture_et_reponse(client: ClientTeams, faux_teams: FauxTeams) -> None:
    assert await client.poster() == 202
    await faux_teams.attendre(3, MESSAGES)
    assert [texte_de_carte(c).split("\n")[0] for c in cartes(faux_teams)] == [
        texte(nom).split("\n")[0] for nom in ("utter_notice_canal", "utter_bienvenue", "utter_faq/duree")
    ]
    assert faux_teams.de("/token")[0]["locataire"] == LOCATAIRE


async def test_une_reponse_qui_se_fait_attendre_montre_la_saisie(
    client: ClientTeams, faux_teams: FauxTeams, agent: FauxAgent
) -> None:
    agent.lenteur = 0.4
    await client.poster()
    await faux_teams.attendre(3, MESSAGES)
    assert [r["corps"]["type"] for r in faux_teams.de("/activites")] == ["typing", *["message"] * 3]


async def test_un_bouton_fait_l_aller_retour(client: ClientTeams, faux_teams: FauxTeams, agent: FauxAgent) -> None:
    await client.poster()
    await faux_teams.attendre(3, MESSAGES)
    for rang, (nom, bouton) in enumerate(
        zip(("bouton", "bouton_entier", "bouton_en_texte"), actions_de_carte(cartes(faux_teams)[-1]), strict=False)
    ):
        assert bouton["type"] == "Action.Submit" and bouton["data"]["msteams"]["displayText"] == bouton["title"]
        assert bouton["data"]["bouton"] == bouton["data"]["msteams"]["value"]["bouton"]
        assert await client.poster(nom, sceau=bouton["data"]["bouton"]) == 202
        await faux_teams.attendre(4 + rang, MESSAGES)
    recus = [texte for _, texte, _ in agent.recus[1:]]
    attendus = [b["payload"] for b in GENERATEUR.composer("utter_faq/duree")["buttons"][:3]]
    assert recus == attendus
    assert len({conversation for conversation, _, _ in agent.recus}) == 1


@pytest.mark.parametrize("sceau", ["", "f" * 32, "/demander_aide"])
async def test_un_bouton_invente_ou_perime_le_dit(
    client: ClientTeams, faux_teams: FauxTeams, agent: FauxAgent, sceau: str
) -> None:
    await client.poster("bouton", sceau=sceau)
    await faux_teams.attendre(2, MESSAGES)
    assert texte_de_carte(cartes(faux_teams)[-1]).replace("\n", " ") == texte("utter_bouton_perime").replace("\n", " ")
    assert agent.recus == []


async def test_le_bouton_d_une_personne_ne_vaut_pas_pour_une_autre(
    client: ClientTeams, faux_teams: FauxTeams, agent: FauxAgent
) -> None:
    await client.poster()
    await faux_teams.attendre(3, MESSAGES)
    sceau = actions_de_carte(cartes(faux_teams)[-1])[0]["data"]["bouton"]
    autre = {"id": "29:autre", "aadObjectId": "bbbbbbbb-0000-0000-0000-000000000000"}
    await client.poster("message", id="m2", **{"from": autre})
    await faux_teams.attendre(6, MESSAGES)
    await client.poster("bouton", sceau=sceau, **{"from": autre})
    await faux_teams.attendre(7, MESSAGES)
    assert "plus valable" in texte_de_carte(cartes(faux_teams)[-1])
    assert len(agent.recus) == 2


@pytest.mark.parametrize("tape", ["/restart", "/demander_aide", '/faq{"sujet": "duree"}'])
async def test_une_commande_tapee_n_est_jamais_jouee(
    client: ClientTeams, faux_teams: FauxTeams, agent: FauxAgent, tape: str
) -> None:
    await client.poster(text=tape)
    await faux_teams.attendre(2, MESSAGES)
    assert agent.recus == []


@pytest.mark.parametrize("nom", ["canal", "groupe"])
async def test_dans_un_canal_ou_un_groupe_une_ligne_neutre_et_un_lien_prive(
    client: ClientTeams, faux_teams: FauxTeams, agent: FauxAgent, nom: str
) -> None:
    await client.poster(nom)
    await faux_teams.attendre(1, MESSAGES)
    (carte,) = cartes(faux_teams)
    assert texte_de_carte(carte) == texte("utter_canal_partage")
    assert [(a["type"], a["url"]) for a in actions_de_carte(carte)] == [("Action.OpenUrl", URL_WIDGET)]
    envoye = json.dumps(faux_teams.recues, default=str)
    assert "canari-secret" not in envoye and "arrêt" not in envoye
    assert agent.recus == []


@pytest.mark.parametrize("nom", ["installation", "reconnexion", "ouverture", "edition", "suppression", "reaction"])
async def test_rien_n_est_dit_sans_question(
    client: ClientTeams, faux_teams: FauxTeams, agent: FauxAgent, nom: str
) -> None:
    assert await client.poster(nom) == 202
    await client.poster(id="apres")
    await faux_teams.attendre(3, MESSAGES)
    assert len(faux_teams.de("/activites")) == 3 and len(agent.recus) == 1


async def test_une_desinstallation_efface_la_conversation(
    client: ClientTeams, faux_teams: FauxTeams, agent: FauxAgent
) -> None:
    await client.poster()
    await faux_teams.attendre(3, MESSAGES)
    await client.poster("desinstallation")
    await client.poster(id="m2")
    await faux_teams.attendre(6, MESSAGES)
    assert agent.tracker_store.effacees == [agent.recus[0][0]]


async def test_une_invocation_est_dite_non_prise_en_charge(client: ClientTeams) -> None:
    assert await client.poster("invocation") == 501


async def test_la_meme_activite_ne_fait_qu_un_tour_meme_en_parallele(
    client: ClientTeams, faux_teams: FauxTeams, agent: FauxAgent
) -> None:
    agent.lenteur = 0.2
    assert await asyncio.gather(*(client.poster() for _ in range(4))) == [202] * 4
    await faux_teams.attendre(3, MESSAGES)
    assert await client.poster() == 202
    await asyncio.sleep(0.1)
    assert len(agent.recus) == 1 and len(cartes(faux_teams)) == 3


async def test_les_messages_d_une_personne_restent_dans_l_ordre(
    client: ClientTeams, faux_teams: FauxTeams, agent: FauxAgent
) -> None:
    agent.lenteur = 0.05
    for rang in range(5):
        await client.poster(id=f"m{rang}", text=f"question {rang}")
    await faux_teams.attendre(7, MESSAGES)
    assert [texte for _, texte, _ in agent.recus] == [f"question {rang}" for rang in range(5)]
    repondus = [c["replyToId"] for c in cartes(faux_teams)]
    assert repondus == ["m0", "m0", "m0", "m1", "m2", "m3", "m4"]


async def test_trop_de_messages_en_attente_sont_refuses_puis_repris(
    client: ClientTeams, faux_teams: FauxTeams, agent: FauxAgent
) -> None:
    agent.lenteur = 0.3
    codes = [await client.poster(id=f"m{rang}") for rang in range(7)]
    assert codes == [202] * 5 + [429] * 2
    await faux_teams.attendre(7, MESSAGES)
    assert await client.poster(id="m6") == 202


async def test_les_documents_arrivent_en_liens_prives(
    client: ClientTeams, faux_teams: FauxTeams, agent: FauxAgent
) -> None:
    message = {
        "text": "Voici votre lettre.",
        "custom": {
            "documents": [
                {"titre": "Lettre", "format": "docx", "poids": "12 ko", "lien": "/documents/jeton-qui-expire"},
                {"titre": "Calendrier", "lien": "https://assistant.exemple.fr/documents/autre"},
                {"titre": "Piège", "format": "js", "lien": "javascript:alert(1)"},
                {"titre": "Piège", "format": "txt", "lien": "//ailleurs.exemple/x"},
            ],
        },
    }
    agent.reponses["lettre"] = [message]
    await client.poster(text="lettre")
    await faux_teams.attendre(3, MESSAGES)
    carte = cartes(faux_teams)[-1]
    assert texte_de_carte(carte) == "Voici votre lettre."
    assert [(a["title"], a["url"]) for a in actions_de_carte(carte)] == [
        ("Lettre (docx)", f"{URL_PUBLIQUE}/documents/jeton-qui-expire"),
        ("Calendrier", f"{URL_PUBLIQUE}/documents/autre"),
    ]


async def test_une_panne_du_moteur_donne_les_secours(
    client: ClientTeams, faux_teams: FauxTeams, agent: FauxAgent
) -> None:
    agent.panne = RuntimeError("canari-secret")
    await client.poster()
    await faux_teams.attendre(2, MESSAGES)
    assert "panne" in texte_de_carte(cartes(faux_teams)[-1])


async def test_teams_debordee_est_relancee_apres_le_delai_demande(
    client: ClientTeams, faux_teams: FauxTeams, agent: FauxAgent
) -> None:
    await client.poster()
    await faux_teams.attendre(3, MESSAGES)
    agent.lenteur = 0.4
    await client.poster(id="m2")
    await faux_teams.attendre(1, "/activites/typing")
    faux_teams.pannes = [(429, {"Retry-After": "1"}), (503, {})]
    debut = time.perf_counter()
    await faux_teams.attendre(4, MESSAGES)
    assert time.perf_counter() - debut > 1.5


async def test_un_envoi_impossible_ne_perd_pas_le_tour(
    client: ClientTeams, faux_teams: FauxTeams, agent: FauxAgent
) -> None:
    faux_teams.pannes = [(403, {})] * 3
    await client.poster()
    await faux_teams.attendre(3, "/panne")
    assert len(agent.tracker_store.fils) == 1
    await client.poster(id="m2", text="la suite")
    await faux_teams.attendre(1, MESSAGES)
    assert len(agent.recus) == 2


async def test_le_jeton_du_bot_refuse_est_renouvele(client: ClientTeams, faux_teams: FauxTeams) -> None:
    await client.poster()
    await faux_teams.attendre(3, MESSAGES)
    faux_teams.jetons_valables, faux_teams.prochain_jeton = {"jeton-neuf"}, "jeton-neuf"
    await client.poster(id="m2")
    await faux_teams.attendre(4, MESSAGES)
    assert len(faux_teams.de("/token")) == 2


async def test_le_serveur_repond_pendant_que_teams_traine(
    teams: str, client: ClientTeams, faux_teams: FauxTeams
) -> None:
    faux_teams.lenteur = 1.5
    debut = time.perf_counter()
    assert await client.poster() == 202
    assert time.perf_counter() - debut < 1.4
    meilleure, pire = await durees_d_accueil(teams)
    assert meilleure < 0.2 and pire < 1.0
    await faux_teams.attendre(1, MESSAGES, delai=20)


async def test_le_canal_demarre_sans_reseau_puis_marche_quand_il_revient(
    faux_teams: FauxTeams, agent: FauxAgent
) -> None:
    port, service = faux_teams.port, faux_teams.service
    await faux_teams.arreter()
    canal = CanalTeams.from_credentials(reglages_teams(faux_teams))
    canal._cles._horloge = lambda: horloge[0]
    horloge = [0.0]
    async with servir(canal, agent) as adresse:
        client = ClientTeams(adresse, faux_teams)
        assert await client.poster() == 503
        faux_teams.port = port
        await faux_teams.demarrer()
        assert faux_teams.service == service
        assert await client.poster() == 503  # pas d'essai à chaque message
        horloge[0] = 16.0
        assert await client.poster() == 202
        await faux_teams.attendre(3, MESSAGES)


async def test_l_invitation_en_prive_ne_porte_aucun_identifiant(client: ClientTeams, faux_teams: FauxTeams) -> None:
    await client.poster()
    await client.poster(id="m2", **{"from": {"id": "29:autre", "aadObjectId": "bbbbbbbb-0000-0000-0000-000000000000"}})
    await faux_teams.attendre(6, MESSAGES)
    liens = {
        (a["title"], a["url"]) for c in cartes(faux_teams) for a in actions_de_carte(c) if a["type"] == "Action.OpenUrl"
    }
    assert liens == {(contenus_en_place().metadonnees("utter_notice_canal")["continuer"], URL_WIDGET)}
