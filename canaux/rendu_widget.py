"""Un message de l'assistant, tel que le widget le reçoit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from actions.contenus import contenus_en_place
from actions.droit import droit_en_place

_DOCUMENT = ("titre", "format", "poids", "lien")


def rendre(message: Mapping[str, Any]) -> dict[str, Any]:
    """Rend ``{texte, boutons, documents, etape?, reponse, sources}``.

    ``custom.documents`` (cartes ``titre, format, poids, lien``) et ``custom.etape`` (``numero, total``) du message
    sont repris ; ``boutons`` porte ``titre`` et ``envoi`` (à renvoyer tel quel, admis seulement s'il a été offert).
    """
    propre = message.get("custom") or {}
    nom = str(message.get("utter_action") or "")
    rendu: dict[str, Any] = {
        "texte": message.get("text") or "",
        "boutons": [{"titre": b["title"], "envoi": b["payload"]} for b in message.get("buttons") or []],
        "documents": [{cle: str(d.get(cle, "")) for cle in _DOCUMENT} for d in propre.get("documents") or []],
        "reponse": nom,
        "sources": sources((message.get("metadata") or {}).get("faits") or contenus_en_place().faits(nom)),
    }
    etape = propre.get("etape")
    if etape:
        rendu["etape"] = {"numero": int(etape["numero"]), "total": int(etape["total"])}
        # Le volet la montre : la phrase qui l'annonce dans les autres canaux se lirait deux fois.
        annonce = contenus_en_place().variante("utter_etape")["text"].format(**rendu["etape"])
        rendu["texte"] = rendu["texte"].removeprefix(f"{annonce}\n")
    return rendu


def sources(identifiants: Iterable[str]) -> list[dict[str, str]]:
    """Sources des faits affirmés : ``titre``, ``lien``, ``verifie_le`` (AAAA-MM-JJ), sans doublon."""
    faits = [droit_en_place().faits[i] for i in identifiants if i in droit_en_place().faits]
    vues = {
        (fait.source or fait.porte.nom, fait.lien): fait.verifie_le.isoformat()
        for fait in faits
        if fait.confiance in ("sur", "probable")
    }
    return [{"titre": titre, "lien": lien, "verifie_le": jour} for (titre, lien), jour in vues.items()]
