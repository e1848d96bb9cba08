"""Un réglage absent, trop court ou dangereux empêche le démarrage, en une ligne qui ne répète pas la valeur."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions import reglages
from actions.reglages import RACINE
from bilan.lancer import variables_absentes
from canaux.configuration import ConfigurationRefusee
from canaux.slack import CanalSlack
from canaux.teams import CanalTeams
from tests.canaux.pairs import APP_ID, LOCATAIRE, SECRET, FauxSlack

TEAMS = {"app_id": APP_ID, "secret": SECRET, "locataire": LOCATAIRE}
SLACK = {"jeton": FauxSlack.JETON, "secret_signature": "0123456789abcdef0123456789abcdef"}


def test_les_reglages_minimaux_suffisent() -> None:
    teams = CanalTeams.from_credentials(TEAMS)
    assert teams._reglages.jeton_url == f"https://login.microsoftonline.com/{LOCATAIRE}/oauth2/v2.0/token"
    assert teams._reglages.admet("https://smba.trafficmanager.net/emea/")
    assert CanalSlack.from_credentials(SLACK)._reglages.api == "https://slack.com/api/"


@pytest.mark.parametrize(
    ("canal", "valeurs"),
    [
        (CanalTeams, None),
        (CanalTeams, {}),
        (CanalTeams, {**TEAMS, "secret": ""}),
        (CanalTeams, {**TEAMS, "secret": "court-secret"}),
        (CanalTeams, {**TEAMS, "app_id": "pas-un-guid"}),
        (CanalTeams, {**TEAMS, "locataire": "botframework.com"}),
        (CanalTeams, {**TEAMS, "openid": "http://login.botframework.com/x"}),
        (CanalTeams, {**TEAMS, "jeton_url": "http://exemple.fr/{locataire}"}),
        (CanalTeams, {**TEAMS, "hote": "faute-de-frappe"}),
        (CanalSlack, None),
        (CanalSlack, {**SLACK, "jeton": "xoxp-jeton-d-une-personne-assez-long"}),
        (CanalSlack, {**SLACK, "jeton": "xoxb-court"}),
        (CanalSlack, {**SLACK, "secret_signature": "court"}),
        (CanalSlack, {**SLACK, "api": "ftp://slack.com/"}),
    ],
    ids=lambda v: v.__name__ if isinstance(v, type) else str(sorted(v or {})),
)
def test_un_mauvais_reglage_refuse_le_demarrage_en_une_ligne(canal: Any, valeurs: Any) -> None:
    with pytest.raises(ConfigurationRefusee) as refus:
        canal.from_credentials(valeurs)
    ligne = str(refus.value)
    assert ligne.startswith("Canal ") and "docs/canaux.md" in ligne and "\n" not in ligne
    assert SECRET not in ligne and "court-secret" not in ligne and "xox" not in ligne.replace("xoxb-…", "")


@pytest.mark.parametrize(
    ("publique", "widget"),
    [("", ""), ("http://exemple.fr", ""), ("https://a.fr", "http://b.fr"), ("https://a.fr", "https://b.fr/?u=1")],
)
def test_les_liens_doivent_etre_surs(monkeypatch: pytest.MonkeyPatch, publique: str, widget: str) -> None:
    monkeypatch.setattr(reglages, "URL_PUBLIQUE", publique)
    monkeypatch.setattr(reglages, "URL_WIDGET", widget)
    with pytest.raises(ConfigurationRefusee):
        CanalTeams.from_credentials(TEAMS)


def lancer(canaux: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environnement = {**os.environ, "BILAN_CANAUX": str(canaux), **variables}
    return subprocess.run(
        [sys.executable, "-m", "bilan", "lancer", "--port", "5379"],
        cwd=RACINE,
        env=environnement,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_une_variable_absente_se_dit_avant_tout_entrainement(tmp_path: Path) -> None:
    canaux = tmp_path / "canaux.yml"
    canaux.write_text("canaux.teams.CanalTeams:\n  secret: ${TEAMS_ABSENTE}\n# ${COMMENTEE}\n", encoding="utf-8")
    assert variables_absentes(canaux) == ["TEAMS_ABSENTE"]
    essai = lancer(canaux)
    assert essai.returncode == 1
    assert essai.stderr.strip() == "lancer : variable d'environnement absente : TEAMS_ABSENTE (voir docs/canaux.md)"


def test_un_fichier_de_canaux_absent_se_dit(tmp_path: Path) -> None:
    essai = lancer(tmp_path / "rien.yml")
    assert essai.returncode == 1 and "introuvable" in essai.stderr


def test_les_deux_canaux_sont_fermes_par_defaut_et_leur_exemple_est_juste() -> None:
    texte = (RACINE / "credentials.yml").read_text(encoding="utf-8")
    assert not [canal for canal in yaml.safe_load(texte) if "teams" in canal.lower() or "slack" in canal.lower()]
    propose = "\n".join(
        ligne.removeprefix("# ")
        for ligne in texte.splitlines()
        if ligne.startswith("# canaux.") or ligne.startswith("#   ")
    )
    reglages_proposes = yaml.safe_load(propose)
    assert set(reglages_proposes) == {"canaux.teams.CanalTeams", "canaux.slack.CanalSlack"}
    for valeurs in reglages_proposes.values():
        assert all(valeur.startswith("${") for valeur in valeurs.values())
    assert set(reglages_proposes["canaux.teams.CanalTeams"]) == set(TEAMS)
    assert set(reglages_proposes["canaux.slack.CanalSlack"]) == set(SLACK)
