"""Toutes les routes du serveur, et qui peut les appeler : rien d'autre n'est ouvert."""

from __future__ import annotations

import json
import re

import pytest
import rasa.core.run
import rasa.server

from actions.reglages import RACINE
from canaux import pages
from tests.serveur import CANAL, Serveur, Visiteur

PUBLIC = "n'importe quelle page de ce serveur, sans session"
PERSONNE = "la page de la personne, avec sa session"
OUVRIR = "une page admise, pour ouvrir sa propre session"
LOCAL = "un programme de cette machine, jamais un navigateur"
LIEN = "qui tient un lien privé, chiffré, qui expire"
EXPLOITANT = "la supervision, d'une adresse de BILAN_SURVEILLANCE, sans mandataire ni navigateur"
PREALABLE = "le navigateur, avant une page d'une autre origine admise"

ROUTES = {
    ("GET", "/"): PUBLIC,
    ("GET", "/demo"): PUBLIC,
    ("GET", "/a-propos"): PUBLIC,
    ("GET", "/favicon.ico"): PUBLIC,
    ("GET", "/assistant/page.css"): PUBLIC,
    ("GET", "/assistant/pratique"): PUBLIC,
    ("GET", "/assistant/<empreinte>/assistant.js"): PUBLIC,
    ("GET", f"{CANAL}/textes"): PUBLIC,
    ("GET", f"{CANAL}/qui-peut-lire"): PUBLIC,
    ("GET", f"{CANAL}/a-propos"): PUBLIC,
    ("POST", f"{CANAL}/session"): OUVRIR,
    ("GET", f"{CANAL}/session"): PERSONNE,
    ("POST", f"{CANAL}/message"): PERSONNE,
    ("POST", f"{CANAL}/avis"): PERSONNE,
    ("POST", f"{CANAL}/effacer"): OUVRIR,
    **{
        ("OPTIONS", f"{CANAL}/{nom}"): PREALABLE
        for nom in ("session", "message", "effacer", "avis", "textes", "qui-peut-lire", "a-propos")
    },
    ("GET", "/sante"): PUBLIC,
    ("GET", "/pret"): PUBLIC,
    ("GET", "/metrics"): EXPLOITANT,
    ("GET", "/documents/<jeton>"): LIEN,
    ("GET", "/webhooks/rest"): PUBLIC,
    ("POST", "/webhooks/rest/webhook"): LOCAL,
}
CORPS = {
    "/session": {},
    "/message": {"id": "identifiant", "texte": "merci"},
    "/avis": {"reponse": "utter_faq/duree", "avis": "utile"},
    "/effacer": {},
}
DE_RASA = [
    "/conversations/a/tracker", "/conversations/a/messages", "/conversations/a/trigger_intent", "/model",
    "/model/train", "/model/parse", "/model/test/intents", "/model/predict", "/domain", "/status", "/version",
    "/webhooks/socketio", "/socket.io/", "/webhooks/callback/webhook", "/webhooks/widget/webhook", "/webhook",
]  # fmt: skip


def test_la_table_dit_toutes_les_routes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rasa.server, "add_root_route", pages.poser)
    monkeypatch.setattr(rasa.server, "configure_cors", lambda *_: None)
    canaux = rasa.core.run.create_http_input_channels(None, str(RACINE / "credentials.yml"))
    app = rasa.core.run.configure_app(canaux, None, enable_api=False)
    app.router.finalize()
    ouvertes = {(m, "/" + re.sub(r":\w+>", ">", r.path)) for r in app.router.routes for m in r.methods}
    assert ouvertes == set(ROUTES)


@pytest.mark.parametrize(("methode", "chemin"), ROUTES)
def test_chaque_route_n_admet_que_les_siens(serveur_temoin: Serveur, methode: str, chemin: str) -> None:
    qui = ROUTES[methode, chemin]
    route = chemin.removeprefix(CANAL)
    corps = CORPS.get(route) if methode == "POST" else None

    def code(entetes: dict[str, str]) -> int:
        if corps is not None:
            entetes = {"Content-Type": "application/json", **entetes}
        brut = json.dumps(corps).encode() if corps is not None else None
        return serveur_temoin.appeler(methode, chemin.replace("<empreinte>", "0" * 16), brut, entetes).code

    etrangere = code({"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"})
    ici = code({"Origin": serveur_temoin.origine, "Sec-Fetch-Site": "same-origin"})
    if chemin.startswith(CANAL):
        assert etrangere == 403
    if qui == PUBLIC and chemin.startswith("/webhooks/"):
        assert ici == 200
    if qui == PUBLIC and not chemin.startswith("/webhooks/"):
        assert ici in ((404,) if "<empreinte>" in chemin else (200, 204))
    if qui == EXPLOITANT:
        assert ici == etrangere == code({"X-Forwarded-For": "127.0.0.1"}) == code({"Forwarded": "for=127.0.0.1"}) == 403
        assert code({}) == 200
    if qui == LIEN:
        assert ici == etrangere == 404
    if qui == PERSONNE:
        assert ici == 401
        personne = Visiteur(serveur_temoin).ouvrir()
        assert personne.appeler(methode, route, corps).code in (200, 204)
    if qui == OUVRIR:
        assert ici == 200
    if qui == PREALABLE:
        assert ici == 403
    if qui == LOCAL:
        local = {"Content-Type": "application/json"}
        message = json.dumps({"sender": "essai", "message": "merci"}).encode()
        assert serveur_temoin.appeler("POST", chemin, message, local).code == 200
        for entete in ({"Origin": serveur_temoin.origine}, {"Sec-Fetch-Site": "same-origin"}):
            assert serveur_temoin.appeler("POST", chemin, message, {**local, **entete}).code == 403


@pytest.mark.parametrize("chemin", DE_RASA)
@pytest.mark.parametrize("methode", ["GET", "POST", "PUT"])
def test_l_administration_de_rasa_et_ses_canaux_n_existent_pas(
    serveur_temoin: Serveur, methode: str, chemin: str
) -> None:
    assert serveur_temoin.appeler(methode, chemin).code in (404, 405)


@pytest.mark.parametrize("chemin", [c for m, c in ROUTES if m == "GET" and "<" not in c])
def test_aucune_page_n_ouvre_le_partage_entre_origines(serveur_temoin: Serveur, chemin: str) -> None:
    recue = serveur_temoin.appeler("GET", chemin, None, {"Origin": "https://evil.example"})
    assert not [e for e in recue.entetes if e.startswith("access-control")]


@pytest.mark.parametrize("chemin", ["/", "/a-propos", "/assistant/pratique"])
def test_les_pages_partent_sous_une_politique_stricte_et_sans_temoin(serveur_temoin: Serveur, chemin: str) -> None:
    recue = serveur_temoin.appeler("GET", chemin)
    politique = recue.entetes["content-security-policy"]
    assert politique.startswith("default-src 'none'") and "unsafe" not in politique and "*" not in politique
    assert "require-trusted-types-for 'script'" in politique
    assert "set-cookie" not in recue.entetes and b"http://" not in recue.corps
