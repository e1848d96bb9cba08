"""Le questionnaire ne demande que ce qui peut changer le verdict, en peu de questions, et n'en oublie aucune."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.contenus import contenus_en_place
from actions.droit import droit_en_place
from actions.parcours.catalogue import PARCOURS, questions
from actions.parcours.faits import CHAMPS, mettre_a_jour
from actions.parcours.questionnaire import evaluer_faits, prochaine
from tests.parcours.profils import JOUR, interroger, profils

DROIT = droit_en_place()
PROFILS = list(profils())


def statuts(faits: dict[str, Any]) -> list[Any]:
    """Une seule cause suffit à fermer un chemin : on ne demande pas s'il y en a une autre."""
    chemins = evaluer_faits(faits, JOUR, DROIT).chemins
    return [(c.chemin, c.statut, () if c.ferme else c.motifs, c.employeur_informe) for c in chemins]


def test_six_questions_suffisent_a_neuf_personnes_sur_dix() -> None:
    nombres = [len(interroger(profil)[2]) for profil in PROFILS]
    assert sum(n <= 6 for n in nombres) / len(nombres) >= 0.90, sorted(nombres)
    assert max(nombres) <= 9


def test_les_questions_posees_suffisent_au_meme_verdict_que_tout_savoir() -> None:
    for profil in PROFILS:
        appris, _, _ = interroger(profil)
        assert statuts(appris) == statuts(profil), profil


def test_chaque_question_posee_pouvait_changer_le_verdict() -> None:
    """La première question utile d'un profil neuf a un gain ; sans gain, elle n'est pas posée."""
    assert prochaine({"statut": "retraite_taux_plein", "arret": "aucun"}, (), JOUR, DROIT) is None
    assert prochaine({"statut": "agent_fpe"}, ("arret", "agent_prioritaire", "dernier_bilan"), JOUR, DROIT) is None


@pytest.mark.parametrize("sait", [0.0, 0.5])
def test_je_ne_sais_pas_mene_toujours_a_la_fin(sait: float) -> None:
    for profil in PROFILS[:150]:
        faits, inconnus, posees = interroger(profil, sait)
        assert set(posees) == {*inconnus, *(p for p in posees if p in faits)}


@pytest.mark.parametrize("parcours", sorted(PARCOURS))
def test_chaque_question_de_chaque_parcours_a_ses_trois_textes(parcours: str) -> None:
    contenus = contenus_en_place()
    posables = {q for profil in PROFILS for q in interroger(_complet(profil), 0.7, parcours)[2]}
    for question in posables:
        assert question in CHAMPS
        for nom in (f"utter_ask_{question}", f"utter_pourquoi_{question}", f"utter_erreur_{question}"):
            assert nom in contenus.reponses, nom
        assert "/repondre" in str(contenus.variante(f"utter_ask_{question}").get("buttons")), question


def _complet(profil: dict[str, Any]) -> dict[str, Any]:
    return {
        **profil,
        "prix": 1900,
        "autre_payeur": "employeur",
        "montant_aide": 300,
        "moment": "temps_travail",
        "reponse_employeur": "silence",
        "date_demande": "2026-11-01",
        "duree_mois": 3,
        "date_debut": "2027-03-01",
        "lettre": "demande_absence",
    }


def test_tout_champ_retenu_est_un_slot_ferme_a_l_apprentissage() -> None:
    import yaml

    from actions.reglages import RACINE

    slots = yaml.safe_load((RACINE / "domain.yml").read_text(encoding="utf-8"))["slots"]
    assert set(CHAMPS) <= set(slots)


VALEURS = st.sampled_from([c for profil in PROFILS[:80] for c in profil.items()])


@settings(max_examples=200, deadline=None)
@given(st.lists(VALEURS, max_size=12), st.sets(st.sampled_from(CHAMPS), max_size=5))
def test_quelques_faits_que_l_on_ait_on_finit_toujours(dits: list[tuple[str, Any]], inconnus: set[str]) -> None:
    faits: dict[str, Any] = {}
    for champ, valeur in dits:
        faits |= mettre_a_jour(faits, {champ: valeur})
    reste = questions("verifier_eligibilite", faits, inconnus, JOUR, DROIT)
    assert not set(reste) & (inconnus | {c for c, v in faits.items() if v is not None})
    assert evaluer_faits(faits, JOUR, DROIT).chemins


def test_un_fait_corrige_rend_caducs_ceux_qui_en_dependaient() -> None:
    faits = {"statut": "agent_fph", "contrat": "titulaire", "services_effectifs_mois": 30}
    changes = mettre_a_jour(faits, {"statut": "salarie_prive"})
    assert changes == {"statut": "salarie_prive", "contrat": None, "services_effectifs_mois": None}
    assert mettre_a_jour({"arret": "maladie", "accord_caisse": True}, {"arret": "aucun"})["accord_caisse"] is None


def test_dire_une_chose_en_dit_parfois_une_autre() -> None:
    assert mettre_a_jour({}, {"contrat": "interim"}) == {"contrat": "interim", "statut": "salarie_prive"}
    assert mettre_a_jour({}, {"contrat": "cdd"}) == {"contrat": "cdd"}
    assert mettre_a_jour({}, {"dernier_bilan_date": "2024-01-01"})["dernier_bilan"] == "oui"
    assert mettre_a_jour({}, {"arret_depuis": "2026-03-01"})["arret"] == "maladie"
