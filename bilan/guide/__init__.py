"""``bilan guide`` : toutes les réponses, les calculs et les lettres en pages à lire sans connexion ni script.

Mêmes sources que la conversation ; aucun import de Rasa.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from bilan.guide import calcul, demarches, droits, lettres, profils, sommaire, sujets
from bilan.guide.pages import Page
from bilan.guide.redacteur import Redacteur
from bilan.guide.rendu import ErreurGuide, ecrire, rendre


def pages(r: Redacteur) -> list[Page]:
    """Rend toutes les pages, l'accueil d'abord."""
    profils.verifier(r)
    contenu = [*sujets.pages(r), *droits.pages(r), calcul.page(r), *lettres.pages(r), *demarches.pages(r)]
    return [*sommaire.pages(r, contenu), *contenu]


def fichiers(jour: date) -> dict[str, bytes]:
    """Rend le guide entier à une date du droit : contenu de chaque fichier, par nom."""
    r = Redacteur(jour)
    return {**rendre(r, pages(r)), **dict(lettres.fichiers(r))}


def principal(dossier: str, jour: date) -> int:
    """Écrit le guide dans un dossier. Code 1 avec une phrase si c'est impossible."""
    try:
        contenu = fichiers(jour)
        ecrire(Path(dossier), contenu)
    except (ErreurGuide, OSError) as erreur:
        print(f"guide : {erreur}", file=sys.stderr)
        return 1
    taille = sum(map(len, contenu.values())) // 1024
    print(f"{Path(dossier) / 'index.html'} : {len(contenu)} fichiers, {taille} Kio, droit au {jour.isoformat()}")
    return 0
