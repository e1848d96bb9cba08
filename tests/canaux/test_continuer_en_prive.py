"""« Continuer en privé », du bouton de Teams ou Slack au vrai widget : un vrai serveur, un vrai navigateur."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from playwright.async_api import Request, async_playwright, expect

from tests.canaux.clients import ClientSlack, ClientTeams, actions_de_blocs, actions_de_carte
from tests.canaux.conftest import SECRET_SIGNATURE, reglages_teams
from tests.canaux.pairs import APP_ID, LOCATAIRE, SECRET, FauxSlack, FauxTeams
from tests.canaux.test_vie_privee_canaux import CANARI, IDENTIFIANTS
from tests.navigateur import CHROMIUM, DRAPEAUX, exiger_un_navigateur
from tests.serveur import Serveur, demarrer

QUESTION = "combien de temps dure un bilan ?"


def canaux(dossier: Path, teams: FauxTeams, slack: FauxSlack) -> Path:
    fichier = dossier / "canaux.yml"
    ouverts = {
        "canaux.widget.CanalWidget": {},
        "canaux.teams.CanalTeams": reglages_teams(teams),
        "canaux.slack.CanalSlack": {
            "jeton": FauxSlack.JETON, "secret_signature": SECRET_SIGNATURE, "api": f"{slack.adresse}/api/",
        },
    }  # fmt: skip
    fichier.write_text(yaml.safe_dump(ouverts), encoding="utf-8")
    return fichier


def servir(dossier: Path, teams: FauxTeams, slack: FauxSlack) -> Serveur:
    return demarrer(
        BILAN_CANAUX=str(canaux(dossier, teams, slack)), BILAN_URL_PUBLIQUE="https://assistant.exemple.fr",
        BILAN_URL_WIDGET="", TEAMS_APP_ID=APP_ID, TEAMS_SECRET=SECRET, TEAMS_LOCATAIRE=LOCATAIRE,
    )  # fmt: skip


async def test_du_bouton_au_widget_aucun_identifiant_ne_passe(
    modele: Path, tmp_path: Path, faux_teams: FauxTeams, faux_slack: FauxSlack
) -> None:
    """Ni dans l'adresse, ni dans ce que le navigateur envoie, ni dans le journal du serveur, des deux côtés."""
    exiger_un_navigateur()
    serveur = servir(tmp_path, faux_teams, faux_slack).attendre()
    try:
        await ClientTeams(serveur.origine, faux_teams).poster(text=CANARI)
        await ClientSlack(serveur.origine).poster(event={"text": CANARI})
        carte = (await faux_teams.attendre(2, "/activites/message", 40))[0]["corps"]
        bloc = (await faux_slack.attendre(2, "/chat.postMessage", 40))[0]["corps"]
        liens = {actions_de_carte(carte)[0]["url"], actions_de_blocs(bloc)[0]["url"]}
        assert liens == {"https://assistant.exemple.fr/"}
        cote_messageries = serveur.lire_journal()
        vus = await suivre(liens.pop(), serveur.origine)
        cote_widget = serveur.lire_journal()[len(cote_messageries) :]
    finally:
        assert serveur.arreter() == 0
    journaux = cote_messageries + cote_widget
    assert "Traceback" not in journaux and QUESTION not in journaux
    for interdit in (*IDENTIFIANTS, CANARI):
        assert interdit not in "\n".join([*vus, journaux]), interdit
    # Le navigateur n'arrive avec rien : ni paramètre, ni page d'origine, ni témoin.
    premiere = json.loads(vus[0])
    assert urlsplit(premiere["url"]).query == "" and not {"referer", "cookie", "authorization"} & set(
        premiere["entetes"]
    )


async def suivre(lien: str, origine: str) -> list[str]:
    """Ouvre le lien (l'adresse publique mène au serveur du test), parle au widget ; rend tout ce qui est parti."""
    partis: list[str] = []

    async def noter(requete: Request) -> None:
        entetes = await requete.all_headers()
        partis.append(json.dumps({"url": requete.url, "entetes": entetes, "corps": requete.post_data}))

    async with async_playwright() as moteur:
        hote = urlsplit(origine).netloc
        navigateur: Any = await moteur.chromium.launch(executable_path=CHROMIUM, args=DRAPEAUX)
        page = await navigateur.new_page()
        await page.goto(lien.replace("https://assistant.exemple.fr", f"http://{hote}"))
        page.on("request", noter)
        await page.reload()
        await page.locator("#lanceur").click()
        await expect(page.locator("#journal .msg").first).to_contain_text("assistant automatique", timeout=20_000)
        await page.locator("#champ").fill(QUESTION)
        await page.keyboard.press("Enter")
        await expect(page.locator("#journal .msg").last).to_contain_text("au maximum 24", timeout=20_000)
        await navigateur.close()
    return partis
