"""Les pages de réponses : une par sujet, les idées reçues par groupe, la démarche CPF, l'échange avec l'employeur."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from actions.adresses import adresse, code
from actions.parcours import demande_cpf
from actions.parcours.repetition import DEMANDE
from bilan.guide import profils
from bilan.guide.pages import Lien, Page, Section
from bilan.guide.redacteur import Redacteur

# La voie de la demande CPF qui a le plus d'étapes.
_VOIE = {"moment": "temps_travail"}
_IDEE = "utter_idee_recue/"
_HORS_SUJET = "utter_hors_sujet/"
# Ni une question, ni un renvoi utile à lire.
_HORS_GUIDE = ("autre", "injection")
_SELON_LA_REPONSE = (
    "ne_pas_dire", "pas_demande", "objections", "hors_temps", "en_arret", "silence", "report", "refus", "oui",
    "propose", "interim", "aucun",
)  # fmt: skip


def pages(r: Redacteur) -> Iterator[Page]:
    """Rend toutes les pages de réponses, dans l'ordre de lecture."""
    for sujets in r.groupes.values():
        yield from (page_de_sujet(r, sujet) for sujet in sujets)
    yield from _idees(r)
    yield _demande(r)
    yield _echange(r)
    yield _hors_sujet(r)


def page_de_sujet(r: Redacteur, sujet: str) -> Page:
    """Rend la page d'un sujet : en bref, plus simple, en détail, textes, ce que lit un autre statut, suites."""
    court, detail, simple = (f"utter_{niveau}{sujet}" for niveau in ("faq/", "detail_", "simple_"))
    mots = r.mots["niveaux"]
    faits = [*r.contenus.faits(court), *r.contenus.faits(detail)]
    idees = [nom for nom in _noms(r, _IDEE) if sujet in r.contenus.sujets(nom)]
    liens = tuple(Lien(_titre(r, nom), f"{adresse(f'idees/{r.groupe(nom)}')}#{code(nom)}") for nom in idees)
    sections = (
        Section(mots["court"], r.reponse(court), niveau="court", reponse=court),
        Section(mots["simple"], r.html(r.texte(simple)), niveau="simple", reponse=simple),
        Section(mots["detail"], r.reponse(detail), niveau="detail", reponse=detail),
        Section(mots["texte"], liste=r.sources(faits), niveau="texte"),
        *profils.sections_de_sujet(r, sujet),
        *((Section(r.mots["idees_du_sujet"], suites=liens),) if liens else ()),
    )
    return Page(f"faq/{sujet}", _titre(r, court), sections, profils.sauts(r, sujet), r.suites(court))


def _titre(r: Redacteur, nom: str) -> str:
    return r.remplir(str(r.contenus.metadonnees(nom)["titre"]))


def _noms(r: Redacteur, prefixe: str) -> list[str]:
    return [nom for nom in r.contenus.reponses if nom.startswith(prefixe)]


def _section(r: Redacteur, nom: str, titre: str | None = None, **mots: Any) -> Section:
    return Section(
        titre or _titre(r, nom),
        r.reponse(nom, **mots),
        code(nom),
        reponse=nom,
        suites=r.suites(nom),
        parties=profils.parties(r, nom, **mots),
    )


def _idees(r: Redacteur) -> Iterator[Page]:
    mots = r.mots["idees"]
    par_groupe = {groupe: [nom for nom in _noms(r, _IDEE) if r.groupe(nom) == groupe] for groupe in r.groupes}
    groupes = [
        Page(
            f"idees/{groupe}",
            f"{mots['titre']} : {r.mots['groupes'][groupe]}",
            tuple(_section(r, nom) for nom in noms),
        )
        for groupe, noms in par_groupe.items()
        if noms
    ]
    sommaire = tuple(
        Section(
            r.mots["groupes"][groupe],
            suites=tuple(Lien(_titre(r, nom), f"{adresse(f'idees/{groupe}')}#{code(nom)}") for nom in noms),
        )
        for groupe, noms in par_groupe.items()
        if noms
    )
    yield Page("idees", mots["titre"], sommaire, intro=r.html(mots["intro"]))
    yield from groupes


def _demande(r: Redacteur) -> Page:
    """Les étapes de la demande CPF, sur les heures de travail (la voie qui en a le plus), puis l'agent public."""
    mots = r.mots["demarche"]
    codes = demande_cpf.etapes(_VOIE, r.jour)
    debut = r.remplir(
        mots["debut"],
        debut=demande_cpf.debut_possible(r.jour, r.droit),
        jour=r.remplir("{date_du_jour}"),
    )
    etapes = [
        _section(
            r,
            f"utter_cpf_etape_{etape}",
            r.remplir(mots["etape"], rang=rang, titre=demande_cpf.titre(etape, r.contenus)),
            rang=rang,
            total=len(codes),
            debut_possible=debut,
        )
        for rang, etape in enumerate(codes, start=1)
    ]
    sections = (
        _section(r, "utter_cpf_arnaque", mots["arnaque"]),
        *etapes,
        _section(r, "utter_arret_precaution"),
        _section(
            r,
            "utter_cpf_etape_accord_arret",
            rang=1,
            total=len(demande_cpf.etapes({**_VOIE, "arret": "maladie"}, r.jour)),
        ),
        _section(r, "utter_cpf_public", mots["public"]),
    )
    return Page("demande", mots["titre"], sections)


def _rang(variante: Mapping[str, Any]) -> int:
    """Rang d'une phrase de l'employeur (actions/parcours/repetition.py), que porte sa condition."""
    return next((int(condition["value"]) for condition in variante.get("condition") or ()), DEMANDE)


def _echange(r: Redacteur) -> Page:
    mots = r.mots["echange"]
    gabarits = r.contenus.metadonnees("utter_employeur_silence")
    selon = [_section(r, f"utter_employeur_{cas}", echeance=gabarits["inconnue"]) for cas in _SELON_LA_REPONSE]
    objections = [
        Section(
            str(variante["metadata"]["titre"]),
            r.html(r.remplir(variante["text"])),
            parties=profils.avec_ses_profils(r, f"utter_repetition_retour_{_rang(variante)}"),
        )
        for variante in r.contenus.reponses["utter_ask_replique"]
    ]
    return Page("echange", mots["titre"], (*selon, *objections))


def _hors_sujet(r: Redacteur) -> Page:
    mots = r.mots["hors_sujet"]
    noms = [nom for nom in _noms(r, _HORS_SUJET) if nom.removeprefix(_HORS_SUJET) not in _HORS_GUIDE]
    return Page("hors_sujet", mots["titre"], tuple(_section(r, nom) for nom in noms), intro=r.html(mots["intro"]))
