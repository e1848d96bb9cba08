"""Le script du widget tel qu'il est servi : source allégée, feuille de style incluse, empreinte d'intégrité."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from html import escape

from actions.reglages import RACINE

DOSSIER = RACINE / "widget"
_MARQUE = '"__STYLE__"'


@dataclass(frozen=True)
class Paquet:
    """Script servi : ``octets`` et sa forme gzip ; ``empreinte`` est dans son adresse, qui ne change jamais de sens."""

    octets: bytes
    comprime: bytes
    empreinte: str
    integrite: str

    @property
    def chemin(self) -> str:
        """Adresse du script sur ce serveur."""
        return f"/assistant/{self.empreinte}/assistant.js"

    def balise(self, **donnees: str) -> str:
        """Balise à coller dans la page hôte ; ``donnees`` devient des attributs ``data-…``."""
        attributs = "".join(f' data-{cle.replace("_", "-")}="{escape(valeur)}"' for cle, valeur in donnees.items())
        fixes = f'src="{self.chemin}" integrity="{self.integrite}" crossorigin="anonymous"'
        return f"<script {fixes} defer{attributs}></script>"


@cache
def paquet() -> Paquet:
    """Construit le script depuis widget/, une fois par processus.

    Raises:
        ValueError: la source ne porte pas la marque où poser le style.
    """
    source = _alleger((DOSSIER / "assistant.js").read_text(encoding="utf-8"))
    if source.count(_MARQUE) != 1:
        raise ValueError(f"widget/assistant.js : {_MARQUE} attendu une fois")
    style = re.sub(
        r"\s+", " ", re.sub(r"/\*.*?\*/", "", (DOSSIER / "assistant.css").read_text(encoding="utf-8"), flags=re.S)
    )
    style = re.sub(r" ?([{};,>]) ?", r"\1", style).strip()
    octets = source.replace(_MARQUE, json.dumps(style, ensure_ascii=False)).encode()
    somme = hashlib.sha384(octets).digest()
    return Paquet(
        octets,
        gzip.compress(octets, 9, mtime=0),
        hashlib.sha256(octets).hexdigest()[:16],
        "sha384-" + base64.b64encode(somme).decode(),
    )


def _alleger(source: str) -> str:
    """Retire retraits et lignes de commentaire ; le reste du code n'est pas touché."""
    lignes = (ligne.strip() for ligne in source.splitlines())
    return "\n".join(ligne for ligne in lignes if ligne and not ligne.startswith(("//", "/*", "*")))
