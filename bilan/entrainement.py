"""Entraînement : seulement si ce qui détermine le modèle a changé."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import sys
import tarfile
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import yaml

from actions.reglages import MODELE_SHA256, RACINE
from bilan.pannes import Panne, phrase

DOSSIER_MODELES = RACINE / "models"
_FICHIERS = ["config.yml", "domain.yml", "requirements.txt", "data/oreille.yml", "data/vocabulaire/ecritures.yml",
             "data/vigilance/detresse.yml", "data/vigilance/exemples.yml"]  # fmt: skip
_DOSSIERS = ["data/nlu", "data/rules", "data/stories"]
# Le seul code dont le modèle garde quelque chose ; seuils, gardes, textes et magasins se relisent au démarrage.
_CODE_APPRIS = [
    "composants/classifieur_sujets.py", "composants/modele_sujets.py", "composants/calibrage.py",
    "composants/cholesky.py", "composants/comptage.py", "composants/dechiffrage.py",
    "composants/encodeur_phrases.py", "composants/phonetique.py", "composants/spacy_francais.py",
    "composants/modele_danger.py", "composants/vigilance.py", "actions/simplification.py",
]  # fmt: skip


def empreinte() -> str:
    """Empreinte de ce qui détermine le modèle.

    Les textes des réponses n'en font pas partie (ils sont lus au démarrage) ; leurs noms, si.
    """
    somme = hashlib.sha256()
    for fichier in _sources():
        somme.update(str(fichier.relative_to(RACINE)).encode())
        somme.update(fichier.read_bytes())
    for fichier in sorted((RACINE / "data/responses").rglob("*.yml")):
        contenu = yaml.load(fichier.read_text(encoding="utf-8"), yaml.CSafeLoader)
        for nom, variantes in contenu.get("responses", {}).items():
            sujets = (variantes[0].get("metadata") or {}).get("sujets")
            somme.update(f"{nom}={sujets};".encode())
    return somme.hexdigest()[:16]


def modele_a_jour() -> Path | None:
    """Archive déjà entraînée pour les données présentes, si elle existe."""
    archive = DOSSIER_MODELES / f"bilan-{empreinte()}.tar.gz"
    return archive if archive.exists() else None


def assurer_modele() -> Path:
    """Rend l'archive à jour, en l'entraînant au besoin.

    Raises:
        Panne: l'entraînement a échoué.
    """
    archive = modele_a_jour()
    if archive:
        return archive
    import bilan.calme

    _dire("Entraînement du modèle (les données ont changé) : environ deux minutes.")
    debut = time.monotonic()
    bilan.calme.configurer_journaux()
    from rasa.model_training import train

    from bilan import rapide

    rapide.installer_pour_apprendre()
    nom = f"bilan-{empreinte()}"
    os.chdir(RACINE)
    donnees = [str(RACINE / dossier) for dossier in ("data/nlu", "data/rules", "data/stories", "data/responses")]
    bilan.calme.filtrer_avertissements()
    try:
        with _sans_ramasse_miettes():
            resultat = train(
                domain="domain.yml",
                config="config.yml",
                training_files=[dossier for dossier in donnees if Path(dossier).exists()],
                output=str(DOSSIER_MODELES),
                fixed_model_name=nom,
                force_training=True,
            )
    except (Exception, SystemExit) as erreur:
        (DOSSIER_MODELES / f"{nom}.tar.gz").unlink(missing_ok=True)  # une archive inachevée passerait pour à jour
        if isinstance(erreur, SystemExit):  # Rasa a écrit ce qu'il refuse, puis s'arrête sans le redire
            raise Panne("entraînement impossible : Rasa refuse domain.yml, config.yml ou data/") from erreur
        raise Panne(f"entraînement impossible, {phrase(erreur)}") from erreur
    if not resultat.model or resultat.code != 0:
        raise Panne("entraînement impossible : voir le message ci-dessus")
    for ancienne in DOSSIER_MODELES.glob("bilan-*.tar.gz"):
        if ancienne.stem.removesuffix(".tar") != nom:
            ancienne.unlink()
    _dire(f"Modèle prêt en {time.monotonic() - debut:.0f} s.")
    return Path(resultat.model)


@contextlib.contextmanager
def _sans_ramasse_miettes() -> Iterator[None]:
    """Le temps d'apprendre, rien n'est jeté : parcourir des millions d'objets à chaque passage prend 6 s."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def verifier_archive(archive: Path) -> None:
    """Lit toute l'archive d'un modèle (0,2 s).

    Raises:
        Panne: archive tronquée, abîmée, ou autre que celle de BILAN_MODELE_SHA256.
    """
    try:
        with tarfile.open(archive) as contenu:
            for membre in contenu:
                fichier = contenu.extractfile(membre)
                while fichier and fichier.read(1 << 20):
                    pass
    except (tarfile.TarError, zlib.error, EOFError, OSError) as erreur:
        relatif = archive.relative_to(RACINE)
        raise Panne(f"le modèle {relatif} est abîmé : supprimez-le (rm {relatif}) et relancez") from erreur
    if MODELE_SHA256:
        with archive.open("rb") as ouverte:
            lue = hashlib.file_digest(ouverte, "sha256").hexdigest()
        if lue != MODELE_SHA256:
            raise Panne(f"le modèle {archive.name} n'est pas celui de BILAN_MODELE_SHA256 : il n'est pas chargé")


def _sources() -> Iterator[Path]:
    yield from (RACINE / nom for nom in (*_FICHIERS, *_CODE_APPRIS) if (RACINE / nom).exists())
    for dossier in _DOSSIERS:
        yield from sorted((RACINE / dossier).rglob("*.yml"))


def _dire(texte: str) -> None:
    print(texte, file=sys.stderr, flush=True)
