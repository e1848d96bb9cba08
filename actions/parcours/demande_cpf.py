"""La demande CPF : des étapes ordonnées, l'identité d'abord, que l'on coche une à une."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from actions.calendrier import Jours
from actions.contenus import Contenus
from actions.droit import Droit, ecriture
from actions.eligibilite import Chemin
from actions.eligibilite.dates import nombre_applicable
from actions.parcours.comparateur import raisons
from actions.parcours.faits import Faits, est_public, situation_de
from actions.parcours.messages import Message, libelles
from actions.parcours.questionnaire import evaluer_faits

_BOUTONS = "utter_cpf_boutons"


def etapes(faits: Faits, jour: date, faites: Collection[str] = ()) -> list[str]:
    """Codes des étapes : les faites d'abord, puis celles à faire, dans l'ordre.

    Une étape cochée reste, même si elle n'est plus à faire ; celle qui s'ajoute vient après : le rang ne recule pas.
    """
    situation = situation_de(faits, jour)
    absence = (faits.get("moment") == "temps_travail" and not situation.en_arret) or "absence" in faites
    codes = [
        *(["accord_arret"] if situation.en_arret or "accord_arret" in faites else []),
        *("identite", "solde", "comparer"),
        *(["absence"] if absence else []),
        *("demande", "validation"),
    ]
    cochees = deja_faites(faits, faites)
    return sorted(codes, key=lambda code: code not in cochees)


def deja_faites(faits: Faits, faites: Collection[str]) -> list[str]:
    """Étapes cochées, et l'accord de la caisse s'il est obtenu."""
    return list(dict.fromkeys([*faites, *(["accord_arret"] if faits.get("accord_caisse") else [])]))


def presenter(faits: Faits, faites: Collection[str], jour: date, droit: Droit, contenus: Contenus) -> list[Message]:
    """Rend la liste des étapes, l'alerte sur les arnaques, puis l'étape en cours ; ou pourquoi le CPF est fermé."""
    if est_public(faits):
        return [Message("utter_cpf_public")]
    voie = _voie(faits, jour, droit)
    if voie.ferme:
        return [Message("utter_cpf_ferme", {"raisons": raisons(voie, jour, droit)})]
    gabarits, cochees = contenus.metadonnees("utter_cpf_depart"), deja_faites(faits, faites)
    lignes = [
        gabarits["ligne_faite" if code in cochees else "ligne"].format(rang=rang, titre=titre(code, contenus))
        for rang, code in enumerate(etapes(faits, jour, faites), start=1)
    ]
    nombre = libelles()["nombre_etapes"].format(nombre=len(lignes))
    debut = droit.remplir(gabarits[_depart(faits, jour)], jour, {"debut_possible": debut_possible(jour, droit)})
    mots = {"lignes": "\n".join(lignes), "nombre_etapes": nombre, "debut": debut}
    # Qui reprend a déjà lu l'alerte sur les arnaques.
    alerte = [] if faites else [Message("utter_cpf_arnaque")]
    return [Message("utter_cpf_depart", mots), *alerte, *etape_en_cours(faits, faites, jour, droit)]


def etape_en_cours(faits: Faits, faites: Collection[str], jour: date, droit: Droit) -> list[Message]:
    """Rend la première étape non cochée, ou la fin."""
    codes, cochees = etapes(faits, jour, faites), deja_faites(faits, faites)
    rang, code = next(((rang, code) for rang, code in enumerate(codes, start=1) if code not in cochees), (0, None))
    if code is None:
        return [Message("utter_cpf_fin")]
    mots = {"rang": rang, "total": len(codes), "debut_possible": debut_possible(jour, droit)}
    return [Message(f"utter_cpf_etape_{code}", mots, boutons_de=_BOUTONS)]


def a_faire(faits: Faits, faites: Collection[str], jour: date, droit: Droit) -> list[str]:
    """Codes des étapes à faire, celle en cours d'abord ; vide si tout est coché ou si cette voie n'est pas ouverte."""
    if est_public(faits) or _voie(faits, jour, droit).ferme:
        return []
    return [code for code in etapes(faits, jour, faites) if code not in deja_faites(faits, faites)]


def debut_possible(jour: date, droit: Droit) -> str:
    """Premier début possible si la demande part aujourd'hui (mcf.delai_11_jours), en toutes lettres."""
    return ecriture.jour(Jours().decaler_ouvres(jour, nombre_applicable(droit, "mcf_delai_avant_debut", jour)))


def titre(code: str, contenus: Contenus) -> str:
    """Nom court d'une étape."""
    return str(contenus.metadonnees(f"utter_cpf_etape_{code}")["etape"])


def _depart(faits: Faits, jour: date) -> str:
    """Ce qui fixe la première date : l'accord pendant un arrêt, l'absence sur les heures, sinon le site seul."""
    situation = situation_de(faits, jour)
    if situation.en_arret:
        return "depart" if situation.accord_caisse else "sous_accord"
    return "avec_absence" if faits.get("moment") == "temps_travail" else "depart"


def _voie(faits: Faits, jour: date, droit: Droit) -> Chemin:
    chemins = evaluer_faits(faits, jour, droit).chemins
    return next(chemin for chemin in chemins if chemin.chemin == "cpf_hors_temps")
