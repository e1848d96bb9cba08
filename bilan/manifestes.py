"""``bilan manifeste teams|slack`` : fabrique la fiche de l'application à importer dans Teams (zip) ou Slack (YAML)."""

from __future__ import annotations

import io
import json
import os
import re
import sys
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import yaml
from PIL import Image, ImageDraw

from actions import reglages
from actions.reglages import DOSSIER_DONNEES, RACINE

DOSSIER_SORTIE = RACINE / "sortie"
SCHEMA = RACINE / "outils/teams/manifeste-1.19.schema.json"
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
_DATE_FIXE = (2026, 1, 1, 0, 0, 0)  # deux fabrications identiques donnent le même fichier
_COULEUR = "#1F4E79"


class FicheImpossible(ValueError):
    """Il manque un réglage, ou la fiche ne respecte pas le schéma : la raison."""


def principal(canal: str) -> int:
    """Écrit la fiche dans ``sortie/`` et dit où. Code 2 et une ligne si un réglage manque."""
    try:
        nom, octets = teams() if canal == "teams" else slack()
    except FicheImpossible as erreur:
        print(f"manifeste {canal} : {erreur}", file=sys.stderr)
        return 2
    DOSSIER_SORTIE.mkdir(exist_ok=True)
    (DOSSIER_SORTIE / nom).write_bytes(octets)
    print(f"{(DOSSIER_SORTIE / nom).relative_to(RACINE)} prêt : voir docs/{canal}.md")
    return 0


def teams() -> tuple[str, bytes]:
    """Compose le zip de Teams : manifeste vérifié contre le schéma de Microsoft, et deux icônes.

    Raises:
        FicheImpossible: réglage absent ou manifeste invalide.
    """
    app_id = os.environ.get("TEAMS_APP_ID", "")
    if not _GUID.fullmatch(app_id):
        raise FicheImpossible("TEAMS_APP_ID doit être l'identifiant de l'application du bot")
    mots = {"app_id": app_id, **_adresse()}
    manifeste = {
        "$schema": "https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.schema.json",
        **_remplir(_lire("manifeste_teams.yml"), mots),
    }
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    try:
        jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(manifeste)
    except jsonschema.ValidationError as erreur:
        raise FicheImpossible(f"{'.'.join(map(str, erreur.absolute_path))} : {erreur.message}") from erreur
    contenu = {
        "manifest.json": json.dumps(manifeste, ensure_ascii=False, indent=2).encode(),
        manifeste["icons"]["color"]: icone(192, _COULEUR),
        manifeste["icons"]["outline"]: icone(32, None),
    }
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, octets in contenu.items():
            archive.writestr(zipfile.ZipInfo(nom, _DATE_FIXE), octets)
    return "teams.zip", tampon.getvalue()


def slack() -> tuple[str, bytes]:
    """Compose le manifeste YAML de Slack.

    Raises:
        FicheImpossible: adresse publique absente.
    """
    manifeste = _remplir(_lire("manifeste_slack.yml"), _adresse())
    return "slack.yml", yaml.safe_dump(manifeste, allow_unicode=True, sort_keys=False).encode()


def icone(cote: int, fond: str | None) -> bytes:
    """Dessine l'icône : une bulle qui porte une marche qui monte. Sans fond : trait blanc sur transparent.

    Args:
        cote: côté en pixels.
        fond: couleur du fond.
    """
    echelle = 8
    grand = cote * echelle
    image = Image.new("RGBA", (grand, grand), fond or (0, 0, 0, 0))
    trait = ImageDraw.Draw(image)
    blanc, large = (255, 255, 255, 255), max(echelle, grand // 16)

    def point(x: float, y: float) -> tuple[float, float]:
        return x * grand, y * grand

    trait.rounded_rectangle([point(0.14, 0.18), point(0.86, 0.70)], radius=grand * 0.1, outline=blanc, width=large)
    trait.line([point(0.30, 0.68), point(0.30, 0.84), point(0.46, 0.69)], fill=blanc, width=large, joint="curve")
    marches = [(0.28, 0.56), (0.42, 0.56), (0.42, 0.45), (0.57, 0.45), (0.57, 0.34), (0.72, 0.34)]
    trait.line([point(x, y) for x, y in marches], fill=blanc, width=large, joint="curve")
    image = image.resize((cote, cote), Image.Resampling.LANCZOS)
    if not fond:  # Teams veut un blanc pur : seule la transparence varie
        blanche = Image.new("RGBA", image.size, blanc)
        blanche.putalpha(image.getchannel("A"))
        image = blanche
    tampon = io.BytesIO()
    image.save(tampon, "PNG", optimize=True)
    return tampon.getvalue()


def _adresse() -> dict[str, str]:
    lue = urlsplit(reglages.URL_PUBLIQUE)
    if lue.scheme != "https" or not lue.hostname:
        raise FicheImpossible("BILAN_URL_PUBLIQUE doit être l'adresse https du serveur")
    return {"url": reglages.URL_PUBLIQUE, "hote": lue.netloc}


def _lire(nom: str) -> Any:
    return yaml.safe_load(Path(DOSSIER_DONNEES / "canaux" / nom).read_text(encoding="utf-8"))


def _remplir(modele: Any, mots: dict[str, str]) -> Any:
    if isinstance(modele, dict):
        return {cle: _remplir(valeur, mots) for cle, valeur in modele.items()}
    if isinstance(modele, list):
        return [_remplir(valeur, mots) for valeur in modele]
    return modele.format(**mots) if isinstance(modele, str) else modele
