"""Le comparateur à lire : les chemins de chaque statut, avec ou sans arrêt, rendus par le cœur d'éligibilité."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from markupsafe import Markup

from actions.adresses import adresse
from actions.eligibilite import Chemin
from actions.eligibilite.situation import Statut
from actions.parcours import comparateur
from actions.parcours.faits import est_public
from actions.parcours.messages import Message, enumerer, libelles
from actions.parcours.questionnaire import evaluer_faits
from bilan.guide.pages import Lien, Page, Section, Tableau
from bilan.guide.profils import avec_ses_profils
from bilan.guide.redacteur import Redacteur

ARRETS = ("aucun", "maladie", "at_mp")
# Ce que la page suppose et dit : aucun bilan payé, un compte qui n'est pas vide.
HYPOTHESES: Mapping[str, Any] = {"dernier_bilan": "aucun", "solde_cpf": 1}
_DEUX_CONTRATS = ("titulaire", "contractuel")
_CE_QUI_CHANGE = ("statut", "versant", "dernier_bilan", "dernier_bilan_public", "solde_cpf", "agent_prioritaire",
                  "services_effectifs_mois", "abondement_c2p_ou_atmp", "arret")  # fmt: skip
_CHEMIN = "utter_chemin"


def profils() -> list[Mapping[str, Any]]:
    """Rend un profil par statut, et deux par versant public : l'accord à obtenir pendant un arrêt n'est pas le même."""
    trouves: list[Mapping[str, Any]] = []
    for statut in get_args(Statut):
        contrats = _DEUX_CONTRATS if statut.startswith("agent_") else (None,)
        trouves += [{"statut": statut, **({"contrat": contrat} if contrat else {})} for contrat in contrats]
    return trouves


def pages(r: Redacteur) -> Iterator[Page]:
    """Rend la page d'ensemble (un tableau par profil), puis une page par profil avec les textes de l'assistant."""
    mots = r.mots["droits"]
    noms = [*(f"utter_si_{champ}" for champ in _CE_QUI_CHANGE), "utter_abondement_precaution"]
    si = tuple(section for nom in noms for section in avec_ses_profils(r, nom))
    change = Section(
        mots["change"], ancre="change", parties=si, suites=(Lien(mots["questions"], adresse("questions")),)
    )
    tableaux = [_section(r, profil) for profil in profils()]
    intro = r.html(mots["intro"]) + r.html(mots["hypothese"])
    yield Page("droits", mots["titre"], (*tableaux, change), intro=intro, gabarit="droits")
    yield from (_page(r, profil) for profil in profils())


def nom_de(profil: Mapping[str, Any]) -> str:
    """Nom de la page d'un profil."""
    return "droits/" + "/".join(profil.values())


def _dire(profil: Mapping[str, Any]) -> str:
    champs = libelles()["champs"]
    ecrit = ", ".join(champs[champ]["valeurs"][valeur] for champ, valeur in profil.items())
    return ecrit[0].upper() + ecrit[1:]


def colonnes(r: Redacteur, profil: Mapping[str, Any]) -> dict[str, tuple[Chemin, ...]]:
    """Rend les chemins par situation d'arrêt ; les situations au même résultat partagent une colonne."""
    arrets = r.mots["droits"]["arret"]
    par_arret = {a: evaluer_faits({**HYPOTHESES, **profil, "arret": a}, r.jour, r.droit).chemins for a in ARRETS}
    aucun, maladie, at_mp = par_arret.values()
    if _se_lisent_pareil(maladie, at_mp):
        pareil = _se_lisent_pareil(aucun, maladie)
        return {arrets["tous"]: aucun} if pareil else {arrets["aucun"]: aucun, arrets["arrets"]: maladie}
    return {arrets[arret]: chemins for arret, chemins in par_arret.items()}


def _se_lisent_pareil(*situations: tuple[Chemin, ...]) -> bool:
    """Vrai si rien de ce que montre le tableau ne change d'une situation à l'autre."""
    lus = {
        tuple((c.chemin, c.statut, c.motifs, c.manquant, c.employeur_informe) for c in chemins)
        for chemins in situations
    }
    return len(lus) == 1


def _section(r: Redacteur, profil: Mapping[str, Any]) -> Section:
    mots = r.mots["droits"]
    par_colonne = colonnes(r, profil)
    noms = dict.fromkeys(c.chemin for chemins in par_colonne.values() for c in chemins)
    lignes = []
    for nom in noms:
        cellules = [next((c for c in chemins if c.chemin == nom), None) for chemins in par_colonne.values()]
        informe = next(c for c in cellules if c).employeur_informe
        lignes.append(
            (
                r.ligne(libelles()["chemins"][nom]),
                *(_cellule(r, chemin) for chemin in cellules),
                r.ligne(_employeur(r, informe, len(par_colonne))),
            )
        )
    titre = _dire(profil)
    tableau = Tableau(
        mots["legende"].format(profil=titre), (mots["chemin"], *par_colonne, mots["employeur"]), tuple(lignes)
    )
    return Section(titre, tableau=tableau, suites=(Lien(mots["details"], adresse(nom_de(profil))),))


def _employeur(r: Redacteur, informe: str, colonnes_montrees: int) -> str:
    """Ce que l'employeur apprend ; pendant un arrêt, la caisse peut l'informer de son accord."""
    dits = libelles()["employeur_informe"]
    if informe != "non" or colonnes_montrees == 1:
        return str(dits[informe])
    return r.remplir(r.mots["droits"]["employeur_en_arret"], hors_arret=dits["non"], en_arret=dits["non_en_arret"])


def _cellule(r: Redacteur, chemin: Chemin | None) -> Markup:
    if chemin is None:
        return Markup("—")
    mots = r.mots["droits"]
    etat = libelles()["statuts"][chemin.statut]
    etat = etat[0].upper() + etat[1:]
    raisons = comparateur.raisons(chemin, r.jour, r.droit)
    suite = r.remplir(mots["raison" if chemin.ferme else "accord"], accords=raisons) if raisons else ""
    titres = [libelles()["champs"][champ]["titre"] for champ in chemin.manquant]
    manque = r.remplir(mots["manque"], titres=enumerer(titres)) if titres else ""
    return Markup('<strong class="{}">{}.</strong> {} {}').format(f"etat-{chemin.statut}", etat, suite, manque)


def _page(r: Redacteur, profil: Mapping[str, Any]) -> Page:
    mots = r.mots["droits"]
    sections: list[Section] = []
    par_colonne = colonnes(r, profil)
    for rang, titre in enumerate(par_colonne):
        arret = ARRETS[min(rang, len(ARRETS) - 1)]
        sections += _cas(r, {**profil, "arret": arret}, titre)
    if profil["statut"] == "salarie_prive":
        sections += _cas(r, {**profil, "arret": "aucun", "conge_reclassement": True}, mots["reclassement"])
    return Page(
        nom_de(profil),
        mots["ecran"].format(profil=_dire(profil)),
        tuple(sections),
        intro=r.html(mots["hypothese"]),
        suites=(Lien(mots["titre"], adresse("droits")), Lien(mots["change"], f"{adresse('droits')}#change")),
    )


def _cas(r: Redacteur, faits: Mapping[str, Any], titre: str) -> Iterator[Section]:
    """Une section par situation : ce que l'assistant dirait de chaque chemin, mot pour mot."""
    messages = comparateur.presenter({**HYPOTHESES, **faits}, (), r.jour, r.droit, r.contenus)
    utiles = [m for m in messages if m.reponse not in ("utter_verdict", "utter_verdict_suite")]
    quand = {**faits, "public": est_public(faits)}
    yield Section(titre, Markup("").join(_encadre(r, message, quand) for message in utiles))


def _encadre(r: Redacteur, message: Message, quand: Mapping[str, Any]) -> Markup:
    """Une réponse que les faits remplissent : elle ne se lit pas mot pour mot dans data/responses."""
    mots = {champ: r.remplir(str(valeur)) for champ, valeur in message.mots.items()}
    carte = Markup('<div class="carte" data-remplie="{}">{}</div>')
    return carte.format(message.reponse, r.reponse(message.reponse, quand, **mots))
