"""Ce que le dossier lit sur l'installation : réglages, canaux, magasin, droit, modèle, dernières preuves."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import yaml

from actions import reglages
from actions.droit import droit_en_place, ecriture
from actions.entreprise import entreprise_en_place
from actions.parcours.messages import libelles
from bilan.confidentialite import RAPPORT
from bilan.entrainement import modele_a_jour
from canaux.identite import jetons_en_place
from canaux.textes_widget import lignes_qui_peut_lire

A_COMPLETER = "[à compléter par l'entreprise]"
_MESSAGERIES = {"canaux.teams.CanalTeams": "Microsoft Teams", "canaux.slack.CanalSlack": "Slack"}
_CANAUX = {
    "canaux.widget.CanalWidget": "le widget de l'intranet",
    "canaux.documents.CanalDocuments": "les liens privés vers une lettre ou un calendrier",
    "canaux.rest.CanalRest": "le canal REST, pour les essais sur la machine seulement",
    **_MESSAGERIES,
}


def decrire() -> dict[str, Any]:
    """Rend tout ce que citent les textes de data/dossier."""
    canaux = yaml.safe_load(reglages.FICHIER_CANAUX.read_text(encoding="utf-8")) or {}
    lieu = "base" if reglages.fil_en_base() else "memoire"
    https = bool(reglages.WIDGET_ORIGINES) and all(o.startswith("https://") for o in reglages.WIDGET_ORIGINES)
    identite = "jeton" if jetons_en_place() else "temoin"
    faits = droit_en_place().faits
    modele = modele_a_jour()
    return {
        "jour": ecriture.jour_court(reglages.aujourd_hui()),
        "a_completer": A_COMPLETER,
        "version": tomllib.loads((reglages.RACINE / "pyproject.toml").read_text(encoding="utf-8"))["project"][
            "version"
        ],
        "modele": modele.name if modele else "à entraîner",
        "bibliotheques": str(len(_bibliotheques())),
        "faits_nombre": str(len(faits)),
        "faits_du": ecriture.jour_court(min(f.verifie_le for f in faits.values())),
        "faits_au": ecriture.jour_court(max(f.verifie_le for f in faits.values())),
        "fait": _fait,
        "contact": _contact,
        "canaux": [_CANAUX.get(nom, nom) for nom in canaux],
        "messageries": [_MESSAGERIES[nom] for nom in canaux if nom in _MESSAGERIES],
        "qui_peut_lire": lignes_qui_peut_lire("chiffre" if lieu == "base" else "memoire", identite, https),
        "identite": _IDENTITES[identite],
        "lieu_du_fil": libelles()["lieu_du_fil"][lieu],
        "https": https,
        "inactivite": ecriture.grandeur(reglages.INACTIVITE_MINUTES, "minutes"),
        "plafond": ecriture.grandeur(reglages.PLAFOND_HEURES, "heures"),
        "duree_lien": ecriture.grandeur(reglages.DOCUMENT_MINUTES, "minutes"),
        "surveillance": ", ".join(map(str, reglages.SURVEILLANCE)),
        "reglages": _reglages(),
        "preuves": json.loads(RAPPORT.read_text(encoding="utf-8")) if RAPPORT.is_file() else None,
    }


_IDENTITES = {
    "temoin": "Aucune : un numéro tiré au hasard par le serveur, oublié à la fermeture du navigateur",
    "jeton": "L'intranet atteste une visite ; l'assistant n'en garde qu'une empreinte",
}


def _fait(identifiant: str) -> str:
    fait = droit_en_place().faits[identifiant]
    source = fait.source or fait.porte.nom
    reserve = " ; à confirmer" if fait.confiance == "probable" else ""
    return f"{fait.enonce.rstrip('.')} ({source}{reserve})"


def _contact(role: str) -> str:
    contact = entreprise_en_place().contacts.get(role)
    return ", ".join(contact.coordonnees) if contact else A_COMPLETER


def _version() -> str:
    projet = tomllib.loads((reglages.RACINE / "pyproject.toml").read_text(encoding="utf-8"))
    return str(projet["project"]["version"])


def _bibliotheques() -> list[str]:
    verrou = (reglages.RACINE / "requirements.txt").read_text(encoding="utf-8")
    return re.findall(r"^([\w.-]+)==", verrou, re.M)


def _reglages() -> list[tuple[str, str]]:
    """Réglages qui changent ce qu'une personne risque ; aucun secret, seulement s'il est posé."""
    return [
        ("mode production", "oui" if reglages.PRODUCTION else "non (essai)"),
        ("oubli après inactivité", f"{reglages.INACTIVITE_MINUTES} minutes"),
        ("oubli d'une conversation active", f"{reglages.PLAFOND_HEURES} heures"),
        ("validité d'un lien vers un document", f"{reglages.DOCUMENT_MINUTES} minutes"),
        ("origines admises", ", ".join(reglages.WIDGET_ORIGINES) or "cette machine seulement"),
        ("longueur d'un message", f"{reglages.MESSAGE_LONGUEUR_MAX} caractères au plus"),
        ("messages par minute et par conversation", str(reglages.WIDGET_MESSAGES_PAR_MINUTE)),
        ("ouvertures par minute et par adresse", str(reglages.WIDGET_OUVERTURES_PAR_MINUTE)),
        ("mandataires de confiance", str(reglages.WIDGET_MANDATAIRES)),
        ("jetons de la page hôte", "oui" if jetons_en_place() else "non"),
    ]
