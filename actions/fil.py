"""Ce que les actions lisent du fil de la conversation : étiquette demandée, dernier sujet, derniers messages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rasa_sdk import Tracker

from actions.comprehension import est_une_question
from actions.contenus import contenus_en_place
from actions.parcours import ecartes
from actions.precisions import cas_de

# « Pas un calcul. J'ai le droit, oui ou non ? » : ce qui est refusé n'est pas demandé.
_REFUSEES = {
    "simuler_cout": re.compile(r"\bpas (?:de |du |un |le )?calcul", re.I),
    "planifier": re.compile(r"\bpas (?:de |un |le |du )?calendrier", re.I),
    "rediger_lettre": re.compile(r"\bpas (?:de |une |la |du |un |le )?(?:lettre|courrier)", re.I),
}

# Réponses qui traitent un sujet sans porter son nom : ce qui suit s'y rattache.
_DISENT_UN_SUJET = ("utter_idee_recue/", "utter_cas_", "utter_refaire_")
_SECONDE, _SE_PROLONGENT = "utter_seconde_question", ("utter_delai_", "utter_refaire_")


def entite(tracker: Tracker, nom: str) -> str | None:
    """Valeur d'une entité du dernier message (celles que portent les boutons)."""
    return next((str(valeur) for valeur in tracker.get_latest_entity_values(nom)), None)


def etiquette_demandee(tracker: Tracker) -> str | None:
    """Étiquette complète du dernier message : « faq/duree » d'un bouton, ou celle qu'a décidée le classement."""
    intention = tracker.latest_message.get("intent") or {}
    sujet = entite(tracker, "sujet")
    if sujet:
        return f"{intention.get('name')}/{sujet}"
    etiquette = intention.get("etiquette")
    return str(etiquette) if etiquette else None


def seconde_etiquette(tracker: Tracker) -> str | None:
    """Étiquette de la seconde question du message, s'il en pose deux."""
    seconde = (tracker.latest_message.get("intent") or {}).get("seconde")
    refusee = _REFUSEES.get(str(seconde))
    return None if refusee and refusee.search(str(tracker.latest_message.get("text") or "")) else seconde


def suites_possibles(tracker: Tracker) -> list[str]:
    """Étiquettes des autres sens assez probables du message, à offrir après la réponse."""
    return list((tracker.latest_message.get("intent") or {}).get("suites") or [])


def propositions(tracker: Tracker) -> list[str]:
    """Étiquettes entre lesquelles le classement hésite pour le dernier message."""
    return list((tracker.latest_message.get("intent") or {}).get("propositions") or [])


def reponses_dites(tracker: Tracker, avant_ce_message: bool = True) -> Iterator[dict[str, Any]]:
    """Événements ``bot`` du plus récent au plus ancien (``metadata.utter_action``, ``data.buttons``)."""
    passe_le_message = not avant_ce_message
    for evenement in reversed(tracker.events):
        if evenement.get("event") == "user":
            passe_le_message = True
        elif evenement.get("event") == "bot" and passe_le_message:
            yield evenement


def nom_de_reponse(evenement: Mapping[str, Any]) -> str | None:
    """Nom de la réponse qui a produit un message de l'assistant."""
    nom = (evenement.get("metadata") or {}).get("utter_action")
    return str(nom) if nom else None


def derniere_reponse(tracker: Tracker) -> str | None:
    """Nom de la dernière réponse dite avant ce message."""
    return reponse_a_suivre([nom for nom in map(nom_de_reponse, reponses_dites(tracker)) if nom])


def reponse_a_suivre(recentes: Sequence[str]) -> str | None:
    """La réponse que prolonge un message : la dernière, ou celle d'une date que suit juste une seconde réponse.

    Args:
        recentes: noms des réponses dites, la plus récente d'abord.
    """
    noms = [nom for nom in recentes if nom != "utter_suite"]
    if len(noms) > 2 and noms[1] == _SECONDE and noms[2].startswith(_SE_PROLONGENT):
        return noms[2]
    return next(iter(noms), None)


def suite_en_attente(tracker: Tracker) -> tuple[list[str], list[dict[str, str]]]:
    """Ce que le tour précédent n'a pas encore dit, et les boutons à montrer quand tout sera dit."""
    tour = list(_tour_precedent(tracker))
    reste = [partie for evenement in tour for partie in _donnee(evenement, "suite")]
    boutons = next(([*_donnee(e, "ensuite"), *(e["data"].get("buttons") or [])] for e in reversed(tour)), [])
    la_suite = contenus_en_place().variante("utter_boutons_suite")["buttons"]
    return reste, [bouton for bouton in boutons if bouton not in la_suite]


def _tour_precedent(tracker: Tracker) -> list[dict[str, Any]]:
    """Messages de l'assistant entre l'avant-dernier message de la personne et le dernier, dans l'ordre."""
    tours: list[list[dict[str, Any]]] = [[]]
    for evenement in reversed(tracker.events):
        if evenement.get("event") == "user":
            tours.append([])
        elif evenement.get("event") == "bot":
            tours[-1].insert(0, evenement)
        if len(tours) > 2:
            break
    return tours[1] if len(tours) > 1 else []


def noms_du_tour_precedent(tracker: Tracker) -> list[str]:
    """Noms des réponses que l'assistant a dites au tour précédent."""
    return [nom for nom in map(nom_de_reponse, _tour_precedent(tracker)) if nom]


def derniers_tours(recents: Iterable[Mapping[str, Any]], nombre: int) -> list[list[str]]:
    """Noms des réponses des derniers tours avant ce message, le plus récent d'abord.

    Args:
        recents: événements du plus récent au plus ancien ; seuls les derniers sont lus.
        nombre: tours voulus.
    """
    tours: list[list[str]] = []
    for evenement in recents:
        if evenement.get("event") == "user":
            tours.append([])
            if len(tours) > nombre + 1:
                break
        elif evenement.get("event") == "bot" and tours:
            tours[-1].insert(0, nom_de_reponse(evenement) or "")
    return tours[:nombre]


def _donnee(evenement: dict[str, Any], nom: str) -> list[Any]:
    return list((evenement.get("metadata") or {}).get(nom) or [])


def redit_sans_question(tracker: Tracker) -> bool:
    """Vrai si un message qui ne demande rien se classe comme le précédent : lui redire la même chose n'aide pas."""
    recus = [e for e in reversed(tracker.events) if e.get("event") == "user"][:2]
    etiquettes = {((e.get("parse_data") or {}).get("intent") or {}).get("etiquette") for e in recus}
    seule = len(recus) == 2 and len(etiquettes) == 1 and None not in etiquettes
    texte = str(tracker.latest_message.get("text") or "")
    # Un bouton, un danger ou un acte (« parler à quelqu'un ») redit se répond toujours.
    savoir = (tracker.latest_message.get("intent") or {}).get("name") in ("faq", "idee_recue", "hors_sujet")
    return seule and savoir and not texte.startswith("/") and not est_une_question(texte)


def ecarte_d_une_lettre(tracker: Tracker, parcours: str | None = None) -> str | None:
    """Réponse qui dit, une fois, ce qu'une lettre en cours ne reprend pas du dernier message."""
    texte = str(tracker.latest_message.get("text") or "")
    if (parcours or tracker.get_slot("parcours")) != "rediger_lettre" or texte.startswith("/"):
        return None
    nom = ecartes.reponse(texte, contenus_en_place().metadonnees(ecartes.SANTE)["admis"])
    return nom if nom and not deja_dit(tracker, nom) else None


def deja_dit(tracker: Tracker, nom: str) -> bool:
    """Vrai si l'assistant a déjà dit cette réponse avant ce message."""
    return any(nom_de_reponse(evenement) == nom for evenement in reponses_dites(tracker))


def sujet_de_reponse(nom: str | None) -> str | None:
    """Sujet de connaissance que traite une réponse, détail et version simple compris."""
    nom = nom or ""
    if nom.startswith(("utter_detail_", "utter_simple_")):
        return nom.split("_", 2)[2]
    if nom.startswith("utter_faq/"):
        return nom.split("/")[1]
    if nom.startswith(_DISENT_UN_SUJET):
        return next(iter(contenus_en_place().sujets(nom)), None)
    return None


def dernier_sujet(tracker: Tracker) -> str | None:
    """Dernier sujet de connaissance traité avant ce message."""
    sujets = (sujet_de_reponse(nom_de_reponse(evenement)) for evenement in reponses_dites(tracker))
    return next(filter(None, sujets), None)


def sujets_juste_avant(tracker: Tracker) -> list[str]:
    """Sujets de connaissance que le tour précédent a traités, dans l'ordre."""
    return list(filter(None, (sujet_de_reponse(nom_de_reponse(e)) for e in _tour_precedent(tracker))))


def sujet_juste_avant(tracker: Tracker) -> bool:
    """Vrai si le tour précédent a traité un sujet de connaissance."""
    return bool(sujets_juste_avant(tracker))


def traites_juste_avant(tracker: Tracker) -> set[str]:
    """Sujets et cas traités au tour précédent."""
    return cas_et_sujets([[nom for nom in map(nom_de_reponse, _tour_precedent(tracker)) if nom]])


def cas_et_sujets(tours: Iterable[Iterable[str]]) -> set[str]:
    """Sujets et cas que traitent les réponses de quelques tours."""
    noms = [nom for tour in tours for nom in tour]
    return set(filter(None, [*map(sujet_de_reponse, noms), *map(cas_de, noms)]))


def sujets_traites(tracker: Tracker) -> list[str]:
    """Sujets de connaissance traités dans la conversation, du plus ancien au plus récent, sans doublon."""
    noms = [nom_de_reponse(e) or "" for e in reponses_dites(tracker, avant_ce_message=False)]
    sujets = [
        s
        for nom in reversed(noms)
        if nom.startswith(("utter_faq/", *_DISENT_UN_SUJET))
        for s in (contenus_en_place().sujets(nom) if nom.startswith(_DISENT_UN_SUJET) else [nom.split("/")[1]])
    ]
    return list(dict.fromkeys(sujets))
