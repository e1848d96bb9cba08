"""``bilan parler`` : converser dans le terminal."""

from __future__ import annotations

import asyncio
import uuid

from bilan.entrainement import assurer_modele

_INVITE = "vous > "


def principal() -> int:
    """Lit des messages jusqu'à une ligne « quitter », Ctrl-D ou Ctrl-C ; un chiffre choisit un bouton."""
    return asyncio.run(_converser())


async def _converser() -> int:
    from bilan.moteur import charger, faire_un_tour

    print("Chargement…", flush=True)
    agent = await charger(assurer_modele())
    print("Écrivez votre question. « quitter » ou Ctrl-D pour finir ; un numéro choisit une proposition.\n")
    conversation = f"terminal-{uuid.uuid4().hex}"
    boutons: list[dict[str, str]] = []
    while True:
        try:
            saisie = (await asyncio.to_thread(input, _INVITE)).strip()
        except (EOFError, KeyboardInterrupt):
            print()
            return 0
        if saisie.lower() == "quitter":
            return 0
        if saisie.isdigit() and 0 < int(saisie) <= len(boutons):
            saisie = boutons[int(saisie) - 1]["envoi"]
        tour = await faire_un_tour(agent, conversation, saisie)
        boutons = [bouton for reponse in tour.reponses for bouton in reponse["boutons"]]
        for reponse in tour.reponses:
            print(f"\n{reponse['texte']}")
        for rang, bouton in enumerate(boutons, start=1):
            print(f"  {rang}. {bouton['titre']}")
        print()
