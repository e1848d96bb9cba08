"""Les lettres : la bonne, remplie de ce que la conversation sait, à copier ou à télécharger."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from actions.contenus import Contenus
from actions.documents.lettres import conseils_sur, rediger
from actions.documents.modeles import modeles_en_place
from actions.documents.texte import en_texte
from actions.droit import Droit
from actions.parcours import precisions_de_lettre, reouverture
from actions.parcours.comparateur import fermeture
from actions.parcours.faits import AU_PLUS_TOT, Faits, est_public
from actions.parcours.fin_arret import en_arret, en_arret_au_bilan, position
from actions.parcours.messages import Message, enumerer
from actions.parcours.questionnaire import evaluer_faits

FORMATS = ("docx", "odt", "txt")
# Champ d'une lettre -> fait de la conversation qui le remplit, quand les noms diffèrent.
_VIENT_DE = {"date_reception": "date_demande", "versant": "statut", "prioritaire": "agent_prioritaire"}
_CAISSE, _ABSENCE, _CONGE, _ANFH = "caisse", "demande_absence", "demande_agent_public", "demande_anfh"
_HORS_HEURES, _HOSPITALIER = "hors_temps", "agent_fph"
SUITE = "suite"
_PUBLIQUE = "_public"
_JOUR = re.compile(r"\d{4}-\d\d-\d\d")
_DEMANDABLES = ("date_debut", "date_reception", "date_demande", "versant")


def questions(nom: str, faits: Faits) -> list[str]:
    """Faits à demander avant d'écrire une lettre : les champs qu'il lui faut et que la conversation sait recueillir."""
    if sans_objet(nom, faits):
        return []
    if modeles_en_place()[nom].destinataire == _CAISSE and est_public(faits):
        if not faits.get("contrat"):
            return ["contrat"]  # un titulaire ne relève pas de la caisse
        if _est_titulaire(faits):
            return []
    champs = modeles_en_place()[nom].champs
    utiles = [_VIENT_DE.get(c, c) for c in _DEMANDABLES if c in champs and (champs[c].obligatoire or champs[c].demande)]
    return [champ for champ in utiles if faits.get(champ) is None]


def presenter(
    nom: str, faits: Faits, jour: date, droit: Droit, contenus: Contenus, volet: str | None = None
) -> list[Message]:
    """Rend l'annonce avec les fichiers, le texte à copier, puis les conseils d'envoi ; ``volet`` : ses précisions."""
    if sans_objet(nom, faits):
        return [Message("utter_faq/hors_temps" if est_public(faits) else "utter_employeur_hors_temps")]
    if modeles_en_place()[nom].destinataire == _CAISSE and _est_titulaire(faits):
        return [Message("utter_lettre_pas_la_caisse"), Message("utter_arret_precaution_public")]
    nom = _pour_qui(nom, faits)
    remplis = {**champs_de(nom, faits), **precisions_de_lettre.relire(volet, modeles_en_place()[nom].champs)}
    lettre = rediger(nom, remplis, jour, droit)
    gabarit = contenus.metadonnees("utter_lettre_conseils")["ligne"]
    documents = tuple(
        {"genre": "lettre", "nom": nom, "format": format_, "faits": remplis, "titre": lettre.fichier}
        for format_ in FORMATS
    )
    manquants = enumerer([m.libelle for m in lettre.manquants])
    conseils = "\n".join(gabarit.format(conseil=conseil) for conseil in lettre.conseils)
    en_arret = est_public(faits) and en_arret_au_bilan(faits)
    return [
        *([Message("utter_arret_precaution_public")] if en_arret else []),
        *([Message("utter_employeur_en_arret")] if nom == _ABSENCE and _pendant_l_arret(faits) else []),
        *_chemin_ferme(nom, faits, jour, droit),
        Message("utter_lettre", {"titre": _en_minuscule(lettre.titre), "manquants": manquants}, documents=documents),
        Message("utter_lettre_texte", {"lettre": en_texte(lettre.page)}),
        Message("utter_lettre_conseils", {"lignes": conseils}),
    ]


def suite(sur: str, nom: str, faits: Faits, volet: str | None, jour: date, droit: Droit) -> tuple[str, ...]:
    """Ce que conseille la lettre déjà donnée de son envoi, de la réponse attendue ou d'un refus."""
    nom = _pour_qui(nom, faits)
    remplis = {**champs_de(nom, faits), **precisions_de_lettre.relire(volet, modeles_en_place()[nom].champs)}
    return conseils_sur(sur, nom, remplis, jour, droit)


def sans_objet(nom: str, faits: Faits) -> bool:
    """Hors des heures de travail, il n'y a ni absence ni congé à demander ; à l'hôpital, c'est l'ANFH qui paie."""
    conge = nom == _CONGE and est_public(faits) and faits.get("statut") not in (None, _HOSPITALIER)
    return faits.get("moment") == _HORS_HEURES and (conge or (nom == _ABSENCE and not est_public(faits)))


def perimee(nom: str | None, faits: Faits, changes: Faits) -> Message | None:
    """Se dire agent public après avoir reçu la lettre à la caisse : un titulaire ne doit pas l'envoyer."""
    dit = {"statut", "agent_public", "contrat"} & set(changes) and est_public({**faits, **changes})
    contractuel = {**faits, **changes}.get("contrat") in ("contractuel", "cdd", "cdi")
    a_la_caisse = nom in modeles_en_place() and modeles_en_place()[str(nom)].destinataire == _CAISSE
    return Message("utter_lettre_pas_la_caisse") if dit and a_la_caisse and not contractuel else None


def _pendant_l_arret(faits: Faits) -> bool:
    """Vrai si le premier rendez-vous tombe avant la fin dite de l'arrêt : il n'y a pas d'heures à libérer."""
    return en_arret(faits) and position(faits) in ("pendant", "a_cheval")


def _est_titulaire(faits: Faits) -> bool:
    return est_public(faits) and faits.get("contrat") == "titulaire"


def _pour_qui(nom: str, faits: Faits) -> str:
    """La même lettre, écrite pour une administration si la personne est agent public et qu'elle existe."""
    if nom == _CONGE and faits.get("statut") == _HOSPITALIER and faits.get("moment") == _HORS_HEURES:
        return _ANFH  # hors de ses heures, la demande ne va pas à l'employeur
    publique = f"{nom}{_PUBLIQUE}"
    return publique if est_public(faits) and publique in modeles_en_place() else nom


def _chemin_ferme(nom: str, faits: Faits, jour: date, droit: Droit) -> list[Message]:
    """La lettre d'un chemin que ses propres réponses ferment : le dire avant de la donner."""
    chemins = evaluer_faits(faits, jour, droit).chemins if nom in reouverture.CHEMIN_DE_LA_LETTRE else ()
    vise = next((c for c in chemins if c.chemin == reouverture.CHEMIN_DE_LA_LETTRE[nom] and c.ferme), None)
    return [Message("utter_lettre_fermee", {"raisons": fermeture(vise, faits, jour, droit)})] if vise else []


def champs_de(nom: str, faits: Faits) -> Mapping[str, Any]:
    """Valeurs des champs d'une lettre que la conversation connaît et que la lettre admet."""
    remplis = {}
    for champ, modele in modeles_en_place()[nom].champs.items():
        valeur = faits.get(_VIENT_DE.get(champ, champ))
        hors_choix = modele.type == "choix" and valeur not in modele.valeurs
        # Un jour ne s'invente pas : ce qui n'en a pas se dit tel quel (« en avril »), ou se complète à la main.
        sans_jour = modele.type == "date" and valeur is not None and not _JOUR.fullmatch(str(valeur))
        if valeur not in (None, AU_PLUS_TOT) and not sans_jour and not hors_choix:
            remplis[champ] = valeur
    return remplis


def _en_minuscule(titre: str) -> str:
    return titre[:1].lower() + titre[1:]
