"""Le vrai serveur : il répond, refuse, n'ouvre rien d'autre, ne journalise aucun texte et s'arrête proprement."""

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import pytest

from actions.reglages import RACINE
from tests.canaux.test_garde import COMMANDES
from tests.serveur import Serveur

CANARI = "zygomatique42"


@dataclass
class Local:
    """Un programme de cette machine qui parle au canal REST."""

    serveur: Serveur

    @property
    def port(self) -> int:
        return self.serveur.port

    def appeler(
        self, chemin: str, corps: bytes | None = None, type_contenu: str = "application/json"
    ) -> tuple[int, str]:
        recue = self.serveur.appeler("POST" if corps else "GET", chemin, corps, {"content-type": type_contenu})
        return recue.code, recue.corps.decode()

    def dire(self, conversation: str, message: str) -> list[dict[str, Any]]:
        code, texte = self.appeler(
            "/webhooks/rest/webhook", json.dumps({"sender": conversation, "message": message}).encode()
        )
        assert code == 200, texte
        return json.loads(texte)


@pytest.fixture(scope="module")
def serveur(serveur_temoin: Serveur) -> Local:
    return Local(serveur_temoin)


def test_une_question_recoit_sa_reponse_et_ses_boutons(serveur: Local) -> None:
    messages = serveur.dire("q1", "combien de temps dure un bilan de compétences ?")
    assert "automatique" in messages[0]["text"]
    assert "heures" in messages[-1]["text"]
    assert 2 <= len(messages[-1]["buttons"]) <= 5


def test_un_bouton_offert_marche_et_n_est_pas_accepte_ailleurs(serveur: Local) -> None:
    bouton = serveur.dire("b1", "c'est quoi un bilan de compétences ?")[-1]["buttons"][0]
    assert len(serveur.dire("b1", bouton["payload"])[0]["text"]) > 80
    assert "Écrivez" in serveur.dire("b2", bouton["payload"])[0]["text"]


@pytest.mark.parametrize(
    "message", [*COMMANDES, "", "😀", "<img src=x onerror=alert(1)>", "a" * 9_000, "\x00", "\ud83d"]
)
def test_une_entree_hostile_recoit_une_phrase(serveur: Local, message: str) -> None:
    messages = serveur.dire("hostile", message)
    assert messages and messages[0]["text"]
    assert "Traceback" not in json.dumps(messages)


def test_effacer_ne_laisse_rien(serveur: Local) -> None:
    serveur.dire("eff", "combien de temps dure un bilan ?")
    assert "effacé" in serveur.dire("eff", "efface tout")[-1]["text"]
    assert "automatique" in serveur.dire("eff", "plus simple")[0]["text"]  # conversation neuve : notice d'ouverture


@pytest.mark.parametrize(
    "chemin",
    [
        "/conversations/q1/tracker",
        "/model",
        "/model/train",
        "/status",
        "/domain",
        "/webhooks/socketio",
        "/socket.io/",
        "/webhooks/callback/webhook",
    ],
)
def test_aucune_autre_route_n_est_ouverte(serveur: Local, chemin: str) -> None:
    assert serveur.appeler(chemin)[0] == 404


def test_une_requete_mal_formee_recoit_une_erreur_claire(serveur: Local) -> None:
    for corps, type_contenu, code in ((b"{", "application/json", 400), (b"{}", "text/plain", 415)):
        recu, texte = serveur.appeler("/webhooks/rest/webhook", corps, type_contenu)
        assert recu == code and json.loads(texte)["erreur"]


def test_aucun_texte_ni_avertissement_dans_les_journaux(serveur: Local) -> None:
    for message in (CANARI, f"/{CANARI}", f"mon bilan {CANARI} ?", f'/faq{{"sujet":"{CANARI}"}}'):
        serveur.dire("canari", message)
    journal = serveur.serveur.lire_journal()
    assert CANARI not in journal
    assert "Warning" not in journal and "Traceback" not in journal, journal


def test_un_port_pris_le_dit_en_une_ligne(serveur: Local) -> None:
    essai = subprocess.run(
        [sys.executable, "-m", "bilan", "lancer", "--port", str(serveur.port)],
        cwd=RACINE,
        capture_output=True,
        text=True,
    )
    assert essai.returncode == 1
    assert f"{serveur.port} est déjà pris" in essai.stderr and len(essai.stderr.strip().splitlines()) == 1
