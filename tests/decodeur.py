"""Le déchiffrage appris sur les exemples du projet, comme à l'entraînement, sans modèle."""

from functools import cache

import yaml

from actions.reglages import DOSSIER_DONNEES
from composants.classifieur_sujets import ecritures
from composants.dechiffrage import Dechiffrage
from composants.spacy_francais import dictionnaire


@cache
def decodeur_appris() -> Dechiffrage:
    textes: list[str] = []
    for fichier in sorted((DOSSIER_DONNEES / "nlu").glob("*.yml")):
        for bloc in yaml.load(fichier.read_text(encoding="utf-8"), yaml.CSafeLoader)["nlu"]:
            textes += [ligne.strip()[2:] for ligne in bloc["examples"].splitlines() if ligne.strip()]
    decodeur = Dechiffrage()
    decodeur.apprendre(textes, dictionnaire(), ecritures())
    return decodeur
