"""Slack refuse ce qui n'est pas signé, et ne journalise rien de ce qu'il refuse."""

from __future__ import annotations

import json
import logging
import time
from typing import Any
from urllib.parse import urlencode

import pytest

from canaux.slack import CORPS_MAX
from tests.canaux.clients import ClientSlack, charge
from tests.canaux.faux_agent import FauxAgent
from tests.canaux.pairs import FauxSlack

CANARI = "canari-zygomatique"
FORMULAIRE = "application/x-www-form-urlencoded"


@pytest.fixture
def client(slack: str, faux_slack: FauxSlack) -> ClientSlack:
    return ClientSlack(slack)


def corps(**event: Any) -> bytes:
    objet = charge("slack", "message")
    objet["event"] = {**objet["event"], "text": CANARI, **event}
    return json.dumps(objet).encode()


def verifier_refus(faux: FauxSlack, agent: FauxAgent, journal: pytest.LogCaptureFixture) -> None:
    assert agent.recus == [] and faux.recues == []
    lignes = [r.getMessage() for r in journal.records if r.name.startswith("canaux")]
    assert any("requête refusée" in ligne for ligne in lignes)
    for interdit in (CANARI, "U0CANARI", "D0CANARI", "T0CANARI", "Ev0", "v0="):
        assert interdit not in "\n".join(lignes), interdit


@pytest.mark.parametrize(
    "options",
    [
        {"secret": "f" * 32},
        {"decalage": -600},
        {"decalage": 600},
        {"entetes": {"X-Slack-Signature": "v0=00"}},
        {"entetes": {"X-Slack-Signature": ""}},
        {"entetes": {"X-Slack-Request-Timestamp": "hier"}},
        {"entetes": {"X-Slack-Request-Timestamp": "9" * 400}},
        {"entetes": {"X-Slack-Signature": "v0=é"}},
    ],
    ids=["autre secret", "expiré", "heure future", "fausse", "vide", "heure illisible", "heure géante", "pas ASCII"],
)
async def test_une_mauvaise_signature_est_refusee(
    client: ClientSlack, faux_slack: FauxSlack, agent: FauxAgent, caplog: pytest.LogCaptureFixture, options: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    assert (await client.brut(corps(), **options))[0] == 401
    verifier_refus(faux_slack, agent, caplog)


async def test_la_signature_d_un_autre_corps_est_refusee(
    slack: str, faux_slack: FauxSlack, agent: FauxAgent, caplog: pytest.LogCaptureFixture
) -> None:
    import hashlib
    import hmac

    from tests.canaux.clients import SECRET_SIGNATURE, envoyer

    instant = str(int(time.time()))
    sceau = hmac.new(SECRET_SIGNATURE.encode(), f"v0:{instant}:{{}}".encode(), hashlib.sha256).hexdigest()
    entetes = {
        "content-type": "application/json",
        "X-Slack-Request-Timestamp": instant,
        "X-Slack-Signature": f"v0={sceau}",
    }
    assert (await envoyer(f"{slack}/webhooks/slack/webhook", corps(), entetes))[0] == 401
    assert (await envoyer(f"{slack}/webhooks/slack/webhook", corps(), {"content-type": "application/json"}))[0] == 401
    verifier_refus(faux_slack, agent, caplog)


@pytest.mark.parametrize(
    ("recu", "genre", "code"),
    [
        (b"", "application/json", 400),
        (b"pas du json", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"[" * 9_000, "application/json", 400),
        (b"\xff\xfe", "application/json", 401),
        (b"{" + b" " * CORPS_MAX + b"}", "application/json", 413),
        (corps(), "text/plain", 415),
        (b"payload=%7B", FORMULAIRE, 400),
        (b"\xff=\xff", FORMULAIRE, 401),
        (b"rien=1", FORMULAIRE, 400),
        ("&".join(f"a{i}=1" for i in range(80)).encode(), FORMULAIRE, 400),
        (corps(user={"$ne": 1}), "application/json", 400),
        (corps(user="U1\nx"), "application/json", 400),
        (corps(channel=None), "application/json", 400),
        (json.dumps({**charge("slack", "message"), "event_id": None}).encode(), "application/json", 400),
        (urlencode({"payload": json.dumps({"type": "block_actions", "actions": [{}]})}).encode(), FORMULAIRE, 400),
    ],
    ids=["vide", "pas du JSON", "liste", "profond", "pas de l'UTF-8", "énorme", "autre genre", "payload coupé",
         "formulaire illisible", "formulaire inconnu", "trop de champs", "personne", "saut de ligne", "canal",
         "sans event_id", "bouton sans auteur"],
)  # fmt: skip
async def test_un_envoi_signe_mais_mal_forme_est_refuse(
    client: ClientSlack,
    faux_slack: FauxSlack,
    agent: FauxAgent,
    caplog: pytest.LogCaptureFixture,
    recu: bytes,
    genre: str,
    code: int,
) -> None:
    caplog.set_level(logging.DEBUG)
    assert (await client.brut(recu, genre))[0] == code
    verifier_refus(faux_slack, agent, caplog)


async def test_le_rejeu_exact_d_un_envoi_signe_n_a_aucun_effet(
    client: ClientSlack, faux_slack: FauxSlack, agent: FauxAgent
) -> None:
    heure = time.time()
    for _ in range(3):
        assert (await client.brut(corps(), heure=heure))[0] == 200
    await faux_slack.attendre(3, "/chat.postMessage")
    assert len(agent.recus) == 1


@pytest.mark.parametrize("texte", ["\x00", "\ud83d", "\u202e\u200b", "😀", "", "a" * 9_000], ids=lambda t: ascii(t[:8]))
async def test_un_texte_hostile_recoit_une_phrase(
    client: ClientSlack, faux_slack: FauxSlack, agent: FauxAgent, texte: str
) -> None:
    assert (await client.brut(corps(text=texte)))[0] == 200
    await faux_slack.attendre(2, "/chat.postMessage")
    assert agent.recus == []
