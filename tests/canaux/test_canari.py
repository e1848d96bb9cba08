"""Aucun mot d'une personne ne reste : mémoire, vocabulaire, disque, journaux, métriques (petit canari)."""

import subprocess
import sys

from actions.reglages import RACINE


def test_quarante_conversations_marquees_ne_laissent_rien() -> None:
    """Les 2 000 conversations de docs/mesures.md, en petit ; le programme vérifie d'abord qu'il sait trouver."""
    essai = subprocess.run(
        [sys.executable, "-m", "tests.mesures.canari", "40"], cwd=RACINE, capture_output=True, text=True, timeout=300
    )
    assert essai.returncode == 0, essai.stdout + essai.stderr
    assert "40 conversations, 120 réponses, 10 expirées, 30 effacées" in essai.stdout
    assert "fuites : 0" in essai.stdout
