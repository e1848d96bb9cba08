"""Le calendrier : les démarches à rebours d'un début souhaité, chaque date avec sa règle."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from actions.calendrier import FRANCE, Etape, premiere_date_tenable, retroplanning, textes
from actions.comprehension import periodes
from actions.contenus import Contenus
from actions.droit import Droit, ecriture
from actions.eligibilite import Situation
from actions.eligibilite.chemins import chemins
from actions.eligibilite.dates import nombre_applicable
from actions.entreprise import entreprise_en_place
from actions.parcours import fin_arret
from actions.parcours.faits import Faits, situation_de
from actions.parcours.messages import Message, dire_periode
from actions.parcours.reouverture import fin

# Moment choisi -> voie du calendrier ; sinon, celle que la situation impose.
_ACCORDS = ("accord_caisse", "avis_medical")
# Ce qui engage : l'accord doit être arrivé avant. Se préparer et demander n'engagent à rien.
_ENGAGENT = ("validation_titulaire", "projet_convention", "debut")
_CARENCE = "carence_5_ans"
_VOIES = {"temps_travail": "cpf_temps_travail", "hors_temps": "cpf_hors_temps"}


def presenter(faits: Faits, jour: date, droit: Droit, contenus: Contenus) -> list[Message]:
    """Rend le calendrier et son fichier de rappels ; une date trop proche devient la première tenable.

    Pendant un arrêt sans accord, l'accord est dit d'abord, les dates n'en sont qu'une suite possible, et rien n'est à
    mettre dans un agenda (sante.conditions, pub.bilan_pendant_arret).
    """
    droit = entreprise_en_place().appliquer(droit, jour)
    situation, voie = situation_de(faits, jour), _voie(faits, jour)
    dit = situation.date_debut
    voulu = dit and _jour_de_rendez_vous(dit)
    situation = replace(situation, date_debut=voulu)
    tenable = voulu is not None and all(e.tenable for e in retroplanning(situation, jour, droit, chemin=voie))
    depart = _depart(situation, jour)
    debut = voulu if tenable else premiere_date_tenable(situation, depart, droit, chemin=voie)
    if debut is None:
        return [Message("utter_calendrier_impossible")]
    situation = replace(situation, date_debut=debut)
    etapes = retroplanning(situation, jour, droit, chemin=voie)
    accord = next((etape for etape in etapes if etape.code in _ACCORDS), None)
    nom = "utter_calendrier_sous_accord" if accord else "utter_calendrier"
    intro = (
        ("situee" if not _est_un_jour(faits) else "voulue" if voulu == dit else "decalee")
        if tenable
        else "trop_proche"
        if voulu
        else "au_plus_tot"
    )
    mots = {"debut": ecriture.jour(debut), "voulu": ecriture.jour(dit) if dit else ""}
    mots["date"] = dire_periode(faits["date_debut"], "dans_une_phrase") if voulu else ""
    suite = [etape for etape in etapes if etape is not accord]
    lignes = [_ligne(etape, jour, droit, contenus, tenable) for etape in suite]
    dits = {"intro": contenus.metadonnees(nom)[intro].format(**mots), "lignes": "\n".join(lignes)}
    contrat = [
        *_face_a_l_ancien_bilan(faits, etapes, jour, droit, contenus),
        *_face_au_contrat(faits, etapes, contenus),
        *_face_a_l_arret(faits, etapes, contenus),
    ]
    boutons = f"utter_calendrier_boutons_{_boutons(situation, voie, accord)}"
    if accord:
        return [*contrat, Message(nom, {**dits, **_mots_de_l_accord(accord, suite)}, boutons_de=boutons)]
    document = {"genre": "calendrier", "nom": "calendrier", "format": "ics", "titre": textes()["ics"]["fichier"]}
    document["faits"] = {"situation": en_contrat(situation), **({"chemin": voie} if voie else {})}
    return [*contrat, Message(nom, dits, boutons_de=boutons, documents=(document,))]


def _jour_de_rendez_vous(jour: date) -> date:
    """Un rendez-vous ne tombe ni un férié ni un dimanche ; un samedi choisi reste un samedi."""
    return jour if FRANCE.est_ouvrable(jour) else FRANCE.ouvre_suivant(jour)


def _est_un_jour(faits: Faits) -> bool:
    """Vrai si la personne a dit un jour, et non « en janvier » : lui seul se corrige à voix haute."""
    dite = periodes.lire(faits["date_debut"])
    return dite.debut == dite.fin


def _depart(situation: Situation, jour: date) -> date:
    """D'où compter la première date possible : aujourd'hui ou, en arrêt sans accord, après la marge conseillée."""
    if not situation.en_arret or situation.accord_caisse:
        # « Au plus tôt », sans autre date : le temps conseillé pour choisir un prestataire avant de demander.
        return jour if situation.date_debut else FRANCE.decaler_ouvres(jour, _marge("entretiens_prestataires"))
    return FRANCE.decaler_ouvres(jour, _marge("accord_caisse"))


def _marge(nom: str) -> int:
    return int(textes()["marges"][nom])


def _mots_de_l_accord(accord: Etape, suite: list[Etape]) -> dict[str, str]:
    fiche = textes()["etapes"][accord.code]
    titre = fiche["titre"][:1].lower() + fiche["titre"][1:]
    avant = min(etape.date for etape in suite if etape.code in _ENGAGENT)
    return {"accord": titre, "reserve": fiche["reserve"], "avant": ecriture.jour(avant)}


def _boutons(situation: Situation, voie: str | None, accord: Etape | None) -> str:
    """Nom du jeu de boutons : la lettre utile, et la demande CPF à qui elle s'adresse."""
    if accord:
        return accord.code
    if situation.agent_public:
        return "public"
    return "absence" if voie == "cpf_temps_travail" else "cpf"


def _face_au_contrat(faits: Faits, etapes: list[Etape], contenus: Contenus) -> list[Message]:
    """Dit si le plan finit avant le contrat : passé ce jour, il n'y a plus d'absence à demander à cet employeur."""
    ecrite = faits.get("fin_contrat")
    if not ecrite:
        return []
    contrat = periodes.lire(ecrite)
    dates = {etape.code: etape.date for etape in etapes}
    if dates["debut"] > contrat.fin:
        cas = "apres"
    else:
        cas = "avant" if "fin" in dates and dates["fin"] <= contrat.debut else "peut_deborder"
    nom = "utter_calendrier_fin_contrat"
    mots = {"date": dire_periode(ecrite, "dans_une_phrase"), "plan": contenus.metadonnees(nom)[cas]}
    return [Message(nom, mots)]


def _face_a_l_ancien_bilan(
    faits: Faits, etapes: list[Etape], jour: date, droit: Droit, contenus: Contenus
) -> list[Message]:
    """Dit d'abord quand finit le délai d'un ancien bilan qui ferme encore le CPF : la demande part après, pas avant."""
    ferme = next((c for c in chemins(situation_de(faits, jour), droit) if c.motifs == (_CARENCE,)), None)
    if ferme is None or not faits.get("dernier_bilan_date"):
        return []
    ans = nombre_applicable(droit, "cpf_carence_bilan", jour)
    terme = fin(periodes.lire(str(faits["dernier_bilan_date"])), ans)
    dates = {etape.code: etape.date for etape in etapes}
    demande = dates.get("demande_cpf", dates["debut"])
    nom = "utter_calendrier_ancien_bilan"
    cas = "apres" if demande > terme.fin else "bloque" if dates["debut"] < terme.debut else "serre"
    ecrit = periodes.ecrire(periodes.autour(terme))
    mots = {"date": dire_periode(ecrit, "dans_une_phrase"), "limite": dire_periode(ecrit, "borne")}
    return [Message(nom, {**mots, "plan": droit.remplir(contenus.metadonnees(nom)[cas], jour, mots)})]


def _face_a_l_arret(faits: Faits, etapes: list[Etape], contenus: Contenus) -> list[Message]:
    """Dit si le plan tombe pendant l'arrêt, après, ou le dépasse : l'accord ne couvre que l'arrêt."""
    fin = fin_arret.lire(faits, "fin_arret")
    if not fin or not fin_arret.en_arret(faits):
        return []
    dates = {etape.code: etape.date for etape in etapes}
    debut = periodes.Periode(dates["debut"], dates["debut"], dates["debut"])
    cas: str = fin_arret.comparer(debut, fin, dates.get("fin"))
    if cas == "apres" and "demande_absence" in dates:
        cas = "apres_sur_les_heures"
    elif cas == "pendant" and faits.get("accord_caisse"):
        return []
    nom, lendemain = "utter_calendrier_fin_arret", ecriture.jour(fin_arret.lendemain(fin))
    plan = contenus.metadonnees(nom)[cas].format(lendemain=lendemain)
    return [Message(nom, {"date": dire_periode(str(faits["fin_arret"]), "dans_une_phrase"), "plan": plan})]


def _voie(faits: Faits, jour: date) -> str | None:
    situation = situation_de(faits, jour)
    prive = situation.statut in (None, "salarie_prive") and not situation.en_arret
    return _VOIES.get(str(faits.get("moment"))) if prive else None


def _ligne(etape: Etape, jour: date, droit: Droit, contenus: Contenus, voulue: bool) -> str:
    gabarits = contenus.metadonnees("utter_calendrier")
    fait = droit.faits[etape.fait]
    source = (fait.source or fait.porte.nom).split(" ; ")[0].split(" (")[0]
    origine = "origine_calcul" if etape.origine == "souhait" and not voulue else f"origine_{etape.origine}"
    fiche = textes()["etapes"][etape.code]
    ligne = gabarits["ligne"].format(
        date=ecriture.jour(etape.date), titre=fiche["titre"], origine=gabarits[origine].format(source=source)
    )
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
