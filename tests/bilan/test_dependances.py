"""Chaque dépendance directe et chaque avis connu ont leur décision, pour la version vraiment verrouillée."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib

from packaging.version import Version

from actions.reglages import RACINE
from tests.mesures.audit import SANS_REPONSE, decisions, juger

PAGE = (RACINE / "docs/dependances.md").read_text(encoding="utf-8")
VERROU = dict(re.findall(r"^([\w.-]+)==(\S+)", (RACINE / "requirements.txt").read_text(encoding="utf-8"), re.M))
PROJET = tomllib.loads((RACINE / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_chaque_dependance_directe_a_sa_decision() -> None:
    directes = [*PROJET["dependencies"], *PROJET["optional-dependencies"]["dev"]]
    voulues = {re.split(r"[=<>\[;]", nom)[0] for nom in directes}
    table = PAGE.split("## Dépendances directes")[1]
    decidees = {n.strip() for ligne in re.findall(r"^\| ([^|]+) \|", table, re.M) for n in ligne.split(",")}
    assert decidees - {"paquet", "---"} == voulues


# Ceux que la revue d'exploitation a trouvés, tous antérieurs au 23/11/2026.
CONNUS = {
    ("rasa", "CVE-2024-49375"), ("sanic", "CVE-2022-35920"), ("python-socketio", "CVE-2025-61765"),
    ("aiohttp", "CVE-2024-52304"), ("aiohttp", "CVE-2025-53643"), ("aiohttp", "CVE-2025-69223"),
    ("keras", "CVE-2024-3660"), ("protobuf", "CVE-2025-4565"), ("pydantic", "CVE-2024-3772"),
    ("pymongo", "CVE-2024-5629"), ("setuptools", "CVE-2025-47273"),
}  # fmt: skip


def test_chaque_avis_a_une_decision_pour_la_version_en_place() -> None:
    assert CONNUS - decisions() == set()
    lignes = re.findall(
        r"^\| ([\w.-]+) \| ([\w.]+) \| ([^|]+) \| (corrigé|sans objet|accepté) \| ([^|]+) \|$", PAGE, re.M
    )
    assert len(lignes) >= 14
    for paquet, version, avis, decision, _ in lignes:
        assert VERROU[paquet] == version, f"{paquet} a changé de version : revoir la décision"
        borne = re.search(r"\((<|≤) ([\d.]+)\)", avis)
        if borne:
            touchee = Version(version) < Version(borne[2]) or (borne[1] == "≤" and version == borne[2])
            assert touchee == (decision != "corrigé"), f"{paquet} {version} : « {decision} » et {avis}"


def test_un_audit_sans_reponse_ou_un_avis_neuf_ne_passent_pas() -> None:
    verifiee = {"name": "aiohttp", "vulns": [{"id": "PYSEC-1", "aliases": ["CVE-2024-52304"]}]}
    neuve = {"name": "sanic", "vulns": [{"id": "CVE-2027-1", "aliases": []}]}
    muette = {"name": "rasa", "skip_reason": "Dependency not found on PyPI"}
    assert juger({"dependencies": [verifiee]}, decisions())[0] == 0
    assert juger({"dependencies": [verifiee, muette]}, decisions())[0] == SANS_REPONSE
    code, dits = juger({"dependencies": [verifiee, neuve, muette]}, decisions())
    assert code == 1 and "sanic : CVE-2027-1" in dits[0] and "internet" in dits[1]


def test_les_decisions_sans_objet_sont_vraies() -> None:
    """Ce que la page dit ne pas être chargé ne l'est pas, serveur prêt à répondre."""
    programme = (
        "import sys, asyncio; from bilan.moteur import charger; from bilan.entrainement import modele_a_jour\n"
        "agent = asyncio.run(charger(modele_a_jour()))\n"
        "import canaux.pages\n"
        "asyncio.run(agent.parse_message('bonjour'))\n"
        "charges = [m for m in ('keras', 'tensorflow') if getattr(sys.modules.get(m), '__file__', None)]\n"
        "from sklearn.feature_extraction.text import TfidfVectorizer\n"
        "import gc\n"
        "gc.unfreeze()\n"
        "print(charges, sum(isinstance(o, TfidfVectorizer) for o in gc.get_objects()))\n"
    )
    from bilan.entrainement import assurer_modele

    assurer_modele()
    fini = subprocess.run([sys.executable, "-c", programme], cwd=RACINE, capture_output=True, text=True)
    assert fini.stdout.splitlines()[-1:] == ["[] 0"], fini.stdout + fini.stderr[-500:]
    for fichier in [f for d in ("actions", "bilan", "canaux", "composants") for f in (RACINE / d).rglob("*.py")]:
        lu = fichier.read_text(encoding="utf-8")
        assert "aiohttp.web" not in lu and "pymongo" not in lu and "EmailStr" not in lu, fichier


def test_chaque_paquet_verrouille_a_son_empreinte() -> None:
    blocs = re.split(r"^(?=[\w.-]+==)", (RACINE / "requirements.txt").read_text(encoding="utf-8"), flags=re.M)[1:]
    assert len(blocs) == len(VERROU) > 150
    assert [b.split()[0] for b in blocs if "--hash=sha256:" not in b] == []


def test_python_312_a_les_memes_dependances() -> None:
    """Oubliée là-bas, une dépendance neuve fermerait la sortie de Python 3.11 sans que personne le voie."""
    bornes_de_311 = {"numpy", "contourpy", "jax", "jaxlib", "ml-dtypes"}
    voulues = {nom for nom in PROJET["dependencies"] if re.split(r"[=<]", nom)[0] not in bornes_de_311}
    dossier = RACINE / "outils/python312"
    demandees = set((dossier / "dependances.in").read_text(encoding="utf-8").splitlines())
    assert voulues - demandees == set()
    verrou = (dossier / "requirements.txt").read_text(encoding="utf-8")
    assert [d for d in demandees if not d.startswith("#") and f"\n{d} \\\n" not in f"\n{verrou}"] == []
