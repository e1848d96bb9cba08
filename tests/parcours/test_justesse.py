"""Ce qui ferait perdre un droit, de l'argent ou la discrétion : dit à la bonne personne, tu à la mauvaise."""

from actions.contenus import contenus_en_place
from actions.droit import droit_en_place
from actions.parcours import calendrier, comparateur, employeur, recapitulatif
from actions.parcours.questionnaire import evaluer_faits
from tests.parcours.profils import JOUR
from tests.parcours.test_conclusions import PRIVE, rendus, texte

DROIT, CONTENUS = droit_en_place(), contenus_en_place()
TITULAIRE = {"statut": "agent_fph", "contrat": "titulaire", "arret": "maladie", "services_effectifs_mois": 60}


def test_le_recapitulatif_d_un_arret_ne_promet_pas_le_secret() -> None:
    faits = {**PRIVE, "arret": "maladie", "accord_caisse": True}
    (message,) = recapitulatif.presenter(faits, ["verifier_eligibilite"], [], [], JOUR, DROIT, CONTENUS)
    lignes = str(message.mots["lignes"])
    assert "la caisse peut l'informer" in lignes and "n'a rien à savoir" not in lignes


def test_un_arret_ne_fait_pas_croire_a_la_perte_des_indemnites() -> None:
    dit = texte(comparateur.presenter({**PRIVE, "arret": "maladie"}, [], JOUR, DROIT, CONTENUS))
    assert "vos indemnités continuent, si la caisse est d'accord" in dit and "heures ne sont pas payées" not in dit


def test_un_titulaire_en_arret_n_est_pas_envoye_a_la_caisse() -> None:
    dit = texte(comparateur.presenter(TITULAIRE, [], JOUR, DROIT, CONTENUS))
    assert "avis médical favorable" in dit and "la caisse" not in dit.lower()


def test_le_silence_ne_vaut_pas_accord_pour_un_agent_public() -> None:
    faits = {"statut": "agent_fpt", "reponse_employeur": "silence", "date_demande": "2026-10-01"}
    messages = employeur.presenter(faits, None, JOUR, DROIT, CONTENUS)
    (dit,) = rendus(messages, {"public": True})
    assert "absence est acceptée" not in dit and "ne partez pas sans réponse écrite" in dit


def test_le_minimum_a_payer_est_dit_sauf_a_qui_en_est_dispense() -> None:
    assert "au moins 150 €" in texte(comparateur.presenter(PRIVE, [], JOUR, DROIT, CONTENUS))
    sans_emploi = {**PRIVE, "statut": "demandeur_emploi"}
    dit = texte(comparateur.presenter(sans_emploi, [], JOUR, DROIT, CONTENUS))
    assert "150 €" not in dit and "pas d'employeur à prévenir" in dit


def test_un_agent_peut_etre_prioritaire_garde_son_conge_a_verifier() -> None:
    faits = {"statut": "agent_fpt", "dernier_bilan": "recent"}
    assert evaluer_faits({**faits, "agent_prioritaire": True}, JOUR, DROIT).chemins[0].statut == "a_verifier"
    assert evaluer_faits({**faits, "agent_prioritaire": False}, JOUR, DROIT).chemins[0].ferme


def test_le_calendrier_d_un_arret_dit_d_attendre_la_caisse() -> None:
    (message,) = calendrier.presenter({**PRIVE, "arret": "maladie", "date_debut": "2027-03-15"}, JOUR, DROIT, CONTENUS)
    assert "ne signez rien avant sa réponse écrite" in str(message.mots["lignes"])
