"""Blocs de Slack (Block Kit) : le texte mot pour mot (rien n'y est interprété), ses boutons, ses liens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    HeaderBlock,
    InteractiveElement,
    Option,
    OverflowMenuElement,
    PlainTextObject,
    RichTextBlock,
    RichTextElementParts,
    RichTextListElement,
    RichTextSectionElement,
)
from slack_sdk.models.views import View

from actions.contenus import contenus_en_place, typographier
from canaux.mise_en_page import Ligne, couper, lire
from canaux.notice import composer as composer_notice
from canaux.textes import Lien, liens, textes

TEXTE_LONGUEUR_MAX = 2_500
BOUTONS_VISIBLES = 5
_TITRE_MAX = 75
_OPTIONS_MAX = 5
ADRESSE_LONGUEUR_MAX = ButtonElement.url_max_length
ACTION_LIEN = "lien"
_MENU = ("utter_saluer", "utter_demander_aide")

Sceau = Callable[[str], str]


def contenus(message: Mapping[str, Any], sceau: Sceau) -> list[dict[str, Any]]:
    """Rend un message de l'assistant en un ou plusieurs messages Slack (``text`` et ``blocks``).

    ``text`` porte le texte entier : c'est lui que lisent les lecteurs d'écran et les notifications.
    """
    parties = couper(str(message.get("text") or ""), TEXTE_LONGUEUR_MAX)
    corps: list[list[Block]] = [_texte(partie) for partie in parties]
    vers = liens(message)
    courts = [lien for lien in vers if len(lien.adresse) <= ADRESSE_LONGUEUR_MAX]
    corps[-1] += _actions(message.get("buttons") or [], courts, sceau)
    messages: list[dict[str, Any]] = [
        {"text": partie, "blocks": [bloc.to_dict() for bloc in blocs]}
        for partie, blocs in zip(parties, corps, strict=True)
    ]
    # Le lien d'un long document ne tient pas dans un bouton : il part seul, en texte.
    return messages + [{"text": _lien_en_texte(lien)} for lien in vers if lien not in courts]


def _lien_en_texte(lien: Lien) -> str:
    titre = lien.titre.translate({ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("|"): " "})
    return f"<{lien.adresse}|{titre}>"


def accueil(sceau: Sceau) -> dict[str, Any]:
    """Vue de l'onglet Accueil : la notice, puis le menu."""
    mots = textes()["accueil_slack"]
    notice = composer_notice()
    blocs: list[Block] = [
        HeaderBlock(text=PlainTextObject(text=mots["titre"])),
        *_texte(notice["text"]),
        *_actions([], liens(notice), sceau),
        *_texte(typographier(mots["consigne"])),
        *_actions(menu(), [], sceau),
    ]
    return View(type="home", blocks=blocs).to_dict()


def menu() -> list[dict[str, str]]:
    """Boutons du menu permanent : ceux de l'accueil et de l'aide, sans doublon."""
    boutons = {b["payload"]: b for nom in _MENU for b in contenus_en_place().variante(nom).get("buttons") or []}
    return list(boutons.values())


def _texte(texte: str) -> list[Block]:
    elements: list[Any] = []
    for puce, groupe in groupby(lire(texte), key=lambda ligne: ligne.puce):
        if puce:
            elements.append(RichTextListElement(style="bullet", elements=[_section([ligne]) for ligne in groupe]))
        else:
            elements.append(_section(list(groupe), apres_une_liste=bool(elements)))
    return [RichTextBlock(elements=elements)] if elements else []


def _section(lignes: Sequence[Ligne], apres_une_liste: bool = False) -> RichTextSectionElement:
    """Des lignes qui se suivent, séparées comme le fait l'éditeur de Slack : par des sauts de ligne dans la section."""
    morceaux: list[Any] = []
    for ligne in lignes:
        sauts = ("\n" if morceaux else "") + ("\n" if ligne.espace and (morceaux or apres_une_liste) else "")
        if sauts:
            morceaux.append(RichTextElementParts.Text(text=sauts))
        for m in ligne.morceaux:
            lien = m.lien and RichTextElementParts.Link(url=m.lien, text=m.texte)
            morceaux.append(lien or RichTextElementParts.Text(text=m.texte))
    return RichTextSectionElement(elements=morceaux)


def _actions(boutons: Sequence[Mapping[str, str]], vers: Sequence[Lien], sceau: Sceau) -> list[Block]:
    """Liens, puis cinq boutons au plus ; les suivants vont dans des menus « … » de cinq choix."""
    elements: list[InteractiveElement] = [
        ButtonElement(text=_titre(lien.titre), url=lien.adresse, action_id=f"{ACTION_LIEN}-{rang}")
        for rang, lien in enumerate(vers)
    ]
    choix = [(b["title"], sceau(b["payload"])) for b in boutons]
    elements += [
        ButtonElement(text=_titre(titre), value=valeur, action_id=f"bouton-{rang}")
        for rang, (titre, valeur) in enumerate(choix[:BOUTONS_VISIBLES])
    ]
    elements += [
        OverflowMenuElement(action_id=f"menu-{rang}", options=[_option(titre, valeur) for titre, valeur in lot])
        for rang, lot in enumerate(_lots(choix[BOUTONS_VISIBLES:]))
    ]
    return [ActionsBlock(elements=elements)] if elements else []


def _titre(texte: str) -> PlainTextObject:
    court = texte if len(texte) <= _TITRE_MAX else texte[: _TITRE_MAX - 1] + "…"
    return PlainTextObject(text=court, emoji=False)


def _option(titre: str, valeur: str) -> Option:
    return Option(text=_titre(titre), value=valeur)


def _lots(choix: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    reste = iter(choix)
    while lot := list(islice(reste, _OPTIONS_MAX)):
        yield lot
