"""Ce que Teams et Slack envoient à l'assistant : charges de tests/canaux/charges, signées comme eux."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp

from tests.canaux.pairs import FauxTeams

CHARGES = Path(__file__).parent / "charges"
SECRET_SIGNATURE = "0123456789abcdef0123456789abcdef"


def charge(canal: str, nom: str, **changements: Any) -> dict[str, Any]:
    objet = json.loads((CHARGES / canal / f"{nom}.json").read_text(encoding="utf-8"))
    return {**objet, **changements}


async def envoyer(adresse: str, corps: bytes, entetes: dict[str, str]) -> tuple[int, bytes]:
    async with aiohttp.ClientSession() as client, client.post(adresse, data=corps, headers=entetes) as reponse:
        return reponse.status, await reponse.read()


async def durees_d_accueil(adresse: str) -> tuple[float, float]:
    """Meilleure et pire durées de trois « GET / », en secondes : l'une dit la vitesse, l'autre si la boucle bloque."""
    durees = []
    async with aiohttp.ClientSession() as client:
        for _ in range(3):
            debut = time.perf_counter()
            async with client.get(adresse) as reponse:
                assert reponse.status == 200
            durees.append(time.perf_counter() - debut)
    return min(durees), max(durees)


class ClientTeams:
    """Poste des activités signées."""

    def __init__(self, adresse: str, faux: FauxTeams) -> None:
        self._adresse, self._faux = f"{adresse}/webhooks/teams/webhook", faux

    async def poster(
        self, nom: str = "message", jeton: str | None = None, sceau: str = "", entetes: Any = None, **changements: Any
    ) -> int:
        objet = charge("teams", nom, **changements)
        corps = json.dumps(objet).replace('"SERVICE"', json.dumps(self._faux.service)).replace("SCEAU", sceau)
        corps = corps.replace("MAINTENANT", datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"))
        return await self.brut(corps.encode(), jeton, entetes)

    async def brut(self, corps: bytes, jeton: str | None = None, entetes: Any = None) -> int:
        jeton = self._faux.signer() if jeton is None else jeton
        entetes = {"content-type": "application/json; charset=utf-8", **(entetes or {})}
        if jeton:
            entetes["Authorization"] = f"Bearer {jeton}"
        return (await envoyer(self._adresse, corps, entetes))[0]


class ClientSlack:
    """Poste des événements et des boutons signés."""

    def __init__(self, adresse: str) -> None:
        self._adresse = f"{adresse}/webhooks/slack/webhook"

    async def poster(self, nom: str = "message", sceau: str = "", **changements: Any) -> tuple[int, bytes]:
        objet = charge("slack", nom)
        if "event" in objet and "event" in changements:
            changements["event"] = {**objet["event"], **changements["event"]}
        corps = json.dumps({**objet, **changements}).replace("SCEAU", sceau)
        if objet["type"] in ("block_actions", "view_submission"):
            return await self.brut(urlencode({"payload": corps}).encode(), "application/x-www-form-urlencoded")
        return await self.brut(corps.encode())

    async def brut(
        self,
        corps: bytes,
        genre: str = "application/json; charset=utf-8",
        heure: float | None = None,
        decalage: int = 0,
        secret: str = SECRET_SIGNATURE,
        entetes: Any = None,
    ) -> tuple[int, bytes]:
        instant = str(int(heure if heure is not None else time.time()) + decalage)
        calcul = hmac.new(secret.encode(), f"v0:{instant}:".encode() + corps, hashlib.sha256).hexdigest()
        envoyes = {
            "content-type": genre, "X-Slack-Request-Timestamp": instant, "X-Slack-Signature": f"v0={calcul}",
            **(entetes or {}),
        }  # fmt: skip
        return await envoyer(self._adresse, corps, envoyes)


def texte_de_carte(contenu: dict[str, Any]) -> str:
    """Texte que montre une carte, une ligne par paragraphe, « - » devant une puce, adresses entières."""
    return "\n".join(_element(e) for e in contenu["attachments"][0]["content"]["body"] if e["type"] != "ActionSet")


def _element(element: dict[str, Any]) -> str:
    if element["type"] == "RichTextBlock":
        return "".join(s.get("selectAction", {}).get("url", s["text"]) for s in element["inlines"])
    puce, texte = element["columns"]
    return _element(puce["items"][0]).replace("•", "-") + " " + _element(texte["items"][0])


def actions_de_carte(contenu: dict[str, Any]) -> list[dict[str, Any]]:
    return [a for e in contenu["attachments"][0]["content"]["body"] if e["type"] == "ActionSet" for a in e["actions"]]


def texte_de_blocs(contenu: dict[str, Any]) -> str:
    """Texte que montrent des blocs, une ligne par ligne, « - » devant une puce."""
    lignes = []
    for bloc in contenu["blocks"]:
        if bloc["type"] == "rich_text":
            for element in bloc["elements"]:
                if element["type"] == "rich_text_list":
                    lignes += ["- " + _section(e) + "\n" for e in element["elements"]]
                else:
                    lignes.append(_section(element))
                    if not lignes[-1].endswith("\n"):
                        lignes[-1] += "\n"
    return "".join(lignes).strip()


def _section(section: dict[str, Any]) -> str:
    return "".join(e["text"] for e in section["elements"])


def actions_de_blocs(contenu: dict[str, Any]) -> list[dict[str, Any]]:
    trouvees = []
    for bloc in contenu["blocks"]:
        for element in bloc["elements"] if bloc["type"] == "actions" else []:
            trouvees += [
                {**o, "action_id": element["action_id"], "type": "overflow"} for o in element.get("options", [])
            ] or [element]
    return trouvees
