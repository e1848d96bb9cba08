"""La demande CPF : des étapes ordonnées, l'identité d'abord, que l'on coche une à une."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from actions.calendrier import Jours
from actions.contenus import Contenus
from actions.droit import Droit, ecriture
from actions.eligibilite.dates import nombre_applicable
from actions.parcours.comparateur import raisons
from actions.parcours.faits import Faits, situation_de
from actions.parcours.messages import Message, libelles
from actions.parcours.questionnaire import evaluer_faits

_BOUTONS = "utter_cpf_boutons"


def etapes(faits: Faits, jour: date) -> list[str]:
    """Codes des étapes à faire, dans l'ordre."""
    situation = situation_de(faits, jour)
    accord = ["accord_arret"] if situation.en_arret and not situation.accord_caisse else []
    absence = ["absence"] if faits.get("moment") == "temps_travail" and not situation.en_arret else []
    return [*accord, "identite", "solde", "comparer", *absence, "demande", "validation"]


def presenter(faits: Faits, faites: Collection[str], jour: date, droit: Droit, contenus: Contenus) -> list[Message]:
    """Rend la liste des étapes, l'alerte sur les arnaques, puis l'étape en cours ; ou pourquoi le CPF est fermé."""
    situation = situation_de(faits, jour)
    if situation.agent_public or faits.get("agent_public"):
        return [Message("utter_cpf_public")]
    voie = next(chemin for chemin in evaluer_faits(faits, jour, droit).chemins if chemin.chemin == "cpf_hors_temps")
    if voie.ferme:
        return [Message("utter_cpf_ferme", {"raisons": raisons(voie, jour, droit)})]
    gabarits = contenus.metadonnees("utter_cpf_depart")
    lignes = [
        gabarits["ligne_faite" if code in faites else "ligne"].format(rang=rang, titre=_titre(code, contenus))
        for rang, code in enumerate(etapes(faits, jour), start=1)
    ]
    nombre = libelles()["nombre_etapes"].format(nombre=len(lignes))
    mots = {"lignes": "\n".join(lignes), "nombre_etapes": nombre, "debut_possible": debut_possible(jour, droit)}
    return [
        Message("utter_cpf_depart", mots),
        Message("utter_cpf_arnaque"),
        *etape_en_cours(faits, faites, jour, droit),
    ]


def etape_en_cours(faits: Faits, faites: Collection[str], jour: date, droit: Droit) -> list[Message]:
    """Rend la première étape non cochée, ou la fin."""
    codes = etapes(faits, jour)
    for rang, code in enumerate(codes, start=1):
        if code not in faites:
            mots = {"rang": rang, "total": len(codes), "debut_possible": debut_possible(jour, droit)}
            return [Message(f"utter_cpf_etape_{code}", mots, boutons_de=_BOUTONS)]
    return [Message("utter_cpf_fin")]


def debut_possible(jour: date, droit: Droit) -> str:
    """Premier début possible si la demande part aujourd'hui (mcf.delai_11_jours), en toutes lettres."""
    return ecriture.jour(Jours().decaler_ouvres(jour, nombre_applicable(droit, "mcf_delai_avant_debut", jour)))


def _titre(code: str, contenus: Contenus) -> str:
    return str(contenus.metadonnees(f"utter_cpf_etape_{code}")["etape"])
