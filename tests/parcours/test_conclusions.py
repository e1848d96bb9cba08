"""La fin des parcours : ce qui est dit, à qui, et jamais un « non » sans autre voie."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest

from actions.contenus import contenus_en_place
from actions.documents.garde_sante import mots_de_sante
from actions.documents.modeles import SANS_SANTE, modeles_en_place
from actions.droit import droit_en_place
from actions.parcours import calendrier, comparateur, cout, demande_cpf, employeur, lettres, recapitulatif
from actions.parcours.conclusions import conclure
from actions.parcours.messages import Message, libelles
from actions.parcours.questionnaire import evaluer_faits
from composants.reponses_datees import ReponsesDatees
from tests.parcours.profils import JOUR, interroger, profils

DROIT, CONTENUS = droit_en_place(), contenus_en_place()
ETAT: dict[str, Any] = {"volet": None, "etapes_faites": []}
PRIVE = {"statut": "salarie_prive", "arret": "aucun", "initiative": "salarie", "dernier_bilan": "aucun"}
PROFILS = list(profils(120))


def rendus(messages: list[Message], slots: dict[str, Any] | None = None) -> Iterator[str]:
    for message in messages:
        rendu = ReponsesDatees().composer(message.reponse, slots or {}, "", **message.mots)
        assert rendu is not None, message.reponse
        yield rendu["text"]


def texte(messages: list[Message]) -> str:
    return "\n".join(rendus(messages)).replace("\u00a0", " ")


@pytest.mark.parametrize("parcours", ["verifier_eligibilite", "simuler_cout", "demander_cpf", "parler_employeur"])
def test_tout_profil_recoit_un_resultat_entier(parcours: str) -> None:
    for profil in PROFILS:
        faits, inconnus, _ = interroger({**profil, "prix": 1900, "autre_payeur": "aucun"}, 0.6, parcours)
        messages = conclure(parcours, faits, sorted(inconnus), ETAT, JOUR)
        dit = texte(messages)
        assert dit.strip() and "{" not in dit and "None" not in dit, dit


def test_la_premiere_ligne_de_chaque_chemin_dit_si_l_employeur_est_au_courant() -> None:
    for profil in PROFILS:
        messages = comparateur.presenter(profil, [], JOUR, DROIT, CONTENUS)
        chemins = [m for m in messages if m.reponse.startswith("utter_chemin_")]
        assert chemins
        for dit in rendus(chemins):
            assert dit.split("\n")[1].startswith("- Mon employeur est-il au courant"), dit


def test_un_chemin_ferme_ne_vient_jamais_sans_autre_voie() -> None:
    for profil in PROFILS:
        messages = comparateur.presenter(profil, [], JOUR, DROIT, CONTENUS)
        noms = [m.reponse for m in messages]
        assert any(nom.startswith("utter_chemin_") for nom in noms)
        if "utter_chemins_fermes" in noms:
            assert "mon-cep.org" in texte(messages)


def test_pendant_un_arret_on_ne_dit_pas_que_l_employeur_ne_saura_rien() -> None:
    dit = texte(comparateur.presenter({**PRIVE, "arret": "maladie"}, [], JOUR, DROIT, CONTENUS))
    assert "il n'a rien à savoir" not in dit and "la caisse peut l'informer" in dit
    assert "ne commencez pas sans accord" in dit


def test_chaque_code_du_coeur_a_ses_mots() -> None:
    mots = libelles()
    for profil, arret in itertools.product(PROFILS, ("aucun", "maladie")):
        for chemin in evaluer_faits({**profil, "arret": arret}, JOUR, DROIT).chemins:
            assert chemin.chemin in mots["chemins"] and chemin.statut in mots["statuts"]
            assert set(chemin.motifs) <= set(mots["motifs"])
            assert chemin.employeur_informe in mots["employeur_informe"]
            assert f"utter_chemin_{chemin.chemin}" in CONTENUS.reponses


def test_la_trace_cite_tous_les_chemins_et_leurs_textes() -> None:
    dit = texte([comparateur.trace(PRIVE, JOUR, DROIT, CONTENUS)])
    for chemin in evaluer_faits(PRIVE, JOUR, DROIT).chemins:
        assert libelles()["chemins"][chemin.chemin] in dit
    assert "L. 6323-17" in dit


@pytest.mark.parametrize(
    ("faits", "reste"),
    [
        ({"prix": 1950, "solde_cpf": 1200}, "750"),
        ({"prix": 1500, "solde_cpf": 3000}, "150"),
        ({"prix": 2000, "solde_cpf": 5000}, "400"),
        ({"prix": 2000, "solde_cpf": 1000, "autre_payeur": "employeur", "montant_aide": 500}, "500"),
        ({"prix": 1500, "solde_cpf": 2000, "statut": "demandeur_emploi"}, "0"),
        ({"prix": 1800, "solde_cpf": 1700, "autre_payeur": "aucun"}, "200"),
        ({"prix": 100, "solde_cpf": 500}, "100"),
    ],
)
def test_le_reste_a_payer(faits: dict[str, Any], reste: str) -> None:
    dit = texte(cout.presenter({**PRIVE, **faits}, JOUR, DROIT, CONTENUS))
    assert f"Il vous reste à payer : {reste} €" in dit, dit


def test_sans_aucun_montant_on_donne_la_regle_et_ce_qui_manque() -> None:
    dit = texte(cout.presenter(PRIVE, JOUR, DROIT, CONTENUS))
    assert "Solde du CPF" in dit and "1 600 €" in dit
    assert cout.trace(PRIVE, JOUR, DROIT, CONTENUS) is None


def test_la_demande_commence_par_l_identite_sauf_pendant_un_arret() -> None:
    assert demande_cpf.etapes(PRIVE, JOUR)[0] == "identite"
    assert demande_cpf.etapes({**PRIVE, "arret": "maladie"}, JOUR)[:2] == ["accord_arret", "identite"]
    assert "absence" in demande_cpf.etapes({**PRIVE, "moment": "temps_travail"}, JOUR)


def test_le_debut_possible_saute_les_feries() -> None:
    """Onze jours ouvrés depuis le 17 décembre 2026 : Noël et le Jour de l'an ne comptent pas."""
    from datetime import date

    assert demande_cpf.debut_possible(date(2026, 12, 17), DROIT) == "5\u00a0janvier\u00a02027"


@pytest.mark.parametrize(
    ("demande", "attendu"),
    [
        ("2026-11-10", "10 décembre 2026"),
        ("2026-10-01", "le délai a pris fin le 31 octobre 2026"),
        (None, "Retrouvez la date de réception"),
    ],
)
def test_le_silence_de_l_employeur_a_sa_date(demande: str | None, attendu: str) -> None:
    faits = {**PRIVE, "reponse_employeur": "silence", "date_demande": demande}
    assert attendu in texte(employeur.presenter(faits, None, JOUR, DROIT, CONTENUS))


@pytest.mark.parametrize("reponse", ["report", "refus", "oui", "silence", "propose"])
def test_chaque_reponse_de_l_employeur_a_sa_suite(reponse: str) -> None:
    (message,) = employeur.presenter({**PRIVE, "reponse_employeur": reponse}, None, JOUR, DROIT, CONTENUS)
    assert message.reponse == f"utter_employeur_{reponse}"


@pytest.mark.parametrize("nom", sorted(modeles_en_place()))
def test_chaque_lettre_se_redige_de_la_conversation_et_tait_la_sante(nom: str) -> None:
    faits = {
        **PRIVE,
        "arret": "maladie",
        "agent_prioritaire": True,
        "date_debut": "2027-03-15",
        "date_demande": "2026-10-20",
        "duree_mois": 3.0,
        "prix": 1900.0,
    }
    messages = {m.reponse: m for m in lettres.presenter(nom, faits, JOUR, DROIT, CONTENUS)}
    lettre = str(messages["utter_lettre_texte"].mots["lettre"])
    assert len(messages["utter_lettre"].documents) == 3 and "Madame, Monsieur" in lettre
    if modeles_en_place()[nom].destinataire in SANS_SANTE:
        assert mots_de_sante(lettre) == []


def test_la_lettre_d_un_chemin_ferme_le_dit_et_date_la_reouverture() -> None:
    faits = {
        "statut": "agent_fpt",
        "contrat": "contractuel",
        "arret": "aucun",
        "agent_prioritaire": False,
        "dernier_bilan": "oui",
        "dernier_bilan_date": "2024-02",
        "dernier_bilan_financeur": "employeur",
    }
    avis = lettres.presenter("demande_agent_public", faits, JOUR, DROIT, CONTENUS)[0]
    assert avis.reponse == "utter_lettre_fermee" and "février\u00a02029" in str(avis.mots["raisons"])
    ouverte = lettres.presenter(
        "demande_agent_public", faits | {"dernier_bilan": "aucun", "dernier_bilan_date": None}, JOUR, DROIT, CONTENUS
    )
    assert ouverte[0].reponse == "utter_lettre"


def test_la_demande_d_entretien_d_un_agent_public_ne_cite_pas_le_code_du_travail() -> None:
    for faits, cite in (({"statut": "agent_fph"}, False), ({"agent_public": True}, False), (PRIVE, True)):
        messages = {m.reponse: m for m in lettres.presenter("demande_entretien", faits, JOUR, DROIT, CONTENUS)}
        assert ("code du travail" in str(messages["utter_lettre_texte"].mots["lettre"])) is cite


def test_une_lettre_ne_demande_que_ce_qu_elle_dit() -> None:
    assert lettres.questions("demande_absence", PRIVE) == ["date_debut"]
    assert set(lettres.questions("relance_silence", {})) == {"date_demande"}
    assert lettres.questions("demande_entretien", {}) == []


def test_un_calendrier_trop_proche_propose_la_premiere_date_tenable() -> None:
    faits = {**PRIVE, "moment": "temps_travail", "duree_mois": 2.0, "date_debut": "2026-12-04"}
    (message,) = calendrier.presenter(faits, JOUR, DROIT, CONTENUS)
    assert "trop proche" in str(message.mots["intro"])
    assert message.documents[0]["format"] == "ics"
    assert "arret" in calendrier.en_contrat(comparateur.situation_de(faits, JOUR))


@pytest.mark.parametrize(
    ("dite", "jour", "dit_le_decalage"),
    [
        ("2027-01-01", "4 janvier 2027", True),
        ("2027-01", "4 janvier 2027", False),
        ("2027-01-03", "4 janvier 2027", True),
        ("2027-01-02", "2 janvier 2027", False),
    ],
)
def test_un_premier_rendez_vous_ne_tombe_ni_un_ferie_ni_un_dimanche(
    dite: str, jour: str, dit_le_decalage: bool
) -> None:
    faits = {**PRIVE, "moment": "hors_temps", "date_debut": dite}
    (message,) = calendrier.presenter(faits, JOUR, DROIT, CONTENUS)
    intro = str(message.mots["intro"]).replace("\u00a0", " ")
    assert f"Pour commencer le {jour}" in intro
    assert ("férié" in intro) == dit_le_decalage


@pytest.mark.parametrize(
    ("fin_contrat", "attendu"),
    [("2027-02-28", "avance"), ("2027-06-30", "finit avant"), ("2027-01", "commence après")],
)
def test_le_calendrier_dit_si_le_plan_finit_avant_le_contrat(fin_contrat: str, attendu: str) -> None:
    faits = {**PRIVE, "contrat": "cdd", "moment": "temps_travail", "duree_mois": 2.0, "date_debut": "2027-02-15"}
    contrat, _ = calendrier.presenter({**faits, "fin_contrat": fin_contrat}, JOUR, DROIT, CONTENUS)
    assert contrat.reponse == "utter_calendrier_fin_contrat" and attendu in str(contrat.mots["plan"])


def test_le_recapitulatif_tient_dans_un_lien_et_porte_ses_sources() -> None:
    from actions.documents.coffre import Coffre, Demande, produire

    faits = {**PRIVE, "prix": 1950, "solde_cpf": 1200}
    resultats = ["verifier_eligibilite", "simuler_cout", "demander_cpf"]
    (message,) = recapitulatif.presenter(faits, resultats, ["identite"], ["duree", "prix"], JOUR, DROIT, CONTENUS)
    assert "750" in str(message.mots["lignes"]) and "fait" in str(message.mots["lignes"])
    for document in message.documents:
        demande = Demande(document["genre"], document["nom"], document["format"], document["faits"], JOUR)
        coffre = Coffre()
        fichier = produire(coffre.ouvrir(coffre.sceller(demande, 1000), 1001), DROIT)
        assert fichier.octets
    assert recapitulatif.presenter({}, [], [], [], JOUR, DROIT, CONTENUS)[0].reponse == "utter_recapitulatif_vide"
