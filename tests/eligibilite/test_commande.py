"""La commande : entrée stricte, sortie JSON, aucune sortie partielle."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from actions.reglages import RACINE
from bilan import evaluer as commande
from tests.eligibilite.cas import COMPLET, juger
from tests.mesures.situations import situations

MINIMALE = {"date_evaluation": "2026-11-23"}


def lancer(entree: bytes | str, monkeypatch: pytest.MonkeyPatch, capsysbinary: Any) -> tuple[int, bytes, str]:
    """(code, sortie, erreur) de la commande lue sur l'entrée standard."""
    octets = entree.encode("utf-8") if isinstance(entree, str) else entree
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(octets)))
    code = commande.principal("-")
    sortie = capsysbinary.readouterr()
    return code, sortie.out, sortie.err.decode("utf-8")


@pytest.fixture
def jouer(monkeypatch: pytest.MonkeyPatch, capsysbinary: Any) -> Any:
    return lambda entree: lancer(entree, monkeypatch, capsysbinary)


def test_un_objet_donne_un_verdict(jouer: Any) -> None:
    code, sortie, erreur = jouer(json.dumps(COMPLET))
    assert (code, erreur) == (0, "")
    assert json.loads(sortie) == juger().en_json()
    assert sortie.startswith(b'{\n  "date_evaluation": "2026-11-23",\n  "chemins": [')
    assert sortie.endswith(b"}\n")
    assert "Reste à payer".encode() in sortie


def test_une_liste_donne_les_verdicts_dans_l_ordre(jouer: Any) -> None:
    statuts = ["independant", "agent_fpe", None, "independant"]
    code, sortie, _ = jouer(json.dumps([{**COMPLET, "statut": statut} for statut in statuts]))
    assert code == 0
    assert json.loads(sortie) == [juger(statut=statut).en_json() for statut in statuts]


def test_une_liste_vide_reste_une_liste(jouer: Any) -> None:
    assert jouer("[]") == (0, b"[]\n", "")


def test_un_fichier_est_lu(tmp_path: Path, capsysbinary: Any) -> None:
    fichier = tmp_path / "situation.json"
    fichier.write_bytes(b"\xef\xbb\xbf" + json.dumps(COMPLET).encode())
    assert commande.principal(str(fichier)) == 0
    assert json.loads(capsysbinary.readouterr().out) == juger().en_json()


def test_un_fichier_absent_est_dit(tmp_path: Path, capsysbinary: Any) -> None:
    for chemin in (tmp_path / "absent.json", tmp_path):
        assert commande.principal(str(chemin)) == 2
        sortie = capsysbinary.readouterr()
        assert sortie.out == b"" and str(chemin) in sortie.err.decode() and "illisible" in sortie.err.decode()


def test_les_centimes_sont_exacts(jouer: Any) -> None:
    situation = '{"date_evaluation":"2025-06-01","statut":"salarie_prive","solde_cpf":5000,"prix":1000.10}'
    _, sortie, _ = jouer(situation)
    assert b'"part_cpf": 897.87,' in sortie and b'"reste_a_payer": 102.23,' in sortie
    assert b'"prix": 1000.1,' in sortie
    _, sortie, _ = jouer(situation.replace("1000.10", "1102.23"))
    assert b'"part_cpf": 1000,' in sortie


@pytest.mark.parametrize(
    ("champ", "valeur", "admis"),
    [
        ("statut", '"cadre"', "salarie_prive, agent_fpe"),
        ("statut", "[]", "salarie_prive, agent_fpe"),
        ("prix", "-1", "un montant en euros"),
        ("prix", '"1600"', "un montant en euros"),
        ("prix", "10.005", "un montant en euros"),
        ("prix", "true", "un montant en euros"),
        ("prix", "1e400", "un montant en euros"),
        ("prix", "1e-400", "un montant en euros"),
        ("prix", "1" * 30, "un montant en euros"),
        ("solde_cpf", "0.1000000000000000055511151231257827", "un montant en euros"),
        ("arret", "false", "aucun, maladie, at_mp"),
        ("accord_caisse", "1", "true, false"),
        ("date_debut", '"2026-02-30"', "une date AAAA-MM-JJ"),
        ("dernier_bilan", '{"date": "2026-11-24"}', "une date qui ne suit pas"),
        ("dernier_bilan", '{"financeur": "mairie"}', "cpf, opco"),
        ("dernier_bilan", "[" * 50 + "]" * 50, 'null, "aucun"'),
        ("age", "41", "date_evaluation, statut"),
    ],
)
def test_un_champ_fautif_est_nomme_sans_sortie_partielle(champ: str, valeur: str, admis: str, jouer: Any) -> None:
    fautive = f'{{"date_evaluation": "2026-11-23", "{champ}": {valeur}}}'
    code, sortie, erreur = jouer(fautive)
    assert (code, sortie) == (2, b"")
    assert champ in erreur and f"valeurs admises : {admis}" in erreur and "[" not in erreur.split(" : ")[1]
    code, sortie, erreur = jouer(f"[{json.dumps(MINIMALE)}, {json.dumps(MINIMALE)}, {fautive}]")
    assert (code, sortie) == (2, b"")
    assert "[2] " in erreur and champ in erreur and admis in erreur


@pytest.mark.parametrize(
    ("entree", "raison"),
    [
        ("", "ligne 1, colonne 1"),
        ("{", "ligne 1, colonne 2"),
        ("{'a': 1}", "ligne 1, colonne 2"),
        ('{"date_evaluation": "2026-11-23"} {}', "ligne 1, colonne 35"),
        ('{"prix": NaN}', "NaN n'est pas un nombre"),
        ('{"prix": Infinity}', "Infinity n'est pas un nombre"),
        ('[{"prix": -Infinity}]', "-Infinity n'est pas un nombre"),
        ('{"prix": 1, "prix": 1}', "la clé 'prix' est donnée deux fois"),
        ('{"dernier_bilan": {"date": null, "date": null}}', "la clé 'date' est donnée deux fois"),
        ("[" * 100_000, "trop d'imbrications"),
        ('{"prix": ' + "9" * 5000 + "}", "un nombre est trop grand"),
        ('{"prix": 1e99999999999999999999}', "un nombre est trop grand"),
        (b'{"statut": "\xe9"}', "ce n'est pas de l'UTF-8"),
    ],
)
def test_un_json_illisible_est_refuse(entree: bytes | str, raison: str, jouer: Any) -> None:
    code, sortie, erreur = jouer(entree)
    assert (code, sortie) == (2, b"")
    assert erreur == f"evaluer : JSON illisible : {raison}\n"


@pytest.mark.parametrize("entree", ["null", "5", '"texte"', "true", "[[]]", "[null]", f"[{json.dumps(MINIMALE)}, 3]"])
def test_une_situation_est_un_objet(entree: str, jouer: Any) -> None:
    code, sortie, erreur = jouer(entree)
    assert (code, sortie) == (2, b"")
    assert "situation : valeurs admises : un objet JSON" in erreur
    assert ("] situation" in erreur) is entree.startswith("[")


def test_l_entree_valide_n_est_pas_refusee(jouer: Any) -> None:
    valide = '{"date_evaluation":"2026-11-23","prix":0,"date_debut":"2020-01-01","dernier_bilan":{"date":null}}'
    assert jouer(valide)[0] == 0


def test_la_commande_se_lance_sans_rasa_ni_locale() -> None:
    script = (
        "import sys; from bilan.evaluer import principal; code = principal('-'); "
        "assert not {m.split('.')[0] for m in sys.modules} & {'rasa', 'rasa_sdk', 'tensorflow'}; sys.exit(code)"
    )
    for entree, code in ((json.dumps([COMPLET, MINIMALE]), 0), ('{"statut": "é"}', 2)):
        sorties = {
            subprocess.run(
                [sys.executable, "-c", script],
                input=entree.encode(),
                capture_output=True,
                cwd=RACINE,
                env={**os.environ, "PYTHONHASHSEED": graine, "LC_ALL": "C", "PYTHONUTF8": "0"},
            ).stdout
            for graine in ("1", "2")
        }
        assert len(sorties) == 1
        assert (sorties == {b""}) is (code == 2)


def test_cinq_cents_situations_s_evaluent_dans_l_ordre_et_laissent_toujours_une_voie(jouer: Any) -> None:
    lot = list(situations())
    code, sortie, erreurs = jouer(json.dumps(lot))
    verdicts = json.loads(sortie)
    assert (code, erreurs, len(verdicts)) == (0, "", 500)
    assert [v["date_evaluation"] for v in verdicts] == [s["date_evaluation"] for s in lot]
    assert all(any(c["statut"] != "ferme" for c in v["chemins"]) for v in verdicts)
    statuts = {c["statut"] for v in verdicts for c in v["chemins"]}
    assert statuts == {"ouvert", "sous_accord", "a_verifier", "ferme"}
