"""Réglages du canal Slack, tels que credentials.yml les donne."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from canaux.configuration import Lecteur

SECRET_LONGUEUR_MIN = 32
JETON_LONGUEUR_MIN = 24


@dataclass(frozen=True)
class ReglagesSlack:
    """Jeton du bot (``xoxb-…``), secret de signature, adresse de l'API."""

    jeton: str
    secret_signature: str
    api: str
    mandataire: str | None

    @classmethod
    def lire(cls, valeurs: Mapping[str, object] | None) -> ReglagesSlack:
        """Lit et vérifie les réglages.

        Raises:
            ConfigurationRefusee: réglage absent, trop court ou d'un autre genre.
        """
        lecteur = Lecteur("Slack", valeurs)
        jeton = lecteur.texte("jeton", minimum=JETON_LONGUEUR_MIN)
        if not jeton.startswith("xoxb-"):
            raise lecteur.refus("« jeton » doit être celui du bot (xoxb-…)")
        reglages = cls(
            jeton=jeton,
            secret_signature=lecteur.texte("secret_signature", minimum=SECRET_LONGUEUR_MIN),
            api=lecteur.adresse("api", "https://slack.com/api/"),
            mandataire=lecteur.facultatif("mandataire") or None,
        )
        lecteur.finir()
        return reglages
