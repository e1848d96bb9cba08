"""Fiches des applications : valides contre le schéma de Microsoft, permissions au plus juste, icônes."""

from __future__ import annotations

import io
import json
import zipfile

import jsonschema
import pytest
import yaml
from PIL import Image

from bilan import manifestes
from tests.canaux.conftest import URL_PUBLIQUE
from tests.canaux.pairs import APP_ID


@pytest.fixture
def archive(monkeypatch: pytest.MonkeyPatch) -> zipfile.ZipFile:
    monkeypatch.setenv("TEAMS_APP_ID", APP_ID)
    nom, octets = manifestes.teams()
    assert nom == "teams.zip" and octets == manifestes.teams()[1]
    return zipfile.ZipFile(io.BytesIO(octets))


def test_le_zip_de_teams_est_valide_contre_le_schema(archive: zipfile.ZipFile) -> None:
    manifeste = json.loads(archive.read("manifest.json"))
    schema = json.loads(manifestes.SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(manifeste)
    assert set(archive.namelist()) == {"manifest.json", *manifeste["icons"].values()}
    assert manifeste["bots"][0]["botId"] == manifeste["id"] == APP_ID
    assert manifeste["bots"][0]["scopes"] == ["personal"]
    assert manifeste["validDomains"] == ["assistant.exemple.fr"]
    assert "webApplicationInfo" not in manifeste  # aucun accès à Microsoft Graph


def test_les_icones_ont_la_taille_et_les_couleurs_voulues(archive: zipfile.ZipFile) -> None:
    icones = json.loads(archive.read("manifest.json"))["icons"]
    couleur, contour = (Image.open(io.BytesIO(archive.read(icones[nom]))) for nom in ("color", "outline"))
    assert couleur.size == (192, 192) and contour.size == (32, 32)
    assert couleur.getextrema()[3] == (255, 255)
    pixels = set(contour.getdata())
    assert any(a == 0 for *_, a in pixels) and any(a == 255 for *_, a in pixels)
    assert {p[:3] for p in pixels if p[3] > 0} == {(255, 255, 255)}


def test_le_manifeste_slack_demande_juste_ce_qui_sert() -> None:
    manifeste = yaml.safe_load(manifestes.slack()[1])
    reglages = manifeste["settings"]
    adresse = f"{URL_PUBLIQUE}/webhooks/slack/webhook"
    assert reglages["event_subscriptions"]["request_url"] == reglages["interactivity"]["request_url"] == adresse
    exige = {"message.im": "im:history", "app_mention": "app_mentions:read", "app_home_opened": None}
    evenements = reglages["event_subscriptions"]["bot_events"]
    portees = {exige[e] for e in evenements} - {None} | {"chat:write", "im:write"}
    assert set(evenements) == set(exige) and set(manifeste["oauth_config"]["scopes"]["bot"]) == portees
    presentation = manifeste["display_information"]
    assert len(presentation["name"]) <= 35 and len(presentation["description"]) <= 140
    assert 174 <= len(presentation["long_description"]) <= 4_000
    assert manifeste["features"]["app_home"]["home_tab_enabled"] is True


@pytest.mark.parametrize(
    ("canal", "url", "app"), [("teams", URL_PUBLIQUE, ""), ("teams", "", APP_ID), ("slack", "", "")]
)
def test_un_reglage_absent_se_dit_en_une_ligne(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], canal: str, url: str, app: str
) -> None:
    monkeypatch.setattr(manifestes.reglages, "URL_PUBLIQUE", url)
    monkeypatch.setenv("TEAMS_APP_ID", app)
    assert manifestes.principal(canal) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
