"""Slack de bout en bout : un vrai serveur, un faux Slack qui valide blocs et limites."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import pytest

from canaux.slack_blocs import menu
from canaux.slack_recu import en_clair
from tests.canaux.clients import ClientSlack, actions_de_blocs, durees_d_accueil, texte_de_blocs
from tests.canaux.conftest import URL_PUBLIQUE, URL_WIDGET
from tests.canaux.faux_agent import GENERATEUR, FauxAgent
from tests.canaux.pairs import FauxSlack

MESSAGES = "/chat.postMessage"


@pytest.fixture
def client(slack: str, faux_slack: FauxSlack) -> ClientSlack:
    return ClientSlack(slack)


def messages(faux: FauxSlack) -> list[dict[str, Any]]:
    return [r["corps"] for r in faux.de(MESSAGES)]


def texte(nom: str) -> str:
    return GENERATEUR.composer(nom)["text"]


async def test_un_message_recoit_notice_ouverture_et_reponse(client: ClientSlack, faux_slack: FauxSlack) -> None:
    debut = time.perf_counter()
    assert (await client.poster())[0] == 200
    assert time.perf_counter() - debut < 3.0
    await faux_slack.attendre(3, MESSAGES)
    assert [m["text"] for m in messages(faux_slack)] == [
        texte(nom) for nom in ("utter_notice_canal", "utter_bienvenue", "utter_faq/duree")
    ]
    for message in messages(faux_slack):
        assert message["channel"] == "D0CANARI" and "thread_ts" not in message
        assert message["unfurl_links"] is False and message["unfurl_media"] is False


async def test_l_accuse_part_avant_la_fin_d_un_tour_lent(
    client: ClientSlack, faux_slack: FauxSlack, agent: FauxAgent
) -> None:
    agent.lenteur = 4.0
    debut = time.perf_counter()
    assert (await client.poster())[0] == 200
    assert time.perf_counter() - debut < 3.0
    assert (await client.poster("accueil", event={"user": "U0AUTRE"}))[0] == 200
    await faux_slack.attendre(3, MESSAGES, delai=20)


@pytest.mark.parametrize("nom", ["bouton", "menu", "bouton_fil"])
async def test_un_bouton_et_un_choix_de_menu_font_l_aller_retour(
    client: ClientSlack, faux_slack: FauxSlack, agent: FauxAgent, nom: str
) -> None:
    await client.poster()
    await faux_slack.attendre(3, MESSAGES)
    premier = actions_de_blocs(messages(faux_slack)[-1])[0]
    await client.poster(nom, sceau=premier["value"])
    await faux_slack.attendre(4, MESSAGES)
    assert agent.recus[1][1] == GENERATEUR.composer("utter_faq/duree")["buttons"][0]["payload"]
    assert agent.recus[0][0] == agent.recus[1][0]
    assert messages(faux_slack)[-1].get("thread_ts") == ("1764201500.000100" if nom == "bouton_fil" else None)


async def test_au_dela_de_cinq_boutons_les_autres_vont_dans_un_menu(
    client: ClientSlack, faux_slack: FauxSlack, agent: FauxAgent
) -> None:
    boutons = [{"title": f"Choix {rang}", "payload": f"/faq/choix_{rang}"} for rang in range(13)]
    agent.reponses["beaucoup"] = [{"text": "Choisissez.", "buttons": boutons}]
    await client.poster(event={"text": "beaucoup"})
    await faux_slack.attendre(3, MESSAGES)
    actions = actions_de_blocs(messages(faux_slack)[-1])
    assert [a["text"]["text"] for a in actions] == [b["title"] for b in boutons]
    assert [a["type"] for a in actions] == ["button"] * 5 + ["overflow"] * 8
    agent.reponses["/faq/choix_12"] = ["utter_faq/prix"]
    await client.poster("menu", sceau=actions[-1]["value"])
    await faux_slack.attendre(4, MESSAGES)
    assert agent.recus[-1][1] == "/faq/choix_12"


async def test_un_fil_reste_un_fil(client: ClientSlack, faux_slack: FauxSlack) -> None:
    await client.poster("message_fil")
    await faux_slack.attendre(3, MESSAGES)
    assert {m["thread_ts"] for m in messages(faux_slack)} == {"1764201500.000100"}


@pytest.mark.parametrize(("nom", "fil"), [("mention", None), ("mention_fil", "1764201604.000100")])
async def test_dans_un_canal_une_ligne_neutre_vue_de_la_seule_personne(
    client: ClientSlack, faux_slack: FauxSlack, agent: FauxAgent, nom: str, fil: str | None
) -> None:
    await client.poster(nom)
    (envoye,) = await faux_slack.attendre(1, "/chat.postEphemeral")
    assert envoye["corps"]["user"] == "U0CANARI" and envoye["corps"].get("thread_ts") == fil
    assert envoye["corps"]["text"] == texte("utter_canal_partage")
    assert [a["url"] for a in actions_de_blocs(envoye["corps"])] == [URL_WIDGET]
    assert "canari-secret" not in json.dumps(faux_slack.recues, default=str)
    assert agent.recus == [] and messages(faux_slack) == []


@pytest.mark.parametrize(
    "nom",
    ["edition", "suppression", "robot", "message_canal", "onglet_messages", "desinstallation", "revocation", "lien",
     "vue_soumise"],
)  # fmt: skip
async def test_rien_n_est_dit_sans_question(
    client: ClientSlack, faux_slack: FauxSlack, agent: FauxAgent, nom: str
) -> None:
    assert (await client.poster(nom))[0] == 200
    await client.poster("message")
    await faux_slack.attendre(3, MESSAGES)
    assert len(faux_slack.recues) == 3 and len(agent.recus) == 1


async def test_un_fichier_seul_recoit_une_phrase(client: ClientSlack, faux_slack: FauxSlack, agent: FauxAgent) -> None:
    await client.poster("fichier")
    await faux_slack.attendre(2, MESSAGES)
    assert messages(faux_slack)[-1]["text"] == texte("utter_message_vide") and agent.recus == []


async def test_le_defi_d_installation_est_rendu(client: ClientSlack) -> None:
    code, corps = await client.poster("defi")
    assert code == 200 and corps.startswith(b"3eZbrw1aBm2rZgRNFdxV")


async def test_une_commande_recoit_une_ligne_neutre(client: ClientSlack, agent: FauxAgent) -> None:
    genre = "application/x-www-form-urlencoded"
    code, corps = await client.brut(b"command=%2Fbilan&text=canari-secret&user_id=U1", genre)
    assert code == 200 and json.loads(corps)["response_type"] == "ephemeral"
    assert b"canari-secret" not in corps and agent.recus == []


async def test_une_reprise_ne_fait_qu_un_tour_meme_en_parallele(
    client: ClientSlack, faux_slack: FauxSlack, agent: FauxAgent
) -> None:
    agent.lenteur = 0.2
    reprises = [client.poster() for _ in range(3)]
    assert [code for code, _ in await asyncio.gather(*reprises)] == [200] * 3
    await faux_slack.attendre(3, MESSAGES)
    await client.poster()
    await asyncio.sleep(0.1)
    assert len(agent.recus) == 1 and len(messages(faux_slack)) == 3


async def test_un_double_clic_ne_fait_qu_un_tour(client: ClientSlack, faux_slack: FauxSlack, agent: FauxAgent) -> None:
    await client.poster()
    await faux_slack.attendre(3, MESSAGES)
    sceau = actions_de_blocs(messages(faux_slack)[-1])[0]["value"]
    await asyncio.gather(client.poster("bouton", sceau=sceau), client.poster("bouton", sceau=sceau))
    await faux_slack.attendre(4, MESSAGES)
    await asyncio.sleep(0.1)
    assert len(agent.recus) == 2


@pytest.mark.parametrize("sceau", ["", "f" * 32, "/demander_aide"])
async def test_un_bouton_invente_le_dit(
    client: ClientSlack, faux_slack: FauxSlack, agent: FauxAgent, sceau: str
) -> None:
    await client.poster("bouton", sceau=sceau)
    await faux_slack.attendre(2, MESSAGES)
    assert messages(faux_slack)[-1]["text"] == texte("utter_bouton_perime") and agent.recus == []


@pytest.mark.parametrize("tape", ["/restart", "/demander_aide", " /faq{&quot;sujet&quot;: &quot;duree&quot;}"])
async def test_une_commande_tapee_n_est_jamais_jouee(
    client: ClientSlack, faux_slack: FauxSlack, agent: FauxAgent, tape: str
) -> None:
    await client.poster(event={"text": tape})
    await faux_slack.attendre(2, MESSAGES)
    assert agent.recus == []


async def test_l_accueil_montre_la_notice_et_un_menu_qui_marche(
    client: ClientSlack, faux_slack: FauxSlack, agent: FauxAgent
) -> None:
    await client.poster("accueil")
    (publiee,) = await faux_slack.attendre(1, "/views.publish")
    vue = publiee["corps"]["view"]
    assert publiee["corps"]["user_id"] == "U0CANARI" and vue["type"] == "home"
    assert "peut techniquement accéder" in texte_de_blocs(vue)
    lien, *boutons = actions_de_blocs(vue)
    assert lien["url"] == URL_WIDGET
    assert [b["text"]["text"] for b in boutons] == [b["title"] for b in menu()]
    await client.poster("bouton_accueil", sceau=boutons[-1]["value"])
    await faux_slack.attendre(3, MESSAGES)
    assert faux_slack.de("/conversations.open")[0]["corps"] == {"users": "U0CANARI"}
    assert messages(faux_slack)[-1]["channel"] == "D0OUVERT"
    assert [recu for _, recu, _ in agent.recus] == [menu()[-1]["payload"]]


async def test_les_documents_arrivent_en_liens_prives(
    client: ClientSlack, faux_slack: FauxSlack, agent: FauxAgent
) -> None:
    documents = [
        {"titre": "Lettre", "format": "docx", "lien": "/documents/jeton"},
        {"titre": "Piège", "lien": "data:x"},
    ]
    agent.reponses["lettre"] = [{"text": "Voici.", "custom": {"documents": documents}}]
    await client.poster(event={"text": "lettre"})
    await faux_slack.attendre(3, MESSAGES)
    message = messages(faux_slack)[-1]
    assert [(a["text"]["text"], a["url"]) for a in actions_de_blocs(message)] == [
        ("Lettre (docx)", f"{URL_PUBLIQUE}/documents/jeton")
    ]


async def test_slack_debordee_est_relancee_apres_le_delai_demande(client: ClientSlack, faux_slack: FauxSlack) -> None:
    faux_slack.pannes = [(429, {"Retry-After": "1"}), (500, {})]
    debut = time.perf_counter()
    await client.poster()
    await faux_slack.attendre(3, MESSAGES)
    assert time.perf_counter() - debut > 1.5


async def test_un_envoi_impossible_ne_perd_pas_le_tour(
    client: ClientSlack, faux_slack: FauxSlack, agent: FauxAgent
) -> None:
    faux_slack.pannes = [(404, {})] * 3
    await client.poster()
    await faux_slack.attendre(3, "/panne")
    assert len(agent.tracker_store.fils) == 1
    await client.poster("message_fil")
    await faux_slack.attendre(1, MESSAGES)
    assert len(agent.recus) == 2


async def test_le_serveur_repond_pendant_que_slack_traine(
    slack: str, client: ClientSlack, faux_slack: FauxSlack
) -> None:
    faux_slack.lenteur = 1.5
    await client.poster()
    meilleure, pire = await durees_d_accueil(slack)
    assert meilleure < 0.2 and pire < 1.0
    await faux_slack.attendre(3, MESSAGES, delai=20)


@pytest.mark.parametrize(
    ("recu", "tape"),
    [
        ("a &lt; b &amp;amp; c", "a < b &amp; c"),
        ("<@U0BOT> bonjour", "bonjour"),
        ("voir <https://x.fr|x.fr> ?", "voir x.fr ?"),
        ("<mailto:a@b.fr|a@b.fr>", "a@b.fr"),
        ("<https://x.fr/a?b=1>", "https://x.fr/a?b=1"),
        ("<!here> <#C1|general> ok", "ok"),
    ],
)
def test_un_texte_de_slack_se_lit_comme_il_a_ete_tape(recu: str, tape: str) -> None:
    assert en_clair(recu) == tape
