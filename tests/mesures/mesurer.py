"""Mesure démarrage, mémoire et latence du canal REST sur un vrai serveur local (``make mesurer``)."""

from __future__ import annotations

import json
import os
import re
import signal
import statistics
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from actions.reglages import RACINE
from bilan.entrainement import assurer_modele

PORT = int(os.environ.get("PORT", "5005")) + 100
QUESTIONS = [
    "combien de temps ça dure",
    "qui paie",
    "mon employeur le saura ?",
    "je suis en arrêt",
    "c'est quoi le cpf",
]
TOURS = 200


def dire(conversation: str, message: str) -> float:
    """Envoie un message et rend la durée du tour, en millisecondes."""
    corps = json.dumps({"sender": conversation, "message": message}).encode()
    adresse = f"http://127.0.0.1:{PORT}/webhooks/rest/webhook"
    requete = urllib.request.Request(adresse, corps, {"content-type": "application/json"})
    debut = time.perf_counter()
    with urllib.request.urlopen(requete, timeout=60) as reponse:
        assert json.load(reponse)
    return 1000 * (time.perf_counter() - debut)


def client(numero: int, tours: int) -> list[float]:
    """Joue des conversations de cinq questions ; l'ouverture de chacune n'est pas comptée."""
    durees = []
    for tour in range(tours):
        conversation = f"m{numero}-{tour // 5}"
        if tour % 5 == 0:
            dire(conversation, "bonjour")
        durees.append(dire(conversation, QUESTIONS[tour % 5]))
    return durees


def centiles(durees: list[float]) -> str:
    """p50 et p95."""
    rangs = statistics.quantiles(durees, n=20)
    return f"p50 {statistics.median(durees):.1f} ms, p95 {rangs[18]:.1f} ms"


def principal() -> None:
    """Démarre, mesure, arrête, imprime un tableau."""
    assurer_modele()
    debut = time.perf_counter()
    commande = [sys.executable, "-m", "bilan", "lancer", "--port", str(PORT)]
    serveur = subprocess.Popen(commande, cwd=RACINE, stdout=subprocess.PIPE, text=True)
    assert serveur.stdout is not None
    for ligne in serveur.stdout:
        if ligne.startswith("Prêt"):
            break
    print(f"| prêt | {time.perf_counter() - debut:.1f} s |")
    client(99, 20)
    print(f"| tour FAQ, 1 client | {centiles(client(0, TOURS))} |")
    with ThreadPoolExecutor(8) as fils:
        lots = list(fils.map(lambda n: client(n, TOURS // 4), range(1, 9)))
    print(f"| tour FAQ, 8 clients | {centiles([d for lot in lots for d in lot])} |")
    etat = (RACINE / f"/proc/{serveur.pid}/status").read_text(encoding="utf-8")
    memoire = re.search(r"VmRSS:\s+(\d+)", etat)
    print(f"| mémoire | {int(memoire[1]) // 1024 if memoire else '?'} Mo |")
    serveur.send_signal(signal.SIGINT)
    serveur.wait(timeout=20)


if __name__ == "__main__":
    principal()
