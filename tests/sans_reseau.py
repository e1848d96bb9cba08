"""``python -m tests.sans_reseau``, sous ``unshare -rn`` : un serveur entier vit sans autre réseau que lui-même.

Le noyau coupe tout, bibliothèques en C comprises ; ce programme vérifie d'abord qu'il coupe.
"""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

from tests.serveur import Visiteur, demarrer

QUESTIONS = ["bonjour", "combien de temps dure un bilan ?", "quels sont mes droits ?", "efface tout"]


def principal() -> int:
    """Monte la boucle locale, sert quatre questions, s'arrête ; code 0 si tout a répondu."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    with socket.socket() as prise:
        prise.settimeout(2)
        coupe = prise.connect_ex(("192.0.2.1", 443))
    assert coupe == errno.ENETUNREACH, os.strerror(coupe)
    serveur = demarrer().attendre()
    try:
        assert serveur.appeler("GET", "/pret").code == 200
        personne = Visiteur(serveur).ouvrir()
        for question in QUESTIONS:
            recue = personne.dire(question)
            assert recue.code == 200 and recue.json()["messages"], recue
        for page in ("/", "/a-propos", "/metrics"):
            assert serveur.appeler("GET", page).code == 200
    finally:
        code = serveur.arreter()
    journal = serveur.lire_journal()
    assert code == 0 and "Traceback" not in journal, journal
    print(f"sans réseau : {len(QUESTIONS)} questions répondues, {Path(sys.executable).name}")
    return 0


if __name__ == "__main__":
    sys.exit(principal())
