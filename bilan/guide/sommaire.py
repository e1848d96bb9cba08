"""L'accueil, la page de recherche et la page à imprimer : ce qui mène à toutes les autres."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from actions.adresses import adresse
from actions.droit import ecriture
from actions.entreprise import entreprise_en_place
from actions.humains import humains
from bilan.guide.pages import Lien, Page
from bilan.guide.recherche import index, sans_accents
from bilan.guide.redacteur import Redacteur
from bilan.guide.rendu import donnees_json

_FAIRE = ("droits", "questions", "calcul", "demande", "echange", "lettres", "calendrier", "humains", "secours", "idees")
_HORS_INDEX = ("neutre",)
_NUMEROS = ("numero_suicide", "numero_samu", "numero_urgences", "numero_mcf", "numero_assurance_maladie",
            "numero_droit_travail", "numero_defenseur")  # fmt: skip


def pages(r: Redacteur, contenu: Sequence[Page]) -> Iterator[Page]:
    """Rend les pages qui mènent à ``contenu``."""
    essentiel = _essentiel(r, contenu)
    lisibles = [page for page in [*contenu, essentiel] if page.nom not in _HORS_INDEX]
    yield _accueil(r, lisibles)
    yield _chercher(r, lisibles)
    yield essentiel


def _accueil(r: Redacteur, contenu: Sequence[Page]) -> Page:
    mots = r.mots["accueil"]
    par_nom = {page.nom: page for page in contenu}
    groupes = [
        {"titre": r.mots["groupes"][groupe], "liens": [par_nom[f"faq/{sujet}"].lien for sujet in sujets]}
        for groupe, sujets in r.groupes.items()
    ]
    faire = [par_nom[nom].lien for nom in (*_FAIRE, "essentiel")]
    donnees = {"faire": faire, "groupes": groupes, "autres": [par_nom["hors_sujet"].lien]}
    return Page("accueil", r.remplir(mots["titre"]), intro=r.html(mots["intro"]), gabarit="accueil", donnees=donnees)


def _chercher(r: Redacteur, contenu: Sequence[Page]) -> Page:
    mots = r.mots["chercher"]
    tries = sorted((page.lien for page in contenu), key=lambda lien: sans_accents(lien.titre))
    lettres: dict[str, list[Lien]] = {}
    for lien in tries:
        lettres.setdefault(sans_accents(lien.titre.lstrip("« "))[0].upper(), []).append(lien)
    donnees = {"lettres": lettres, "index": donnees_json(index(contenu))}
    return Page("chercher", mots["titre"], intro=r.html(mots["intro"]), gabarit="chercher", donnees=donnees)


def _essentiel(r: Redacteur, contenu: Sequence[Page]) -> Page:
    """Les réponses courtes et les numéros, pour quelques feuilles."""
    mots = r.mots["essentiel"]
    par_nom = {page.nom: page for page in contenu}
    groupes = [
        {
            "titre": r.mots["groupes"][groupe],
            "reponses": [(par_nom[f"faq/{sujet}"].titre, r.html(r.texte(f"utter_faq/{sujet}"))) for sujet in sujets],
        }
        for groupe, sujets in r.groupes.items()
        if groupe not in mots["sans"]
    ]
    numeros = [
        (r.droit.parametres[nom].description, ecriture.grandeur(r.droit.valeur(nom, r.jour).montant, "telephone"))
        for nom in _NUMEROS
    ]
    return Page(
        "essentiel",
        r.remplir(mots["titre"]),
        intro=r.html(mots["intro"]),
        suites=(Lien(r.mots["droits"]["titre"], adresse("droits")), Lien(r.mots["calcul"]["titre"], adresse("calcul"))),
        gabarit="essentiel",
        donnees={
            "groupes": groupes,
            "numeros": numeros,
            "personnes": _personnes(r),
            "droits": par_nom["droits"].sections,
        },
    )


def _personnes(r: Redacteur) -> list[Markup]:
    """Une ligne par personne que l'on sait joindre."""
    gabarit = r.mots["essentiel"]["personne"]
    return [
        r.ligne(gabarit.format(nom=h.nom, coordonnees=", ".join(h.coordonnees), employeur=h.employeur))
        for h in humains(r.jour, r.droit, entreprise_en_place())
        if h.renseigne
    ]
