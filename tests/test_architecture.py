"""La maison : deux pièces et un contrat. Chaque règle d'architecture est un test."""

import ast
import re
from pathlib import Path

import pytest
import yaml

from actions.reglages import RACINE

PYTHON = [f for d in ("actions", "bilan", "canaux", "composants") for f in sorted((RACINE / d).rglob("*.py"))]
_DOSSIERS_PURS = ("droit", "eligibilite", "comprehension", "documents", "calendrier", "parcours")
PURS = [f for d in _DOSSIERS_PURS for f in sorted((RACINE / "actions" / d).rglob("*.py"))]
PURS += sorted((RACINE / "bilan" / "guide").glob("*.py"))
SANS_HORLOGE = list(PURS)
PURS += [
    RACINE / "actions/adresses.py",
    RACINE / "actions/contenus.py",
    RACINE / "actions/en_place.py",
    RACINE / "actions/reglages.py",
    RACINE / "actions/entreprise.py",
    RACINE / "actions/humains.py",
    RACINE / "composants/modele_sujets.py",
]
ACTIONS = sorted((RACINE / "actions").glob("*.py"))


def nom(fichier: Path) -> str:
    return str(fichier.relative_to(RACINE))


def imports(fichier: Path) -> set[str]:
    arbre = ast.parse(fichier.read_text(encoding="utf-8"))
    noms = {alias.name for n in ast.walk(arbre) if isinstance(n, ast.Import) for alias in n.names}
    return noms | {n.module for n in ast.walk(arbre) if isinstance(n, ast.ImportFrom) and n.module}


@pytest.mark.parametrize("fichier", PURS, ids=nom)
def test_le_coeur_n_importe_pas_rasa(fichier: Path) -> None:
    assert [m for m in imports(fichier) if m.split(".")[0] in ("rasa", "rasa_sdk")] == []


@pytest.mark.parametrize("fichier", SANS_HORLOGE, ids=nom)
def test_le_coeur_ne_lit_pas_l_horloge(fichier: Path) -> None:
    assert not re.search(r"\.(today|now|utcnow)\(|time\.time\(", fichier.read_text(encoding="utf-8"))


@pytest.mark.parametrize("fichier", ACTIONS, ids=nom)
def test_une_action_tient_sur_un_ecran(fichier: Path) -> None:
    for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
        if isinstance(noeud, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (noeud.end_lineno or 0) - noeud.lineno <= 40, f"{nom(fichier)} : {noeud.name}"


@pytest.mark.parametrize("fichier", PYTHON, ids=nom)
def test_un_fichier_python_reste_court(fichier: Path) -> None:
    assert len(fichier.read_text(encoding="utf-8").splitlines()) <= 230


@pytest.mark.parametrize("fichier", [f for f in ACTIONS if f.name != "__init__.py"], ids=nom)
def test_aucune_phrase_pour_l_usager_dans_les_actions(fichier: Path) -> None:
    """Une chaîne passée à utter_message est un nom de réponse ; aucune autre chaîne ne ressemble à une phrase."""
    arbre = ast.parse(fichier.read_text(encoding="utf-8"))
    docstrings = {
        n.body[0].value
        for n in ast.walk(arbre)
        if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and n.body
        and isinstance(n.body[0], ast.Expr)
        and isinstance(n.body[0].value, ast.Constant)
    }
    erreurs = {n.exc for n in ast.walk(arbre) if isinstance(n, ast.Raise)}
    dans_erreurs = {c for e in erreurs if e is not None for c in ast.walk(e)}
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.Call) and getattr(noeud.func, "attr", "") == "utter_message":
            assert not noeud.args and "text" not in {k.arg for k in noeud.keywords}, nom(fichier)
        if isinstance(noeud, ast.Constant) and isinstance(noeud.value, str) and noeud not in docstrings | dans_erreurs:
            assert not re.search(r"[a-zà-ÿ]+ [a-zà-ÿ]+ [a-zà-ÿ]+ [a-zà-ÿ]+[.?!]?$", noeud.value), noeud.value


def test_le_domaine_nomme_et_ne_parle_pas() -> None:
    domaine = yaml.safe_load((RACINE / "domain.yml").read_text(encoding="utf-8"))
    assert "responses" not in domaine
    assert all(s.get("influence_conversation") is False for s in domaine["slots"].values())


def test_une_action_un_fichier_un_nom() -> None:
    domaine = yaml.safe_load((RACINE / "domain.yml").read_text(encoding="utf-8"))
    definies = {}
    for fichier in sorted((RACINE / "actions").rglob("*.py")):
        for trouve in re.findall(r'return "((?:action|validate)_[a-z_]+)"', fichier.read_text(encoding="utf-8")):
            assert trouve not in definies, trouve
            definies[trouve] = fichier.stem
    propres = {a if isinstance(a, str) else next(iter(a)) for a in domaine["actions"]}
    assert propres == set(definies)
    for action, fichier in definies.items():
        if action not in ("action_session_start",):
            assert action.removeprefix("action_") == fichier or fichier in action


def test_l_environnement_n_est_lu_que_par_reglages() -> None:
    for fichier in (f for f in PYTHON if nom(f).startswith(("actions/", "canaux/", "composants/"))):
        if fichier.name != "reglages.py":
            assert "os.environ" not in fichier.read_text(encoding="utf-8"), nom(fichier)


@pytest.mark.parametrize("fichier", [f for f in PYTHON if not nom(f).startswith("bilan/")], ids=nom)
def test_ce_qui_se_lit_dans_data_se_relit_sans_redemarrer(fichier: Path) -> None:
    """Un cache de Python garderait l'ancien fichier : on emploie ``lu_une_fois`` (actions/en_place.py)."""
    for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
        if isinstance(noeud, ast.FunctionDef) and any("cache" in ast.unparse(d) for d in noeud.decorator_list):
            assert "DOSSIER_DONNEES" not in ast.unparse(noeud), f"{nom(fichier)} : {noeud.name}"


def test_ni_secret_ni_modele_ni_base_dans_le_depot() -> None:
    import subprocess

    suivis = subprocess.run(["git", "ls-files"], cwd=RACINE, capture_output=True, text=True, check=True).stdout.split()
    assert [f for f in suivis if re.search(r"\.(tar\.gz|db|sqlite\d?|pem|key)$|(^|/)\.env$", f)] == []


def test_aucun_hote_de_registre_ni_chemin_de_machine() -> None:
    import subprocess

    motif = "|".join(["py" + r"pi\.org", "python" + "hosted", r"registry\." + "npmjs", "/work" + "/main"])
    trouve = subprocess.run(["git", "grep", "-nIE", motif], cwd=RACINE, capture_output=True, text=True).stdout
    assert trouve == ""


def test_le_canal_rest_de_rasa_n_est_pas_ouvert() -> None:
    canaux = yaml.safe_load((RACINE / "credentials.yml").read_text(encoding="utf-8"))
    assert not set(canaux) & {"rest", "callback", "socketio", "slack", "botframework"}
