"""Avis de sécurité des bibliothèques verrouillées (``make audit``) : chacun a sa décision dans docs/dependances.md.

pip-audit dit « rien trouvé » quand le service d'avis ne répond pas : ici, ce qui n'a pas été vérifié le reste.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

from actions.reglages import RACINE

_OUTIL = [".outils/bin/uv", "tool", "run", "-q", "--from", "pip-audit==2.10.1", "pip-audit"]
_OPTIONS = ["-r", "requirements.txt", "--disable-pip", "--require-hashes", "-f", "json", "--progress-spinner", "off"]
SANS_REPONSE = 2


def decisions() -> set[tuple[str, str]]:
    """(bibliothèque, avis) que docs/dependances.md a jugés."""
    page = (RACINE / "docs/dependances.md").read_text(encoding="utf-8")
    lignes = re.findall(r"^\| ([\w.-]+) \| [\w.]+ \| ([^|]+) \| (?:corrigé|sans objet|accepté) \|", page, re.M)
    return {(paquet, avis) for paquet, cite in lignes for avis in re.findall(r"(?:CVE|GHSA|PYSEC)-[\w-]+", cite)}


def juger(rapport: dict[str, Any], decidees: set[tuple[str, str]]) -> tuple[int, list[str]]:
    """Rend le code de sortie et les lignes à dire, d'après le rapport de pip-audit."""
    bibliotheques = rapport["dependencies"]
    muettes = [b["name"] for b in bibliotheques if "vulns" not in b]
    avis = [(b["name"], {a["id"], *a["aliases"]}) for b in bibliotheques for a in b.get("vulns", [])]
    neufs = [f"{nom} : {min(noms)}" for nom, noms in avis if not any((nom, a) in decidees for a in noms)]
    dits = [f"Avis sans décision (docs/dependances.md) : {avis}" for avis in sorted(neufs)]
    if muettes:
        dits.append(
            f"{len(muettes)} bibliothèques sur {len(bibliotheques)} non vérifiées : le service d'avis est hors "
            "d'atteinte. Rejouez « make audit » sur une machine reliée à internet, avant de livrer."
        )
    if not dits:
        dits = [f"{len(bibliotheques)} bibliothèques vérifiées, {len(avis)} avis, chacun a sa décision."]
    return (1 if neufs else SANS_REPONSE if muettes else 0), dits


def principal() -> int:
    """Interroge le service d'avis et dit ce qui reste à décider ; 2 : il n'a pas répondu."""
    fini = subprocess.run([*_OUTIL, *_OPTIONS], cwd=RACINE, capture_output=True, text=True)
    try:
        code, dits = juger(json.loads(fini.stdout), decisions())
    except ValueError:
        code, dits = SANS_REPONSE, ["Le service d'avis est hors d'atteinte : rejouez « make audit » relié à internet."]
    print(*dits, sep="\n")
    return code


if __name__ == "__main__":
    sys.exit(principal())
