"""Le calendrier type, les personnes à qui parler, les secours et les jours fériés."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, get_args

import holidays
from markupsafe import Markup

from actions.adresses import adresse
from actions.calendrier import Etape, Jours, retroplanning
from actions.calendrier import textes as textes_du_calendrier
from actions.droit import ecriture
from actions.eligibilite import Situation
from actions.eligibilite.situation import AgentPublic
from actions.entreprise import entreprise_en_place
from actions.humains import COTES, Humain, humains
from actions.parcours.messages import libelles
from bilan.guide.pages import Lien, Page, Section, Tableau
from bilan.guide.profils import parties
from bilan.guide.redacteur import Redacteur

_VOIES_DU_PRIVE = ("cpf_hors_temps", "cpf_temps_travail", "plan_employeur", "autofinancement")
_VOIES_EN_ARRET = ("cpf_hors_temps", "plan_employeur")


def pages(r: Redacteur) -> Iterator[Page]:
    """Rend les pages de démarches."""
    yield _questions(r)
    yield _calendrier(r)
    yield _humains(r)
    yield _secours(r)
    yield _neutre(r)


def _questions(r: Redacteur) -> Page:
    """Ce que l'assistant demande, et pourquoi : de quoi préparer ses réponses, pour lui ou pour un conseiller."""
    mots, champs = r.mots["questions"], libelles()["champs"]
    sections = tuple(
        Section(
            champs[champ]["titre"],
            r.reponse(f"utter_ask_{champ}"),
            reponse=f"utter_ask_{champ}",
            parties=(Section(corps=r.reponse(pourquoi), reponse=pourquoi), *parties(r, pourquoi)),
        )
        for pourquoi in r.contenus.reponses
        if (champ := pourquoi.removeprefix("utter_pourquoi_")) in champs
    )
    suites = (Lien(r.mots["droits"]["titre"], adresse("droits")),)
    return Page("questions", mots["titre"], sections, intro=r.html(mots["intro"]), suites=suites)


def debut_d_exemple(r: Redacteur) -> date:
    """Jour du début d'exemple : assez loin pour que chaque étape soit encore à venir."""
    return Jours().ouvre_suivant(r.jour + timedelta(days=r.mots["calendrier"]["avance"]))


def _calendrier(r: Redacteur) -> Page:
    mots, chemins, champs = r.mots["calendrier"], libelles()["chemins"], libelles()["champs"]
    prive = Situation(r.jour, statut="salarie_prive", date_debut=debut_d_exemple(r))
    cas: list[tuple[str, Situation, str]] = [(chemins[voie], prive, voie) for voie in _VOIES_DU_PRIVE]
    en_arret = replace(prive, arret="maladie")
    cas += [(mots["arret"].format(voie=chemins[voie]), en_arret, voie) for voie in _VOIES_EN_ARRET]
    for statut in get_args(AgentPublic):
        titre = f"{chemins['conge_public']} : {champs['statut']['valeurs'][statut]}"
        cas.append((titre, replace(prive, statut=statut), "conge_public"))
    sections = tuple(Section(titre, tableau=_tableau(r, titre, situation, voie)) for titre, situation, voie in cas)
    intro = r.html(r.remplir(mots["intro"], debut=ecriture.jour(debut_d_exemple(r))))
    return Page("calendrier", r.remplir(mots["titre"]), sections, intro=intro)


def _tableau(r: Redacteur, titre: str, situation: Situation, voie: str) -> Tableau:
    mots = r.mots["calendrier"]
    etapes = retroplanning(situation, r.jour, entreprise_en_place().appliquer(r.droit, r.jour), chemin=voie)
    return Tableau(
        r.remplir(mots["legende"], voie=titre),
        (mots["etape"], mots["quand"], mots["exemple"], mots["origine"]),
        tuple(_ligne(r, etape, situation) for etape in etapes),
    )


def _ligne(r: Redacteur, etape: Etape, situation: Situation) -> tuple[Markup, ...]:
    textes = textes_du_calendrier()["etapes"][etape.code]
    gabarits = r.contenus.metadonnees("utter_calendrier")
    fait = entreprise_en_place().appliquer(r.droit, r.jour).faits[etape.fait]
    source = (fait.source or fait.porte.nom).split(" ; ")[0].split(" (")[0]
    origine = gabarits[f"origine_{etape.origine}"].format(source=source)
    reserve = Markup("<br>{}").format(r.ligne(r.remplir(textes["reserve"]))) if "reserve" in textes else Markup("")
    return (
        r.ligne(textes["titre"]),
        r.ligne(_quand(r, etape, situation)),
        r.ligne(ecriture.jour(etape.date)),
        r.ligne(origine) + reserve,
    )


def _quand(r: Redacteur, etape: Etape, situation: Situation) -> str:
    mots = r.mots["calendrier"]
    assert situation.date_debut is not None
    ecart = (situation.date_debut - etape.date).days
    if not ecart:
        return str(mots["jour_dit"])
    duree = ecriture.grandeur(abs(ecart), "jours_calendaires")
    return r.remplir(mots["avant" if ecart > 0 else "apres"], duree=duree)


def _humains(r: Redacteur) -> Page:
    mots = r.mots["humains"]
    tous = humains(r.jour, r.droit, entreprise_en_place())
    groupes = [
        {"titre": mots[cote], "personnes": [_personne(r, h) for h in tous if h.cote == cote]}
        for cote in reversed(COTES)
    ]
    cles = " ".join(f"{h.nom} {h.role}" for h in tous)
    return Page(
        "humains",
        mots["titre"],
        intro=r.html(mots["intro"]),
        gabarit="humains",
        cles=cles,
        donnees={"cotes": groupes},
    )


def _personne(r: Redacteur, humain: Humain) -> dict[str, Any]:
    mots = r.mots["humains"]
    joindre = [r.ligne(c) for c in humain.coordonnees] or [r.ligne(mots["inconnu"])]
    lignes = [
        (mots["role"], [r.ligne(humain.role)]),
        (mots["employeur"], [r.ligne(humain.employeur)]),
        *([(mots["a_savoir"], [r.ligne(humain.a_savoir)])] if humain.a_savoir else []),
        (mots["joindre"], joindre),
    ]
    return {"nom": humain.nom, "lignes": lignes}


def _secours(r: Redacteur) -> Page:
    mots = r.mots["secours"]
    numeros = [(str(r.droit.valeur(nom, r.jour).montant), quand) for nom, quand in mots["numeros"].items()]
    harcelement, langues = "utter_signaler_harcelement", "utter_autre_langue"
    sections = (
        Section(
            mots["harcelement"],
            r.reponse(harcelement),
            reponse=harcelement,
            suites=r.suites(harcelement),
            parties=parties(r, harcelement),
        ),
        Section(mots["langues"], r.reponse(langues), reponse=langues),
    )
    intro = r.html(mots["intro"])
    return Page("secours", mots["titre"], sections, intro, gabarit="secours", donnees={"numeros": numeros})


def _neutre(r: Redacteur) -> Page:
    """La page où mène « quitter vite » : elle ne dit rien du guide."""
    mots = r.mots["neutre"]
    feries = holidays.country_holidays("FR", years=r.jour.year, language="fr")
    lignes = [f"{ecriture.jour(jour)} : {feries[jour]}" for jour in sorted(feries)]
    liste = tuple(map(r.ligne, lignes))
    intro = r.html(r.remplir(mots["intro"], annee=str(r.jour.year)))
    return Page("neutre", mots["titre"], (Section(liste=liste),), intro=intro, gabarit="neutre")
