"""Réglages d'un canal de messagerie : lus dans credentials.yml, vérifiés au démarrage, refusés en une ligne."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from actions import reglages

BOUCLE_LOCALE = frozenset({"127.0.0.1", "localhost", "::1"})


class ConfigurationRefusee(SystemExit):
    """Réglage absent, trop court ou dangereux : le serveur ne démarre pas, sa raison est dite en une ligne."""


class Lecteur:
    """Lit les réglages d'un canal ; chaque défaut cite le canal et le réglage, jamais sa valeur."""

    def __init__(self, canal: str, valeurs: Mapping[str, object] | None) -> None:
        self._canal, self._valeurs = canal, dict(valeurs or {})

    def texte(self, nom: str, defaut: str = "", minimum: int = 1) -> str:
        """Rend un texte d'au moins ``minimum`` caractères.

        Raises:
            ConfigurationRefusee: absent ou trop court.
        """
        valeur = self._valeurs.pop(nom, None)
        texte = defaut if valeur is None else str(valeur).strip()
        if len(texte) < minimum:
            manque = "absent" if not texte else f"trop court ({minimum} caractères au moins)"
            raise self.refus(f"« {nom} » {manque}")
        return texte

    def facultatif(self, nom: str, defaut: str = "") -> str:
        """Rend un texte, ou ``defaut`` s'il n'est pas donné."""
        return self.texte(nom, defaut, minimum=0)

    def adresse(self, nom: str, defaut: str) -> str:
        """Rend une adresse https (http admis sur cette machine seulement, pour les tests).

        Raises:
            ConfigurationRefusee: autre chose.
        """
        valeur = self.texte(nom, defaut)
        if not adresse_sure(valeur):
            raise self.refus(f"« {nom} » doit être une adresse https")
        return valeur

    def liste(self, nom: str, defaut: tuple[str, ...]) -> tuple[str, ...]:
        """Rend une liste, écrite en YAML ou séparée par des virgules."""
        valeur = self._valeurs.pop(nom, None)
        if valeur is None:
            return defaut
        morceaux = valeur if isinstance(valeur, list) else str(valeur).split(",")
        return tuple(str(m).strip() for m in morceaux if str(m).strip())

    def finir(self) -> None:
        """Vérifie que rien n'a été mal orthographié et que les liens donnés aux personnes marcheront.

        Raises:
            ConfigurationRefusee: réglage inconnu, ou adresse publique absente.
        """
        if self._valeurs:
            raise self.refus(f"réglage inconnu : {', '.join(sorted(map(str, self._valeurs)))}")
        if not adresse_sure(reglages.URL_PUBLIQUE):
            raise self.refus("BILAN_URL_PUBLIQUE doit être l'adresse https du serveur (liens et documents)")
        if reglages.URL_WIDGET and (not adresse_sure(reglages.URL_WIDGET) or urlsplit(reglages.URL_WIDGET).query):
            raise self.refus("BILAN_URL_WIDGET doit être une adresse https sans paramètre")

    def refus(self, raison: str) -> ConfigurationRefusee:
        """Compose l'erreur."""
        return ConfigurationRefusee(f"Canal {self._canal} : {raison}. Voir docs/canaux.md.")


def adresse_sure(adresse: str) -> bool:
    """Dit si une adresse est en https, ou en http sur cette machine, sans identifiants ni fragment."""
    try:
        lue = urlsplit(adresse)
        hote, _ = lue.hostname, lue.port
    except ValueError:
        return False
    if not hote or lue.username is not None or lue.fragment or "\\" in adresse:
        return False
    return lue.scheme == "https" or (lue.scheme == "http" and hote in BOUCLE_LOCALE)
