"""Le comparateur de chemins : un verdict du cœur devient des réponses à dire, une par chemin."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from actions.contenus import Contenus
from actions.droit import Droit, ecriture
from actions.eligibilite import Chemin, Verdict
from actions.eligibilite.dates import applicable
from actions.parcours.faits import CHAMPS, Faits, situation_de
from actions.parcours.messages import Message, dire_fait, enumerer, libelles
from actions.parcours.questionnaire import evaluer_faits

_PUBLIC = ("conge_public", "cpf_public")
_DELAI_PUBLIC = {"agent_fpt": "fpt_demande", "agent_fph": "fph_demande"}
# Choix faits dans un parcours, qui ne disent rien de la personne.
_PAS_DES_FAITS = ("famille_lettre", "lettre")
# Ce qu'il manque se dit « si… / si… » ; un agent public n'a pas le même délai entre deux bilans.
_SI_PUBLIC = {"dernier_bilan": "dernier_bilan_public"}


def presenter(faits: Faits, inconnus: Collection[str], jour: date, droit: Droit, contenus: Contenus) -> list[Message]:
    """Rend les messages du résultat : en-tête, chemins ouverts, « si… », chemins fermés, suite."""
    verdict = evaluer_faits(faits, jour, droit)
    ouverts = [chemin for chemin in verdict.chemins if not chemin.ferme]
    fermes = [chemin for chemin in verdict.chemins if chemin.ferme]
    messages = [Message("utter_verdict", {"faits_connus": _connus(faits)})]
    messages += [_chemin(chemin, faits, jour, droit) for chemin in ouverts]
    if situation_de(faits, jour).en_arret:
        messages.append(Message("utter_arret_precaution"))
    messages += _si(verdict, inconnus, faits, contenus)
    if fermes:
        messages.append(_fermes(fermes, jour, droit, contenus))
    return [*messages, Message("utter_verdict_suite")]


def _connus(faits: Faits) -> str:
    dits = faits_dits(faits)
    return f"{enumerer(dits)}." if dits else ""


def faits_dits(faits: Faits) -> list[str]:
    """Les faits retenus, chacun en quelques mots, dans l'ordre du questionnaire."""
    return [
        dire_fait(champ, faits[champ]) for champ in CHAMPS if faits.get(champ) is not None and _a_dire(champ, faits)
    ]


def _a_dire(champ: str, faits: Faits) -> bool:
    """« Bilan déjà fait : oui » ne se dit pas quand sa date suit ; « agent public » quand le versant est dit."""
    if champ in _PAS_DES_FAITS:
        return False
    if champ == "dernier_bilan":
        return bool(faits[champ] != "oui")
    return not (champ == "agent_public" and faits.get("statut"))


def _chemin(chemin: Chemin, faits: Faits, jour: date, droit: Droit) -> Message:
    mots = libelles()
    en_arret = situation_de(faits, jour).en_arret and chemin.employeur_informe == "non"
    return Message(
        f"utter_chemin_{chemin.chemin}",
        {
            "etat": mots["statuts"][chemin.statut],
            "employeur": mots["employeur_informe"]["non_en_arret" if en_arret else chemin.employeur_informe],
            "accords": raisons(chemin, jour, droit) or mots["aucun_accord"],
            "paie": mots["remunerations"].get(chemin.remuneration, ""),
            **(_mots_publics(faits, jour, droit) if chemin.chemin == "conge_public" else {}),
        },
    )


def _mots_publics(faits: Faits, jour: date, droit: Droit) -> dict[str, str]:
    prioritaire = "public_conge_heures_prioritaire" if faits.get("agent_prioritaire") else "public_conge_heures"
    delai = _DELAI_PUBLIC.get(str(faits.get("statut")))
    gabarits = libelles()["delais_publics"]
    if not faits.get("statut"):
        return {"heures_conge": _grandeur(droit, prioritaire, jour), "delai_public": str(gabarits["inconnu"])}
    duree = _grandeur(droit, delai, jour) if delai else _grandeur(droit, "fpe_reponse", jour)
    return {
        "heures_conge": _grandeur(droit, prioritaire, jour),
        "delai_public": str(gabarits["avec_depot" if delai else "sans_depot"]).format(duree=duree),
    }


def _grandeur(droit: Droit, parametre: str, jour: date) -> str:
    return ecriture.grandeur(applicable(droit, parametre, jour).montant, droit.parametres[parametre].unite)


def raisons(chemin: Chemin, jour: date, droit: Droit) -> str:
    """Les accords à obtenir d'un chemin, ou ce qui le ferme."""
    mots = libelles()["motifs"]
    return enumerer([droit.remplir(mots[motif], jour) for motif in chemin.motifs])


def _si(verdict: Verdict, inconnus: Collection[str], faits: Faits, contenus: Contenus) -> list[Message]:
    publics = any(chemin.chemin in _PUBLIC for chemin in verdict.chemins)
    if publics and not faits.get("statut"):
        inconnus = ["versant", *(champ for champ in inconnus if champ != "statut")]
    manquants = list(dict.fromkeys([*(m for chemin in verdict.chemins for m in chemin.manquant), *inconnus]))
    noms = [f"utter_si_{_SI_PUBLIC.get(champ, champ) if publics else champ}" for champ in manquants]
    return [Message(nom) for nom in dict.fromkeys(noms) if nom in contenus.reponses]


def _fermes(fermes: Iterable[Chemin], jour: date, droit: Droit, contenus: Contenus) -> Message:
    gabarit = contenus.metadonnees("utter_chemins_fermes")["ligne"]
    titres = libelles()["chemins"]
    lignes = [gabarit.format(chemin=titres[c.chemin], raisons=raisons(c, jour, droit)) for c in fermes]
    return Message("utter_chemins_fermes", {"lignes": "\n".join(lignes)})


def trace(faits: Faits, jour: date, droit: Droit, contenus: Contenus) -> Message:
    """Comment le résultat est obtenu : faits dits, statut et textes de chaque chemin."""
    verdict = evaluer_faits(faits, jour, droit)
    gabarit, mots = contenus.metadonnees("utter_trace")["ligne"], libelles()
    lignes = [
        gabarit.format(
            chemin=mots["chemins"][chemin.chemin],
            statut=mots["statuts"][chemin.statut],
            sources=enumerer(list(dict.fromkeys(_sources(chemin, droit)))),
        )
        for chemin in verdict.chemins
    ]
    dits = enumerer(faits_dits(faits)) or libelles()["inconnu"]
    return Message("utter_trace", {"faits_dits": f"{dits}.", "lignes": "\n".join(lignes)})


def _sources(chemin: Chemin, droit: Droit) -> Iterable[str]:
    for reference in chemin.references:
        fait = droit.faits[reference]
        yield (fait.source or fait.porte.nom).split(" ; ")[0].split(" (")[0]


def comparer(faits: Faits, changements: Mapping[str, Any], jour: date, droit: Droit, contenus: Contenus) -> Message:
    """« Et si… » : seulement ce que changerait un autre fait."""
    avant = {c.chemin: c for c in evaluer_faits(faits, jour, droit).chemins}
    apres = {c.chemin: c for c in evaluer_faits({**faits, **changements}, jour, droit).chemins}
    gabarits, mots = contenus.metadonnees("utter_et_si"), libelles()
    lignes = []
    for nom in [*apres, *(n for n in avant if n not in apres)]:
        champs = {"chemin": mots["chemins"][nom]}
        if nom in avant:
            champs["avant"] = mots["statuts"][avant[nom].statut]
        if nom in apres:
            champs |= {"apres": mots["statuts"][apres[nom].statut], "accords": raisons(apres[nom], jour, droit)}
        gabarit = _gabarit_de_changement(avant.get(nom), apres.get(nom))
        if gabarit:
            lignes.append(gabarits[gabarit].format(**champs))
    changes = enumerer([dire_fait(c, v) for c, v in changements.items() if v is not None])
    if not lignes:
        return Message("utter_et_si_rien", {"faits_changes": changes})
    return Message("utter_et_si", {"faits_changes": changes, "lignes": "\n".join(lignes)})


def _gabarit_de_changement(avant: Chemin | None, apres: Chemin | None) -> str | None:
    if apres is None:
        return "ligne_disparu"
    if avant is None:
        return "ligne_nouveau"
    if avant.statut != apres.statut:
        return "ligne"
    return "ligne_accord" if avant.motifs != apres.motifs and apres.motifs else None
