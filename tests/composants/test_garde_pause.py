"""Ce qui met en pause et ce qui est un code, sans classement ; et ce qui n'en est pas."""

from __future__ import annotations

import pytest
from rasa.shared.nlu.training_data.message import Message

from actions.parcours.code_de_reprise import Codes, Reprise
from actions.reglages import aujourd_hui
from composants.garde_pause import GardePause, reconnaitre

CODE, _ = Codes().ecrire(Reprise({"statut": "salarie_prive", "arret": "maladie", "prix": 2000.0}), aujourd_hui())


@pytest.mark.parametrize(
    "texte",
    [
        "Mettre en pause", "mets en pause stp", "on met tout ça en pause", "je mets sur pause", "mode pause",
        "je reprends plus tard", "Je reprendrai demain.", "je finirai ca un autre jour", "j'aimerais finir plus tard",
        "je continuerai quand j'irai mieux", "donnez-moi un code de reprise", "je veux un code pour reprendre",
    ],
)  # fmt: skip
def test_une_pause_est_reconnue(texte: str) -> None:
    assert reconnaitre(texte) == ("pause", {})


@pytest.mark.parametrize("texte", ["messages courts", "fais plus court", "écris moi des messages plus courts svp"])
def test_des_messages_courts_sont_reconnus(texte: str) -> None:
    assert reconnaitre(texte) == ("pause", {"precision": "courts"})


@pytest.mark.parametrize("texte", ["la suite", "Suite ?", "lire la suite", "suite svp"])
def test_la_suite_est_reconnue(texte: str) -> None:
    assert reconnaitre(texte) == ("suite", {})


@pytest.mark.parametrize(
    "texte",
    [
        CODE, CODE.lower(), CODE.replace("-", " "), CODE.replace("-", ""), f"reprendre {CODE}", f"Reprendre : {CODE}",
        f"je reprends avec le code {CODE}", f"voici mon code : {CODE}", f"code de reprise {CODE.lower()}",
        f"« {CODE} »",
    ],
)  # fmt: skip
def test_un_code_est_reconnu_entier(texte: str) -> None:
    intention, entites = reconnaitre(texte) or ("", {})
    assert intention == "reprise"
    assert "".join(c for c in entites["code"] if c.isalnum()).upper() == CODE.replace("-", "")


def test_un_code_annonce_mais_incomplet_sera_dit_incomplet() -> None:
    assert reconnaitre("reprendre " + CODE[:14] + "7") == ("reprise", {"code": CODE[:14] + "7"})


@pytest.mark.parametrize(
    "texte",
    [
        "reprendre", "reprendre le questionnaire", "je veux reprendre mes études", "reprendre le travail en 2026",
        "code du travail L6313", "le code APE 8559A", "code postal 75011", "code 3114", "mon code est faux",
        "je voudrais le code du travail", "peut-on mettre le bilan en pause pendant quelques semaines",
        "mettre en pause mon bilan de compétences", "pause déjeuner", "combien de pause pour 6 heures",
        "une réponse courte de mon employeur suffit-elle pour que ma demande soit acceptée ou pas du tout ?",
        "la suite du bilan", "vous avez fait quoi pour moi hier soir avec lui mais sans elle", "plus tard",
        "et la suite ?",
        "je reprends le travail lundi", "je reprends mon poste plus tard", "06 12 34 56 78",
        "1234567890123456789012345678",
    ],
)  # fmt: skip
def test_le_reste_va_au_classement(texte: str) -> None:
    assert reconnaitre(texte) is None


@pytest.mark.parametrize("intention", ["exprimer_detresse", "signaler_harcelement", "effacer_donnees"])
def test_un_danger_passe_avant(intention: str) -> None:
    message = Message({"text": "mets en pause", "intent": {"name": intention, "confidence": 1.0}})
    assert GardePause().process([message])[0].get("intent")["name"] == intention


def test_un_code_remplace_les_faits_lus_dans_le_message() -> None:
    message = Message({"text": f"reprendre {CODE}", "intent": {"name": "reprendre"}, "entities": [{"entity": "prix"}]})
    lu = GardePause().process([message])[0]
    assert lu.get("intent")["name"] == "reprise" and [e["entity"] for e in lu.get("entities")] == ["code"]
