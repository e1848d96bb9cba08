"""Ce que le widget dit de lui-même : mots, qui peut lire, ce qui tourne, avis comptés."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from sanic import response
from sanic.request import Request
from sanic.response import HTTPResponse

from actions import reglages
from actions.adresses import accueil_du_guide
from actions.contenus import contenus_en_place
from actions.droit import droit_en_place
from canaux.acces import Refus
from canaux.echange import reponse_fixe
from canaux.identite import Jetons
from canaux.paquet_widget import paquet
from canaux.rendu_widget import rendre
from canaux.sessions import CompteursAvis, magasin_partage, magasins
from canaux.textes_widget import lignes_qui_peut_lire, textes
from composants.magasin_memoire import MagasinMemoire

AVIS_POSITIF = "utile"


class Informations:
    """Routes publiques, sans session."""

    def __init__(self, jetons: Jetons | None) -> None:
        self._jetons = jetons
        self.avis = CompteursAvis()

    async def qui_peut_lire(self, requete: Request) -> HTTPResponse:
        """Phrases vraies pour la configuration qui tourne."""
        return response.json({"texte": "\n".join(f"- {ligne}" for ligne in self.lignes(requete))})

    async def textes(self, requete: Request) -> HTTPResponse:
        """Libellés, raisons d'avis, erreurs et réglages dont le widget a besoin."""
        corps = {
            "libelles": textes()["libelles"],
            "avis": textes()["avis"],
            "erreurs": textes()["erreurs"],
            "secours": rendre(reponse_fixe("utter_indisponible"))["texte"],
            "longueur_max": reglages.MESSAGE_LONGUEUR_MAX,
            "guide": accueil_du_guide(),
            "langues": contenus_en_place().metadonnees("utter_autre_langue")["langues"],
        }
        return response.json(corps, headers={"Cache-Control": "max-age=60"})

    async def a_propos(self, requete: Request) -> HTTPResponse:
        """Ce qui tourne : version, modèle, widget, date du droit, avis publiables."""
        return response.json(self.decrire(requete))

    def decrire(self, requete: Request) -> dict[str, Any]:
        """Décrit ce qui tourne ; ``modele`` et ``widget`` sont des empreintes SHA-256 abrégées."""
        faits = droit_en_place().faits.values()
        return {
            "version": version(),
            "modele": empreinte_du_modele(requete.app.ctx.agent),
            "widget": paquet().empreinte,
            "droit_lu_au": reglages.aujourd_hui().isoformat(),
            "faits": len(faits),
            "faits_verifies_du": min(f.verifie_le for f in faits).isoformat(),
            "faits_verifies_au": max(f.verifie_le for f in faits).isoformat(),
            "qui_peut_lire": self.lignes(requete),
            "avis": self.avis.publiables(),
        }

    def lignes(self, requete: Request, court: bool = False) -> list[str]:
        """Phrases de « qui peut lire » pour cette configuration."""
        agent = requete.app.ctx.agent
        principal = magasins(agent)[0]
        publiques = reglages.WIDGET_ORIGINES
        return lignes_qui_peut_lire(
            magasin="chiffre"
            if magasin_partage(agent)
            else "memoire"
            if isinstance(principal, MagasinMemoire)
            else "autre",
            identite="jeton" if self._jetons else "temoin",
            chiffre=bool(publiques) and all(origine.startswith("https://") for origine in publiques),
            court=court,
        )


def lire_avis(donnees: Mapping[str, Any]) -> tuple[str, str]:
    """Vérifie un avis et rend (réponse, raison).

    Raises:
        Refus: 400, ``forme`` : champ en trop, réponse ou raison inconnue.
    """
    reponse, avis = donnees.get("reponse"), donnees.get("avis")
    connus = (AVIS_POSITIF, *textes()["avis"])
    if set(donnees) != {"reponse", "avis"} or not isinstance(reponse, str) or not isinstance(avis, str):
        raise Refus(400, "forme")
    if avis not in connus or reponse not in contenus_en_place().reponses:
        raise Refus(400, "forme")
    return reponse, avis


@cache
def version() -> str:
    """Version du produit (pyproject.toml)."""
    projet = tomllib.loads((reglages.RACINE / "pyproject.toml").read_text(encoding="utf-8"))
    return str(projet["project"]["version"])


def empreinte_du_modele(agent: Agent) -> str:
    """Empreinte abrégée de l'archive chargée."""
    return _empreinte(Path(agent.processor.model_path))


@cache
def _empreinte(fichier: Path) -> str:
    with fichier.open("rb") as ouvert:
        return hashlib.file_digest(ouvert, "sha256").hexdigest()[:16]
