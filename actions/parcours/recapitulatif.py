"""Le récapitulatif : ce que la personne a dit, ses chemins, son coût, ses étapes, avec sources et dates."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from actions.contenus import Contenus
from actions.documents.coffre import en_bloc
from actions.documents.modeles import modeles_en_place
from actions.documents.recapitulatif import RecapitulatifTropLong, composer
from actions.droit import Droit, ecriture
from actions.parcours import demande_cpf, lettres
from actions.parcours.comparateur import employeur_de, etat_de, faits_dits
from actions.parcours.cout import incomplet as cout_incomplet
from actions.parcours.cout import sur as cout_sur
from actions.parcours.faits import Faits, situation_de
from actions.parcours.messages import Message, libelles
from actions.parcours.questionnaire import evaluer_faits

FORMATS = ("docx", "odt", "txt")
_SUJETS_MAX = 8
_SOURCES_MAX = 4
_FONDENT_LE_COUT = ("cpf.plafond_bilan", "participation.principe")

Bloc = dict[str, Any]


def presenter(
    faits: Faits,
    resultats: Collection[str],
    faites: Collection[str],
    sujets: Sequence[str],
    jour: date,
    droit: Droit,
    contenus: Contenus,
) -> list[Message]:
    """Rend les notes de la conversation et leurs fichiers.

    Args:
        faits: ce que la personne a dit.
        resultats: parcours conclus.
        faites: étapes de la demande CPF cochées.
        sujets: sujets de connaissance traités, du plus ancien au plus récent.
    """
    blocs = _blocs(faits, resultats, faites, sujets, jour, droit, contenus)
    if not blocs:
        return [Message("utter_recapitulatif_vide")]
    lignes = "\n".join(f"{bloc['titre']} :\n" + "\n".join(f"- {ligne}" for ligne in bloc["lignes"]) for bloc in blocs)
    documents = tuple(
        {"genre": "recapitulatif", "nom": "notes", "format": format_, "faits": {"blocs": blocs}, "titre": "notes"}
        for format_ in FORMATS
    )
    return [Message("utter_recapitulatif", {"lignes": lignes}, documents=documents)]


def _blocs(
    faits: Faits,
    resultats: Collection[str],
    faites: Collection[str],
    sujets: Sequence[str],
    jour: date,
    droit: Droit,
    contenus: Contenus,
) -> list[Bloc]:
    gabarits = contenus.metadonnees("utter_recapitulatif")
    titres = [contenus.titre(f"faq/{sujet}") for sujet in dict.fromkeys(sujets)]
    public = situation_de(faits, jour).agent_public
    # Un agent public ne passe pas par Mon Compte Formation : les étapes du privé ne le concernent pas.
    demande = "demander_cpf" in resultats and not public
    blocs = [
        _bloc(gabarits["bloc_faits"], faits_dits(faits)),
        _chemins(faits, jour, droit, gabarits) if resultats else None,
        _cout(faits, jour, droit, gabarits) if "simuler_cout" in resultats else None,
        _demande(faits, faites, jour, contenus) if demande else None,
        _lettre(faits, jour, droit, gabarits) if "rediger_lettre" in resultats else None,
        _bloc(gabarits["bloc_sujets"], [titre for titre in titres if titre][-_SUJETS_MAX:]),
    ]
    utiles = [bloc for bloc in blocs if bloc]
    arret = ("suite_arret",) if faits.get("arret") in ("maladie", "at_mp") else ()
    cles = ("suite_personne_public",) if public else (*arret, "suite_personne", "suite_cpf")
    suite = [droit.remplir(gabarits[cle], jour) for cle in cles]
    return _sur_une_page([*utiles, {"titre": gabarits["bloc_suite"], "lignes": suite}], jour) if utiles else []


def _sur_une_page(blocs: list[Bloc], jour: date) -> list[Bloc]:
    """Retire les blocs les moins utiles, de l'avant-dernier au deuxième, jusqu'à tenir sur une page."""
    while len(blocs) > 2:
        try:
            composer(map(en_bloc, blocs), jour)
        except RecapitulatifTropLong:
            blocs = [*blocs[:-2], blocs[-1]]
        else:
            break
    return blocs


def _bloc(titre: str, lignes: Sequence[str]) -> Bloc | None:
    return {"titre": titre, "lignes": list(lignes)} if lignes else None


def _chemins(faits: Faits, jour: date, droit: Droit, gabarits: Mapping[str, str]) -> Bloc:
    mots, situation = libelles(), situation_de(faits, jour)
    chemins = evaluer_faits(faits, jour, droit).chemins
    references = [droit.faits[r] for chemin in chemins for r in chemin.references]
    return {
        "titre": gabarits["bloc_chemins"],
        "lignes": [
            gabarits["chemin"].format(
                chemin=mots["chemins"][c.chemin],
                statut=etat_de(c, situation),
                employeur=employeur_de(c, situation),
            )
            for c in chemins
        ],
        "sources": list(dict.fromkeys(f.source.split(" ; ")[0] for f in references if f.source))[:_SOURCES_MAX],
        "verifie_le": min(fait.verifie_le for fait in references).isoformat(),
    }


def _cout(faits: Faits, jour: date, droit: Droit, gabarits: Mapping[str, str]) -> Bloc | None:
    cout = cout_sur(faits, jour, droit)
    if cout is None or cout.reste_a_payer is None or cout.prix is None:
        return _cout_sous_condition(faits, jour, droit, gabarits)
    euros = {"reste": ecriture.grandeur(cout.reste_a_payer, "euros"), "prix": ecriture.grandeur(cout.prix, "euros")}
    sources = [droit.faits[ligne.reference] for ligne in cout.lignes]
    return {
        "titre": gabarits["bloc_cout"],
        "lignes": [gabarits["reste"].format(**euros)],
        "sources": list(dict.fromkeys(f.source.split(" ; ")[0] for f in sources if f.source))[:_SOURCES_MAX],
        "verifie_le": min(fait.verifie_le for fait in sources).isoformat(),
    }


def _cout_sous_condition(faits: Faits, jour: date, droit: Droit, gabarits: Mapping[str, str]) -> Bloc | None:
    """Le prix ou le solde manque : la règle chiffrée dite au calcul, si elle l'a été."""
    mots = cout_incomplet(faits, jour, droit)
    if not mots:
        return None
    gabarit = gabarits["reste_selon_prix" if "seuil" in mots else "reste_selon_solde"]
    sources = [droit.faits[nom] for nom in _FONDENT_LE_COUT]
    return {
        "titre": gabarits["bloc_cout"],
        "lignes": [droit.remplir(gabarit, jour).format(**mots)],
        "sources": list(dict.fromkeys(f.source.split(" ; ")[0] for f in sources if f.source))[:_SOURCES_MAX],
        "verifie_le": min(fait.verifie_le for fait in sources).isoformat(),
    }


def _lettre(faits: Faits, jour: date, droit: Droit, gabarits: Mapping[str, str]) -> Bloc | None:
    """La lettre donnée, et ce qu'elle demande encore de faire."""
    nom = faits.get("lettre")
    if nom not in modeles_en_place() or lettres.sans_objet(str(nom), faits):
        return None
    titre = modeles_en_place()[str(nom)].titre
    suite = lettres.suite(lettres.SUITE, str(nom), faits, None, jour, droit)
    return {"titre": gabarits["bloc_lettre"], "lignes": [titre, *suite]}


def _demande(faits: Faits, faites: Collection[str], jour: date, contenus: Contenus) -> Bloc:
    gabarits = contenus.metadonnees("utter_recapitulatif")
    lignes = [
        gabarits["etape"].format(
            titre=demande_cpf.titre(code, contenus),
            etat=gabarits["fait" if code in demande_cpf.deja_faites(faits, faites) else "a_faire"],
        )
        for code in demande_cpf.etapes(faits, jour, faites)
    ]
    return {"titre": gabarits["bloc_demande"], "lignes": lignes}
