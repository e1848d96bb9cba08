"""Les textes de l'assistant, lus dans data/responses et data/variantes : seul accès du code à ce que disent les RH."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from actions.en_place import lu_une_fois
from actions.reglages import DOSSIER_DONNEES

Variante = dict[str, Any]

# Un bouton écrit « /faq/duree » par les RH porte l'entité que lit l'action : sujet, ou précision d'un acte.
_RACCOURCI = re.compile(r"/(?P<intention>[a-z_]+)/(?P<argument>[a-z0-9_]+)")
_PORTE_UN_SUJET = {"faq", "idee_recue", "hors_sujet"}
_ESPACE_AVANT = re.compile(r" (?=[?!:;»%€])")
_ESPACE_APRES = re.compile(r"(?<=«) ")
# Une variante dit autre chose : elle ne reprend pas ce qui fonde le texte ordinaire.
_PROPRES_AU_TEXTE = ("faits", "a_verifier")
_UTTER_DE_SUJET = re.compile(r"utter_(faq|idee_recue|hors_sujet)/([a-z0-9_]+)")


class ErreurContenu(ValueError):
    """Un texte manque, existe deux fois ou son fichier est illisible."""


@dataclass(frozen=True)
class Contenus:
    """Réponses par nom ; chaque réponse est la liste de ses variantes (canal, condition)."""

    reponses: Mapping[str, list[Variante]]

    def variante(self, nom: str, profil: Mapping[str, Any] | None = None) -> Variante:
        """Rend la variante sans canal d'une réponse : celle que ``profil`` (slots) demande, sinon sans condition.

        Raises:
            ErreurContenu: réponse inconnue.
        """
        if nom not in self.reponses:
            raise ErreurContenu(f"réponse inconnue : {nom}")
        sans_canal = [v for v in self.reponses[nom] if not v.get("channel")]
        propres = (v for v in sans_canal if profil and v.get("condition") and _convient(v["condition"], profil))
        ordinaires = (v for v in sans_canal if not v.get("condition"))
        return next(chain(propres, ordinaires), self.reponses[nom][0])

    def metadonnees(self, nom: str, profil: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        """Rend les métadonnées d'une réponse (titre, faits, sujets), vides si elle n'existe pas."""
        return (self.variante(nom, profil).get("metadata") or {}) if nom in self.reponses else {}

    def sujets(self, nom: str) -> list[str]:
        """Sujets de data/sujets.yml que cette réponse traite, le principal en premier."""
        declares = self.metadonnees(nom).get("sujets")
        if declares is not None:
            return list(declares)
        trouve = _UTTER_DE_SUJET.fullmatch(nom)
        return [trouve[2]] if trouve and trouve[1] == "faq" else []

    def reponse_d_etiquette(self, etiquette: str | None) -> str | None:
        """Nom de la réponse d'une étiquette de classement (« faq/duree », « saluer », « planifier »)."""
        noms = (f"utter_{etiquette}", f"utter_parcours_{etiquette}")
        return next((nom for nom in noms if nom in self.reponses), None)

    def sujets_d_etiquette(self, etiquette: str) -> list[str]:
        """Sujets auxquels mène une étiquette de classement, un au moins."""
        nom = self.reponse_d_etiquette(etiquette)
        return (self.sujets(nom) if nom else []) or [etiquette.split("/")[-1]]

    def titre(self, etiquette: str) -> str | None:
        """Titre court d'une étiquette de classement, pour un bouton."""
        nom = self.reponse_d_etiquette(etiquette)
        titre = self.metadonnees(nom).get("titre") if nom else None
        return typographier(str(titre)) if titre else None

    def faits(self, nom: str, profil: Mapping[str, Any] | None = None) -> list[str]:
        """Identifiants des faits qu'une réponse affirme, puis de ceux qu'elle dit non établis."""
        donnees = self.metadonnees(nom, profil)
        return [*donnees.get("faits", []), *donnees.get("a_verifier", [])]


def envoi(payload: str) -> str:
    """Traduit un raccourci de bouton : « /faq/duree » devient ``/faq{"sujet": "duree"}``."""
    trouve = _RACCOURCI.fullmatch(payload)
    if not trouve:
        return payload
    entite = "sujet" if trouve["intention"] in _PORTE_UN_SUJET else "precision"
    return f"/{trouve['intention']}{json.dumps({entite: trouve['argument']})}"


def lire_envoi(payload: str) -> tuple[str, str]:
    """Relit l'envoi d'un bouton : « /faq{"sujet": "duree"} » rend (« faq », « duree »), « » sans argument."""
    intention, accolade, reste = payload.removeprefix("/").partition("{")
    return intention, str(next(iter(json.loads(accolade + reste).values()))) if accolade else ""


def sujet_d_envoi(payload: str) -> str:
    """Sujet, ou démarche, où mène l'envoi d'un bouton."""
    intention, argument = lire_envoi(payload)
    return argument if intention in _PORTE_UN_SUJET else intention


def envoi_pour(etiquette: str) -> str:
    """Bouton qui mène à une étiquette de classement (« faq/duree » ou « saluer »)."""
    return envoi(f"/{etiquette}")


def typographier(texte: str) -> str:
    """Pose les espaces insécables de la typographie française."""
    return _ESPACE_APRES.sub("\u00a0", _ESPACE_AVANT.sub("\u00a0", texte)).strip()


def charger(dossier: Path, variantes: Path | None = None) -> Contenus:
    """Lit un dossier de réponses et, s'il est donné, celui de leurs variantes par profil.

    Raises:
        ErreurContenu: fichier illisible, variante d'une réponse inconnue, ou réponse définie deux fois (Rasa, lui,
            écraserait l'une en silence).
    """
    reponses: dict[str, list[Variante]] = {}
    for fichier in sorted(dossier.rglob("*.yml")):
        for nom, definies in (_lire(fichier).get("responses") or {}).items():
            if nom in reponses:
                raise ErreurContenu(f"{fichier} : {nom} est déjà défini ailleurs")
            reponses[nom] = [_preparer(variante) for variante in definies]
    for fichier in sorted(variantes.glob("*.yml")) if variantes else ():
        _ajouter_variantes(fichier, reponses)
    return Contenus(reponses)


def _lire(fichier: Path) -> dict[str, Any]:
    try:
        brut: dict[str, Any] = yaml.load(fichier.read_text(encoding="utf-8"), yaml.CSafeLoader)
    except yaml.YAMLError as erreur:
        raise ErreurContenu(f"{fichier} : illisible ({erreur})") from erreur
    return brut


def _ajouter_variantes(fichier: Path, reponses: dict[str, list[Variante]]) -> None:
    """Ajoute ce qu'un profil entend à la place ; ce que la variante ne redit pas (titre, boutons) reste.

    Lu après, un fichier plus précis (« agent_public_hospitalier ») part de la variante déjà lue, et l'emporte.
    """
    brut = _lire(fichier)
    condition = [{"type": "slot", "name": slot, "value": valeur} for slot, valeur in brut["quand"].items()]
    for nom, variante in brut["reponses"].items():
        if nom not in reponses:
            raise ErreurContenu(f"{fichier} : {nom} n'est défini nulle part")
        remplacee = Contenus(reponses).variante(nom, brut["quand"])
        herite = {c: v for c, v in (remplacee.get("metadata") or {}).items() if c not in _PROPRES_AU_TEXTE}
        metadonnees = {**herite, **(variante.get("metadata") or {})}
        reponses[nom].insert(0, {**remplacee, **_preparer(variante), "metadata": metadonnees, "condition": condition})


def _convient(conditions: list[dict[str, Any]], profil: Mapping[str, Any]) -> bool:
    return all(profil.get(condition["name"]) == condition["value"] for condition in conditions)


@lu_une_fois
def contenus_en_place() -> Contenus:
    """Les textes du projet, lus une fois par version."""
    return charger(DOSSIER_DONNEES / "responses", DOSSIER_DONNEES / "variantes")


def _preparer(variante: Variante) -> Variante:
    pret = dict(variante)
    if "text" in pret:
        pret["text"] = typographier(pret["text"])
    if pret.get("buttons"):
        pret["buttons"] = [
            {"title": typographier(bouton["title"]), "payload": envoi(bouton["payload"])} for bouton in pret["buttons"]
        ]
    return pret
