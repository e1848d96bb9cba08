"""Statut, contrat, priorité et ancienneté : ce que la personne dit de son travail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from actions.comprehension import priorite
from actions.comprehension.durees import lire_duree
from actions.comprehension.ecriture import mots
from actions.comprehension.modele import Carnet
from actions.comprehension.propositions import Proposition
from actions.comprehension.vocabulaire import Terme, Vocabulaire
from actions.comprehension.zones import Zone

_POIDS = {"situation": 3, "allocation": 3, "possession": 3, "employeur": 2, "bref": 2, "metier": 1, "generique": 0}
_PERSONNES = ("metier", "situation", "generique", "contrat_public")
# Selon le verbe, ce qu'un terme peut dire : « j'ai un CDI », mais pas « j'ai un prof ».
_PERMIS = {
    "avoir": ("contrat", "possession", "prioritaire", "allocation", "contrat_public", "ambigu"),
    "possede": ("contrat", "possession", "prioritaire", "situation", "ambigu", "reclassement"),
    "presente": ("contrat", "contrat_public", "situation", "metier", "neutre", "generique", "ambigu"),
    "touche": ("allocation", "prioritaire"),
    "seul": (*_PERSONNES, "employeur", "contrat", "prioritaire", "allocation", "reclassement", "ambigu", "neutre"),
}
# Mots trop courants pour compter hors d'une réponse ou d'un verbe qui les appelle : « chômage », « police », « état ».
_RESERVES = ("allocation", "bref")
_DE = ("d", "de", "des", "du")
_POSSESSIFS = ("mon", "ma", "mes", "son", "sa", "leur")
# Avant un employeur, ce qui dit que l'on y travaille.
_SITUENT = ("metier", "neutre", "situation", "generique", "contrat", "contrat_public", "dirigeant", "ambigu")
_EN_POSTE = re.compile(r"^ (?:\w+ )?(?:chez|dans)\b|.*\bdepuis\b")
_NEGATIONS = frozenset(["pas", "ni", "jamais", "aucun", "plus", "sans"])
# Intérimaire inscrit à France Travail, entre deux missions : aujourd'hui, il cherche un emploi.
_ENTRE_DEUX = {"salarie_prive", "demandeur_emploi"}
_SANS_MISSION = re.compile(r"\b(?:sans|pas de|plus de|entre (?:deux|2)) missions?\b")
# En disponibilité, le statut d'agent ne vaut pas aujourd'hui (fait pub.disponibilite).
_DISPONIBILITE = re.compile(r"\ben (?:dispo\b|disponibilite)")
_RETRAITE, _TAUX_PLEIN = "retraite_taux_plein", re.compile(r"\btaux plein\b")
_ANCIENNETE = re.compile(r"anciennete|de service|de maison|de boite|de carriere|depuis|titularis|ca fait|en poste")


@dataclass(frozen=True)
class Indice:
    """Un terme que la personne dit d'elle, dans l'ordre du message."""

    terme: Terme
    texte: str


def lire(propositions: list[Proposition], zones: list[Zone], voc: Vocabulaire, carnet: Carnet) -> None:
    """Note statut, contrat, priorité, reclassement et ancienneté dits dans les zones."""
    for proposition in propositions:
        if proposition.mode == "suppose" and voc.motifs["perte_emploi"].search(proposition.texte):
            carnet.noter("statut", "demandeur_emploi", suppose=True)
    priorite.lire(propositions, bool(zones), carnet)
    y_travaille = any(voc.motifs["sur_place"].search(proposition.texte) for proposition in propositions)
    for mode in ("dit", "suppose"):
        indices = [indice for zone in zones if zone.mode == mode for indice in _indices(zone, voc, y_travaille)]
        _conclure(indices, mode == "suppose", carnet)


def _indices(zone: Zone, voc: Vocabulaire, y_travaille: bool = False) -> Iterator[Indice]:
    """Termes d'une zone qui parlent de la personne : arrêt au premier mot qui change de sujet."""
    jetons, i, inconnus, nie = mots(zone.texte), 0, 0, zone.nie
    natures: list[str] = []
    while i < len(jetons):
        ici = voc.termes.a(jetons, i)
        if ici and not (ici[0] < len(jetons) and jetons[ici[0]] in ici[1].sauf_devant):
            terme: Terme = ici[1]
            passe = not y_travaille and _de_passage(terme, natures, zone)
            if passe or _d_un_autre(terme, jetons, i, bool(natures) or inconnus > 0, zone):
                return
            natures.append(terme.nature)
            if not nie and _admis(terme, natures, jetons, zone):
                yield Indice(terme, zone.texte)
            i, inconnus = ici[0], 0
            continue
        jeton = jetons[i]
        if voc.listes["changement_de_sujet"].a(jetons, i) or voc.listes["proches"].a(jetons, i):
            return
        if jeton == "avec" and zone.verbe == "etre":
            return
        if jeton in _NEGATIONS and not _sans_objet(jetons, i):
            nie = True
        elif not voc.listes["remplissage"].a(jetons, i) and not jeton.isdigit():
            inconnus += 1
            if inconnus > (2 if zone.verbe in ("avoir", "possede", "touche") else 4):
                return
        i += 1


def _sans_objet(jetons: list[str], i: int) -> bool:
    """« En plus », « intérimaire sans mission » : ces négations-là ne nient pas la suite."""
    suivant = jetons[i + 1] if i + 1 < len(jetons) else ""
    en_plus = jetons[i] == "plus" and i > 0 and jetons[i - 1] in ("en", "de")
    return en_plus or (jetons[i] == "sans" and suivant in ("mission", "missions", "contrat"))


def _d_un_autre(terme: Terme, jetons: list[str], i: int, precede: bool, zone: Zone) -> bool:
    """« fan de mon prof », « une équipe de fonctionnaires » : la personne nommée n'est pas celle qui parle."""
    if terme.nature not in _PERSONNES or i == 0 or zone.verbe == "travail":
        return False
    return jetons[i - 1] in _POSSESSIFS or (precede and jetons[i - 1] in _DE)


def _de_passage(terme: Terme, natures: list[str], zone: Zone) -> bool:
    """« je suis à l'hôpital » peut être d'un patient ; « infirmière à l'hôpital », « chez Leclerc » non."""
    situe = any(nature in _SITUENT for nature in natures)
    return terme.nature == "employeur" and zone.verbe == "etre" and not situe and not _EN_POSTE.match(zone.texte)


def _admis(terme: Terme, natures: list[str], jetons: list[str], zone: Zone) -> bool:
    permis = _PERMIS.get(zone.verbe)
    if terme.nature in _RESERVES and not permis and zone.verbe != "reponse":
        return False
    if permis is None:
        return True
    en_poste = terme.nature == "employeur" and ("anciennete" in jetons or any(n in permis for n in natures[:-1]))
    return terme.nature in permis or en_poste


def _conclure(indices: list[Indice], suppose: bool, carnet: Carnet) -> None:
    """Met d'accord les indices : la situation passe avant l'employeur, l'employeur avant le métier."""
    if any(_DISPONIBILITE.search(indice.texte) for indice in indices):  # le CDI, lui, est celui d'aujourd'hui
        indices = [indice for indice in indices if not priorite.au_public(indice.terme)]
    for indice in indices:
        for champ in ("agent_prioritaire", "conge_reclassement"):
            if champ in indice.terme.faits:
                priorite.noter(champ, suppose, carnet)
    statut, public, termes = _statut(indices, carnet)
    if statut:
        carnet.noter("statut", statut, suppose, _approximation(termes, statut))
    elif public:
        carnet.noter("agent_public", True, suppose)
    contrats = [str(i.terme.faits["contrat"]) for i in indices if "contrat" in i.terme.faits]
    au_public = (public and not statut) or (statut or "").startswith("agent_")
    for contrat in contrats:
        if contrat == "contrat_ambigu":
            carnet.refuser("contrat", contrat)
        elif au_public and contrat in ("cdd", "cdi"):
            carnet.noter("contrat", "contractuel", suppose)
        else:
            carnet.noter("contrat", contrat, suppose)
    _anciennete(indices, statut, suppose, carnet)


def _statut(indices: list[Indice], carnet: Carnet) -> tuple[str | None, bool, list[Terme]]:
    """Rend (statut, agent public de versant inconnu, termes) ; note ``statut_ambigu`` s'ils se contredisent."""
    termes = [i.terme for i in indices]
    public = any(t.faits.get("agent_public") or t.nature == "contrat_public" for t in termes)
    dit_public = any(
        (t.faits.get("agent_public") and t.nature != "employeur") or t.nature == "contrat_public" for t in termes
    )
    if any(t.faits.get("contrat") == "apprentissage" for t in termes) and (
        public or any(str(t.faits.get("statut", "")).startswith("agent_") for t in termes)
    ):
        return None, False, termes
    dirige = any(t.nature in ("dirigeant", "mixte") for t in termes)
    for poids in (3, 2, 1, 0):
        ici = [
            t for t in termes if _POIDS.get(t.nature) == poids and ("statut" in t.faits or "agent_public" in t.faits)
        ]
        statuts = list(dict.fromkeys(str(t.faits["statut"]) for t in ici if "statut" in t.faits))
        if dit_public and poids < 3:
            statuts = [s for s in statuts if s.startswith("agent_")] + [t.si_public for t in ici if t.si_public]
        if set(statuts) == _ENTRE_DEUX and any(_SANS_MISSION.search(i.texte) for i in indices):
            statuts = ["demandeur_emploi"]
        if _RETRAITE in statuts and any(_TAUX_PLEIN.search(i.texte) for i in indices):
            statuts = [_RETRAITE]  # le cumul ne rouvre pas le CPF : la retraite à taux plein l'emporte
        if len(statuts) > 1 and carnet.corrige:
            statuts = statuts[-1:]
        if len(set(statuts)) > 1 or (
            statuts == ["salarie_prive"] and poids == 2 and any("agent_public" in t.faits for t in ici)
        ):
            carnet.refuser("statut", "statut_ambigu")
            return None, False, termes
        if dirige and poids < 3:
            # Une gérante peut être salariée ou indépendante ; un agent de La Poste, de droit privé ou public.
            carnet.refuser("statut", "statut_ambigu")
            return None, False, termes
        if statuts:
            if statuts[0] == "independant" and _aussi_salarie(termes):
                return "salarie_prive", False, termes
            if poids == 3 and statuts[0] == "salarie_prive" and _metier_public(termes):
                carnet.refuser("statut", "statut_ambigu")
                return None, False, termes
            return statuts[0], public, termes
        if poids == 2 and any("agent_public" in t.faits for t in ici):
            return None, True, termes
    return None, public, termes


def _aussi_salarie(termes: list[Terme]) -> bool:
    """« Salarié à mi-temps, et une micro-entreprise » : un seul CPF, et un employeur dont il faut tenir compte."""
    return any(t.nature == "generique" and t.faits.get("statut") == "salarie_prive" for t in termes)


def _metier_public(termes: list[Terme]) -> bool:
    """Un enseignant « du privé » peut être agent public : on ne tranche pas."""
    return any(t.nature == "metier" and str(t.faits.get("statut", "")).startswith("agent_") for t in termes)


def _approximation(termes: list[Terme], statut: str) -> str | None:
    codes = [t.approximations["statut"] for t in termes if t.faits.get("statut") == statut and t.approximations]
    surs = [t for t in termes if t.faits.get("statut") == statut and not t.approximations]
    return codes[0] if codes and not surs else None


def _anciennete(indices: list[Indice], statut: str | None, suppose: bool, carnet: Carnet) -> None:
    """Services à l'hôpital, seulement si la durée est dite avec lui : « à l'hôpital depuis 12 ans »."""
    for indice in indices:
        hospitalier = indice.terme.si_public == "agent_fph" or indice.terme.faits.get("statut") == "agent_fph"
        duree = (
            lire_duree(indice.texte, plus_longue=False) if hospitalier and _ANCIENNETE.search(indice.texte) else None
        )
        if duree and not re.search(r"arr?et", indice.texte) and statut in (None, "agent_fph"):
            carnet.noter("services_effectifs_mois", int(duree.mois), suppose, "duree_dite")
            return
