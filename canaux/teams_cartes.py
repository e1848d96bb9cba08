"""Cartes adaptatives 1.5 : le texte mot pour mot (aucun Markdown interprété), ses boutons, ses liens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from canaux.mise_en_page import Ligne, Morceau, couper, lire
from canaux.textes import Lien, liens, textes

VERSION = "1.5"
TEXTE_LONGUEUR_MAX = 2_500
_ADRESSE_LONGUEUR_MAX = 40
_SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
_TYPE = "application/vnd.microsoft.card.adaptive"

Element = dict[str, Any]


def contenus(message: Mapping[str, Any], sceau: Callable[[str], str]) -> list[dict[str, Any]]:
    """Rend un message de l'assistant en un ou plusieurs messages Teams ; les boutons sont sur le dernier.

    Args:
        message: message de Rasa (``text``, ``buttons``, ``custom``).
        sceau: donne la valeur scellée que porte un bouton, à partir de son envoi.
    """
    parties = couper(str(message.get("text") or ""), TEXTE_LONGUEUR_MAX)
    corps: list[list[Element]] = [_texte(partie) for partie in parties]
    corps[-1] += _actions(message.get("buttons") or [], liens(message), sceau)
    return [_envelopper(elements) for elements in corps]


def _envelopper(elements: list[Element]) -> dict[str, Any]:
    carte = {
        "type": "AdaptiveCard",
        "$schema": _SCHEMA,
        "version": VERSION,
        "lang": "fr",
        "body": elements,
        "msteams": {"width": "full"},
    }
    return {"summary": textes()["apercu"], "attachments": [{"contentType": _TYPE, "content": carte}]}


def _texte(texte: str) -> list[Element]:
    return [_ligne(ligne, rang == 0) for rang, ligne in enumerate(lire(texte))]


def _ligne(ligne: Ligne, premiere: bool) -> Element:
    espace = "none" if premiere else "" if ligne.espace or not ligne.puce else "small"
    suites = [_suite(morceau) for morceau in ligne.morceaux]
    if not ligne.puce:
        return _paragraphe(suites, espace)
    return {
        "type": "ColumnSet",
        **_espacer(espace),
        "columns": [
            {"type": "Column", "width": "auto", "items": [_paragraphe([{"type": "TextRun", "text": "•"}], "none")]},
            {"type": "Column", "width": "stretch", "spacing": "small", "items": [_paragraphe(suites, "none")]},
        ],
    }


def _paragraphe(suites: list[Element], espace: str) -> Element:
    # RichTextBlock et non TextBlock : rien n'y est du Markdown, un « * » ou un « _ » se lit tel quel.
    return {"type": "RichTextBlock", **_espacer(espace), "inlines": suites}


def _espacer(espace: str) -> Element:
    return {"spacing": espace} if espace else {}


def _suite(morceau: Morceau) -> Element:
    if not morceau.lien:
        return {"type": "TextRun", "text": morceau.texte}
    # Une carte ne coupe pas une longue adresse : elle déborderait d'un téléphone. On montre le site, on ouvre la page.
    court = morceau.texte
    if len(court) > _ADRESSE_LONGUEUR_MAX:
        court = str(urlsplit(morceau.lien).hostname).removeprefix("www.")
    ouvrir = {"type": "Action.OpenUrl", "title": court, "tooltip": morceau.lien, "url": morceau.lien}
    return {"type": "TextRun", "text": court, "underline": True, "selectAction": ouvrir}


def _actions(boutons: Iterable[Mapping[str, str]], vers: Iterable[Lien], sceau: Callable[[str], str]) -> list[Element]:
    """Un groupe par bouton : ils s'empilent, aucun n'est caché quel que soit leur nombre ou la largeur de l'écran."""
    actions: list[Element] = [{"type": "Action.OpenUrl", "title": lien.titre, "url": lien.adresse} for lien in vers]
    actions += [_soumettre(bouton["title"], sceau(bouton["payload"])) for bouton in boutons]
    return [
        {"type": "ActionSet", "spacing": "medium" if rang == 0 else "small", "actions": [action]}
        for rang, action in enumerate(actions)
    ]


def _soumettre(titre: str, sceau: str) -> Element:
    """Bouton dont le choix s'affiche dans le fil comme un message de la personne."""
    return {
        "type": "Action.Submit",
        "title": titre,
        "data": {
            "bouton": sceau,
            "msteams": {"type": "messageBack", "displayText": titre, "value": {"bouton": sceau}},
        },
    }
