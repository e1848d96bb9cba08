"""Un arrêt demandé pendant le service : les tours commencés reçoivent leur réponse, puis le processus sort."""

from __future__ import annotations

import signal
import threading
import time
from pathlib import Path

from tests.serveur import Visiteur, demarrer

PAR_SECONDE = 20
# Parti plus tôt que cela avant l'arrêt, un message est déjà entre les mains du serveur.
EN_COURS_DEPUIS_S = 0.2


def test_un_arret_demande_ne_perd_aucun_tour_commence(modele: Path) -> None:
    serveur = demarrer(BILAN_WIDGET_MESSAGES_PAR_MINUTE="10000").attendre()
    personnes = [Visiteur(serveur).ouvrir() for _ in range(5)]
    codes, pertes = [], []

    def parler(rang: int) -> None:
        debut = time.monotonic()
        try:
            codes.append(personnes[rang % 5].dire("combien de temps dure un bilan ?", f"arret-{rang:06}").code)
        except OSError:
            pertes.append(debut)

    fils = []
    for rang in range(3 * PAR_SECONDE):
        fils.append(threading.Thread(target=parler, args=(rang,)))
        fils[-1].start()
        if rang == 2 * PAR_SECONDE:
            arret = time.monotonic()
            serveur.processus.send_signal(signal.SIGTERM)
        time.sleep(1 / PAR_SECONDE)
    assert serveur.processus.wait(timeout=20) == 0
    assert time.monotonic() - arret < 20
    for fil in fils:
        fil.join()
    # Un message arrivé pendant la fermeture n'est pas lu : le widget le renvoie, sous le même identifiant.
    assert [debut - arret for debut in pertes if debut < arret - EN_COURS_DEPUIS_S] == []
    assert set(codes) == {200} and len(codes) >= PAR_SECONDE
    assert "Traceback" not in serveur.lire_journal()
