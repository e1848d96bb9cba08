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
    (dit,) = rendus(messages, {"statut": "agent_fpt"})
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


def test_le_calendrier_d_un_arret_met_l_accord_avant_toute_date() -> None:
    faits = {**PRIVE, "arret": "maladie", "accord_caisse": False, "date_debut": "2027-03-15"}
    (message,) = calendrier.presenter(faits, JOUR, DROIT, CONTENUS)
    (dit,) = rendus([message])
    assert dit.startswith("D'abord, dès maintenant") and "Aucune date n'est ferme" in dit
    assert "ne signez rien avant sa réponse écrite" in dit and message.documents == ()


def test_sans_date_voulue_le_calendrier_d_un_arret_laisse_a_la_caisse_le_temps_de_repondre() -> None:
    faits = {**PRIVE, "arret": "maladie", "date_debut": "plus_tot"}
    (sans,) = calendrier.presenter(faits, JOUR, DROIT, CONTENUS)
    (avec,) = calendrier.presenter({**faits, "accord_caisse": True}, JOUR, DROIT, CONTENUS)
    assert "Par exemple" in str(sans.mots["intro"]) and "par exemple" not in str(avec.mots["intro"]).lower()
    assert avec.documents and "27 novembre" not in str(sans.mots["avant"])


def test_le_calendrier_d_un_titulaire_en_arret_attend_l_avis_medical_et_n_offre_pas_la_caisse() -> None:
    (message,) = calendrier.presenter({**TITULAIRE, "date_debut": "2027-05-03"}, JOUR, DROIT, CONTENUS)
    assert "avis médical" in str(message.mots["accord"]) and str(message.boutons_de).endswith("avis_medical")
