"""Le dialogue en lot : ordre, état partagé, lignes mal formées."""

import json
from pathlib import Path

import pytest

from bilan import dialoguer


@pytest.mark.parametrize(
    ("contenu", "raison"),
    [
        ('{"conversation":"a","message":"b"}\n{', "ligne 2"),
        ("[]", "ligne 1"),
        ('{"conversation":"a"}', "« message »"),
        ('{"conversation":1,"message":"b"}', "« conversation »"),
    ],
)
def test_une_ligne_mal_formee_donne_son_numero_et_le_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], contenu: str, raison: str
) -> None:
    fichier = tmp_path / "f.jsonl"
    fichier.write_text(contenu, encoding="utf-8")
    assert dialoguer.principal(str(fichier)) == 2
    sortie = capsys.readouterr()
    assert raison in sortie.err and sortie.out == ""


def test_un_fichier_absent_est_dit(capsys: pytest.CaptureFixture[str]) -> None:
    assert dialoguer.principal("/nulle/part") == 2
    assert "nulle" in capsys.readouterr().err


def test_les_lignes_vides_sont_passees() -> None:
    assert dialoguer.lire(["\n", '{"conversation":"a","message":""}\n']) == [("a", "")]


async def test_un_lot_rend_une_ligne_par_message_dans_l_ordre(tmp_path: Path) -> None:
    with open(tmp_path / "s.jsonl", "w+", encoding="utf-8") as sortie:
        messages = [("a", "combien de temps dure un bilan de compétences ?"), ("b", "bonjour"), ("a", "plus simple")]
        assert await dialoguer._jouer(messages, sortie) == 0
        sortie.seek(0)
        lignes = [json.loads(ligne) for ligne in sortie]
    assert [(ligne["conversation"], ligne["message"]) for ligne in lignes] == messages
    assert lignes[0]["sujets"] == ["duree"] and "duree" in lignes[2]["sujets"]
    assert set(lignes[0]) == {
        "conversation", "message", "reponses", "sujets", "clarification", "propositions", "intention", "confiance",
    }  # fmt: skip
