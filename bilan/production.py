"""``BILAN_PRODUCTION=oui`` : le serveur refuse de démarrer avec un réglage d'essai ou un secret d'exemple."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from actions import reglages
from bilan.pannes import Panne

_BOUCLE_LOCALE = ("127.0.0.1", "localhost", "::1")
_EXEMPLE = re.compile(r"chang|remplac|exempl|secret|passw|mot.?de.?passe|test|essai|demo|admin|1234|xxxx|<.*>", re.I)
_COMPTES_PAR_DEFAUT = {"", "postgres", "guest", "redis", "rabbitmq", "root", "bilan", "assistant"}
_CARACTERES_DISTINCTS_MIN = 10
_ADRESSES_DE_SERVICES = ("BILAN_POSTGRES", "BILAN_REDIS", "BILAN_RABBITMQ")


def verifier(adresse: str, environnement: Mapping[str, str] = os.environ) -> None:
    """Vérifie la configuration ; ne dit rien hors production.

    Raises:
        Panne: un réglage d'essai ou un secret d'exemple, avec quoi faire.
    """
    if not reglages.PRODUCTION:
        return
    for defaut in (*_reglages(adresse, environnement), *_secrets(environnement)):
        raise Panne(f"BILAN_PRODUCTION=oui refuse de démarrer : {defaut} (docs/menaces.md)")


def _reglages(adresse: str, environnement: Mapping[str, str]) -> Iterator[str]:
    canaux = yaml.safe_load(reglages.FICHIER_CANAUX.read_text(encoding="utf-8")) or {}
    if "canaux.rest.CanalRest" in canaux:
        yield "le canal REST croit l'identité qu'on lui donne ; retirez-le du fichier des canaux (BILAN_CANAUX)"
    for autre in (nom for nom in canaux if not nom.startswith("canaux.")):
        yield f"le canal « {autre} » de Rasa croit l'identité qu'on lui donne ; retirez-le du fichier des canaux"
    if "canaux.widget.CanalWidget" in canaux:
        if not reglages.WIDGET_ORIGINES:
            yield "BILAN_WIDGET_ORIGINES est vide ; donnez l'adresse https de l'intranet"
        if any(not origine.startswith("https://") for origine in reglages.WIDGET_ORIGINES):
            yield "BILAN_WIDGET_ORIGINES n'admet que des adresses https"
    if adresse in _BOUCLE_LOCALE and not reglages.WIDGET_MANDATAIRES:
        yield (
            "derrière un mandataire, toutes les personnes auraient la même adresse et le même débit ; "
            "posez BILAN_WIDGET_MANDATAIRES=1"
        )
    if environnement.get("BILAN_DATE"):
        yield "BILAN_DATE fige le droit à une date d'essai ; retirez-la"
    if environnement.get("BILAN_RELECTURE_S") == "0":
        yield "BILAN_RELECTURE_S=0 empêche de corriger une réponse sans arrêter le service ; retirez-la"


def _secrets(environnement: Mapping[str, str]) -> Iterator[str]:
    secrets = {"BILAN_WIDGET_JETON_SECRET": reglages.WIDGET_JETON_SECRET}
    secrets |= {nom: environnement.get(nom, "") for nom in ("SLACK_SECRET_SIGNATURE", "SLACK_JETON", "TEAMS_SECRET")}
    for nom, valeur in secrets.items():
        if valeur and (_EXEMPLE.search(valeur) or len(set(valeur)) < _CARACTERES_DISTINCTS_MIN):
            yield f"{nom} ressemble à un secret d'exemple ; tirez-en un (openssl rand -base64 32)"
    for nom in _ADRESSES_DE_SERVICES:
        lue = urlsplit(environnement.get(nom, ""))
        mot = lue.password or ""
        if lue.hostname and (mot in _COMPTES_PAR_DEFAUT or mot == lue.username or _EXEMPLE.search(mot)):
            yield f"{nom} a un mot de passe absent ou par défaut ; changez-le"


def lire_les_secrets_en_fichier(noms: list[str]) -> None:
    """Pose chaque variable absente dont ``<nom>_FICHIER`` donne le fichier : un secret n'a pas à être dans un script.

    Raises:
        Panne: fichier illisible ou vide.
    """
    for nom in noms:
        fichier = os.environ.get(f"{nom}_FICHIER")
        if nom in os.environ or not fichier:
            continue
        try:
            valeur = Path(fichier).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            valeur = ""
        if not valeur:
            raise Panne(f"{nom}_FICHIER : {fichier} illisible ou vide")
        os.environ[nom] = valeur
