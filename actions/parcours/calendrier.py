"""Le calendrier : les démarches à rebours d'un début souhaité, chaque date avec sa règle."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from actions.calendrier import Etape, premiere_date_tenable, retroplanning, textes
from actions.contenus import Contenus
from actions.droit import Droit, ecriture
from actions.eligibilite import Situation
from actions.entreprise import entreprise_en_place
from actions.parcours.faits import Faits, situation_de
from actions.parcours.messages import Message

# Moment choisi -> voie du calendrier ; sinon, celle que la situation impose.
_VOIES = {"temps_travail": "cpf_temps_travail", "hors_temps": "cpf_hors_temps"}


def presenter(faits: Faits, jour: date, droit: Droit, contenus: Contenus) -> list[Message]:
    """Rend le calendrier et son fichier de rappels ; une date trop proche devient la première tenable."""
    droit = entreprise_en_place().appliquer(droit, jour)
    situation, voie = situation_de(faits, jour), _voie(faits, jour)
    voulu = situation.date_debut
    tenable = voulu is not None and all(e.tenable for e in retroplanning(situation, jour, droit, chemin=voie))
    debut = voulu if tenable else premiere_date_tenable(situation, jour, droit, chemin=voie)
    if debut is None:
        return [Message("utter_calendrier_impossible")]
    situation = replace(situation, date_debut=debut)
    gabarits = contenus.metadonnees("utter_calendrier")
    intro = "voulue" if tenable else "trop_proche" if voulu else "au_plus_tot"
    mots = {"debut": ecriture.jour(debut), "voulu": ecriture.jour(voulu) if voulu else ""}
    lignes = [_ligne(etape, jour, droit, gabarits) for etape in retroplanning(situation, jour, droit, chemin=voie)]
    document = {"genre": "calendrier", "nom": "calendrier", "format": "ics", "titre": textes()["ics"]["fichier"]}
    document["faits"] = {"situation": en_contrat(situation), **({"chemin": voie} if voie else {})}
    return [
        Message(
            "utter_calendrier",
            {"intro": gabarits[intro].format(**mots), "lignes": "\n".join(lignes)},
            documents=(document,),
        )
    ]


def _voie(faits: Faits, jour: date) -> str | None:
    situation = situation_de(faits, jour)
    prive = situation.statut in (None, "salarie_prive") and not situation.en_arret
    return _VOIES.get(str(faits.get("moment"))) if prive else None


def _ligne(etape: Etape, jour: date, droit: Droit, gabarits: Any) -> str:
    fait = droit.faits[etape.fait]
    source = (fait.source or fait.porte.nom).split(" ; ")[0].split(" (")[0]
    origine = gabarits[f"origine_{etape.origine}"].format(source=source)
    fiche = textes()["etapes"][etape.code]
    ligne = gabarits["ligne"].format(date=ecriture.jour(etape.date), titre=fiche["titre"], origine=origine)
    return f"{ligne} {droit.remplir(fiche.get('reserve', ''), jour)}".rstrip()


def en_contrat(situation: Situation) -> dict[str, Any]:
    """Situation en JSON du contrat, réduite à ce qui fixe des dates (rien d'autre ne voyage dans le lien)."""
    champs = {
        "date_evaluation": situation.date_evaluation.isoformat(),
        "statut": situation.statut,
        "contrat": situation.contrat,
        "arret": situation.arret,
        "accord_caisse": situation.accord_caisse,
        "date_debut": situation.date_debut.isoformat() if situation.date_debut else None,
        "duree_mois": float(situation.duree_mois) if situation.duree_mois is not None else None,
    }
    return {champ: valeur for champ, valeur in champs.items() if valeur is not None}
