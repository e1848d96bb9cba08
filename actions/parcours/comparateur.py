"""Le comparateur de chemins : un verdict du cœur devient des réponses à dire, une par chemin."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from actions.contenus import Contenus
from actions.droit import Droit, ecriture
from actions.eligibilite import Chemin, Situation, Verdict
from actions.eligibilite.dates import applicable
from actions.parcours import conge_pour_vous, reouverture
from actions.parcours.faits import CHAMPS, Faits, est_public, situation_de
from actions.parcours.messages import Message, dire_fait, enumerer, libelles
from actions.parcours.questionnaire import evaluer_faits

_PUBLIC = ("conge_public", "cpf_public")
_ROUVRE: dict[tuple[str, ...], str] = {
    (reouverture.ANCIENNETE,): "rouvre_anciennete",
    ("intervalle_public",): "rouvre_conge",
}
_SANS_EMPLOYEUR = ("independant", "demandeur_emploi", "etudiant_sans_activite")
# Traitement maintenu pendant le congé : établi pour l'État et l'hospitalière (fpe.remuneration, fph.remuneration).
_TRAITEMENT_MAINTENU = ("agent_fpe", "agent_fph")
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
    messages += [_chemin(chemin, verdict, faits, jour, droit) for chemin in ouverts]
    messages += reserves(ouverts, faits, situation_de(faits, jour))
    messages += _si(verdict, inconnus, faits, contenus)
    if fermes:
        messages.append(_fermes(fermes, faits, jour, droit, contenus))
    sans_cpf = any(chemin.chemin == "cpf_hors_temps" for chemin in fermes)
    return [*messages, Message("utter_verdict_suite_sans_cpf" if sans_cpf else "utter_verdict_suite", _essai(faits))]


def _essai(faits: Faits) -> dict[str, str]:
    """Le fait que l'on offre de changer : jamais celui que la personne vient de dire."""
    en_arret = faits.get("arret") in ("maladie", "at_mp")
    return {"essai_public": str(libelles()["essais_publics"]["en_arret" if en_arret else "sans_arret"])}


def reserves(ouverts: Collection[Chemin], faits: Faits, situation: Situation) -> list[Message]:
    """Rend ce qu'il faut savoir avant de s'engager, quel que soit le chemin choisi."""
    noms = []
    if situation.en_arret:
        noms.append("utter_arret_precaution_public" if _est_titulaire(situation) else "utter_arret_precaution")
    if situation.abondement_c2p_ou_atmp:
        noms.append("utter_abondement_precaution")
    if faits.get("statut") == "agent_fph" and any(chemin.chemin == "conge_public" for chemin in ouverts):
        noms.append("utter_fph_hors_temps")
    return [Message(nom) for nom in noms]


def _est_titulaire(situation: Situation) -> bool:
    return situation.agent_public and situation.contrat == "titulaire"


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
    if champ == "agent_prioritaire":
        return est_public(faits)  # handicap ou catégorie C : ne change rien hors du public
    return not (champ == "agent_public" and faits.get("statut"))


def _chemin(chemin: Chemin, verdict: Verdict, faits: Faits, jour: date, droit: Droit) -> Message:
    mots, situation = libelles(), situation_de(faits, jour)
    dispense = verdict.cout is not None and verdict.cout.exoneration
    return Message(
        f"utter_chemin_{chemin.chemin}",
        {
            "etat": etat_de(chemin, situation),
            "employeur": employeur_de(chemin, situation),
            "accords": raisons(chemin, jour, droit) or mots["aucun_accord"],
            "paie": mots["remunerations"][_paie(chemin, situation, faits)],
            "participation": droit.remplir(mots["participations"]["dispense" if dispense else "due"], jour),
            **(_mots_publics(chemin, faits, jour, droit) if chemin.chemin == "conge_public" else {}),
        },
    )


def etat_de(chemin: Chemin, situation: Situation) -> str:
    """L'état d'un chemin en quelques mots ; « ouvert » se nuance quand quelqu'un a tout de même un mot à dire."""
    code = str(chemin.statut)
    aides = (situation.dotation_employeur, situation.financement_opco, situation.autres_financements)
    if code == "ouvert" and chemin.chemin == "conge_reclassement":
        code = "ouvert_reclassement"
    elif code == "ouvert" and chemin.chemin != "autofinancement" and (situation.abondement_c2p_ou_atmp or any(aides)):
        code = "ouvert_avec_aide"
    elif code == "ouvert" and situation.en_arret:
        code = "ouvert_en_arret"
    if code == "a_verifier":
        return _a_verifier(chemin)
    return str(libelles()["statuts"][code])


def _a_verifier(chemin: Chemin) -> str:
    """« À vérifier », et ce qu'il manque pour le dire."""
    statuts, champs = libelles()["statuts"], libelles()["champs"]
    manques = [champs[champ]["titre"] for champ in chemin.manquant if champ in champs]
    return str(statuts["a_verifier_faute_de" if manques else "a_verifier"]).format(champs=", ".join(manques))


def employeur_de(chemin: Chemin, situation: Situation) -> str:
    """Ce que l'employeur saura d'un chemin ; pendant un arrêt, « non » ne serait pas toute la vérité."""
    code = str(chemin.employeur_informe)
    if code == "non" and situation.statut in _SANS_EMPLOYEUR:
        code = "sans_employeur"
    elif code == "non" and situation.en_arret:
        code = "avis_medical" if _est_titulaire(situation) else "non_en_arret"
    return str(libelles()["employeur_informe"][code])


def _paie(chemin: Chemin, situation: Situation, faits: Faits) -> str:
    """Code de ce que touche la personne : un arrêt, et la fonction publique, changent ce que dit le cœur."""
    if situation.en_arret and chemin.remuneration != "conge_reclassement":
        return "arret_titulaire" if _est_titulaire(situation) else "indemnites_journalieres"
    if chemin.chemin == "conge_public":
        return "traitement_maintenu" if faits.get("statut") in _TRAITEMENT_MAINTENU else "inconnue"
    return chemin.remuneration


def _mots_publics(chemin: Chemin, faits: Faits, jour: date, droit: Droit) -> dict[str, str]:
    statut, gabarits, mots = str(faits.get("statut")), libelles()["delais_publics"], libelles()
    delai, pourquoi = _DELAI_PUBLIC.get(statut), conge_pour_vous.raison(chemin, faits, jour, droit)
    duree = applicable(droit, delai or "fpe_reponse", jour)
    ecrite = ecriture.grandeur(duree.montant, droit.parametres[delai or "fpe_reponse"].unite)
    return {
        "heures_conge": conge_pour_vous.heures(faits, jour, droit),
        "payeur_conge": str(mots["payeurs_du_conge"].get(statut, mots["payeurs_du_conge"]["inconnu"])),
        "raison": f" {pourquoi}" if pourquoi else "",
        "delai_public": str(gabarits["avec_depot" if delai else "sans_depot"]).format(duree=ecrite)
        if faits.get("statut")
        else str(gabarits["inconnu"]),
    }


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


def _fermes(fermes: Iterable[Chemin], faits: Faits, jour: date, droit: Droit, contenus: Contenus) -> Message:
    gabarit = contenus.metadonnees("utter_chemins_fermes")["ligne"]
    titres = libelles()["chemins"]
    lignes = [gabarit.format(chemin=titres[c.chemin], raisons=fermeture(c, faits, jour, droit)) for c in fermes]
    return Message("utter_chemins_fermes", {"lignes": "\n".join(lignes)})


def fermeture(chemin: Chemin, faits: Faits, jour: date, droit: Droit) -> str:
    """Ce qui ferme un chemin et, si c'est un bilan trop récent, quand il rouvre."""
    rouvre = reouverture.quand(chemin, faits, jour, droit)
    gabarit = _ROUVRE.get(chemin.motifs, "rouvre")
    heures = conge_pour_vous.heures(faits, jour, droit)
    suite = [str(libelles()[gabarit]).format(quand=rouvre, heures=heures)] if rouvre else []
    return enumerer([raisons(chemin, jour, droit), *suite])


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
