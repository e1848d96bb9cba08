"""Teams refuse ce qui n'est pas prouvé, et ne journalise rien de ce qu'il refuse."""

from __future__ import annotations

import base64
import json
import logging
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from aiohttp import web
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from canaux.teams import CORPS_MAX, CanalTeams
from tests.canaux.clients import ClientTeams, charge
from tests.canaux.conftest import reglages_teams, servir
from tests.canaux.faux_agent import FauxAgent
from tests.canaux.pairs import APP_ID, EMETTEUR, FauxTeams

CANARI = "canari-zygomatique"


@pytest.fixture
def client(teams: str, faux_teams: FauxTeams) -> ClientTeams:
    return ClientTeams(teams, faux_teams)


def verifier_refus(faux: FauxTeams, agent: FauxAgent, journal: pytest.LogCaptureFixture) -> None:
    """Aucun tour, aucun envoi, aucun jeton demandé ; une ligne au journal, sans contenu."""
    assert agent.recus == []
    assert [r["chemin"] for r in faux.recues if r["chemin"] not in ("/openid", "/cles")] == []
    lignes = [r.getMessage() for r in journal.records if r.name.startswith("canaux")]
    assert any("requête refusée" in ligne for ligne in lignes)
    for interdit in (CANARI, "29:1Zq7", "aaaaaaaa-bbbb", "Camille", "a:1pT", "eyJ", faux.service):
        assert interdit not in "\n".join(lignes), interdit


def _jeton(faux: FauxTeams, cas: str) -> str:
    intrus = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    publique = faux.cles["k1"].public_key()
    corps = {"iss": EMETTEUR, "aud": APP_ID, "exp": int(time.time()) + 900, "serviceurl": faux.service}
    if cas == "HS256 avec la clé publique":
        pem = publique.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        tete = base64.urlsafe_b64encode(b'{"alg":"HS256","typ":"JWT","kid":"k1"}').rstrip(b"=")
        charge_utile = base64.urlsafe_b64encode(json.dumps(corps).encode()).rstrip(b"=")
        import hashlib
        import hmac

        sceau = hmac.new(pem, tete + b"." + charge_utile, hashlib.sha256).digest()
        return b".".join([tete, charge_utile, base64.urlsafe_b64encode(sceau).rstrip(b"=")]).decode()
    return {
        "mauvaise signature": lambda: faux.signer(cle=intrus),
        "signature coupée": lambda: faux.signer()[:-8],
        "autre audience": lambda: faux.signer(aud="00000000-0000-0000-0000-000000000000"),
        "audience absente": lambda: faux.signer(aud=None),
        "autre émetteur": lambda: faux.signer(iss="https://intrus.exemple"),
        "émetteur absent": lambda: faux.signer(iss=None),
        "expiré": lambda: faux.signer(exp=int(time.time()) - 301),
        "sans échéance": lambda: faux.signer(exp=None),
        "pas encore valable": lambda: faux.signer(nbf=int(time.time()) + 900),
        "clé inconnue": lambda: faux.signer(cle=intrus, entete={"kid": "k404"}),
        "sans kid": lambda: jwt.encode(corps, faux.cles["k1"], algorithm="RS256"),
        "kid qui n'est pas du texte": lambda: faux.signer(entete={"kid": ""}),
        "PS256": lambda: faux.signer(alg="PS256"),
        "RS512": lambda: faux.signer(alg="RS512"),
        "sans signature": lambda: jwt.encode(corps, None, algorithm="none", headers={"kid": "k1"}),
        "extension critique": lambda: faux.signer(entete={"crit": ["exp"]}),
        "sans adresse de réponse": lambda: faux.signer(serviceurl=None),
        "pas un jeton": lambda: "zzz",
        "jeton énorme": lambda: "a" * 7_000,
    }[cas]()


@pytest.mark.parametrize(
    "cas",
    [
        "mauvaise signature", "signature coupée", "autre audience", "audience absente", "autre émetteur",
        "émetteur absent", "expiré", "sans échéance", "pas encore valable", "clé inconnue", "sans kid",
        "kid qui n'est pas du texte", "PS256", "RS512", "sans signature", "extension critique",
        "sans adresse de réponse", "pas un jeton", "jeton énorme", "HS256 avec la clé publique",
    ],
)  # fmt: skip
async def test_un_jeton_qui_ne_prouve_rien_est_refuse(
    client: ClientTeams, faux_teams: FauxTeams, agent: FauxAgent, caplog: pytest.LogCaptureFixture, cas: str
) -> None:
    caplog.set_level(logging.DEBUG)
    assert await client.poster(jeton=_jeton(faux_teams, cas), text=CANARI) == 401
    verifier_refus(faux_teams, agent, caplog)


async def test_sans_jeton_rien_ne_passe(
    client: ClientTeams, faux_teams: FauxTeams, agent: FauxAgent, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    assert await client.poster(jeton="", text=CANARI) == 401
    assert await client.poster(jeton="", text=CANARI, entetes={"Authorization": "Basic eyJ4"}) == 401
    verifier_refus(faux_teams, agent, caplog)


@pytest.mark.parametrize(
    "changements",
    [
        {"serviceUrl": "https://intrus.exemple/service/"},
        {"serviceUrl": "http://127.0.0.1:1/service/"},
        {"channelId": "webchat"},
        {"conversation": {"id": "c", "conversationType": "personal", "tenantId": "autre"}},
        {"timestamp": (datetime.now(UTC) - timedelta(minutes=6)).isoformat()},
        {"timestamp": (datetime.now(UTC) + timedelta(days=1)).isoformat()},  # loin : la suite est longue
    ],
    ids=["autre adresse", "autre port", "autre canal", "autre entreprise", "rejoué après 5 min", "heure future"],
)
async def test_un_corps_qui_ne_va_pas_avec_le_jeton_est_refuse(
    client: ClientTeams,
    faux_teams: FauxTeams,
    agent: FauxAgent,
    caplog: pytest.LogCaptureFixture,
    changements: dict[str, Any],
) -> None:
    caplog.set_level(logging.DEBUG)
    assert await client.poster(text=CANARI, **changements) == 403
    verifier_refus(faux_teams, agent, caplog)


async def test_une_cle_qui_n_est_pas_faite_pour_teams_est_refusee(
    client: ClientTeams, faux_teams: FauxTeams, agent: FauxAgent, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    faux_teams.endossements["k1"] = ["webchat"]
    assert await client.poster(text=CANARI) == 403
    verifier_refus(faux_teams, agent, caplog)


@pytest.mark.parametrize(
    "service",
    [
        "https://intrus.exemple/", "http://smba.trafficmanager.net/emea/", "https://smba.trafficmanager.net.intrus.fr/",
        "https://smba.trafficmanager.net:8443/", "https://x@smba.trafficmanager.net/", "https://smba.trafficmanager.net/#@x",
        "https://intrus.exemple\\@smba.trafficmanager.net/", "https://smba.trafficmanager.net/?x=1", "ftp://127.0.0.1/",
        "file:///etc/passwd", "https://[::1/", "",
    ],
)  # fmt: skip
async def test_le_jeton_du_bot_ne_part_que_vers_les_hotes_permis(
    faux_teams: FauxTeams, agent: FauxAgent, caplog: pytest.LogCaptureFixture, service: str
) -> None:
    caplog.set_level(logging.DEBUG)
    reglages = reglages_teams(faux_teams)
    del reglages["hotes"]  # ceux de Microsoft
    canal = CanalTeams.from_credentials(reglages)
    async with servir(canal, agent) as adresse:
        client = ClientTeams(adresse, faux_teams)
        code = await client.poster(jeton=faux_teams.signer(serviceurl=service), serviceUrl=service, text=CANARI)
        assert code == (403 if service else 400)
    verifier_refus(faux_teams, agent, caplog)


@pytest.mark.parametrize(
    ("corps", "code"),
    [
        (b"", 400), (b"pas du json", 400), (b"[]", 400), (b"[" * 9_000, 400), (b"\xff\xfe", 400), (b'"x"', 400),
        (b"{" + b" " * CORPS_MAX + b"}", 413),
    ],
    ids=["vide", "pas du JSON", "liste", "profond", "pas de l'UTF-8", "texte", "énorme"],
)  # fmt: skip
async def test_un_corps_illisible_est_refuse(
    client: ClientTeams,
    faux_teams: FauxTeams,
    agent: FauxAgent,
    caplog: pytest.LogCaptureFixture,
    corps: bytes,
    code: int,
) -> None:
    caplog.set_level(logging.DEBUG)
    assert await client.brut(corps) == code
    verifier_refus(faux_teams, agent, caplog)


@pytest.mark.parametrize(
    "changements",
    [
        {"from": None}, {"from": {}}, {"from": {"id": 3}}, {"conversation": "x"}, {"conversation": {}}, {"id": None},
        {"id": ""}, {"id": "x" * 2_000}, {"recipient": []}, {"type": 4}, {"timestamp": "hier"},
    ],
    ids=str,
)  # fmt: skip
async def test_une_activite_mal_formee_est_refusee(
    client: ClientTeams, faux_teams: FauxTeams, agent: FauxAgent, caplog: pytest.LogCaptureFixture, changements: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    assert await client.poster(text=CANARI, **changements) in (400, 403)
    verifier_refus(faux_teams, agent, caplog)


async def test_un_corps_qui_n_est_pas_du_json_est_refuse(client: ClientTeams, faux_teams: FauxTeams) -> None:
    corps = json.dumps(charge("teams", "message")).encode()
    assert await client.brut(corps, entetes={"content-type": "text/plain"}) == 415


async def test_un_message_trop_long_recoit_une_phrase(
    client: ClientTeams, faux_teams: FauxTeams, agent: FauxAgent
) -> None:
    assert await client.poster(text="a" * 9_000) == 202
    await faux_teams.attendre(2, "/activites/message")
    assert agent.recus == []


@pytest.mark.parametrize("texte", ["\x00", "\ud83d", "\u202e\u200b", "😀", "", None, 42, ["x"]], ids=ascii)
async def test_un_texte_hostile_recoit_une_phrase(client: ClientTeams, faux_teams: FauxTeams, texte: Any) -> None:
    assert await client.poster(text=texte) == 202
    await faux_teams.attendre(2, "/activites/message")


async def test_les_cles_sont_lues_une_fois_puis_relues_quand_elles_tournent(
    client: ClientTeams, faux_teams: FauxTeams, canal_teams: CanalTeams
) -> None:
    horloge = [0.0]
    canal_teams._cles._horloge = lambda: horloge[0]
    for rang in range(3):
        assert await client.poster(id=f"m{rang}") == 202
    assert len(faux_teams.de("/cles")) == 1
    faux_teams.tourner("k2")
    horloge[0] = 5.0
    assert await client.poster(id="m4", jeton=faux_teams.signer("k2")) == 401  # vient d'être relue
    horloge[0] = 20.0
    assert await client.poster(id="m4", jeton=faux_teams.signer("k2")) == 202
    assert len(faux_teams.de("/cles")) == 2


async def test_un_kid_invente_ne_fait_pas_relire_les_cles_sans_fin(client: ClientTeams, faux_teams: FauxTeams) -> None:
    await client.poster()
    for rang in range(5):
        assert await client.poster(jeton=faux_teams.signer(entete={"kid": f"x{rang}"})) == 401
    assert len(faux_teams.de("/cles")) == 1


async def test_les_cles_se_relisent_chaque_jour_sans_retarder_et_survivent_a_une_coupure(
    client: ClientTeams, faux_teams: FauxTeams, canal_teams: CanalTeams
) -> None:
    horloge = [0.0]
    canal_teams._cles._horloge = lambda: horloge[0]
    assert await client.poster(id="m1") == 202
    horloge[0] = 25 * 3600.0
    assert await client.poster(id="m2") == 202
    await faux_teams.attendre(2, "/cles")
    port = faux_teams.port
    await faux_teams.arreter()
    horloge[0] += 48 * 3600.0
    jeton = faux_teams.signer()
    assert await client.poster(id="m3", jeton=jeton) == 202  # clés d'avant-hier : encore admises
    horloge[0] += 48 * 3600.0
    assert await client.poster(id="m4", jeton=jeton) == 503  # trop vieilles
    faux_teams.port = port
    await faux_teams.demarrer()


@pytest.mark.parametrize(
    ("defaut", "code"), [("aucun", 202), ("émetteur", 503), ("hôte des clés", 503), ("pas du JSON", 503)]
)
async def test_une_description_openid_suspecte_est_ignoree(
    faux_teams: FauxTeams, agent: FauxAgent, monkeypatch: pytest.MonkeyPatch, defaut: str, code: int
) -> None:
    """Les clés servies sont toujours les bonnes : seul le défaut de la description fait refuser."""

    async def reponse(requete: web.Request) -> web.Response:
        if defaut == "pas du JSON":
            return web.Response(text="<html>")
        emetteur = "https://intrus.exemple" if defaut == "émetteur" else EMETTEUR
        cles = faux_teams.adresse if defaut == "hôte des clés" else autre.adresse
        return web.json_response({"issuer": emetteur, "jwks_uri": f"{cles}/cles"})

    autre = FauxTeams(faux_teams._valideur)
    autre.cles = faux_teams.cles
    monkeypatch.setattr(autre, "_openid", reponse)
    await autre.demarrer()
    canal = CanalTeams.from_credentials(reglages_teams(faux_teams, openid=f"{autre.adresse}/openid"))
    async with servir(canal, agent) as adresse:
        assert await ClientTeams(adresse, faux_teams).poster() == code
    await autre.arreter()


async def test_une_adresse_de_reponse_permise_mais_pas_celle_du_jeton_est_refusee(
    client: ClientTeams, faux_teams: FauxTeams, agent: FauxAgent, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    assert await client.poster(text=CANARI, serviceUrl=f"{faux_teams.service}autre/") == 403
    verifier_refus(faux_teams, agent, caplog)
