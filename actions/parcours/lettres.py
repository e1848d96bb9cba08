"""Les lettres : la bonne, remplie de ce que la conversation sait, à copier ou à télécharger."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from actions.contenus import Contenus
from actions.documents.lettres import rediger
from actions.documents.modeles import modeles_en_place
from actions.documents.texte import en_texte
from actions.droit import Droit
from actions.parcours.faits import Faits
from actions.parcours.messages import Message, enumerer

FORMATS = ("docx", "odt", "txt")
# Champ d'une lettre -> fait de la conversation qui le remplit, quand les noms diffèrent.
_VIENT_DE = {"date_reception": "date_demande", "versant": "statut"}
_JOUR = re.compile(r"\d{4}-\d\d-\d\d")
_DEMANDABLES = ("date_debut", "date_reception", "date_demande", "versant")


def questions(nom: str, faits: Faits) -> list[str]:
    """Faits à demander avant d'écrire une lettre : les champs qu'il lui faut et que la conversation sait recueillir."""
    champs = modeles_en_place()[nom].champs
    utiles = [_VIENT_DE.get(c, c) for c in _DEMANDABLES if c in champs and (champs[c].obligatoire or champs[c].demande)]
    return [champ for champ in utiles if faits.get(champ) is None]


def presenter(nom: str, faits: Faits, jour: date, droit: Droit, contenus: Contenus) -> list[Message]:
    """Rend l'annonce avec les fichiers, le texte à copier, puis les conseils d'envoi."""
    remplis = champs_de(nom, faits)
    lettre = rediger(nom, remplis, jour, droit)
    gabarit = contenus.metadonnees("utter_lettre_conseils")["ligne"]
    documents = tuple(
        {"genre": "lettre", "nom": nom, "format": format_, "faits": remplis, "titre": lettre.fichier}
        for format_ in FORMATS
    )
    manquants = enumerer([m.libelle for m in lettre.manquants])
    conseils = "\n".join(gabarit.format(conseil=conseil) for conseil in lettre.conseils)
    return [
        Message("utter_lettre", {"titre": _en_minuscule(lettre.titre), "manquants": manquants}, documents=documents),
        Message("utter_lettre_texte", {"lettre": en_texte(lettre.page)}),
        Message("utter_lettre_conseils", {"lignes": conseils}),
    ]


def champs_de(nom: str, faits: Faits) -> Mapping[str, Any]:
    """Valeurs des champs d'une lettre que la conversation connaît et que la lettre admet."""
    remplis = {}
    for champ, modele in modeles_en_place()[nom].champs.items():
        valeur = faits.get(_VIENT_DE.get(champ, champ))
        hors_choix = modele.type == "choix" and valeur not in modele.valeurs
        # Une lettre ne date que d'un jour dit ; un mois se complète à la main.
        a_peu_pres = modele.type == "date" and valeur is not None and not _JOUR.fullmatch(str(valeur))
        if valeur is not None and not a_peu_pres and not hors_choix:
            remplis[champ] = valeur
    return remplis


def _en_minuscule(titre: str) -> str:
    return titre[:1].lower() + titre[1:]
