"""Requêtes tirées au hasard du contrat publié (docs/api.yml), puis abîmées : le serveur s'en tient à son contrat."""

from __future__ import annotations

import contextlib
import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.reglages import CORPS_TAILLE_MAX, RACINE
from canaux import surveillance
from tests.canaux.test_garde import COMMANDES
from tests.canaux.test_routes import ROUTES
from tests.serveur import CANAL, Reponse, Serveur, Visiteur

API = yaml.safe_load((RACINE / "docs/api.yml").read_text(encoding="utf-8"))
SCHEMAS = API["components"]["schemas"]
_REGLAGES = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
_TEXTES = st.one_of(
    st.text(max_size=60), st.sampled_from(COMMANDES), st.text(alphabet="/\\{}\"' \x00\u200b\ud800a", max_size=20)
)
_N_IMPORTE_QUOI = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _TEXTES,
    lambda enfants: st.lists(enfants, max_size=3) | st.dictionaries(st.text(max_size=8), enfants, max_size=3),
    max_leaves=6,
)


def _tirer(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Valeurs conformes à un schéma du contrat."""
    if "$ref" in schema:
        return _tirer(SCHEMAS[schema["$ref"].split("/")[-1]])
    if schema["type"] == "string":
        return st.from_regex(schema["pattern"], fullmatch=True) if "pattern" in schema else _TEXTES
    proprietes = {nom: _tirer(s) for nom, s in schema.get("properties", {}).items()}
    return st.fixed_dictionaries(proprietes)


def _abimer(conformes: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[Any]:
    """Un champ remplacé, retiré ou ajouté, ou tout autre chose."""
    champs = st.sampled_from(["id", "texte", "sender", "message", "reponse", "avis", "__proto__", "metadata"])
    return st.one_of(
        conformes,
        st.builds(lambda objet, champ, valeur: {**objet, champ: valeur}, conformes, champs, _N_IMPORTE_QUOI),
        st.builds(lambda objet, champ: {c: v for c, v in objet.items() if c != champ}, conformes, champs),
        _N_IMPORTE_QUOI,
    )


_OCTETS = st.one_of(
    st.binary(max_size=200), st.just(b"[" * 20_000), st.just(b"{" + b" " * (CORPS_TAILLE_MAX + 1) + b"}")
)
_ENTETES = st.fixed_dictionaries(
    {},
    optional={
        "Content-Type": st.sampled_from(
            ["application/json", "text/plain", "application/json; charset=utf-16", "", "a/b;;"]
        ),
        "Origin": st.sampled_from(["https://evil.example", "null", "http://[", "http://127.0.0.1", ""]),
        "Cookie": st.sampled_from(["__Host-assistant=" + "A" * 43, "__Host-assistant=;;", "=", "a" * 4_000]),
        "Authorization": st.sampled_from(["Bearer x", "Bearer eyJhbGciOiJub25lIn0.e30.", "Basic eA==", "Bearer"]),
        "X-Forwarded-For": st.sampled_from(["1.2.3.4", "::1, x", "," * 500]),
    },
)  # fmt: skip
POSTS = [(c, o["post"]) for c, o in API["paths"].items() if "post" in o]


def verifier(chemin: str, methode: str, recue: Reponse) -> None:
    """La réponse est l'une de celles du contrat, et a la forme promise."""
    admises = API["paths"][chemin][methode]["responses"]
    assert str(recue.code) in admises, (chemin, recue)
    assert recue.code < 500, (chemin, recue)
    promise = admises[str(recue.code)]
    promise = API["components"]["responses"][promise["$ref"].split("/")[-1]] if "$ref" in promise else promise
    for genre, forme in promise.get("content", {}).items():
        if genre == "application/json":
            schema = {**forme["schema"], "components": API["components"]}
            jsonschema.validate(recue.json(), schema)
        elif genre not in ("application/octet-stream",):
            assert recue.entetes["content-type"].startswith(genre)


def test_le_contrat_dit_toutes_les_routes_et_aucune_autre() -> None:
    contrat = {(m.upper(), c) for c, o in API["paths"].items() for m in o if m != "parameters"}
    assert contrat == {(m, c.replace("<", "{").replace(">", "}")) for m, c in ROUTES}


@pytest.mark.parametrize(("chemin", "operation"), POSTS, ids=[c for c, _ in POSTS])
def test_aucun_corps_ne_sort_une_route_de_son_contrat(
    serveur_temoin: Serveur, chemin: str, operation: dict[str, Any]
) -> None:
    conformes = _tirer(operation["requestBody"]["content"]["application/json"]["schema"])
    personne = {"visiteur": Visiteur(serveur_temoin).ouvrir(), "reste": 25}

    @_REGLAGES
    @given(_abimer(conformes))
    def fouiller(corps: Any) -> None:
        if personne["reste"] == 0:
            personne.update(visiteur=Visiteur(serveur_temoin).ouvrir(), reste=25)
        personne["reste"] -= 1
        if chemin.startswith(CANAL):
            recue = personne["visiteur"].appeler("POST", chemin.removeprefix(CANAL), corps)
        else:
            brut = json.dumps(corps).encode()
            recue = serveur_temoin.appeler("POST", chemin, brut, {"Content-Type": "application/json"})
        verifier(chemin, "post", recue)
        if "effacer" in chemin or recue.entetes.get("set-cookie"):
            personne["reste"] = 0

    fouiller()


@pytest.mark.parametrize(("chemin", "operation"), POSTS, ids=[c for c, _ in POSTS])
def test_ni_octets_ni_en_tetes_ne_sortent_une_route_de_son_contrat(
    serveur_temoin: Serveur, chemin: str, operation: dict[str, Any]
) -> None:
    @settings(_REGLAGES, max_examples=60)
    @given(_OCTETS, _ENTETES)
    def fouiller(octets: bytes, entetes: dict[str, str]) -> None:
        with contextlib.suppress(ConnectionError):  # un corps énorme est coupé pendant l'envoi
            verifier(chemin, "post", serveur_temoin.appeler("POST", chemin, octets, entetes))

    fouiller()


@settings(_REGLAGES, max_examples=80)
@given(st.sampled_from(["/documents/", "/assistant/", "/webhooks/", "/"]), st.text(min_size=1, max_size=80))
def test_aucune_adresse_ne_casse_le_serveur(serveur_temoin: Serveur, debut: str, suite: str) -> None:
    chemin = debut + quote(suite.encode("utf-8", "surrogatepass"), safe="/%.;")
    recue = serveur_temoin.appeler("GET", chemin)
    assert recue.code < 500 and b"Traceback" not in recue.corps


def test_apres_la_fouille_le_serveur_sert_encore(serveur_temoin: Serveur) -> None:
    assert serveur_temoin.appeler("GET", "/pret").code == 200
    assert Visiteur(serveur_temoin).ouvrir().dire("merci").code == 200
    assert "Traceback" not in serveur_temoin.lire_journal()


def test_des_clients_lents_sont_coupes_sans_gener_les_autres(serveur_temoin: Serveur) -> None:
    """Cent connexions qui n'achèvent pas leur requête : l'en-tête puis le corps arrivent au compte-gouttes."""
    entete = b"POST /webhooks/rest/webhook HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
    debuts = [entete, entete + b"Content-Length: 500\r\n\r\n{"]
    lents = []
    for rang in range(100):
        prise = socket.create_connection(("127.0.0.1", serveur_temoin.port), 5)
        prise.sendall(debuts[rang % 2])
        lents.append(prise)
    debut = time.monotonic()
    personne = Visiteur(serveur_temoin).ouvrir()
    with ThreadPoolExecutor(4) as fils:
        codes = list(fils.map(lambda _: personne.dire("merci").code, range(8)))
    assert codes == [200] * 8 and serveur_temoin.appeler("GET", "/sante").code == 200
    for prise in lents:
        prise.settimeout(max(1.0, surveillance.REPONSE_DELAI_S + 10 - (time.monotonic() - debut)))
        recu = b""
        with contextlib.suppress(ConnectionError):
            while morceau := prise.recv(4096):
                recu += morceau
        assert recu.startswith((b"HTTP/1.1 408", b"HTTP/1.1 503")) or not recu, recu[:80]
        prise.close()
    assert time.monotonic() - debut < surveillance.REPONSE_DELAI_S + 10
