"""Un fait change : on ne redit que ce qui change, et ce qu'il oblige à savoir."""

from typing import Any

from actions.contenus import contenus_en_place
from actions.droit import droit_en_place
from actions.parcours import changements
from actions.parcours.conclusions import corriger, inchange
from actions.parcours.faits import mettre_a_jour
from tests.parcours.profils import JOUR, profils
from tests.parcours.test_conclusions import PRIVE, texte

DROIT, CONTENUS = droit_en_place(), contenus_en_place()
ETAT: dict[str, Any] = {"volet": None, "etapes_faites": []}


def test_et_si_ne_dit_que_ce_qui_change() -> None:
    (meme,) = changements.comparer(PRIVE, {"contrat": "cdd"}, JOUR, DROIT, CONTENUS)
    assert meme.reponse == "utter_et_si_rien"
    dit = texte(changements.comparer({**PRIVE, "solde_cpf": 900}, {"arret": "maladie"}, JOUR, DROIT, CONTENUS))
    assert "CPF, pendant vos heures : fermé" in dit and "ne commencez pas sans accord" in dit
    disparu = texte(changements.comparer(PRIVE, {"statut": "demandeur_emploi"}, JOUR, DROIT, CONTENUS))
    assert "n'existe plus" in disparu and "Payer vous-même : possible" not in disparu


def test_une_correction_sans_effet_tient_en_une_phrase() -> None:
    messages = corriger("verifier_eligibilite", PRIVE, {"solde_cpf": 1500}, [], ETAT, JOUR)
    assert inchange(messages) and len(texte(messages)) < 80


def test_une_correction_ne_redit_pas_le_resultat_entier() -> None:
    for profil in profils(60):
        for change in ({"statut": "agent_fpt"}, {"arret": "maladie"}, {"solde_cpf": 0}, {"dernier_bilan": "aucun"}):
            changes = mettre_a_jour(profil, change)
            messages = corriger("verifier_eligibilite", profil, changes, [], ETAT, JOUR)
            noms = [message.reponse for message in messages]
            assert not any(nom.startswith(("utter_chemin_", "utter_verdict_suite")) for nom in noms), noms
            assert "{" not in texte(messages)


def test_une_correction_du_prix_dit_le_nouveau_reste_et_l_ancien() -> None:
    avant = {**PRIVE, "prix": 1800, "solde_cpf": 1200, "autre_payeur": "aucun"}
    dit = texte(corriger("simuler_cout", avant, {"prix": 2000}, [], ETAT, JOUR))
    assert "800 €, au lieu de 600 €" in dit and len(dit) < 80


def test_dire_qu_on_est_agent_public_remplace_le_statut_prive() -> None:
    assert mettre_a_jour({"statut": "salarie_prive"}, {"agent_public": True})["statut"] is None
    assert "statut" not in mettre_a_jour({"statut": "agent_fpt"}, {"agent_public": True})
