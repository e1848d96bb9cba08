"""Pairs de protocole sur la boucle locale : faux Bot Framework et faux Slack, qui valident ce qu'on leur envoie.

Les serveurs d'essai sont en aiohttp : ils ne servent qu'aux tests.
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from slack_sdk.models.blocks import Block

APP_ID = "11111111-2222-3333-4444-555555555555"
LOCATAIRE = "99999999-8888-7777-6666-555555555555"
SECRET = "secret-du-bot-de-test-assez-long-pour-passer"
EMETTEUR = "https://api.botframework.com"
FOURNISSEURS = Path(__file__).parent / "fournisseurs"


class Serveur:
    """Serveur d'essai : garde les requêtes reçues et les défauts trouvés dans ce qu'on lui envoie."""

    def __init__(self) -> None:
        self.recues: list[dict[str, Any]] = []
        self.defauts: list[str] = []
        self.pannes: list[tuple[int, dict[str, str]]] = []
        self.lenteur = 0.0
        self.port = 0
        self._arrivee = asyncio.Event()
        self._lanceur: web.AppRunner | None = None

    def routes(self) -> list[web.RouteDef]:
        raise NotImplementedError

    async def demarrer(self) -> None:
        application = web.Application()
        application.add_routes(self.routes())
        self._lanceur = web.AppRunner(application, access_log=None)
        await self._lanceur.setup()
        site = web.TCPSite(self._lanceur, "127.0.0.1", self.port)
        await site.start()
        self.port = self._lanceur.addresses[0][1]

    async def arreter(self) -> None:
        assert self._lanceur is not None
        await self._lanceur.cleanup()

    @property
    def adresse(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def noter(self, **requete: Any) -> None:
        self.recues.append(requete)
        self._arrivee.set()

    async def attendre(self, nombre: int, chemin: str = "", delai: float = 15.0) -> list[dict[str, Any]]:
        """Attend que ``nombre`` requêtes de ce chemin soient arrivées."""
        fin = time.monotonic() + delai
        while len(self.de(chemin)) < nombre:
            self._arrivee.clear()
            await asyncio.wait_for(self._arrivee.wait(), max(0.01, fin - time.monotonic()))
        return self.de(chemin)

    def de(self, chemin: str) -> list[dict[str, Any]]:
        return [r for r in self.recues if chemin in r["chemin"]]


class Valideur:
    """Bibliothèque de cartes de Microsoft (npm adaptivecards), dans un processus Node gardé ouvert."""

    def __init__(self) -> None:
        from playwright._impl._driver import compute_driver_executable

        noeud = compute_driver_executable()
        self._processus = subprocess.Popen(
            [noeud[0] if isinstance(noeud, tuple) else noeud, str(FOURNISSEURS / "valider.cjs")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def defauts(self, carte: Mapping[str, Any]) -> list[str]:
        assert self._processus.stdin and self._processus.stdout
        self._processus.stdin.write(json.dumps(carte) + "\n")
        self._processus.stdin.flush()
        trouves = json.loads(self._processus.stdout.readline())
        if carte.get("type") != "AdaptiveCard" or carte.get("version") != "1.5":
            trouves.append("ni type AdaptiveCard ni version 1.5")
        if len(json.dumps(carte)) > 28_000:
            trouves.append("carte de plus de 28 ko")
        return trouves

    def fermer(self) -> None:
        assert self._processus.stdin
        self._processus.stdin.close()
        self._processus.wait(timeout=5)


def _b64(nombre: int) -> str:
    return urlsafe_b64encode(nombre.to_bytes((nombre.bit_length() + 7) // 8, "big")).rstrip(b"=").decode()


class FauxTeams(Serveur):
    """Description OpenID, clés, jeton du bot et connecteur."""

    def __init__(self, valideur: Valideur) -> None:
        super().__init__()
        self._valideur = valideur
        self.cles: dict[str, rsa.RSAPrivateKey] = {}
        self.endossements = {"": ["msteams"]}
        self.jetons_valables = {"jeton-du-bot"}
        self.prochain_jeton = "jeton-du-bot"
        self.tourner("k1")

    def tourner(self, kid: str) -> None:
        """Remplace les clés par une seule, neuve."""
        self.cles = {kid: rsa.generate_private_key(public_exponent=65537, key_size=2048)}

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/openid", self._openid),
            web.get("/cles", self._jwks),
            web.post("/{locataire}/oauth2/v2.0/token", self._jeton),
            web.post("/service/v3/conversations/{conversation}/activities/{activite}", self._activite),
        ]

    @property
    def service(self) -> str:
        return f"{self.adresse}/service/"

    def signer(self, kid: str = "k1", cle: Any = None, alg: str = "RS256", entete: Any = None, **revend: Any) -> str:
        """Jeton de Microsoft ; une revendication à ``None`` est retirée."""
        maintenant = int(time.time())
        corps = {
            "iss": EMETTEUR, "aud": APP_ID, "exp": maintenant + 3600, "nbf": maintenant - 10,
            "serviceurl": self.service, **revend,
        }  # fmt: skip
        corps = {nom: valeur for nom, valeur in corps.items() if valeur is not None}
        return jwt.encode(corps, cle or self.cles[kid], algorithm=alg, headers={"kid": kid, **(entete or {})})

    async def _openid(self, requete: web.Request) -> web.Response:
        self.noter(chemin="/openid")
        return web.json_response({"issuer": EMETTEUR, "jwks_uri": f"{self.adresse}/cles"})

    async def _jwks(self, requete: web.Request) -> web.Response:
        self.noter(chemin="/cles")
        jeu = [
            {
                "kty": "RSA", "use": "sig", "kid": kid, "endorsements": self.endossements.get(kid, ["msteams"]),
                "n": _b64(cle.public_key().public_numbers().n), "e": _b64(cle.public_key().public_numbers().e),
            }
            for kid, cle in self.cles.items()
        ]  # fmt: skip
        return web.json_response({"keys": [{"kty": "oct", "kid": "k0"}, {}, *jeu]})

    async def _jeton(self, requete: web.Request) -> web.Response:
        champs = dict(await requete.post())
        self.noter(chemin="/token", locataire=requete.match_info["locataire"], champs=champs)
        attendu = {
            "grant_type": "client_credentials", "client_id": APP_ID, "client_secret": SECRET,
            "scope": "https://api.botframework.com/.default",
        }  # fmt: skip
        if champs != attendu or requete.match_info["locataire"] != LOCATAIRE:
            return web.json_response({"error": "invalid_client"}, status=401)
        return web.json_response({"access_token": self.prochain_jeton, "expires_in": 3599, "token_type": "Bearer"})

    async def _activite(self, requete: web.Request) -> web.Response:
        corps = await requete.json()
        await asyncio.sleep(self.lenteur)
        if self.pannes:
            code, entetes = self.pannes.pop(0)
            self.noter(chemin="/panne", corps=corps)
            return web.json_response({"error": {}}, status=code, headers=entetes)
        jeton = requete.headers.get("Authorization", "").removeprefix("Bearer ")
        if jeton not in self.jetons_valables:
            self.noter(chemin="/refus", jeton=jeton)
            return web.json_response({}, status=401)
        self.defauts += self._defauts(corps, requete.match_info)
        self.noter(chemin=f"/activites/{corps.get('type')}", corps=corps, instant=time.perf_counter())
        return web.json_response({"id": "reponse"}, status=201)

    def _defauts(self, corps: dict[str, Any], chemin: Mapping[str, str]) -> list[str]:
        trouves = []
        if corps.get("type") not in ("message", "typing"):
            trouves.append(f"type {corps.get('type')}")
        if corps.get("conversation", {}).get("id") != chemin["conversation"]:
            trouves.append("conversation")
        if corps.get("replyToId") != chemin["activite"]:
            trouves.append("replyToId")
        if not corps.get("from", {}).get("id") or not corps.get("recipient", {}).get("id"):
            trouves.append("from ou recipient")
        for piece in corps.get("attachments", []):
            if piece["contentType"] != "application/vnd.microsoft.card.adaptive":
                trouves.append("contentType")
            trouves += self._valideur.defauts(piece["content"])
        return trouves


class FauxSlack(Serveur):
    """API Web de Slack : ``chat.postMessage``, ``chat.postEphemeral``, ``views.publish``, ``conversations.open``."""

    CHAMPS: ClassVar = {
        "chat.postMessage": {"channel", "text", "blocks", "thread_ts", "unfurl_links", "unfurl_media"},
        "chat.postEphemeral": {"channel", "text", "blocks", "thread_ts", "user"},
        "views.publish": {"user_id", "view"},
        "conversations.open": {"users"},
    }
    JETON = "xoxb-jeton-de-test-assez-long"

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/api/{methode}", self._appel)]

    async def _appel(self, requete: web.Request) -> web.Response:
        methode, corps = requete.match_info["methode"], await requete.json()
        await asyncio.sleep(self.lenteur)
        if self.pannes:
            code, entetes = self.pannes.pop(0)
            self.noter(chemin="/panne", corps=corps)
            return web.Response(text="<html>panne</html>", status=code, headers=entetes)
        if requete.headers.get("Authorization") != f"Bearer {self.JETON}":
            return web.json_response({"ok": False, "error": "invalid_auth"})
        inconnus = set(corps) - self.CHAMPS.get(methode, set())
        self.defauts += [f"{methode} : {champ} inconnu" for champ in inconnus]
        en_texte = methode == "chat.postMessage" and re.fullmatch(
            r"<https?://[^|>\s]{3001,8000}\|[^|>]+>", corps["text"]
        )
        if methode != "conversations.open" and not en_texte:
            self.defauts += defauts_de_blocs(corps.get("blocks") or corps.get("view", {}).get("blocks") or [])
        if methode.startswith("chat.") and not corps.get("text"):
            self.defauts.append("text absent")
        self.noter(chemin=f"/{methode}", corps=corps, instant=time.perf_counter())
        return web.json_response({"ok": True, "channel": {"id": "D0OUVERT"}, "ts": "1.2"})


def defauts_de_blocs(blocs: list[dict[str, Any]]) -> list[str]:
    """Limites de Block Kit : celles des modèles de slack-sdk, plus celles que Slack documente et qu'ils taisent."""
    trouves = []
    if not 1 <= len(blocs) <= 50:
        trouves.append(f"{len(blocs)} blocs")
    for brut in blocs:
        bloc = Block.parse(brut)
        if bloc is None:
            trouves.append(f"bloc inconnu {brut.get('type')}")
            continue
        bloc.validate_json()
        if json.loads(json.dumps(bloc.to_dict())) != brut:
            trouves.append(f"propriété inconnue dans {brut}")
        texte = json.dumps(brut.get("elements", []), ensure_ascii=False)
        if brut["type"] == "rich_text" and len(texte) > 8_000:
            trouves.append("rich_text trop long")
        if brut["type"] == "header" and len(brut["text"]["text"]) > 150:
            trouves.append("titre trop long")
        if brut["type"] == "actions":
            trouves += _defauts_d_actions(brut["elements"])
    return trouves


def _defauts_d_actions(elements: list[dict[str, Any]]) -> list[str]:
    trouves = []
    noms = [e["action_id"] for e in elements]
    if not 1 <= len(elements) <= 25 or len(set(noms)) != len(noms):
        trouves.append("nombre d'actions ou action_id répété")
    for element in elements:
        options = element.get("options", [])
        if element["type"] == "overflow" and not 1 <= len(options) <= 5:
            trouves.append("options d'overflow")
        for porte in [element, *options]:
            if len(porte.get("text", {}).get("text", "")) > 75 or len(porte.get("value", "")) > 150:
                trouves.append("titre ou valeur trop longs")
    return trouves
