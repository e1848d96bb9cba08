"""Un message court et peu sûr, juste après une réponse, est lu avec elle : « et ils complètent ? » (pur, sans Rasa)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from actions.contenus import Contenus, contenus_en_place, sujet_d_envoi
from actions.relances import relances_en_place

_MOTS_MAX = 12
_PEU_SUR = 0.5  # au-delà, le message se comprend seul
_REFUS_PEU_SUR = 0.4  # un hors-sujet dit court se confond moins avec une suite
# Un message peu sûr est d'autant plus croyable dans le sujet qui précède, ou dans ceux que ses boutons offrent ; réglé
# sur tests/evaluation/relances.jsonl.
_PRECEDENT, _OFFERT = 40.0, 4.0
_HORS_SUJET, _CONVERSATION = "hors_sujet", "conversation"


def rattacher(texte: str, classement: Iterable[Mapping[str, Any]], precedent: str) -> str | None:
    """Rend l'étiquette où mène un message peu sûr, lu comme la suite du sujet précédent ; ``None`` s'il se lit seul.

    Args:
        texte: message de la personne.
        classement: étiquettes (« name ») et probabilités (« confidence ») du message pris seul.
        precedent: sujet traité juste avant.
    """
    contenus, groupe_de = contenus_en_place(), relances_en_place().groupe_de
    etiquettes: dict[str, str] = {}
    parts: dict[str, float] = defaultdict(float)
    for sens in classement:
        sujet = contenus.sujets_d_etiquette(sens["name"])[0]
        etiquettes.setdefault(sujet, sens["name"])
        parts[sujet] += sens["confidence"]
    if not parts or len(texte.split()) > _MOTS_MAX or max(parts.values()) >= _PEU_SUR:
        return None
    if parts.get(_HORS_SUJET, 0.0) >= _REFUS_PEU_SUR:
        return None
    offerts = _offerts(contenus, precedent)
    poids = {s: p * (_PRECEDENT if s == precedent else _OFFERT if s in offerts else 1) for s, p in parts.items()}
    retenu = max(poids, key=lambda sujet: poids[sujet])
    lu_seul = retenu == max(parts, key=lambda sujet: parts[sujet]) and retenu != precedent and retenu not in offerts
    return None if lu_seul or groupe_de.get(retenu) == _CONVERSATION else etiquettes[retenu]


def _offerts(contenus: Contenus, sujet: str) -> set[str]:
    """Sujets où mènent les boutons de la réponse d'un sujet."""
    nom = f"utter_faq/{sujet}"
    boutons = contenus.variante(nom).get("buttons") or [] if nom in contenus.reponses else []
    return {sujet_d_envoi(bouton["payload"]) for bouton in boutons}
