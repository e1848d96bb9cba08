"""Réglages du canal Teams, tels que credentials.yml les donne."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from canaux.configuration import BOUCLE_LOCALE, Lecteur, adresse_sure

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
SECRET_LONGUEUR_MIN = 32


@dataclass(frozen=True)
class ReglagesTeams:
    """Identité du bot et adresses de Microsoft ; ``hotes`` sont les seuls qui reçoivent le jeton du bot."""

    app_id: str
    secret: str
    locataire: str
    openid: str
    emetteur: str
    jeton_url: str
    portee: str
    hotes: tuple[str, ...]
    mandataire: str | None

    @classmethod
    def lire(cls, valeurs: Mapping[str, object] | None) -> ReglagesTeams:
        """Lit et vérifie les réglages.

        Raises:
            ConfigurationRefusee: réglage absent, trop court ou dangereux.
        """
        lecteur = Lecteur("Teams", valeurs)
        app_id, locataire = lecteur.texte("app_id"), lecteur.texte("locataire")
        for nom, valeur in (("app_id", app_id), ("locataire", locataire)):
            if not _GUID.fullmatch(valeur):
                raise lecteur.refus(f"« {nom} » doit être un identifiant de la forme 00000000-0000-0000-0000-…")
        modele = lecteur.adresse("jeton_url", "https://login.microsoftonline.com/{locataire}/oauth2/v2.0/token")
        reglages = cls(
            app_id=app_id,
            secret=lecteur.texte("secret", minimum=SECRET_LONGUEUR_MIN),
            locataire=locataire.lower(),
            openid=lecteur.adresse("openid", "https://login.botframework.com/v1/.well-known/openidconfiguration"),
            emetteur=lecteur.texte("emetteur", "https://api.botframework.com"),
            jeton_url=modele.replace("{locataire}", locataire),
            portee=lecteur.texte("portee", "https://api.botframework.com/.default"),
            hotes=lecteur.liste("hotes", ("smba.trafficmanager.net", "smba.infra.gcc.teams.microsoft.com")),
            mandataire=lecteur.facultatif("mandataire") or None,
        )
        lecteur.finir()
        return reglages

    def admet(self, service_url: str) -> bool:
        """Dit si le jeton du bot peut partir là : en https, vers un hôte de la liste (« hôte » ou « hôte:port »)."""
        if not adresse_sure(service_url):
            return False
        lue = urlsplit(service_url)
        hote = str(lue.hostname)
        if lue.query or (lue.scheme != "https" and hote not in BOUCLE_LOCALE):
            return False
        return (hote if lue.port in (None, 443) else f"{hote}:{lue.port}") in self.hotes
