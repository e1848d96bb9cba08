"""Quelle question poser : celle dont la réponse peut le plus changer le verdict, et aucune autre."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from math import log2
from typing import Any

from actions.droit import Droit
from actions.eligibilite import Verdict, evaluer
from actions.eligibilite.dates import anniversaire
from actions.parcours.faits import Faits, situation_de
from actions.parcours.fin_arret import en_arret_au_bilan

# Réponses types de chaque question et leur fréquence supposée : seul l'ordre des questions en dépend.
_PRIVE = ("salarie_prive",)
_PUBLICS = ("agent_fpe", "agent_fpt", "agent_fph")
_REPONSES: dict[str, tuple[tuple[Faits, float], ...]] = {
    "statut": (
        ({"statut": "salarie_prive"}, 0.60),
        ({"statut": "agent_fpe"}, 0.06),
        ({"statut": "agent_fpt"}, 0.07),
        ({"statut": "agent_fph"}, 0.07),
        ({"statut": "independant"}, 0.06),
        ({"statut": "demandeur_emploi"}, 0.10),
        ({"statut": "retraite_taux_plein"}, 0.02),
        ({"statut": "etudiant_sans_activite"}, 0.02),
    ),
    "arret": (({"arret": "aucun"}, 0.50), ({"arret": "maladie"}, 0.38), ({"arret": "at_mp"}, 0.12)),
    "accord_caisse": (({"accord_caisse": True}, 0.3), ({"accord_caisse": False}, 0.7)),
    "initiative": (
        ({"initiative": "salarie"}, 0.75),
        ({"initiative": "employeur"}, 0.20),
        ({"initiative": "reclassement"}, 0.05),
    ),
    "solde_cpf": (({"solde_cpf": 0}, 0.1), ({"solde_cpf": 1}, 0.9)),
    "abondement_c2p_ou_atmp": (
        ({"abondement_c2p_ou_atmp": True}, 0.1),
        ({"abondement_c2p_ou_atmp": False}, 0.9),
    ),
    "contrat": (({"contrat": "titulaire"}, 0.7), ({"contrat": "contractuel"}, 0.3)),
    "agent_prioritaire": (({"agent_prioritaire": False}, 0.8), ({"agent_prioritaire": True}, 0.2)),
    "services_effectifs_mois": (({"services_effectifs_mois": 0}, 0.1), ({"services_effectifs_mois": 999}, 0.9)),
}
_COMPTE, _NE_COMPTE_PAS = {"dernier_bilan_financeur": "cpf"}, {"dernier_bilan_financeur": "employeur"}


def evaluer_faits(faits: Faits, jour: date, droit: Droit) -> Verdict:
    """Verdict du cœur pour des faits retenus."""
    return evaluer(situation_de(faits, jour), droit)


def prochaine(faits: Faits, inconnus: Collection[str], jour: date, droit: Droit) -> str | None:
    """Question à poser, ou ``None`` quand plus aucune réponse ne changerait le verdict.

    Args:
        faits: ce qui est connu, par champ.
        inconnus: champs que la personne a dit ne pas savoir ; on ne les redemande pas.
    """
    utiles = restantes(faits, inconnus, jour, droit)
    return max(utiles, key=lambda question: utiles[question]) if utiles else None


def restantes(faits: Faits, inconnus: Collection[str], jour: date, droit: Droit) -> dict[str, float]:
    """Information apportée par chaque question encore utile, en bits ; à égalité, l'ordre du dictionnaire décide.

    Rien n'est retenu d'un calcul à l'autre (une demi-milliseconde) : des faits survivraient à l'effacement.
    """
    gains = {}
    for question, reponses in _questions_possibles(faits, inconnus, jour):
        gain = _entropie(
            (_empreinte(evaluer_faits({**faits, **reponse}, jour, droit)), poids) for reponse, poids in reponses
        )
        if gain > 0 or question == "statut":
            gains[question] = gain  # Le statut ouvre toutes les autres questions, même quand il ne tranche rien seul.
    return gains


def _questions_possibles(
    faits: Faits, inconnus: Collection[str], jour: date
) -> Iterator[tuple[str, tuple[tuple[Faits, float], ...]]]:
    """Questions qui ont un sens pour cette personne et dont on n'a pas la réponse."""
    if faits.get("statut") is None and "statut" not in inconnus:
        publics = tuple((r, p) for r, p in _REPONSES["statut"] if r["statut"] in _PUBLICS)
        yield "statut", publics if faits.get("agent_public") else _REPONSES["statut"]
        return  # Tout dépend du statut : le reste vient après.
    yield from ((question, reponses) for question, reponses in _questions_de(faits, jour) if question not in inconnus)


def _questions_de(faits: Faits, jour: date) -> Iterator[tuple[str, tuple[tuple[Faits, float], ...]]]:
    statut, public = faits.get("statut"), faits.get("statut") in _PUBLICS
    en_arret = en_arret_au_bilan(faits)
    conditions = {
        "arret": True,
        "initiative": statut in _PRIVE,
        "contrat": public and en_arret,
        # Un titulaire relève d'un avis médical : l'accord de la caisse ne le concerne pas.
        "accord_caisse": en_arret and (not public or faits.get("contrat") == "contractuel"),
        "agent_prioritaire": public,
        "services_effectifs_mois": statut == "agent_fph",
        "solde_cpf": not public,
        "abondement_c2p_ou_atmp": faits.get("solde_cpf") == 0,
    }
    for question, utile in conditions.items():
        if utile and faits.get(question) is None:
            yield question, _REPONSES[question]
    yield from _sur_le_dernier_bilan(faits, jour)


def _sur_le_dernier_bilan(faits: Faits, jour: date) -> Iterator[tuple[str, tuple[tuple[Faits, float], ...]]]:
    """A-t-il eu lieu, quand s'il le faut, payé par qui s'il est récent."""
    dit = faits.get("dernier_bilan")
    recent, ancien = ({"dernier_bilan_date": anniversaire(jour, -ans).isoformat()} for ans in (1, 10))
    entre_les_deux = {"dernier_bilan_date": anniversaire(jour, -4).isoformat()}
    payeur = {} if faits.get("dernier_bilan_financeur") else _COMPTE
    if dit is None:
        yield "dernier_bilan", (({"dernier_bilan": "aucun"}, 0.85), ({"dernier_bilan": "recent", **payeur}, 0.15))
    elif dit in ("oui", "recent") and faits.get("dernier_bilan_date") is None:
        anciens = (({**ancien, **payeur}, 0.4),) if dit == "oui" else ()
        yield "dernier_bilan_date", (*anciens, ({**entre_les_deux, **payeur}, 0.3), ({**recent, **payeur}, 0.3))
    if dit in ("oui", "recent") and faits.get("dernier_bilan_financeur") is None:
        yield "dernier_bilan_financeur", ((_COMPTE, 0.6), (_NE_COMPTE_PAS, 0.4))


def _empreinte(verdict: Verdict) -> tuple[Any, ...]:
    """Ce que la personne verrait changer."""
    return tuple((v.chemin, v.statut, v.motifs, v.employeur_informe, v.remuneration) for v in verdict.chemins)


def _entropie(issues: Iterator[tuple[Any, float]]) -> float:
    poids: dict[Any, float] = defaultdict(float)
    for issue, masse in issues:
        poids[issue] += masse
    if len(poids) < 2:
        return 0.0
    total = sum(poids.values())
    return -sum(p / total * log2(p / total) for p in poids.values())
