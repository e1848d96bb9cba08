"""Les modèles de lettres (data/lettres) et ce qu'elles partagent (data/documents.yml) : lecture et vérification."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import jsonschema
import yaml

from actions.droit import Droit, droit_en_place, parametres_cites
from actions.en_place import lu_une_fois
from actions.reglages import DOSSIER_DONNEES

Destinataire = Literal["employeur", "employeur_public", "caisse", "anfh"]
TypeChamp = Literal["date", "periode", "euros", "heures", "mois", "choix", "oui_non", "texte"]
A_L_EMPLOYEUR = ("employeur", "employeur_public")
# Aucun mot de santé n'y entre : seule la caisse a à connaître un arrêt.
SANS_SANTE = (*A_L_EMPLOYEUR, "anfh")
# Ce que calculs.py sait déduire ; absent quand il manque de quoi le déduire, sauf les deux premiers.
TOUJOURS_CALCULES = frozenset({"date_du_jour", "delai_demande"})
CALCULES = TOUJOURS_CALCULES | {
    "delai_tenu",
    "delai_long",
    "delai_accord",
    "reponse_accord",
    "premiere_date",
    "depot_limite",
    "reponse_limite",
    "silence_acquis",
    "convention_limite",
}
ARTICLE = re.compile(r"\{article:([a-z0-9_.]+)\}")
_ACCOLADE = re.compile(r"\{([a-z][a-z0-9_]*)(?:\.[a-z]+)?\}")


class ErreurModele(ValueError):
    """Un modèle de lettre est mal formé ; le message dit le fichier et ce qui ne va pas."""


@dataclass(frozen=True)
class Champ:
    """Ce qu'une lettre peut recevoir de la conversation."""

    nom: str
    type: TypeChamp
    libelle: str
    obligatoire: bool
    demande: bool
    valeurs: Mapping[str, str]


@dataclass(frozen=True)
class Passage:
    """Un paragraphe, ou la suite du précédent, et ses conditions (« champ » connu, « champ=valeur »).

    Attributes:
        sur: ce dont un conseil parle, que l'on peut redemander après la lettre : envoi, reponse, refus, sante, suite.
        demande: dit seulement si on le redemande, pas avec la lettre.
    """

    texte: str
    si: tuple[str, ...] = ()
    sauf: tuple[str, ...] = ()
    suite: bool = False
    colle: bool = False
    sur: tuple[str, ...] = ()
    demande: bool = False


@dataclass(frozen=True)
class Modele:
    """Un modèle de lettre, vérifié."""

    nom: str
    titre: str
    destinataire: Destinataire
    fichier: str
    objet: str
    champs: Mapping[str, Champ]
    corps: tuple[Passage, ...]
    pieces: tuple[Passage, ...]
    faits: tuple[str, ...]
    conseils: tuple[Passage, ...]
    apres: tuple[str, ...] = ()


def charger(dossier: Path, droit: Droit, commun: Mapping[str, Any]) -> dict[str, Modele]:
    """Lit un dossier de modèles, par nom.

    Args:
        dossier: un fichier YAML par lettre ; son nom est celui de la lettre.
        droit: pour vérifier faits et paramètres cités.
        commun: contenu de data/documents.yml.

    Raises:
        ErreurModele: forme refusée, fait non établi, accolade inconnue ou calcul cité sans condition.
    """
    schema = yaml.load(Path(__file__).with_name("schema.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    modeles = {}
    for fichier in sorted(dossier.glob("*.yml")):
        try:
            brut = yaml.load(fichier.read_text(encoding="utf-8"), yaml.CSafeLoader)
            jsonschema.validate(brut, schema)
        except (yaml.YAMLError, jsonschema.ValidationError) as erreur:
            raise ErreurModele(f"{fichier.name} : {getattr(erreur, 'message', erreur)}") from erreur
        modele = _modele(fichier.stem, brut)
        _verifier(modele, droit, set(commun["a_la_main"]))
        modeles[modele.nom] = modele
    return modeles


@lu_une_fois
def modeles_en_place() -> Mapping[str, Modele]:
    """Les modèles du projet, lus une fois par version."""
    return charger(DOSSIER_DONNEES / "lettres", droit_en_place(), commun_en_place())


def lettre_apres(sujet: str | None, public: bool) -> str | None:
    """La lettre que prolonge une réponse (« fais-moi la lettre », juste après) : jamais celle d'un autre employeur."""
    autre = "employeur" if public else "employeur_public"
    lettres = (m for m in modeles_en_place().values() if m.destinataire != autre)
    return next((modele.nom for modele in lettres if sujet in modele.apres), None)


@lu_une_fois
def commun_en_place() -> Mapping[str, Any]:
    """Ce que les documents partagent (data/documents.yml)."""
    contenu: Mapping[str, Any] = yaml.load(
        (DOSSIER_DONNEES / "documents.yml").read_text(encoding="utf-8"), yaml.CSafeLoader
    )
    return contenu


def _modele(nom: str, brut: Mapping[str, Any]) -> Modele:
    champs = {
        champ: Champ(
            champ, c["type"], c["libelle"], c.get("obligatoire", False), c.get("demande", False), c.get("valeurs", {})
        )
        for champ, c in brut["champs"].items()
    }
    return Modele(
        nom=nom,
        titre=brut["titre"],
        destinataire=brut["destinataire"],
        fichier=brut["fichier"],
        objet=brut["objet"],
        champs=champs,
        corps=tuple(map(_passage, brut["corps"])),
        pieces=tuple(map(_passage, brut["pieces"])),
        faits=tuple(brut["faits"]),
        conseils=tuple(map(_passage, brut["conseils"])),
        apres=tuple(brut.get("apres", ())),
    )


def _passage(brut: str | Mapping[str, Any]) -> Passage:
    if isinstance(brut, str):
        return Passage(brut)
    return Passage(
        texte=brut["texte"],
        si=tuple(brut.get("si", ())),
        sauf=tuple(brut.get("sauf", ())),
        suite=brut.get("suite", False),
        colle=brut.get("colle", False),
        sur=tuple(brut.get("sur", ())),
        demande=brut.get("demande", False),
    )


def _verifier(modele: Modele, droit: Droit, a_la_main: set[str]) -> None:
    """Vérifie le sens : un modèle accepté ne peut pas produire une accolade ni un chiffre sans source."""

    def exiger(condition: bool, raison: str) -> None:
        if not condition:
            raise ErreurModele(f"{modele.nom}.yml : {raison}")

    for fait in modele.faits:
        exiger(fait in droit.faits and droit.faits[fait].confiance != "a_verifier", f"fait non établi : {fait}")
    for nom, champ in modele.champs.items():
        exiger(nom not in droit.parametres and nom not in CALCULES | a_la_main, f"nom de champ déjà pris : {nom}")
        exiger(bool(champ.valeurs) == (champ.type == "choix"), f"valeurs d'un choix : {nom}")
    for passage in (*modele.corps, *modele.pieces, *modele.conseils):
        conditions = {condition.split("=")[0] for condition in (*passage.si, *passage.sauf)}
        exiger(conditions <= set(modele.champs) | CALCULES, f"condition inconnue : {sorted(conditions)}")
        exiger(
            set(ARTICLE.findall(passage.texte)) <= set(modele.faits), f"article d'un fait non cité : {passage.texte}"
        )
        libre = ARTICLE.sub("", passage.texte)
        sans_garde = {"premiere_date"} & CALCULES if "delai_tenu=non" in passage.si else set()
        sans_garde |= {"reponse_limite"} if any(c.startswith("silence_acquis=") for c in passage.si) else set()
        permis = set(modele.champs) | TOUJOURS_CALCULES | sans_garde | {c for c in passage.si if c in CALCULES}
        cites = set(_ACCOLADE.findall(libre))
        exiger(
            cites <= permis | parametres_cites(libre) & set(droit.parametres), f"accolade inconnue : {sorted(cites)}"
        )
        exiger(not re.search(r"\d", libre), f"chiffre tapé : {passage.texte}")
        exiger("{" not in _ACCOLADE.sub("", libre), f"accolade mal formée : {passage.texte}")
